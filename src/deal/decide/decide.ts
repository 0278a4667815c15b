/**
 * Turns a command into events or a refusal. Pure. Checks permissions for every command, whatever the listener has checked
 * before.
 */

import type { Actor, Command, Decide, DecideContext } from '../model/commands';
import type { Deal } from '../model/deal';
import { type Decided, type PlainCode, refuse } from '../model/refusals';
import { approve } from './approval';
import {
  answer,
  beginAndRecord,
  goBack,
  leave,
  recordAfter,
  reportTry,
  resume,
  saveDraft,
  start,
  suggestAgain,
  tryAgain,
} from './coaching';
import { confirmReason } from './confirmReason';
import { fillIn } from './details';
import { noteNextTime, reportPledge } from './nextTime';
import { offer } from './offer';
import { remindMe, reopen, reportOutcome, reportSigned } from './outcome';
import { isStranger, mayConfirmReason, mayDecide, maySee, mayWork } from './permissions';
import { assignManager, assignRep, passByHand, personLeft, takeOver } from './reassignment';
import { deleteRemark, editRemark, remark } from './remarks';
import { answerQuestion, askAgain, askRep, decideAsk, nudge } from './rescue';
import { askNow } from './send';
import { tick } from './tick';
import { withdraw } from './withdraw';

/** A command to a deal that exists, by a person. */
type Action = Exclude<
  Command,
  { type: 'start' | 'tick' | 'suggest_times' | 'edit_remark' | 'delete_remark' }
>;

interface Rule {
  readonly allows: (deal: Deal, actor: Actor) => boolean;
  /** The refusal for everybody else. */
  readonly refusal: PlainCode;
}

const WORK: Rule = { allows: mayWork, refusal: 'rep_only' };
const DECIDE: Rule = { allows: mayDecide, refusal: 'decider_only' };
const PARTY: Rule = { allows: maySee, refusal: 'party_only' };
const CONFIRM: Rule = { allows: mayConfirmReason, refusal: 'confirmer_only' };
const ADMIN: Rule = {
  allows: (deal, actor) => !isStranger(deal, actor) && actor.isAdmin,
  refusal: 'admin_only',
};
/** Anybody of the workspace. */
const ANYBODY = null;

const RULES: Readonly<Record<Action['type'], Rule | null>> = {
  save_draft: WORK,
  answer: WORK,
  offer: WORK,
  go_back: WORK,
  leave: WORK,
  resume: WORK,
  record_after: WORK,
  fill_in: WORK,
  ask_now: WORK,
  try_again: WORK,
  report_try: WORK,
  assign_manager: PARTY,
  assign_rep: PARTY,
  ask_rep: DECIDE,
  answer_question: WORK,
  decide: DECIDE,
  approve: DECIDE,
  pass_to_stand_in: DECIDE,
  // `takeOver` checks that the ask came to their channel.
  take_over: ANYBODY,
  note_next_time: WORK,
  report_pledge: WORK,
  person_left: ADMIN,
  remark: ANYBODY,
  nudge: WORK,
  report_signed: WORK,
  remind_me: WORK,
  report_outcome: WORK,
  ask_again: WORK,
  confirm_reason: CONFIRM,
  withdraw: WORK,
  reopen: WORK,
};

/** A removed deal accepts these: it keeps replies, since somebody may bring it back. */
const ON_REMOVED: readonly Action['type'][] = ['reopen', 'withdraw', 'remark'];
/** A deal that the call showed not to be lost accepts these: also answers, which may be repeated deliveries. */
const ON_WITHDRAWN: readonly Action['type'][] = ['reopen', 'withdraw', 'go_back', 'answer', 'record_after'];

export const decide: Decide = (deal, command, context) => {
  if (command.type === 'start') return start(deal, command, context);
  if (deal === null && command.type === 'record_after' && command.begins !== undefined) {
    return beginAndRecord(command, command.begins, context);
  }
  if (deal === null) return refuse('deal_unknown');
  if (command.type === 'tick') return tick(deal, context);
  if (command.type === 'suggest_times') return suggestAgain(deal, context);
  const { actor } = context;
  // Slack reports it; no person acts.
  if (actor === null && command.type === 'person_left' && deal.stage !== 'withdrawn') {
    return personLeft(deal, command, context);
  }
  if (actor === null) return refuse('persons_only');
  // What people take back goes at any stage, also when they have left since.
  if (command.type === 'delete_remark') return deleteRemark(deal, command, context);
  if (command.type === 'edit_remark') return editRemark(deal, command, context);
  if (isStranger(deal, actor)) return refuse('members_only');
  const rule = RULES[command.type];
  if (rule?.allows(deal, actor) === false) return refuse(rule.refusal);
  const accepted = deal.removed === null ? ON_WITHDRAWN : ON_REMOVED;
  if (deal.stage === 'withdrawn' && !accepted.includes(command.type)) return refuse('withdrawn');
  return act(deal, command, context);
};

function act(deal: Deal, command: Action, context: DecideContext): Decided {
  switch (command.type) {
    case 'save_draft':
      return saveDraft(deal, command);
    case 'answer':
      return answer(deal, command, context);
    case 'offer':
      return offer(deal, command, context);
    case 'go_back':
      return goBack(deal, command);
    case 'leave':
      return leave(deal, command, context);
    case 'resume':
      return resume(deal);
    case 'record_after':
      return recordAfter(deal, command, context);
    case 'fill_in':
      return fillIn(deal, command, context);
    case 'ask_now':
      return askNow(deal, context);
    case 'try_again':
      return tryAgain(deal, command);
    case 'report_try':
      return reportTry(deal, command);
    case 'assign_manager':
      return assignManager(deal, command, context);
    case 'assign_rep':
      return assignRep(deal, command, context);
    case 'ask_rep':
      return askRep(deal, command, context);
    case 'answer_question':
      return answerQuestion(deal, command);
    case 'decide':
      return decideAsk(deal, command, context);
    case 'approve':
      return approve(deal, command, context);
    case 'pass_to_stand_in':
      return passByHand(deal, context);
    case 'take_over':
      return takeOver(deal, command, context);
    case 'note_next_time':
      return noteNextTime(deal, command, context);
    case 'report_pledge':
      return reportPledge(deal, command);
    case 'person_left':
      return personLeft(deal, command, context);
    case 'remark':
      return remark(deal, command, context);
    case 'nudge':
      return nudge(deal, context);
    case 'report_signed':
      return reportSigned(deal, context);
    case 'remind_me':
      return remindMe(deal, command, context);
    case 'report_outcome':
      return reportOutcome(deal, command, context);
    case 'ask_again':
      return askAgain(deal, command, context);
    case 'confirm_reason':
      return confirmReason(deal, command);
    case 'withdraw':
      return withdraw(deal, context);
    case 'reopen':
      return reopen(deal, context);
    default:
      return command satisfies never;
  }
}
