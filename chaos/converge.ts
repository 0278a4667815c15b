/** Waits until Slack shows every deal and every notice in its current state. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Sandbox, SeenMessage } from 'slack-sandbox';
import { BUILT_IN_DIR, loadPlaybooks } from '../src/playbook/checking/loader';
import type { RunDatabase } from './databases';
import type { Expectations } from './expectations';
import { checkNotices, checkThreads } from './invariants';
import { PersonClient } from './personClient';
import type { Workspace } from './workspaceSeed';

interface Options {
  readonly sandbox: Sandbox;
  readonly workspace: Workspace;
  readonly database: RunDatabase;
  readonly expectations: Pick<Expectations, 'removed'>;
  readonly convergeWithinMs: number;
  readonly log: (words: string) => void;
}

const LOOK_EVERY_MS = 1_000;
const LOG_EVERY_MS = 30_000;

export interface Convergence {
  readonly isComplete: boolean;
  readonly differences: readonly string[];
  readonly messages: number;
}

export async function converge(options: Options): Promise<Convergence> {
  const { sandbox, workspace } = options;
  const where = { channel: workspace.channel, playbooks: loadPlaybooks({ builtInDir: BUILT_IN_DIR }) };
  const until = Date.now() + options.convergeWithinMs;
  let loggedAt = Date.now();
  for (;;) {
    const { snapshot } = options.database;
    let differences = await snapshot.pending();
    let messages: readonly SeenMessage[] = [];
    const isLate = Date.now() > until;
    if (differences.length === 0 || isLate) {
      messages = await botMessages(sandbox, workspace);
      differences = [
        ...differences,
        ...checkThreads(await snapshot.records(), messages, where, options.expectations.removed),
        ...checkNotices(await snapshot.notices(), messages, workspace.channel),
      ];
    }
    if (differences.length === 0 || isLate)
      return { isComplete: differences.length === 0, differences, messages: messages.length };
    if (Date.now() - loggedAt > LOG_EVERY_MS) {
      loggedAt = Date.now();
      options.log(`${differences.length} differences left, such as: ${differences[0]}`);
    }
    await pause(LOOK_EVERY_MS);
  }
}

/** Every message of the app's bot in the channel of the threads and in direct messages, without ephemeral ones. */
async function botMessages(sandbox: Sandbox, workspace: Workspace): Promise<readonly SeenMessage[]> {
  const [first] = workspace.people;
  if (first === undefined) return [];
  const thread =
    (await new PersonClient(sandbox.url, first.name).look([workspace.channel])).messages[workspace.channel] ??
    [];
  const direct = await Promise.all(
    workspace.people.map(async ({ name }) => {
      const client = new PersonClient(sandbox.url, name);
      const dm = (await client.act({ type: 'open_dm', userId: sandbox.botUserId }))?.channel ?? '';
      return (await client.look([dm])).messages[dm] ?? [];
    }),
  );
  return [...thread, ...direct.flat()].filter(
    (message) => message.userId === sandbox.botUserId && !message.ephemeral,
  );
}
