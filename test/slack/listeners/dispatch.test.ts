/** Each of Slack's payloads reaches the one who listens for it, through Bolt. */
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

let told: string[];
let acks: number;
let warnings: unknown[];
let app: App;

beforeEach(() => {
  told = [];
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
  const tell = (who: string) => async (args: object) => {
    told.push(who);
    if ('ack' in args && typeof args.ack === 'function') await args.ack();
  };
  listenForCommand(app, '/lostdeal', tell('command'));
  listenForClick(app, /^choose:/, tell('any choice'));
  listenForClick(app, 'choose:no', tell('no'));
  listenForSubmission(app, 'step', tell('submitted'));
  listenForClosing(app, 'step', tell('closed'));
  listenForEvent(app, 'app_home_opened', tell('home'));
});

const comes = (body: object) =>
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
])('%s', async (_what, body, who) => {
  await comes(body);
  expect(told).toEqual([who]);
  expect(acks).toBe(1);
});

test.each([
  ['a command', { command: '/other', team_id: 'T1', user_id: 'U1' }, '/other'],
  ['a button', click('of_last_year'), 'of_last_year'],
  ['a submission', { type: 'view_submission', team, user, view: view('old') }, 'old'],
])(
  '%s that nobody knows is not acked, so that the person hears of it; the log names it',
  async (_what, body, id) => {
    await comes(body);
    expect({ told, acks }).toEqual({ told: [], acks: 0 });
    expect(warnings).toEqual([`nobody listens for ${id}`]);
  },
);

test('an event that nobody waits for is no news', async () => {
  await comes(event('channel_rename'));
  expect({ told, acks, warnings }).toEqual({ told: [], acks: 1, warnings: [] });
});

test('two for one button are a mistake of ours', () => {
  expect(() => listenForClick(app, 'choose:no', async () => undefined)).toThrow(
    'two listeners for choose:no',
  );
});
