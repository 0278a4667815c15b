/** What figures should count of a deal, worked out once more and plainly: event by event, without the deal's own state. */
import { askedSoFar } from '../../src/deal/asking/stations';
import { replay } from '../../src/deal/evolve/evolve';
import type { DecisionTerms, Details, Outcome } from '../../src/deal/model/deal';
import type { DealEvent } from '../../src/deal/model/events';

const HOUR = 60 * 60_000;

interface CountedAsk {
  readonly at: number;
  deadline: number;
  readonly decisions: { readonly at: number; readonly decision: DecisionTerms }[];
  isOpen: boolean;
  /** False: pre-approved, and put to nobody. */
  readonly isPut: boolean;
}

export function recount(events: readonly DealEvent[]) {
  const asks: CountedAsk[] = [];
  let current: CountedAsk | null = null;
  let outcome: { readonly it: Outcome; readonly at: number } | null = null;
  let signedAt: number | null = null;
  let closed = false;
  let withdrawn = false;
  let details: Partial<Details> = {};
  for (const event of events) {
    switch (event.type) {
      case 'asked':
        current = { at: event.at, deadline: event.deadline, decisions: [], isOpen: true, isPut: true };
        asks.push(current);
        outcome = null;
        break;
      case 'pre_approved': {
        const decisions = [{ at: event.at, decision: event.decision }];
        current = { at: event.at, deadline: event.at, decisions, isOpen: false, isPut: false };
        asks.push(current);
        break;
      }
      case 'manager_assigned':
      case 'ask_passed':
      case 'deadline_moved':
        if (current?.isOpen && event.deadline !== undefined) current.deadline = event.deadline;
        break;
      case 'decided':
        current?.decisions.push({ at: event.at, decision: event.decision });
        if (current !== null) current.isOpen = false;
        break;
      case 'ask_withdrawn':
        if (current !== null) current.isOpen = false;
        break;
      case 'went_back':
        current = null;
        closed = false;
        withdrawn = false;
        break;
      case 'outcome_reported':
        outcome = { it: event.outcome, at: event.at };
        break;
      case 'signed_reported':
        signedAt = event.at;
        break;
      case 'closed':
        closed = true;
        break;
      case 'withdrawn':
        withdrawn = true;
        break;
      case 'reopened':
        closed = false;
        withdrawn = false;
        outcome = null;
        signedAt = null;
        break;
      case 'details_filled':
        details = { ...details, ...event.details };
        break;
      default:
        break;
    }
  }
  const deal = replay(events);
  if (deal === null) throw new Error('no deal');
  const said = deal.trail.flatMap(({ fact, answer, source }) =>
    (fact === 'would_have_kept' || fact === 'keep_talking') && answer.kind === 'choice'
      ? [{ fact, choice: answer.choice, source }]
      : [],
  );
  const ofFact = (fact: string) => said.filter((it) => it.fact === fact).at(-1)?.choice;
  const answer = ofFact('would_have_kept') ?? ofFact('keep_talking');
  const pictures = deal.trail.flatMap(({ fact, answer: it, source }) =>
    fact === 'picture' && it.kind === 'reasons' && it.reasons.length > 0 ? [{ it, source }] : [],
  );
  const ticked = [...new Set(pictures.flatMap(({ it }) => it.reasons))].sort();
  const counted = details.reasons ?? ticked;
  const put = asks.filter(({ isPut }) => isPut);
  const answered = put.filter(({ decisions }) => decisions.length > 0).at(-1);
  const decision = answered?.decisions[0];
  const tried = deal.verdict === 'pulse' || deal.verdict === 'keep_talking';
  const yes = asks
    .map(({ decisions }) => decisions.at(-1)?.decision)
    .filter((it) => it !== undefined && it.kind !== 'decline')
    .at(-1);
  const promises = deal.trail.flatMap(({ fact, answer: it }) =>
    fact === 'promise' && it.kind === 'datetime' ? [it.at] : [],
  );
  const promisedAt = promises.at(-1);
  const reported = [outcome?.at, signedAt].filter((it) => typeof it === 'number');
  const isBack = outcome?.it.kind === 'won_back';
  const span = answered === undefined || decision === undefined ? null : decision.at - answered.at;
  return {
    counts: !withdrawn,
    wasReached: said.length > 0,
    wouldHave: answer === 'yes' ? true : answer === 'no' ? false : null,
    wasAsked: put.length > 0,
    wasDecided: decision !== undefined,
    wasInTime: answered === undefined || decision === undefined ? null : decision.at <= answered.deadline,
    decidedIn: span === null ? null : span <= HOUR ? 'hour' : span <= 24 * HOUR ? 'day' : 'later',
    wasTried: tried,
    wasYes: yes !== undefined,
    wasGiven: tried && (yes !== undefined || deal.verdict === 'keep_talking'),
    isBack,
    isLost: closed && !isBack,
    callBackKept:
      promisedAt === undefined
        ? null
        : reported.length > 0
          ? Math.min(...reported) <= promisedAt + HOUR
          : closed
            ? false
            : null,
    reasons: [...counted].sort(),
    given:
      tried && (yes?.kind === 'match' || (yes === undefined && deal.verdict === 'keep_talking'))
        ? [...counted].sort()
        : [],
    reasonsDiffer:
      (details.reasons ?? []).length === 0 || ticked.length === 0 || pictures.at(-1)?.source !== 'prospect'
        ? null
        : [...(details.reasons ?? [])].sort().join() !== ticked.join(),
    worth: details.amount ?? null,
    back:
      outcome?.it.kind === 'won_back'
        ? (outcome.it.amount ?? (outcome.it.part === 'whole' ? (details.amount ?? null) : null))
        : null,
    cost: isBack ? (yes?.value ?? null) : null,
    asked: [
      ...new Set(
        [...deal.pastAsks, ...(deal.ask === null ? [] : [deal.ask])].flatMap((ask) => [
          ...askedSoFar(ask),
          ...ask.decisions.map(({ by }) => by),
        ]),
      ),
    ].sort(),
  };
}
