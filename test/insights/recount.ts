/** What figures should count of a deal, worked out once more and plainly: event by event, without the deal's own state. */
import { askedSoFar } from '../../src/deal/asking/stations';
import { replay } from '../../src/deal/evolve/evolve';
import type { DecisionTerms, Details, Outcome, PledgeKept } from '../../src/deal/model/deal';
import type { DealEvent } from '../../src/deal/model/events';

const HOUR = 60 * 60_000;

interface CountedAsk {
  readonly at: number;
  deadline: number;
  readonly decisions: { readonly at: number; readonly decision: DecisionTerms }[];
  isOpen: boolean;
  /** The reason of what was pre-approved and put to nobody; null: it was put to somebody. */
  readonly preApproved: string | null;
}

export function recount(events: readonly DealEvent[]) {
  const asks: CountedAsk[] = [];
  let current: CountedAsk | null = null;
  let outcome: { readonly it: Outcome; readonly at: number } | null = null;
  let signedAt: number | null = null;
  let verbalAt: number | null = null;
  let closed = false;
  let withdrawn = false;
  /** Somebody removed it, and it comes back as it was. */
  let removed = false;
  let details: Partial<Details> = {};
  let confirmed: readonly string[] = [];
  let lostAt: number | null = null;
  let reminded = false;
  let pledgeKept: PledgeKept | null = null;
  for (const event of events) {
    switch (event.type) {
      case 'asked':
        current = { at: event.at, deadline: event.deadline, decisions: [], isOpen: true, preApproved: null };
        asks.push(current);
        outcome = null;
        break;
      case 'pre_approved': {
        const decisions = [{ at: event.at, decision: event.decision }];
        current = { at: event.at, deadline: event.at, decisions, isOpen: false, preApproved: event.reason };
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
      case 'ask_resumed':
        current = asks.at(-1) ?? null;
        if (current !== null) current.isOpen = true;
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
        // A verbal yes was a call back, whatever became of it.
        if (event.outcome.kind === 'verbal_yes') verbalAt = event.at;
        break;
      case 'signed_reported':
        signedAt = event.at;
        // They signed with the other company.
        if (outcome?.it.kind === 'verbal_yes') outcome = null;
        break;
      case 'closed':
        closed = true;
        lostAt = event.asksReason === true ? event.at : null;
        break;
      case 'reason_confirmed':
        confirmed = event.reasons;
        break;
      case 'withdrawn':
        removed = event.because !== undefined && !withdrawn;
        withdrawn = true;
        break;
      case 'reopened':
        withdrawn = false;
        if (removed) {
          removed = false;
          break;
        }
        closed = false;
        outcome = null;
        signedAt = null;
        break;
      case 're_engaged':
        reminded ||= event.asksPledge === true;
        break;
      case 'pledge_reported':
        pledgeKept = event.kept;
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
  // Pictures of these lives have no words.
  const chose = deal.trail
    .filter(({ fact, answer: it }) => fact === 'attraction' && it.kind === 'text' && it.text !== '')
    .at(-1);
  const pledgeAsked = reminded || pledgeKept !== null;
  const ticked = [...new Set(pictures.flatMap(({ it }) => it.reasons))].sort();
  const counted = details.reasons ?? ticked;
  const put = asks.filter(({ preApproved }) => preApproved === null);
  const answered = put.filter(({ decisions }) => decisions.length > 0).at(-1);
  const decision = answered?.decisions[0];
  const tried = deal.verdict === 'pulse' || deal.verdict === 'keep_talking';
  const isYes = ({ decisions }: CountedAsk): boolean =>
    ['match', 'counter'].includes(decisions.at(-1)?.decision.kind ?? '');
  const yesAsk = asks.filter(isYes).at(-1);
  const yes = yesAsk?.decisions.at(-1)?.decision;
  const alone = yes === undefined && deal.verdict === 'keep_talking';
  const promises = deal.trail.flatMap(({ fact, answer: it }) =>
    fact === 'promise' && it.kind === 'datetime' ? [it.at] : [],
  );
  const promisedAt = promises.at(-1);
  const reported = [outcome?.at, verbalAt, signedAt].filter((it) => typeof it === 'number');
  const isSigned = outcome?.it.kind === 'won_back';
  const isClosed = closed && !withdrawn;
  const isBack = isSigned || (outcome?.it.kind === 'verbal_yes' && !isClosed);
  const end =
    isBack && outcome !== null && outcome.it.kind !== 'lost' && outcome.it.kind !== 'no_answer'
      ? outcome.it
      : null;
  const path = deal.trail.map(({ stepId }) => stepId);
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
    wasYes: put.some(isYes),
    wasGiven: tried && (yes !== undefined || alone),
    isBack,
    isSigned,
    isLost: isClosed && !isBack,
    callBackKept:
      promisedAt === undefined
        ? null
        : reported.length > 0
          ? Math.min(...reported) <= promisedAt + HOUR
          : closed
            ? false
            : null,
    reasons: [...counted].sort(),
    given: !tried
      ? []
      : typeof yesAsk?.preApproved === 'string'
        ? [yesAsk.preApproved]
        : yes?.kind === 'match' || alone
          ? [...counted].sort()
          : yes?.kind === 'counter'
            ? [...yes.levers].sort()
            : [],
    reasonsDiffer:
      (details.reasons ?? []).length === 0 || ticked.length === 0 || pictures.at(-1)?.source !== 'prospect'
        ? null
        : [...(details.reasons ?? [])].sort().join() !== ticked.join(),
    confirmed: [...confirmed].sort(),
    confirmedDiffers:
      confirmed.length === 0 || ticked.length === 0 || pictures.at(-1)?.source !== 'prospect'
        ? null
        : [...confirmed].sort().join() !== ticked.join(),
    lostAt: closed && !withdrawn && !isBack ? lostAt : null,
    worth: details.amount ?? null,
    back: end === null ? null : (end.amount ?? (end.part === 'whole' ? (details.amount ?? null) : null)),
    cost: isBack && yes !== undefined && yes.kind !== 'decline' ? yes.value : null,
    wasPledged: pledgeAsked || (deal.verdict !== 'postponed' && chose?.source === 'prospect'),
    pledgeAsked,
    pledgeKept,
    hasReturn:
      tried && yes !== undefined && yes.kind !== 'decline' && yes.inReturn !== null && yes.inReturn !== '',
    playbookHash: deal.playbook.hash,
    steps: [...new Set([...path, ...(deal.position === null ? [] : [deal.position.stepId])])].sort(),
    leftAt:
      deal.verdict === 'declined_to_say'
        ? (path.at(-1) ?? null)
        : deal.verdict === null && closed
          ? (deal.position?.stepId ?? null)
          : null,
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
