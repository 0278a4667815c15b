/** Compares database and Slack with what people saw acknowledged. Each violation is one line. */
import { isDeepStrictEqual } from 'node:util';
import type { SeenMessage } from 'slack-sandbox';
import { replay } from '../src/deal/evolve/evolve';
import type { Deal } from '../src/deal/model/deal';
import type { DealEvent } from '../src/deal/model/events';
import { renderNotice } from '../src/slack/messages/notices';
import { slotOfMetadata } from '../src/slack/messages/slot';
import type { SlotOwner } from '../src/store/store';
import {
  slotDifferences,
  type ThreadPlace,
  threadDifferences,
} from '../test/faults/support/threadDifferences';
import type { DealRecord, NoticeRecord } from './databaseSnapshot';
import type { Expectations, ExpectedStep, ExpectedWords, PostedReply } from './expectations';
import { tappables } from './screen';

/**
 * Compares Slack with the deals: every message once, as rendered, in order, and no other.
 * @param removed deals of which nothing may be kept but last words
 */
export function checkThreads(
  records: readonly DealRecord[],
  messages: readonly SeenMessage[],
  place: ThreadPlace,
  removed: ReadonlySet<string> = new Set(),
): readonly string[] {
  const byDeal = messagesOf('deal', messages);
  const known = new Set(records.map(({ deal }) => deal.id));
  return [
    ...messages
      .filter(({ metadata }) => slotOfMetadata(metadata) === null)
      .map(({ text }) => `a message belongs to no deal and is no notice: ${text}`),
    ...[...byDeal]
      .filter(([id]) => !known.has(id))
      .filter(([id, left]) => !removed.has(id) || left.some(hasButtons))
      .map(([id]) => `messages of ${id}, which is no deal`),
    ...records.flatMap((record) =>
      threadDifferences(record, byDeal.get(record.deal.id) ?? [], place).map(
        (what) => `${labelOf(record.deal)}: ${what}`,
      ),
    ),
  ];
}

const hasButtons = ({ blocks }: SeenMessage): boolean => tappables(blocks).length > 0;

/** Compares Slack with the notices: each once, as rendered, as a direct message, and no other. */
export function checkNotices(
  records: readonly NoticeRecord[],
  messages: readonly SeenMessage[],
  threadChannel: string,
): readonly string[] {
  const byNotice = messagesOf('notice', messages);
  const known = new Set(records.map(({ notice }) => notice.id));
  return [
    ...[...byNotice.keys()]
      .filter((id) => !known.has(id))
      .map((id) => `a message of ${id}, which is no notice`),
    ...records.flatMap(({ notice, state }) => {
      const slot = state === 'posted' ? renderNotice(notice) : null;
      const posted = byNotice.get(notice.id) ?? [];
      if (slot !== null) return slotDifferences(slot, posted, threadChannel);
      return posted.map(() => `${notice.id} stands, and the database says ${state}`);
    }),
  ];
}

/** Messages of deals or of notices, by the id of their owner. */
function messagesOf(
  kind: SlotOwner['kind'],
  messages: readonly SeenMessage[],
): ReadonlyMap<string, readonly SeenMessage[]> {
  const byOwner = new Map<string, SeenMessage[]>();
  for (const message of messages) {
    const owner = slotOfMetadata(message.metadata)?.owner;
    if (owner?.kind === kind) byOwner.set(owner.id, [...(byOwner.get(owner.id) ?? []), message]);
  }
  return byOwner;
}

/** Checks the database in itself: no event is missing, and the stored deal equals the replay of its events. */
export function checkDatabase(records: readonly DealRecord[]): readonly string[] {
  return records.flatMap(({ deal, events }) => {
    const complete = events.every(({ seq }, index) => seq === index + 1) && events.length === deal.revision;
    if (!complete) return [`${labelOf(deal)}: ${events.length} events, and revision ${deal.revision}`];
    return isDeepStrictEqual(asJson(replay(events)), asJson(deal))
      ? []
      : [`${labelOf(deal)}: it differs from the replay of its events`];
  });
}

/** Compares the database with what people saw acknowledged. */
export function checkExpectations(
  records: readonly DealRecord[],
  expectations: Expectations,
  received: ReadonlySet<string>,
): readonly string[] {
  const byId = new Map(records.map((record) => [record.deal.id, record]));
  return [
    ...expectations.violations,
    ...expectations.words.flatMap((expected) => lostWords(expected, byId.get(expected.dealId))),
    ...expectations.steps
      // A tap that the rep has said a line is no answer, so the call may be erased.
      .filter(({ dealId }) => byId.has(dealId) || !expectations.removed.has(dealId))
      .flatMap((expected) => lostStep(expected, byId.get(expected.dealId))),
    ...expectations.replies.flatMap((reply) => lostRemark(reply, records, received)),
  ];
}

function lostWords(expected: ExpectedWords, record: DealRecord | undefined): readonly string[] {
  const what = `“${expected.words}”, which ${expected.by} typed on ${expected.screen} of ${expected.dealId}`;
  if (record === undefined) return [`${what}: there is no such deal`];
  const holding = record.events.filter((event) => contains(event, expected.words));
  if (holding.length === 0) return [`${what}, was acknowledged and is lost`];
  const effects = holding
    .filter(({ type }) => !RESTATES.has(type))
    .map((event) => effectOf(event, record.events));
  return new Set(effects).size === effects.length ? [] : [`${what}, is kept twice: ${effects.join(', ')}`];
}

function lostStep(expected: ExpectedStep, record: DealRecord | undefined): readonly string[] {
  const what = `step ${expected.stepId} (showing ${expected.visit}) of ${expected.dealId}, answered by ${expected.by}`;
  const answers = (record?.events ?? []).filter(
    (event) =>
      event.type === 'answered' && event.stepId === expected.stepId && event.visit === expected.visit,
  );
  if (answers.length === 0) return [`${what}, was acknowledged and is lost`];
  return answers.length === 1 ? [] : [`${what}, is kept ${answers.length} times`];
}

function lostRemark(
  reply: PostedReply,
  records: readonly DealRecord[],
  received: ReadonlySet<string>,
): readonly string[] {
  const times = records.flatMap(({ events }) =>
    events.filter(
      (event) => event.type === 'remarked' && event.ts === reply.ts && event.channel === reply.channel,
    ),
  ).length;
  const what = `“${reply.words}”, which ${reply.by} wrote beneath a message`;
  if (times > 1) return [`${what}, is kept ${times} times`];
  return times === 0 && received.has(`${reply.channel} ${reply.ts}`)
    ? [`${what} and the app acked, is lost`]
    : [];
}

/** Events that repeat everything a screen shows, earlier words included. */
const RESTATES: ReadonlySet<string> = new Set(['drafted', 'details_filled']);

const contains = (event: DealEvent, words: string): boolean =>
  JSON.stringify(event).includes(JSON.stringify(words).slice(1, -1));

function effectOf(event: DealEvent, all: readonly DealEvent[]): string {
  switch (event.type) {
    case 'answered':
      return `answered at ${event.stepId}:${event.visit}`;
    case 'decided':
      // A changed decision repeats the parts that stay.
      return `decided ${JSON.stringify(event.decision)}`;
    case 'outcome_reported': {
      // The form starts with what was decided, and a deal that was reopened may have the same outcome again.
      const opened = all.filter(({ type, seq }) => type === 'reopened' && seq < event.seq).length;
      return `reported ${JSON.stringify(event.outcome)}, opened again ${opened} times`;
    }
    default:
      return event.type;
  }
}

const labelOf = (deal: Deal): string => `${deal.account} (${deal.id})`;

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
