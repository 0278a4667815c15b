/** What the clock records. */
import { approvalPassesTo, passApproval } from '../asking/approver';
import type { DecideContext } from '../model/commands';
import type { Deal } from '../model/deal';
import type { DealEventBody } from '../model/events';
import { pledgeOf } from '../model/facts';
import { accept, type Decided, refuse } from '../model/refusals';
import { type Due, dueNow } from '../schedule/schedule';
import { withdrawAsk } from './outcome';
import { escalation, moveDeadline, passToStandIn } from './reassignment';
import { sendAsk } from './send';
import { close } from './verdict';
import { abandon } from './withdraw';

/** Records what is due now; overtaken reminders are never recorded. */
export function tick(deal: Deal, context: DecideContext): Decided {
  if (context.actor !== null) return refuse('clock_only');
  const due = dueNow(deal, context.settings, context.now);
  return accept(...due.flatMap((it) => eventsOf(deal, it, context)));
}

function eventsOf(deal: Deal, due: Due, context: DecideContext): readonly DealEventBody[] {
  switch (due.kind) {
    case 'nudge': {
      const timeLeftMs = due.before === null ? null : Math.max(0, due.before - context.now);
      return [{ type: 'nudged', kind: due.nudge, to: due.to, timeLeftMs }];
    }
    case 'resume_offer':
      return [{ type: 'resume_offered' }];
    case 'try_reminder':
      return [{ type: 'try_reminded', ...(due.moves === null ? {} : { moves: due.moves }) }];
    case 're_engage':
      return [{ type: 're_engaged', ...(pledgeOf(deal) === null ? {} : { asksPledge: true }) }];
    case 'notify': {
      const { addressing, urgent } = due;
      return [{ type: 'ask_delivered', addressing, ...(urgent === null ? {} : { urgent }) }];
    }
    case 'send':
      return sendAsk(deal, context);
    case 'escalate':
      return [escalation(deal, due.to, context)];
    case 'pass':
      return approvalPassesTo(deal, context.settings) === null
        ? passToStandIn(deal, context)
        : passApproval(deal, context);
    case 'move_deadline':
      return moveDeadline(deal, context);
    case 'ask_slack':
      return [];
    case 'close':
      return closing(deal, due.because, context);
    default:
      return due satisfies never;
  }
}

function closing(
  deal: Deal,
  because: Extract<Due, { kind: 'close' }>['because'],
  context: DecideContext,
): readonly DealEventBody[] {
  switch (because) {
    case 'abandoned':
      return [abandon(deal, context)];
    case 'three_tries':
      return close(deal, because, context);
    case 'silence':
      return [
        ...withdrawAsk(deal, because),
        { type: 'outcome_reported', outcome: { kind: 'no_answer' } },
        ...close(deal, because, context),
      ];
    default:
      return because satisfies never;
  }
}
