/** People of a workspace that we do not serve, or not yet, are told so where they are. */
import type { App } from '@slack/bolt';
import { createAfterwards } from '../../src/slack/afterwards';
import { registerCommand } from '../../src/slack/listeners/command';
import type { SlackDeps } from '../../src/slack/listeners/delivery';
import { onSubmit } from '../../src/slack/listeners/surfaces';

type Listener = (args: Record<string, unknown>) => Promise<void>;

function listeners(areUnknown: boolean): { command: Listener; submission: Listener } {
  const heard: { command?: Listener; submission?: Listener } = {};
  const app = {
    command: (_name: string, listener: Listener) => {
      heard.command = listener;
    },
    action: () => undefined,
    view: (_which: unknown, listener: Listener) => {
      heard.submission = listener;
    },
  } as unknown as App;
  const deps = {
    installations: { find: () => null, areUnknown: () => areUnknown },
    afterwards: createAfterwards(),
    logger: { warn: () => undefined },
  } as unknown as SlackDeps;
  registerCommand(app, deps);
  onSubmit(app, deps, 'step', () => Promise.reject(new Error('nobody may get here')));
  if (!heard.command || !heard.submission) throw new Error('nothing was registered');
  return { command: heard.command, submission: heard.submission };
}

async function ackOf(listener: Listener, args: Record<string, unknown>): Promise<unknown> {
  const acks: unknown[] = [];
  await listener({ ...args, ack: async (answer: unknown) => acks.push(answer) });
  expect(acks).toHaveLength(1);
  return acks[0];
}

test.each([
  [true, /could not reach Slack yet/],
  [false, /not installed in this workspace/],
])('of a command, in its answer (still learning: %s)', async (areUnknown, words) => {
  const { command } = listeners(areUnknown);
  expect(await ackOf(command, { body: { team_id: 'T9', user_id: 'U1', text: 'Acme' } })).toMatch(words);
});

test('of a submission, at its input: what was typed stays on the screen', async () => {
  const { submission } = listeners(false);
  const view = { callback_id: 'step', private_metadata: '', blocks: [{ type: 'input', block_id: 'b1' }] };
  const answer = await ackOf(submission, {
    view,
    body: { type: 'view_submission', user: { id: 'U1' }, view },
  });
  expect(answer).toEqual({
    response_action: 'errors',
    errors: { b1: expect.stringContaining('not installed in this workspace') },
  });
});
