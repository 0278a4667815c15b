/** People of a workspace that we do not serve, or not yet, read so on the screen where they are. */
import { App, type Receiver } from '@slack/bolt';
import { createBackgroundTasks } from '../../../src/slack/listeners/backgroundTasks';
import { registerCommand } from '../../../src/slack/listeners/command';
import { handlersOn } from '../../../src/slack/listeners/handlers';
import type { SlackDeps } from '../../../src/slack/listeners/request';

/** The ack of a payload. */
async function ackOf(
  body: Record<string, unknown>,
  { areUnknown }: { areUnknown: boolean },
): Promise<unknown> {
  const receiver: Receiver = {
    init: () => undefined,
    start: async () => undefined,
    stop: async () => undefined,
  };
  const app = new App({ receiver, authorize: async () => ({}), convoStore: false });
  const deps = {
    installations: { find: () => null, areUnknown: () => areUnknown },
    backgroundTasks: createBackgroundTasks(),
    drafts: {} as SlackDeps['drafts'],
    logger: { warn: () => undefined },
  } as unknown as SlackDeps;
  registerCommand(app, deps);
  handlersOn(app, deps).submit('step', () => Promise.reject(new Error('no handler may run')));
  const acks: unknown[] = [];
  await app.processEvent({ body, ack: async (answer) => void acks.push(answer) });
  expect(acks).toHaveLength(1);
  return acks[0];
}

test.each([
  [true, /could not reach Slack yet/],
  [false, /not installed in this workspace/],
])('a command is answered with the reason (workspace still unknown: %s)', async (areUnknown, words) => {
  const body = { command: '/lostdeal', team_id: 'T9', user_id: 'U1', text: 'Acme' };
  expect(await ackOf(body, { areUnknown })).toMatch(words);
});

test('a submission shows the reason at its input, and the typed words stay', async () => {
  const view = { callback_id: 'step', private_metadata: '', blocks: [{ type: 'input', block_id: 'b1' }] };
  const body = { type: 'view_submission', team: { id: 'T9' }, user: { id: 'U1' }, view };
  expect(await ackOf(body, { areUnknown: false })).toEqual({
    response_action: 'errors',
    errors: { b1: expect.stringContaining('not installed in this workspace') },
  });
});
