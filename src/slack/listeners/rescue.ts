/** The ask: who decides, *Match*, *Counter*, *Decline*, *Ask the rep*, and recording a manager's words as the decision. */
import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { act, actorFor } from '../../coach/act';
import { nameManager } from '../../coach/ask';
import { seeDeal } from '../../coach/overview';
import { limitFor } from '../../coach/settings/scheduleSettings';
import { teamOf } from '../../coach/settings/settings';
import { maySettle } from '../../deal/decide/approval';
import { mayDecide } from '../../deal/decide/permissions';
import type { Actor } from '../../deal/model/commands';
import type { Deal, DecisionTerms, Remark } from '../../deal/model/deal';
import { currencyOf } from '../../deal/model/money';
import { ACTIONS, type ActionId, decodeRef, type Ref, VIEWS, type ViewId } from '../ids';
import { alreadyDecided, currentDecision } from '../text';
import { ASSIGN_MANAGER, assignManager, readAssignManager } from '../views/assign';
import {
  COUNTER,
  counter,
  DECLINE,
  type DecisionContext,
  decline,
  MATCH,
  match,
  readCounter,
  readDecline,
  readMatch,
} from '../views/decisions';
import { notice } from '../views/notice';
import { answerQuestion, askRep, readAnswerQuestion, readAskRep } from '../views/questions';
import { RECORD_DECISION, readRecordDecision, recordDecision } from '../views/recordDecision';
import type { Read, ViewValues } from '../views/values';
import { close, errors, onClick, onSubmit, open, type Show, update } from './handlers';
import type { Request, SlackDeps } from './request';
import { quietShow, refusal, refused } from './screen';

const gone = notice('Not here any more', 'This deal is not here any more, or you may not see it.');

export function registerRescue(app: App, deps: SlackDeps): void {
  const { coach } = deps;

  /** What a screen of the manager needs: what an amount without a currency is meant in, and how much they may give alone. */
  async function contextOf(d: Request, deal: Deal): Promise<DecisionContext> {
    const team = await teamOf(coach.store, d.who.tenant);
    const limit = await limitFor(team, deal, d.who.userId, coach.clock.now());
    return { currency: currencyOf(deal.details.amount, team.settings), limit };
  }

  /** Opens one of the manager's modals, if this ask still waits and this person may decide it. */
  function decideButton(
    action: ActionId,
    view: (deal: Deal, context: DecisionContext, ref: Ref) => ModalView | null,
  ): void {
    onClick(app, deps, action, async (d, click) => {
      const ref = decodeRef(click.value);
      const deal = ref?.deal === undefined ? null : await coach.store.deals.load(d.who.tenant, ref.deal);
      if (deal === null || ref === null) return open(gone);
      const hindrance = whyNot(deal, ref, await actorFor(coach, d.who));
      if (hindrance !== null) return open(hindrance);
      const shown = view(deal, await contextOf(d, deal), ref);
      return open(shown ?? notice('The deal moved on', movedOn(deal)));
    });
  }

  const waits = (deal: Deal) => deal.ask?.status === 'pending';
  decideButton(ACTIONS.match, match);
  decideButton(ACTIONS.counter, counter);
  decideButton(ACTIONS.decline, (deal) => decline(deal));
  decideButton(ACTIONS.askRep, (deal) => (waits(deal) ? askRep(deal) : null));
  decideButton(ACTIONS.changeProposal, (deal, context) => {
    const kind = deal.ask?.approval?.terms.kind;
    if (kind === undefined) return null;
    return kind === 'match' ? match(deal, context) : counter(deal, context);
  });

  /** What somebody wrote, as the beginning of a decision or a question. */
  function recordButton(
    action: ActionId,
    view: (deal: Deal, context: DecisionContext, remark: Remark) => ModalView | null,
  ): void {
    decideButton(action, (deal, context, ref) => {
      const remark = deal.remarks.find(({ id, deleted }) => id === ref.remark && !deleted);
      if (remark === undefined) return null;
      return view(deal, { ...context, words: { remark: remark.id, text: remark.text } }, remark);
    });
  }
  recordButton(ACTIONS.recordMatch, match);
  recordButton(ACTIONS.recordCounter, counter);
  recordButton(ACTIONS.recordDecline, (deal, { words }) => decline(deal, words));
  recordButton(ACTIONS.recordQuestion, (deal, { words }) => (waits(deal) ? askRep(deal, words) : null));
  recordButton(ACTIONS.recordOffer, (deal, context, remark) => recordDecision(deal, remark, context));

  /**
   * Records what one of the manager's modals says. Somebody faster, or a deal that moved on, is told with what was
   * typed; what can be put right is said at `fixable`.
   */
  function decideModal(
    view: ViewId,
    fixable: string,
    read: (values: ViewValues, context: DecisionContext) => Read<DecisionTerms>,
  ): void {
    onSubmit(app, deps, view, async (d, submission) => {
      const ref = decodeRef(submission.view.private_metadata);
      const deal = ref?.deal === undefined ? null : await coach.store.deals.load(d.who.tenant, ref.deal);
      if (deal === null || ref?.ask === undefined) return update(gone);
      const typed = read(submission.view.state.values, await contextOf(d, deal));
      if (!typed.ok) return errors({ ...typed.errors });
      const acted = await act(coach, d.who, deal.id, {
        type: 'decide',
        ask: ref.ask,
        decision: typed.value,
        ...(ref.remark === undefined ? {} : { remark: ref.remark }),
      });
      if (acted.ok || acted.code === 'already_done') return close;
      return refused(acted, fixable, wordsOf(typed.value));
    });
  }
  decideModal(VIEWS.match, MATCH.expiry, readMatch);
  decideModal(VIEWS.counter, COUNTER.expiry, readCounter);
  decideModal(VIEWS.decline, DECLINE.reason, readDecline);
  decideModal(VIEWS.recordDecision, RECORD_DECISION.expiry, readRecordDecision);

  onClick(app, deps, ACTIONS.approve, async (d, click) => {
    const ref = decodeRef(click.value);
    if (ref?.deal === undefined || ref.ask === undefined || ref.approval === undefined) return open(gone);
    return quietShow(
      await act(coach, d.who, ref.deal, { type: 'approve', ask: ref.ask, approval: ref.approval }),
    );
  });

  onClick(app, deps, ACTIONS.takeOver, async (d, click) => {
    const ref = decodeRef(click.value);
    const channel = click.body.channel?.id;
    if (ref?.deal === undefined || ref.ask === undefined || channel === undefined) return open(gone);
    return quietShow(await act(coach, d.who, ref.deal, { type: 'take_over', ask: ref.ask, channel }));
  });

  onSubmit(app, deps, VIEWS.askRep, async (d, { view }) => {
    const dealId = decodeRef(view.private_metadata)?.deal;
    const read = readAskRep(view.state.values);
    if (!read.ok) return errors({ ...read.errors });
    if (dealId === undefined) return update(gone);
    const acted = await act(coach, d.who, dealId, { type: 'ask_rep', text: read.value });
    return acted.ok || acted.code === 'already_done' ? close : update(refusal(acted, read.value));
  });

  onClick(app, deps, ACTIONS.answerQuestion, async (d, click) => {
    const ref = decodeRef(click.value);
    const deal = ref?.deal === undefined ? null : await seeDeal(coach, d.who, ref.deal);
    const question = deal?.ask?.questions.find(({ id }) => id === ref?.question);
    if (deal === null || question === undefined) return open(gone);
    if (deal.rep !== d.who.userId) {
      return open(
        notice(
          'A question for the rep',
          'The rep of this deal answers it. You can add what you know in the thread.',
        ),
      );
    }
    return open(answerQuestion(deal, question));
  });

  onSubmit(app, deps, VIEWS.answerQuestion, async (d, { view }) => {
    const ref = decodeRef(view.private_metadata);
    const read = readAnswerQuestion(view.state.values);
    if (!read.ok) return errors({ ...read.errors });
    if (ref?.deal === undefined || ref.question === undefined) return update(gone);
    const acted = await act(coach, d.who, ref.deal, {
      type: 'answer_question',
      question: ref.question,
      text: read.value,
    });
    return acted.ok || acted.code === 'already_done' ? close : update(refusal(acted, read.value));
  });

  onClick(app, deps, ACTIONS.assignManager, async (d, click): Promise<Show> => {
    const dealId = decodeRef(click.value)?.deal;
    const deal = dealId === undefined ? null : await seeDeal(coach, d.who, dealId);
    return open(deal === null ? gone : assignManager(deal));
  });

  onSubmit(app, deps, VIEWS.assignManager, async (d, { view }) => {
    const dealId = decodeRef(view.private_metadata)?.deal;
    const read = readAssignManager(view.state.values);
    if (!read.ok) return errors({ ...read.errors });
    if (dealId === undefined) return update(gone);
    const acted = await nameManager(coach, d.who, dealId, read.value);
    return acted.ok || acted.code === 'already_done' ? close : refused(acted, ASSIGN_MANAGER.manager);
  });
}

/** Why this person cannot decide this ask now; null: they can. */
function whyNot(deal: Deal, ref: Ref, actor: Actor): ModalView | null {
  if (!mayDecide(deal, actor)) {
    const who =
      deal.manager === null ? 'the manager of this deal, once one is named' : 'the manager of this deal';
    return notice(
      'Not yours to decide',
      `Only ${who}, a stand-in or an admin can decide this. You can still say what you think in the thread.`,
    );
  }
  const { ask } = deal;
  if (ask === null || ask.id !== ref.ask || ask.status === 'withdrawn' || deal.outcome !== null) {
    return notice('The deal moved on', movedOn(deal));
  }
  const made = currentDecision(ask);
  const settles = ask.approval !== null && maySettle(ask, actor);
  if (made !== null && made.by !== actor.userId && !settles) {
    return notice('Already decided', alreadyDecided(made.by));
  }
  return ask.approval !== null && !settles
    ? notice('On its way', 'A decision is proposed already, and waits for somebody to approve it.')
    : null;
}

function movedOn(deal: Deal): string {
  if (deal.outcome !== null || deal.stage === 'closed')
    return 'This deal is closed; there is nothing to decide any more.';
  if (deal.ask?.status === 'withdrawn') return 'The ask was withdrawn; there is nothing to decide any more.';
  if (deal.ask?.status === 'decided') return 'It is decided already; the thread says what.';
  return 'A newer ask has taken the place of this one. Please use its buttons.';
}

/** What the person typed, to show again when it could not be recorded. */
function wordsOf(terms: DecisionTerms): string {
  return terms.kind === 'decline' ? terms.reason : terms.terms;
}
