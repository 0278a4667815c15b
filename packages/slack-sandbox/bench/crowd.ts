import { setTimeout as after } from 'node:timers/promises';
import { connectSandbox, type PersonDriver } from '../src/client';
import type { ActResult } from '../src/protocol';

const PEOPLE_PER_CHANNEL = 20;

export const CROWD_MANIFEST = `
display_information: { name: Crowd }
features:
  bot_user: { display_name: Crowd }
  slash_commands: [{ command: /form, description: Opens a form, usage_hint: "" }]
oauth_config:
  scopes: { bot: [commands, chat:write, channels:history] }
settings:
  event_subscriptions: { bot_events: [message.channels] }
  interactivity: { is_enabled: true }
  socket_mode_enabled: true
`;

const id = (prefix: string, index: number) => `${prefix}${String(index).padStart(8, '0')}`;

/** A seed file with this many people, twenty in each channel, and the app in every channel. */
export function crowdSeed(people: number): string {
  const indices = Array.from({ length: people }, (_, index) => index);
  const channels = indices.filter((index) => index % PEOPLE_PER_CHANNEL === 0);
  const membersOf = (first: number) =>
    indices.slice(first, first + PEOPLE_PER_CHANNEL).map((index) => `p${index}`);
  return [
    'team: { id: T0CROWD001, name: Crowd, domain: crowd }',
    'people:',
    ...indices.map(
      (index) =>
        `  - { id: ${id('U', index)}, name: p${index}, real_name: Person ${index}, title: Rep, tz: UTC }`,
    ),
    'channels:',
    ...channels.map(
      (first) =>
        `  - { id: ${id('C', first)}, name: room-${first}, app: true, members: [${membersOf(first).join(', ')}] }`,
    ),
  ].join('\n');
}

export interface CrowdReport {
  /** Count by kind of action. */
  readonly actions: Readonly<Record<string, number>>;
  readonly errors: readonly string[];
  /** Milliseconds that each action took, ascending. */
  readonly latencies: readonly number[];
}

/**
 * Lets the people of a crowdSeed act until the time is up. They post, reply in threads, type a command, fill in and
 * submit the form that it opens, and press the button on the message that follows.
 * @param pauseMs average pause between two actions of one person
 */
export async function runCrowd(options: {
  readonly url: string;
  readonly people: number;
  readonly ms: number;
  readonly pauseMs: number;
}): Promise<CrowdReport> {
  const { people, ms, pauseMs } = options;
  const actions: Record<string, number> = {};
  const errors: string[] = [];
  const latencies: number[] = [];
  const client = connectSandbox(options.url);
  const deadline = performance.now() + ms;

  async function timed<T>(kind: string, act: () => Promise<T>): Promise<T> {
    const startedAt = performance.now();
    const result = await act();
    latencies.push(performance.now() - startedAt);
    actions[kind] = (actions[kind] ?? 0) + 1;
    return result;
  }

  const acked = (result: ActResult): ActResult => {
    if (result.delivery !== 'acked') throw new Error(`the app did not ack: ${String(result.delivery)}`);
    return result;
  };

  async function fillIn(person: PersonDriver, room: string, index: number, turn: number): Promise<void> {
    const name = `request-${index}-${turn}.`;
    acked(await timed('command', () => person.slash('/form', { in: room })));
    const modal = await person.modal('Form');
    await modal.fill({ Name: name });
    acked(await timed('submission', () => modal.submit()));
    const ask = await person.channel(room).waitFor(`Filled in: ${name}`);
    acked(await timed('click', () => ask.click('Agree')));
    await ask.waitFor('Agreed');
  }

  async function live(index: number): Promise<void> {
    const person = client.as(`p${index}`);
    const room = `#room-${index - (index % PEOPLE_PER_CHANNEL)}`;
    // Each person starts at another point of the pause and of the round, so that they do not act at the same moment.
    await after(((index * 997) % 1000) * (pauseMs / 1000));
    for (let turn = index; performance.now() < deadline; turn += 1) {
      try {
        if (turn % 3 === 0) await fillIn(person, room, index, turn);
        else if (turn % 3 === 1) await timed('post', () => person.post(`Hello ${turn}`, { in: room }));
        else {
          const last = await person.channel(room).messages();
          const root = last.findLast((message) => !message.text().startsWith('Hello'));
          if (root !== undefined) await timed('reply', () => root.reply(`Well ${turn}`));
        }
      } catch (error) {
        errors.push(`p${index}: ${error instanceof Error ? error.message.slice(0, 300) : String(error)}`);
      }
      await after(pauseMs * (0.5 + ((turn * 7919 + index) % 1000) / 1000));
    }
  }

  await Promise.all(Array.from({ length: people }, (_, index) => live(index)));
  return { actions, errors, latencies: latencies.sort((a, b) => a - b) };
}

/**
 * Runs as a process of its own. Arguments: `url`, people, duration in ms, pause in ms. Sends its report to the parent
 * process.
 */
if (require.main === module) {
  const [url = '', ...numbers] = process.argv.slice(2);
  const [people = 0, ms = 0, pauseMs = 0] = numbers.map(Number);
  void runCrowd({ url, people, ms, pauseMs }).then((report) => {
    process.send?.(report, () => process.disconnect());
  });
}
