/** *Fill in while it's fresh*, and who the people of the deal are. */
import type { Command, DecideContext, Decided } from './commands';
import type { Deal, Details, Ledger, UserId } from './deal';
import type { DealEventBody, WrittenDown } from './events';
import { factsOf } from './facts';
import { isAmount } from './money';
import { alreadyDone, happens, isBlank, ownManager, refuse } from './replies';
import { same } from './same';
import { deadlineOf } from './schedule';
import { DAY } from './workingTime';

type Of<T extends Command['type']> = Extract<Command, { type: T }>;

/** Notes may still be added this long after a deal was closed. */
const FILL_IN_AFTER_CLOSING = 30 * DAY;

export function fillIn(deal: Deal, command: Of<'fill_in'>, context: DecideContext): Decided {
  if (deal.closedAt !== null && context.now > deal.closedAt + FILL_IN_AFTER_CLOSING) {
    return refuse('wrong_stage', 'This deal was closed more than 30 days ago.');
  }
  if (command.manager === deal.rep) return ownManager;
  const wrong = wrongDetails(command.details);
  if (wrong !== null) return refuse('invalid', wrong);
  const manager = command.manager === deal.manager ? null : command.manager;
  // Naming the manager alone is not yet filling in.
  const namesOnly = manager !== null && Object.keys(command.details).length === 0;
  const filled = namesOnly ? null : detailsEvent(deal, command.details, command.ledger ?? null);
  const written = (command.told ?? []).filter((words) => awaitsWords(deal, words));
  const events: DealEventBody[] = [
    ...(written.length === 0 ? [] : [{ type: 'written_down' as const, answers: written }]),
    ...(filled === null ? [] : [filled]),
    ...(manager === null ? [] : [assignment(deal, manager, context)]),
  ];
  return events.length === 0 ? alreadyDone : happens(...events);
}

export function assignManager(deal: Deal, command: Of<'assign_manager'>, context: DecideContext): Decided {
  if (command.manager === deal.rep) return ownManager;
  if (command.manager === deal.manager) return alreadyDone;
  return happens(assignment(deal, command.manager, context));
}

export function assignRep(deal: Deal, { rep }: Of<'assign_rep'>): Decided {
  if (rep === deal.rep) return alreadyDone;
  if (rep === deal.manager) {
    return refuse('invalid', 'The manager of a deal cannot be its rep too. Name another manager first.');
  }
  return happens({ type: 'rep_assigned', rep });
}

/** A pending ask keeps its deadline, unless that has passed or ran while nobody was named. */
function assignment(deal: Deal, manager: UserId, { settings, now }: DecideContext): DealEventBody {
  const { ask } = deal;
  const isLate = ask?.status === 'pending' && (ask.manager === null || ask.deadline <= now);
  return isLate
    ? { type: 'manager_assigned', manager, deadline: deadlineOf(factsOf(deal), settings, now) }
    : { type: 'manager_assigned', manager };
}

/** What is wrong with the details, in plain words; null: nothing. */
export function wrongDetails({ amount }: Partial<Details>): string | null {
  return amount === undefined || amount === null || isAmount(amount)
    ? null
    : 'Type an amount, such as 48,000.';
}

function awaitsWords(deal: Deal, { stepId, visit, text }: WrittenDown): boolean {
  const answered = deal.trail.find((it) => it.stepId === stepId && it.visit === visit);
  return answered?.answer.kind === 'told' && !isBlank(text);
}

/** Null when everything stands there already. Blank text means that it is not known. */
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
  const changes = !same({ ...deal.details, ...details }, deal.details);
  if (!changes && deal.filledIn) return null;
  const tells = ledger !== null && deal.ask?.status === 'pending' && !same(deal.ask.ledger, ledger);
  return { type: 'details_filled', details, ...(tells ? { ledger } : {}) };
}
