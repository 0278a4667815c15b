/** Holds the books and Slack against what people saw. Every broken promise is one line. */
import { isDeepStrictEqual } from 'node:util';
import type { SeenMessage } from 'slack-sandbox';
import { replay } from '../src/deal/evolve/evolve';
import type { Deal } from '../src/deal/model/deal';
import type { DealEvent } from '../src/deal/model/events';
import { slotOfMetadata } from '../src/slack/messages/slot';
import { type ThreadPlace, threadDifferences } from '../test/faults/support/threadDifferences';
import type { DealRecord } from './databaseSnapshot';
import type { Expectations, KeptStep, KeptWords, Said } from './expectations';

/** Slack against the deals: all that is shown, once, as rendered, in order, and nothing else. */
export function checkThreads(
  records: readonly DealRecord[],
  messages: readonly SeenMessage[],
  place: ThreadPlace,
): readonly string[] {
  const byDeal = new Map<string, SeenMessage[]>();
  const strays: string[] = [];
  for (const message of messages) {
    const { owner } = slotOfMetadata(message.metadata) ?? {};
    const dealId = owner?.kind === 'deal' ? owner.id : undefined;
    if (dealId === undefined) strays.push(`a message belongs to no deal: ${message.text}`);
    else byDeal.set(dealId, [...(byDeal.get(dealId) ?? []), message]);
  }
  const known = new Set(records.map(({ deal }) => deal.id));
  return [
    ...strays,
    ...[...byDeal.keys()].filter((id) => !known.has(id)).map((id) => `messages of ${id}, which is no deal`),
    ...records.flatMap((record) =>
      threadDifferences(record, byDeal.get(record.deal.id) ?? [], place).map(
        (what) => `${nameOf(record.deal)}: ${what}`,
      ),
    ),
  ];
}

/** The books in themselves: no event is missing, and the stored deal is what its events make of it. */
export function checkDatabase(records: readonly DealRecord[]): readonly string[] {
  return records.flatMap(({ deal, events }) => {
    const complete = events.every(({ seq }, index) => seq === index + 1) && events.length === deal.revision;
    if (!complete) return [`${nameOf(deal)}: ${events.length} events, and revision ${deal.revision}`];
    return isDeepStrictEqual(plain(replay(events)), plain(deal))
      ? []
      : [`${nameOf(deal)}: it is not what its events make of it`];
  });
}

/** The books against what people saw acknowledged. */
export function checkExpectations(
  records: readonly DealRecord[],
  memory: Expectations,
  heard: ReadonlySet<string>,
): readonly string[] {
  const byId = new Map(records.map((record) => [record.deal.id, record]));
  return [
    ...memory.violations,
    ...memory.words.flatMap((kept) => lostWords(kept, byId.get(kept.dealId))),
    ...memory.steps.flatMap((kept) => lostStep(kept, byId.get(kept.dealId))),
    ...memory.said.flatMap((said) => lostRemark(said, records, heard)),
  ];
}

function lostWords(kept: KeptWords, record: DealRecord | undefined): readonly string[] {
  const what = `“${kept.words}”, which ${kept.by} typed on ${kept.screen} of ${kept.dealId}`;
  if (record === undefined) return [`${what}: there is no such deal`];
  const holding = record.events.filter((event) => says(event, kept.words));
  if (holding.length === 0) return [`${what}, was acknowledged and is lost`];
  const effects = holding
    .filter(({ type }) => !RESTATES.has(type))
    .map((event) => effectOf(event, record.events));
  return new Set(effects).size === effects.length ? [] : [`${what}, is kept twice: ${effects.join(', ')}`];
}

function lostStep(kept: KeptStep, record: DealRecord | undefined): readonly string[] {
  const what = `step ${kept.stepId} (showing ${kept.visit}) of ${kept.dealId}, answered by ${kept.by}`;
  const answers = (record?.events ?? []).filter(
    (event) => event.type === 'answered' && event.stepId === kept.stepId && event.visit === kept.visit,
  );
  if (answers.length === 0) return [`${what}, was acknowledged and is lost`];
  return answers.length === 1 ? [] : [`${what}, is kept ${answers.length} times`];
}

function lostRemark(
  said: Said,
  records: readonly DealRecord[],
  heard: ReadonlySet<string>,
): readonly string[] {
  const times = records.flatMap(({ events }) =>
    events.filter(
      (event) => event.type === 'remarked' && event.ts === said.ts && event.channel === said.channel,
    ),
  ).length;
  const what = `“${said.words}”, which ${said.by} wrote beneath a message`;
  if (times > 1) return [`${what}, is kept ${times} times`];
  return times === 0 && heard.has(`${said.channel} ${said.ts}`) ? [`${what} and the app acked, is lost`] : [];
}

/** These say what stands on a screen, what stood there before included. */
const RESTATES: ReadonlySet<string> = new Set(['drafted', 'details_filled']);

const says = (event: DealEvent, words: string): boolean =>
  JSON.stringify(event).includes(JSON.stringify(words).slice(1, -1));

function effectOf(event: DealEvent, all: readonly DealEvent[]): string {
  switch (event.type) {
    case 'answered':
      return `answered at ${event.stepId}:${event.visit}`;
    case 'decided':
      // A decision that is changed says again what stays of it.
      return `decided ${JSON.stringify(event.decision)}`;
    case 'outcome_reported': {
      // What was decided stands in its form; once the deal was opened again, it may be reported as it was.
      const opened = all.filter(({ type, seq }) => type === 'reopened' && seq < event.seq).length;
      return `reported ${JSON.stringify(event.outcome)}, opened again ${opened} times`;
    }
    default:
      return event.type;
  }
}

const nameOf = (deal: Deal): string => `${deal.account} (${deal.id})`;

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
