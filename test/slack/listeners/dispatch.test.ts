/** Each of Slack's payloads reaches its handler, through Bolt. */
import { App, type LogLevel, type Receiver } from '@slack/bolt';
import {
  listenForClick,
  listenForClosing,
  listenForCommand,
  listenForEvent,
  listenForSubmission,
} from '../../../src/slack/listeners/dispatch';

const team = { id: 'T1', domain: 'acme' };
const user = { id: 'U1' };
const view = (callbackId: string) => ({ id: 'V1', type: 'modal', callback_id: callbackId, blocks: [] });
const click = (id: string) => ({
  type: 'block_actions',
  team,
  user,
  actions: [{ type: 'button', action_id: id, block_id: 'b', value: 'v' }],
});
const event = (type: string) => ({ type: 'event_callback', team_id: 'T1', event: { type, user: 'U1' } });

let called: string[];
let acks: number;
let warnings: unknown[];
let app: App;

beforeEach(() => {
  called = [];
  acks = 0;
  warnings = [];
  const receiver: Receiver = {
    init: () => undefined,
    start: async () => undefined,
    stop: async () => undefined,
  };
  const quiet = () => undefined;
  app = new App({
    receiver,
    authorize: async () => ({}),
    convoStore: false,
    logger: {
      debug: quiet,
      info: quiet,
      warn: (message: unknown) => void warnings.push(message),
      error: quiet,
      setLevel: quiet,
      getLevel: () => 'info' as LogLevel,
      setName: quiet,
    },
  });
  const handler = (name: string) => async (args: object) => {
    called.push(name);
    if ('ack' in args && typeof args.ack === 'function') await args.ack();
  };
  listenForCommand(app, '/lostdeal', handler('command'));
  listenForClick(app, /^choose:/, handler('any choice'));
  listenForClick(app, 'choose:no', handler('no'));
  listenForSubmission(app, 'step', handler('submitted'));
  listenForClosing(app, 'step', handler('closed'));
  listenForEvent(app, 'app_home_opened', handler('home'));
});

const deliver = (body: object) =>
  app.processEvent({
    body: { ...body },
    ack: async () => {
      acks += 1;
    },
  });

test.each([
  ['a command', { command: '/lostdeal', team_id: 'T1', user_id: 'U1' }, 'command'],
  ['a button by its id, before any pattern', click('choose:no'), 'no'],
  ['a button by what its id begins with', click('choose:yes'), 'any choice'],
  ['a submission', { type: 'view_submission', team, user, view: view('step') }, 'submitted'],
  ['a modal that is closed', { type: 'view_closed', team, user, view: view('step') }, 'closed'],
  ['an event', event('app_home_opened'), 'home'],
])('%s', async (_what, body, name) => {
  await deliver(body);
  expect(called).toEqual([name]);
  expect(acks).toBe(1);
});

test.each([
  ['a command', { command: '/other', team_id: 'T1', user_id: 'U1' }, '/other'],
  ['a button', click('of_last_year'), 'of_last_year'],
  ['a submission', { type: 'view_submission', team, user, view: view('old') }, 'old'],
])(
  '%s without a handler is not acked, so that Slack shows an error; the log names it',
  async (_what, body, id) => {
    await deliver(body);
    expect({ called, acks }).toEqual({ called: [], acks: 0 });
    expect(warnings).toEqual([`no handler for ${id}`]);
  },
);

test('an event without a handler is acked, without a warning', async () => {
  await deliver(event('channel_rename'));
  expect({ called, acks, warnings }).toEqual({ called: [], acks: 1, warnings: [] });
});

test('a second handler for one button is an error at start', () => {
  expect(() => listenForClick(app, 'choose:no', async () => undefined)).toThrow('two handlers for choose:no');
});
