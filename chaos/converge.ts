/** Waits until Slack shows every deal as it is. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Sandbox, SeenMessage } from 'slack-sandbox';
import { BUILT_IN_DIR, loadPlaybooks } from '../src/playbook/checking/loader';
import type { RunDatabase } from './databases';
import { checkThreads } from './invariants';
import { PersonClient } from './personClient';
import type { Workspace } from './workspaceSeed';

interface Options {
  readonly sandbox: Sandbox;
  readonly town: Workspace;
  readonly database: RunDatabase;
  readonly convergeWithinMs: number;
  readonly say: (words: string) => void;
}

const LOOK_EVERY_MS = 1_000;
const TELL_EVERY_MS = 30_000;

export interface Settled {
  readonly done: boolean;
  readonly differences: readonly string[];
  readonly messages: number;
}

export async function converge(options: Options): Promise<Settled> {
  const { sandbox, town } = options;
  const where = { channel: town.channel, playbooks: loadPlaybooks({ builtInDir: BUILT_IN_DIR }) };
  const until = Date.now() + options.convergeWithinMs;
  let told = Date.now();
  for (;;) {
    let differences = await options.database.books.unsettled();
    let messages: readonly SeenMessage[] = [];
    const late = Date.now() > until;
    if (differences.length === 0 || late) {
      messages = await standing(sandbox, town);
      differences = [
        ...differences,
        ...checkThreads(await options.database.books.records(), messages, where),
      ];
    }
    if (differences.length === 0 || late)
      return { done: differences.length === 0, differences, messages: messages.length };
    if (Date.now() - told > TELL_EVERY_MS) {
      told = Date.now();
      options.say(`${differences.length} differences left, such as: ${differences[0]}`);
    }
    await pause(LOOK_EVERY_MS);
  }
}

/** All that the app's bot wrote for more than one pair of eyes, or to one person. */
async function standing(sandbox: Sandbox, town: Workspace): Promise<readonly SeenMessage[]> {
  const [first] = town.people;
  if (first === undefined) return [];
  const thread =
    (await new PersonClient(sandbox.url, first.name).look([town.channel])).messages[town.channel] ?? [];
  const direct = await Promise.all(
    town.people.map(async ({ name }) => {
      const hands = new PersonClient(sandbox.url, name);
      const dm = (await hands.act({ type: 'open_dm', userId: sandbox.botUserId }))?.channel ?? '';
      return (await hands.look([dm])).messages[dm] ?? [];
    }),
  );
  return [...thread, ...direct.flat()].filter(
    (message) => message.userId === sandbox.botUserId && !message.ephemeral,
  );
}
