/** What is wrong with the words of a whole test: everything that Lostdeal sent to Slack, but what people typed. */
import { renderedFaults, wordFaults } from '../../words/lint';
import type { World } from './world';

/** Names that are no words of ours, at their places in what we send. */
const NO_WORDS = new Set(['private_metadata', 'callback_id', 'block_id', 'action_id', 'value', 'metadata']);

/**
 * @param typed what people typed, which may be as it likes
 * @returns each fault once, with the text
 */
async function shownFaults({ slack }: World, typed: readonly string[] = []): Promise<string[]> {
  const sent = (await slack.traffic()).map((entry) =>
    entry.kind === 'call' ? entry.args : entry.kind === 'delivery' ? entry.response : null,
  );
  const ours = sent.map((value) => without(parsed(value), typed));
  return [...new Set(ours.flatMap((value) => [...renderedFaults(value), ...errorsOf(value)]))];
}

/** Arguments of calls hold blocks and views as JSON. */
function parsed(value: unknown): unknown {
  if (typeof value === 'string' && /^[[{]/u.test(value)) {
    try {
      return JSON.parse(value);
    } catch {
      return value;
    }
  }
  if (Array.isArray(value)) return value.map(parsed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !NO_WORDS.has(key))
      .map(([key, it]) => [key, parsed(it)]),
  );
}

function without(value: unknown, typed: readonly string[]): unknown {
  if (typeof value === 'string')
    return typed.reduce((text, words) => text.replaceAll(words, 'so and so'), value);
  if (Array.isArray(value)) return value.map((it) => without(it, typed));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, without(it, typed)]));
}

/** The errors that stand at the fields of a form. */
function errorsOf(value: unknown): string[] {
  const errors = (value as { errors?: Record<string, string> } | null)?.errors;
  return typeof errors === 'object' && errors !== null ? Object.values(errors).flatMap(wordFaults) : [];
}

/** The last test of a file: what all its people read is in the voice of the product. */
export function expectVoice(world: () => World, typed: readonly string[] = []): void {
  it('nobody read a word that breaks the voice', async () => {
    expect(await shownFaults(world(), typed)).toEqual([]);
  });
}

/** The same where each test has a world of its own, which this ends. */
export async function stopInVoice(world: World, typed: readonly string[] = []): Promise<void> {
  const faults = await shownFaults(world, typed);
  await world.stop();
  expect(faults).toEqual([]);
}
