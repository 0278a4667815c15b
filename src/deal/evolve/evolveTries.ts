/** Events of calls that reached nobody. */
import {
  type Cadence,
  hasCall,
  nextCallAt,
  openCall,
  type PlannedTry,
  type RemindedTry,
} from '../model/cadence';
import type { Deal } from '../model/deal';
import type { EventOf } from '../model/events';
import { remind } from './remind';

export function evolveTries(
  deal: Deal,
  event: EventOf<'try_scheduled' | 'try_reminded' | 'try_reported'>,
): Deal {
  switch (event.type) {
    case 'try_scheduled': {
      const next = { ...deal, tries: event.tries, nextTryAt: event.dueAt, tryReminder: null };
      return event.plan === undefined ? next : withCadence(next, planned(deal, event, event.plan));
    }
    case 'try_reminded': {
      const next = remind(deal, deal.rep, event.at);
      return event.moves === undefined || deal.cadence === null
        ? { ...next, tryReminder: event.seq }
        : withCadence(next, reminded(deal.cadence, event, event.moves));
    }
    case 'try_reported': {
      const { cadence } = deal;
      const about = cadence?.reminded.find(({ id }) => id === event.reminder);
      if (cadence === null || about === undefined) return deal;
      const next = withCadence(deal, reported(cadence, about, 'done'));
      return hasCall(about) ? { ...next, tries: deal.tries + 1 } : next;
    }
    default:
      return event satisfies never;
  }
}

const withCadence = (deal: Deal, cadence: Cadence): Deal => ({
  ...deal,
  cadence,
  nextTryAt: nextCallAt(cadence.plan),
});

function planned(
  { cadence }: Deal,
  { seq: id, at }: EventOf<'try_scheduled'>,
  plan: readonly PlannedTry[],
): Cadence {
  if (cadence === null) {
    return { since: at, plan, reminded: [{ id, at, moves: ['voicemail'], report: null }] };
  }
  const open = openCall(cadence);
  if (open === null) return { ...cadence, plan };
  const call = open.moves.filter((move) => plan.some(({ moves }) => moves.includes(move)));
  return { ...reported(cadence, open, call.length > 0 ? 'moved' : 'done'), plan };
}

/** Drops what was due before, too: only the latest reminder goes out. */
function reminded(
  cadence: Cadence,
  { seq: id, at }: EventOf<'try_reminded'>,
  moves: RemindedTry['moves'],
): Cadence {
  return {
    ...cadence,
    plan: cadence.plan.filter((planned) => planned.at > at),
    reminded: [...cadence.reminded, { id, at, moves, report: null }],
  };
}

const reported = (cadence: Cadence, about: RemindedTry, report: RemindedTry['report']): Cadence => ({
  ...cadence,
  reminded: cadence.reminded.map((it) => (it.id === about.id ? { ...it, report } : it)),
});

/** The cadence once the verdict is taken back: the call counts as not made. Null: it began with this verdict. */
export function withoutLastCall({ cadence, verdictAt }: Deal): Cadence | null {
  if (cadence === null || cadence.since === verdictAt) return null;
  const last = cadence.reminded.at(-1);
  return last !== undefined && hasCall(last) ? reported(cadence, last, null) : cadence;
}
