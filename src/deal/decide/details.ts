/** *Fill in while it's fresh*. */

import { mayBeAsked } from '../asking/stations';
import type { CommandOf, DecideContext } from '../model/commands';
import type { Deal, Details, Ledger } from '../model/deal';
import { deepEqual } from '../model/deepEqual';
import type { DealEventBody, WrittenDown } from '../model/events';
import { isAmount, isCost } from '../model/money';
import { accept, alreadyDone, type Decided, isBlank, type PlainCode, refuse } from '../model/refusals';
import { DAY } from '../model/workingTime';
import { notedWithReminder, wrongNextTime } from './nextTime';
import { assignment, whyNotNamed } from './reassignment';
import { sendAsk, tellNews } from './send';
import { dealAfter } from './verdict';

/** How long after closing a rep may add notes, ms. */
const FILL_IN_AFTER_CLOSING = 30 * DAY;

export function fillIn(deal: Deal, command: CommandOf<'fill_in'>, context: DecideContext): Decided {
  if (deal.closedAt !== null && context.now > deal.closedAt + FILL_IN_AFTER_CLOSING) {
    return refuse({ code: 'closed_long_ago', days: FILL_IN_AFTER_CLOSING / DAY });
  }
  if (command.manager !== null && !mayBeAsked(deal, command.manager, context.settings))
    return refuse('own_manager');
  const { nextTime } = command;
  const wrong = wrongDetails(command.details) ?? (nextTime === undefined ? null : wrongNextTime(nextTime));
  if (wrong !== null) return refuse(wrong);
  // The screen shows the stand-in who has the ask: left as it is, it names nobody.
  const isShown = command.manager === deal.manager || command.manager === deal.ask?.manager;
  const manager = isShown ? null : command.manager;
  const notNamed = manager === null ? null : whyNotNamed(deal, manager, context);
  if (notNamed !== null) return notNamed;
  // Naming the manager alone does not count as filling in.
  const namesOnly = manager !== null && Object.keys(command.details).length === 0;
  const filled = namesOnly ? null : detailsEvent(deal, command.details, command.ledger ?? null);
  const written = (command.written ?? []).filter((words) => awaitsWords(deal, words));
  const events: DealEventBody[] = [
    ...(written.length === 0 ? [] : [{ type: 'written_down' as const, answers: written }]),
    ...(filled === null ? [] : [filled]),
    ...(manager === null ? [] : [assignment(deal, manager, context)]),
    ...notedWithReminder(deal, nextTime, context),
  ];
  const then = events.length === 0 ? deal : dealAfter(deal, events, context);
  const told = command.sendsAsk === true ? [...sendAsk(then, context), ...tellNews(then, context)] : [];
  const all = [...events, ...told];
  return all.length === 0 ? alreadyDone : accept(...all);
}

/** Null: nothing is wrong with the details. */
export function wrongDetails({ amount, yesCosts }: Partial<Details>): PlainCode | null {
  const fits = (amount == null || isAmount(amount)) && (yesCosts == null || isCost(yesCosts));
  return fits ? null : 'amount_unusable';
}

function awaitsWords(deal: Deal, { stepId, visit, text }: WrittenDown): boolean {
  const answered = deal.trail.find((it) => it.stepId === stepId && it.visit === visit);
  return answered?.answer.kind === 'told' && !isBlank(text);
}

/** Null: nothing changes. Blank text is stored as not known. */
export function detailsEvent(
  deal: Deal,
  given: Partial<Details>,
  ledger: Ledger | null = null,
): DealEventBody | null {
  const details = Object.fromEntries(
    Object.entries(given).map(([key, value]) => [
      key,
      typeof value === 'string' && isBlank(value) ? null : value,
    ]),
  ) as Partial<Details>;
  const changes = !deepEqual({ ...deal.details, ...details }, deal.details);
  if (!changes && deal.filledIn) return null;
  const isNewLedger =
    ledger !== null && deal.ask?.status === 'pending' && !deepEqual(deal.ask.ledger, ledger);
  return { type: 'details_filled', details, ...(isNewLedger ? { ledger } : {}) };
}
