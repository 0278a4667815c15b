/** Compares Slack with a deal: every message that its rendering wants, once, as rendered, in order, and no other. */
import type { SeenMessage } from 'slack-sandbox';
import type { Deal, UserId } from '../../../src/deal/model/deal';
import type { KeptRemark } from '../../../src/deal/model/remark';
import type { loadPlaybooks } from '../../../src/playbook/checking/loader';
import { nameInWords } from '../../../src/slack/messages/inWords';
import { renderThread, retiredSlot } from '../../../src/slack/messages/renderThread';
import { type RenderContext, type Slot, slotOfMetadata } from '../../../src/slack/messages/slot';

export interface ThreadPlace {
  /** The private channel of the threads. */
  readonly channel: string;
  readonly playbooks: ReturnType<typeof loadPlaybooks>;
}

/**
 * @param messages all that the app's bot wrote about this deal, whoever sees it
 * @returns what differs, in words; empty when Slack agrees with the deal
 */
export function threadDifferences(
  {
    deal,
    remarks,
    names,
  }: {
    readonly deal: Deal;
    readonly remarks: readonly KeptRemark[];
    readonly names: ReadonlyMap<UserId, string>;
  },
  messages: readonly SeenMessage[],
  { channel, playbooks }: ThreadPlace,
): readonly string[] {
  const playbook = playbooks.latest(deal.playbook.id);
  if (playbook === null) throw new Error(`there is no playbook ${deal.playbook.id}`);
  const context: RenderContext = {
    privacy: 'full',
    playbook,
    reasons: playbooks.reasons,
    remarks: new Map(remarks.map((it) => [it.id, it])),
    repName: names.get(deal.rep) ?? null,
    names,
  };
  const wanted = renderThread(deal, context);
  const byKey = new Map<string, SeenMessage[]>();
  for (const message of messages) {
    const key = slotOfMetadata(message.metadata)?.key ?? 'no slot';
    byKey.set(key, [...(byKey.get(key) ?? []), message]);
  }
  const keys = new Set(wanted.map(({ key }) => key));
  const retired = [...byKey.keys()].flatMap((key) =>
    keys.has(key) ? [] : (retiredSlot(deal, key, context) ?? []),
  );
  const known = new Set([...keys, ...retired.map(({ key }) => key)]);
  return [
    ...[...wanted, ...retired].flatMap((slot) =>
      slotDifferences(slot, byKey.get(slot.key) ?? [], channel, names),
    ),
    ...[...byKey.keys()].filter((key) => !known.has(key)).map((key) => `${key} stands and is not wanted`),
    ...outOfOrder(messages.filter((message) => message.channel === channel)),
  ];
}

/** What differs between a slot and the messages that have its key. */
export function slotDifferences(
  slot: Slot,
  messages: readonly SeenMessage[],
  channel: string,
  names: ReadonlyMap<UserId, string> = new Map(),
): readonly string[] {
  const [message] = messages;
  if (message === undefined) return slot.overtaken ? [] : [`${slot.key} is missing`];
  if (messages.length > 1) return [`${slot.key} stands ${messages.length} times`];
  const inWords = ({ text, blocks }: Pick<Slot, 'text'> & { readonly blocks: unknown }) =>
    nameInWords([{ ...slot, text, blocks: blocks as Slot['blocks'] }], names)[0];
  const textOf = (shown: Parameters<typeof inWords>[0]) => inWords(shown)?.text;
  const blocksOf = (shown: Parameters<typeof inWords>[0]) => inWords(shown)?.blocks;
  return [
    ...(textOf(message) === textOf(slot) ? [] : [`${slot.key} has another text: ${message.text}`]),
    ...(same(blocksOf(message), blocksOf(slot)) ? [] : [`${slot.key} has other blocks`]),
    ...(slot.place.in === 'root' && message.threadTs !== undefined ? [`${slot.key} is a reply`] : []),
    ...(slot.place.in === 'thread' && message.threadTs === undefined ? [`${slot.key} is no reply`] : []),
    ...((slot.place.in === 'dm') === (message.channel !== channel)
      ? []
      : [`${slot.key} stands in ${message.channel}`]),
  ];
}

/** Ignores the ids that Slack gives to blocks without one, and whether people's names were known at the time. */
const same = (a: unknown, b: unknown): boolean => unnamed(plain(a)) === unnamed(plain(b));
const unnamed = (json: string): string => json.replace(/"(Ask|Nudge) [^"]{1,20}"/gu, '"$1 somebody"');
const plain = (value: unknown): string =>
  JSON.stringify(value, (key, held: unknown) => {
    if (key === 'block_id') return undefined;
    if (typeof held !== 'object' || held === null || Array.isArray(held)) return held;
    return Object.fromEntries(Object.entries(held).sort(([x], [y]) => x.localeCompare(y)));
  });

/** Expects later events further below. A key names the event, or the moment, that its message is about. */
function outOfOrder(messages: readonly SeenMessage[]): readonly string[] {
  const keys = [...messages]
    .sort((a, b) => Number(a.ts) - Number(b.ts))
    .flatMap((message) => slotOfMetadata(message.metadata)?.key ?? []);
  return [
    ...descents(keys, (key) => OPENING[key] ?? LATER),
    ...descents(keys.filter(isOf('ask', 'who-decides', 'question', 'decision')), numberIn),
    ...descents(keys.filter(isOf('outcome', 'closed')), numberIn),
  ];
}

/** The root and the message right beneath it. */
const OPENING: Readonly<Record<string, number>> = { summary: 0, transcript: 1 };
const LATER = 2;

const isOf =
  (...kinds: readonly string[]) =>
  (key: string) =>
    kinds.includes(key.split(':')[0] ?? '');
const numberIn = (key: string): number => Number(key.split(':')[1]);

function descents(keys: readonly string[], rank: (key: string) => number): readonly string[] {
  return keys.flatMap((key, index) => {
    const above = keys[index - 1];
    return above !== undefined && rank(above) > rank(key) ? [`${key} stands below ${above}`] : [];
  });
}
