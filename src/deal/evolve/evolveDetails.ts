/** What *Fill in while it's fresh* makes of a deal. */
import type { Answered, Deal } from '../model/deal';
import type { EventOf, WrittenDown } from '../model/events';

export function filledIn(deal: Deal, event: EventOf<'details_filled' | 'written_down'>): Deal {
  if (event.type === 'written_down') {
    return { ...deal, trail: deal.trail.map((answered) => inWords(answered, event.answers)), filledIn: true };
  }
  const { ask } = deal;
  return {
    ...deal,
    details: { ...deal.details, ...event.details },
    ask: ask === null || event.ledger === undefined ? ask : { ...ask, ledger: event.ledger },
    filledIn: true,
  };
}

/** Only *Already told me* waits for words; an answer that has some keeps them. */
function inWords(answered: Answered, written: readonly WrittenDown[]): Answered {
  const words = written.find(({ stepId, visit }) => stepId === answered.stepId && visit === answered.visit);
  if (words === undefined || answered.answer.kind !== 'told') return answered;
  const { text } = words;
  return {
    ...answered,
    answer: answered.fact === 'picture' ? { kind: 'reasons', text, reasons: [] } : { kind: 'text', text },
  };
}
