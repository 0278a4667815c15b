/** The next actions of one person about a deal. App Home shows them beside the deal; `decide` checks every tap again. */
import { askedNow } from '../asking/stations';
import type { Actor } from '../model/commands';
import type { Deal } from '../model/deal';
import { mayBeRecordedAfter } from './coaching';
import { owesOutcome } from './outcome';
import { isStranger, mayDecide, maySee } from './permissions';
import { questionFor } from './remarks';

export const NEXT_ACTIONS = [
  'resume',
  'log_call',
  'try_again',
  'not_lost',
  'decide',
  'answer',
  'name_decider',
  'nudge',
  'fill_in',
  'won_back',
  'still_lost',
  'hand_on',
] as const;
export type NextAction = (typeof NEXT_ACTIONS)[number];

/** The most wanted first; empty: it is others' turn. */
export function nextActions(deal: Deal, actor: Actor): readonly NextAction[] {
  if (isStranger(deal, actor)) return [];
  const isRep = actor.userId === deal.rep;
  switch (deal.stage) {
    case 'coaching':
      if (!isRep) return [];
      return [...ofCall(deal), 'not_lost', ...handOn(deal)];
    case 'awaiting_decision':
      return isRep ? ofRep(deal, actor) : ofOthers(deal, actor);
    case 'winning_back':
    case 'calling_back':
      if (!isRep || !owesOutcome(deal)) return [];
      // A signature ended the rescue: the rep only calls to say thanks.
      return [
        ...(deal.signedReportedAt === null
          ? (['won_back', 'still_lost'] as const)
          : (['still_lost'] as const)),
        ...handOn(deal),
      ];
    case 'closed':
    case 'withdrawn':
      return [];
    default:
      return deal.stage satisfies never;
  }
}

function ofCall(deal: Deal): readonly NextAction[] {
  if (deal.position === null) return ['try_again'];
  return mayBeRecordedAfter(deal) ? ['resume', 'log_call'] : ['resume'];
}

function ofRep(deal: Deal, actor: Actor): readonly NextAction[] {
  const asked = askedNow(deal);
  if (asked === actor.userId && mayDecide(deal, actor)) return ['decide'];
  // A held ask waits for the facts, on the form that sends it.
  if (deal.ask?.heldUntil != null && asked !== null) return ['fill_in', ...handOn(deal)];
  const waits: NextAction =
    questionFor(deal, actor.userId) !== null ? 'answer' : asked === null ? 'name_decider' : 'nudge';
  return [waits, ...(deal.filledIn ? [] : (['fill_in'] as const)), ...handOn(deal)];
}

/** People who look after the deal: the manager, those the ask went on to, admins. */
function ofOthers(deal: Deal, actor: Actor): readonly NextAction[] {
  if (!maySee(deal, actor)) return [];
  if (askedNow(deal) === null && deal.ask?.manager === null) return ['name_decider'];
  const isTheirs = !actor.isAdmin || deal.manager === actor.userId;
  return isTheirs && mayDecide(deal, actor) ? ['decide'] : [];
}

/** Its rep has left; whoever holds it hands it on. */
const handOn = ({ heldFor }: Deal): readonly NextAction[] => (heldFor === null ? [] : ['hand_on']);
