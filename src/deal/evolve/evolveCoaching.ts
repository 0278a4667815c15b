/** Events of the coaching screens, of calls that reached nobody, and of the notes made after a call. */
import { traitsOf, type Verdict } from '../../playbook/schema';
import type { Answered, Ask, Deal, Position } from '../model/deal';
import type { EventOf, WrittenDown } from '../model/events';
import { newsIn } from '../model/facts';
import { worthFilledIn } from '../model/worth';
import { evolveTries, withoutLastCall } from './evolveTries';
import { remind } from './remind';

export type CoachingEvent = EventOf<
  | 'drafted'
  | 'answered'
  | 'times_suggested'
  | 'went_back'
  | 'resumed'
  | 'resume_offered'
  | 'verdict_reached'
  | 'recorded_after'
  | 'try_scheduled'
  | 'try_reminded'
  | 'try_reported'
  | 'try_started'
  | 'details_filled'
  | 'written_down'
>;

/** A new deal, on the first screen. */
export function begin(event: EventOf<'started'>): Deal {
  return {
    id: event.id,
    tenant: event.tenant,
    revision: event.seq,
    startedAt: event.at,
    rep: event.rep,
    zone: event.zone ?? null,
    manager: event.manager,
    account: event.account,
    business: event.business,
    playbook: event.playbook,
    stage: 'coaching',
    stageSince: event.at,
    firstStep: event.firstStep,
    position: { stepId: event.firstStep, visit: 1 },
    trail: [],
    draft: null,
    suggestedTimes: null,
    shelf: {},
    visits: 1,
    lastActiveAt: event.at,
    resumeOffer: null,
    verdict: null,
    verdictAt: null,
    details: {
      amount: null,
      competitor: null,
      prospect: null,
      notes: null,
      recommendation: null,
      yesCosts: null,
      ourOffer: null,
      reasons: null,
    },
    filledIn: false,
    wantsNotes: false,
    tries: 0,
    nextTryAt: null,
    tryReminder: null,
    cadence: null,
    ask: null,
    pastAsks: [],
    takenBack: null,
    untold: [],
    nudges: [],
    lastReminded: {},
    quietSince: event.at,
    remarks: [],
    remarkCount: 0,
    outcome: null,
    outcomeAt: null,
    verbalYes: null,
    outcomeTold: false,
    winTold: null,
    remindAt: null,
    signedReportedAt: null,
    reEngagement: null,
    pledge: null,
    nextTime: null,
    handover: null,
    heldFor: null,
    formerReps: [],
    closedAt: null,
    closedBecause: null,
    asksReason: false,
    confirmedReason: null,
    removed: null,
  };
}

export function evolveCoaching(deal: Deal, event: CoachingEvent): Deal {
  switch (event.type) {
    case 'drafted':
      return {
        ...active(deal, event.at),
        draft: { stepId: event.stepId, visit: event.visit, answer: event.answer },
      };
    case 'answered':
      return answered(active(deal, event.at), event);
    case 'times_suggested': {
      const { visit, dueAt, others, zone, at } = event;
      return { ...deal, zone, suggestedTimes: { visit, at: dueAt, others, madeAt: at } };
    }
    case 'went_back':
      return wentBack(active(deal.verdict === null ? shelve(deal) : withoutVerdict(deal), event.at));
    case 'resumed':
      return active(deal, event.at);
    case 'resume_offered':
      return { ...remind(deal, deal.rep, event.at), resumeOffer: event.seq };
    case 'verdict_reached':
      return verdictReached(deal, event);
    case 'recorded_after':
      return recordedAfter(active(deal, event.at), event);
    case 'try_scheduled':
    case 'try_reminded':
    case 'try_reported':
      return evolveTries(deal, event);
    case 'try_started':
      return {
        ...show({ ...active(deal, event.at), trail: [], shelf: {} }, event.firstStep),
        firstStep: event.firstStep,
        verdict: null,
        verdictAt: null,
        nextTryAt: null,
        tryReminder: null,
      };
    case 'details_filled':
    case 'written_down':
      return filledIn(deal, event);
    default:
      return event satisfies never;
  }
}

/** The rep acts on the screens, so no resume offer stands. */
export function active(deal: Deal, at: number): Deal {
  return { ...deal, lastActiveAt: at, resumeOffer: null };
}

/** Shows a step as a new visit, with the inputs that the rep left there by going back. */
function show(deal: Deal, stepId: string): Deal {
  const position: Position = { stepId, visit: deal.visits + 1 };
  const { [stepId]: _, ...shelf } = deal.shelf;
  const kept = Object.hasOwn(deal.shelf, stepId) ? deal.shelf[stepId] : undefined;
  return {
    ...deal,
    position,
    visits: position.visit,
    draft: kept === undefined ? null : { ...position, answer: kept },
    shelf,
  };
}

/** Keeps the inputs of the current screen. */
function shelve(deal: Deal): Deal {
  const { position, draft, shelf } = deal;
  if (position === null || draft?.visit !== position.visit) return deal;
  return { ...deal, shelf: { ...shelf, [position.stepId]: draft.answer } };
}

/** Takes the verdict back, with everything that followed from it. */
function withoutVerdict(deal: Deal): Deal {
  return {
    ...deal,
    verdict: null,
    verdictAt: null,
    tries: deal.tries - triesOf(deal.verdict),
    nextTryAt: null,
    tryReminder: null,
    cadence: withoutLastCall(deal),
    ask: null,
    pastAsks: deal.ask === null ? deal.pastAsks : [...deal.pastAsks, deal.ask],
    takenBack: isSent(deal.ask) ? deal.trail : deal.takenBack,
    reEngagement: null,
    closedAt: null,
    closedBecause: null,
    asksReason: false,
  };
}

/** Null: nothing was asked, by this release. */
const isSent = (ask: Ask | null): boolean => ask !== null && ask.sending !== null && ask.heldUntil === null;

/** Whoever decides has the ask, or would have it again, without these facts. */
function withUntold(before: Deal, after: Deal): Deal {
  const isWaiting =
    before.ask === null ? before.takenBack !== null : before.ask.status === 'pending' && isSent(before.ask);
  const facts = isWaiting ? newsIn(before, after) : [];
  return facts.length === 0 ? after : { ...after, untold: [...new Set([...after.untold, ...facts])] };
}

/** Takes the last answer off the trail and shows its step with that answer; without answers, shows the first step. */
export function wentBack(deal: Deal): Deal {
  const last = deal.trail.at(-1);
  const shown = show({ ...deal, trail: deal.trail.slice(0, -1) }, last?.stepId ?? deal.firstStep);
  if (last === undefined || shown.position === null) return shown;
  return { ...shown, draft: { ...shown.position, answer: last.answer } };
}

function answered(deal: Deal, event: EventOf<'answered'>): Deal {
  const { stepId, visit, answer, fact, source, at } = event;
  const trail: readonly Answered[] = [...deal.trail, { stepId, visit, answer, fact, source, at }];
  return 'step' in event.next
    ? show({ ...deal, trail }, event.next.step)
    : { ...deal, trail, position: null, draft: null };
}

function recordedAfter(deal: Deal, event: EventOf<'recorded_after'>): Deal {
  const trail = event.answers.map(
    (it, index): Answered => ({ ...it, visit: deal.visits + index + 1, at: event.at }),
  );
  return { ...deal, trail, visits: deal.visits + trail.length, position: null, draft: null };
}

function verdictReached(deal: Deal, event: EventOf<'verdict_reached'>): Deal {
  return {
    ...deal,
    verdict: event.verdict,
    verdictAt: event.at,
    wantsNotes: event.wantsNotes ?? false,
    position: null,
    draft: null,
    shelf: {},
    nextTryAt: null,
    tryReminder: null,
    resumeOffer: null,
    tries: deal.tries + triesOf(event.verdict),
  };
}

/** The tries that a verdict counts: a call that reaches nobody is one. */
const triesOf = (verdict: Verdict | null): number => (traitsOf(verdict)?.isReached === false ? 1 : 0);

function filledIn(deal: Deal, event: EventOf<'details_filled' | 'written_down'>): Deal {
  if (event.type === 'written_down') {
    const trail = deal.trail.map((answered) => inWords(answered, event.answers));
    return withUntold(deal, { ...deal, trail, filledIn: true });
  }
  const { ask } = deal;
  const details = { ...deal.details, ...event.details };
  return withUntold(deal, {
    ...deal,
    details,
    ask:
      ask === null
        ? null
        : {
            ...ask,
            worth: worthFilledIn(ask.worth, details.amount),
            ledger: event.ledger ?? ask.ledger,
          },
    filledIn: true,
  });
}

/** Only an answer without words takes them; one that has words keeps them. */
function inWords(answered: Answered, written: readonly WrittenDown[]): Answered {
  const words = written.find(({ stepId, visit }) => stepId === answered.stepId && visit === answered.visit);
  if (words === undefined || answered.answer.kind !== 'told') return answered;
  const { text } = words;
  return {
    ...answered,
    answer: answered.fact === 'picture' ? { kind: 'reasons', text, reasons: [] } : { kind: 'text', text },
  };
}
