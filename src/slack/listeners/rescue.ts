/** The ask: who decides, *Match*, *Counter*, *Decline*, *Ask the rep*, and recording a manager's words as the decision. */
import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { act, actorFor } from '../../coach/act';
import { nameManager } from '../../coach/nameManager';
import { seeDeal } from '../../coach/overview';
import { teamSettings } from '../../coach/settings';
import type { Deal, DecisionTerms } from '../../deal/deal';
import { mayDecide } from '../../deal/permissions';
import { ACTIONS, type ActionId, decodeRef, type Ref, VIEWS, type ViewId } from '../ids';
import { currentDecision } from '../text';
import { answerQuestion, readAnswerQuestion } from '../views/answerQuestion';
import { askRep, readAskRep } from '../views/askRep';
import { ASSIGN_MANAGER, assignManager, readAssignManager } from '../views/assignManager';
import { COUNTER, counter, readCounter } from '../views/counter';
import { DECLINE, decline, readDecline } from '../views/decline';
import type { Read, ViewValues } from '../views/form';
import { MATCH, match, readMatch } from '../views/match';
import { notice } from '../views/notice';
import { RECORD_DECISION, readRecordDecision, recordDecision } from '../views/recordDecision';
import type { Delivery, SlackDeps } from './delivery';
import { alreadyDecided, refusal, refused } from './screen';
import { close, errors, onClick, onSubmit, open, type Show, update } from './surfaces';

const gone = notice('Not here any more', 'This deal is not here any more, or you may not see it.');

export function registerRescue(app: App, deps: SlackDeps): void {
  const { coach } = deps;

  const currencyOf = async (d: Delivery) => (await teamSettings(coach.store, d.who.tenant)).currency;

  /** Opens one of the manager's modals, if this ask still waits and this person may decide it. */
  function decideButton(
    action: ActionId,
    view: (deal: Deal, currency: string, ref: Ref) => ModalView | null,
  ): void {
    onClick(app, deps, action, async (d, click) => {
      const ref = decodeRef(click.value);
      const deal = ref?.d === undefined ? null : await coach.store.deals.load(d.who.tenant, ref.d);
      if (deal === null || ref === null) return open(gone);
      if (!mayDecide(deal, await actorFor(coach, d.who))) {
        const who =
          deal.manager === null ? 'the manager of this deal, once one is named' : 'the manager of this deal';
        return open(
          notice(
            'Not yours to decide',
            `Only ${who}, a stand-in or an admin can decide this. You can still say what you think in the thread.`,
          ),
        );
      }
      const made = deal.ask?.id === ref.a ? currentDecision(deal.ask) : null;
      if (made !== null && made.by !== d.who.userId) {
        return open(notice('Already decided', alreadyDecided(made.by)));
      }
      const shown = view(deal, await currencyOf(d), ref);
      return open(shown ?? notice('The deal moved on', movedOn(deal)));
    });
  }

  const pending = (deal: Deal, ref: Ref) =>
    deal.ask !== null && deal.ask.id === ref.a && deal.ask.status !== 'withdrawn' && deal.outcome === null;
  decideButton(ACTIONS.match, (deal, currency, ref) =>
    pending(deal, ref) ? match(deal, { currency }) : null,
  );
  decideButton(ACTIONS.counter, (deal, currency, ref) =>
    pending(deal, ref) ? counter(deal, { currency }) : null,
  );
  decideButton(ACTIONS.decline, (deal, _currency, ref) => (pending(deal, ref) ? decline(deal) : null));
  decideButton(ACTIONS.askRep, (deal, _currency, ref) =>
    pending(deal, ref) && deal.ask?.status === 'pending' ? askRep(deal) : null,
  );
  decideButton(ACTIONS.recordOffer, (deal, currency, ref) => {
    const remark = deal.remarks.find(({ id }) => id === ref.r);
    return remark === undefined || deal.ask?.status !== 'pending'
      ? null
      : recordDecision(deal, remark, { currency });
  });

  /**
   * Records what one of the manager's modals says. Somebody faster, or a deal that moved on, is told with what was
   * typed; what can be put right is said at `fixable`.
   */
  function decideModal(
    view: ViewId,
    fixable: string,
    read: (values: ViewValues, context: { deal: Deal; currency: string }) => Read<DecisionTerms>,
  ): void {
    onSubmit(app, deps, view, async (d, submission) => {
      const ref = decodeRef(submission.view.private_metadata);
      const deal = ref?.d === undefined ? null : await coach.store.deals.load(d.who.tenant, ref.d);
      if (deal === null || ref?.a === undefined) return update(gone);
      const typed = read(submission.view.state.values, { deal, currency: await currencyOf(d) });
      if (!typed.ok) return errors({ ...typed.errors });
      const acted = await act(coach, d.who, deal.id, { type: 'decide', ask: ref.a, decision: typed.value });
      if (acted.ok || acted.code === 'already_done') return close;
      return refused(acted, fixable, wordsOf(typed.value));
    });
  }
  decideModal(VIEWS.match, MATCH.expiry, readMatch);
  decideModal(VIEWS.counter, COUNTER.expiry, readCounter);
  decideModal(VIEWS.decline, DECLINE.reason, readDecline);
  decideModal(VIEWS.recordDecision, RECORD_DECISION.expiry, readRecordDecision);

  onSubmit(app, deps, VIEWS.askRep, async (d, { view }) => {
    const dealId = decodeRef(view.private_metadata)?.d;
    const read = readAskRep(view.state.values);
    if (!read.ok) return errors({ ...read.errors });
    if (dealId === undefined) return update(gone);
    const acted = await act(coach, d.who, dealId, { type: 'ask_rep', text: read.value });
    return acted.ok || acted.code === 'already_done' ? close : update(refusal(acted, read.value));
  });

  onClick(app, deps, ACTIONS.answerQuestion, async (d, click) => {
    const ref = decodeRef(click.value);
    const deal = ref?.d === undefined ? null : await seeDeal(coach, d.who, ref.d);
    const question = deal?.ask?.questions.find(({ id }) => id === ref?.q);
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
    if (ref?.d === undefined || ref.q === undefined) return update(gone);
    const acted = await act(coach, d.who, ref.d, {
      type: 'answer_question',
      question: ref.q,
      text: read.value,
    });
    return acted.ok || acted.code === 'already_done' ? close : update(refusal(acted, read.value));
  });

  onClick(app, deps, ACTIONS.assignManager, async (d, click): Promise<Show> => {
    const dealId = decodeRef(click.value)?.d;
    const deal = dealId === undefined ? null : await seeDeal(coach, d.who, dealId);
    return open(deal === null ? gone : assignManager(deal));
  });

  onSubmit(app, deps, VIEWS.assignManager, async (d, { view }) => {
    const dealId = decodeRef(view.private_metadata)?.d;
    const read = readAssignManager(view.state.values);
    if (!read.ok) return errors({ ...read.errors });
    if (dealId === undefined) return update(gone);
    const acted = await nameManager(coach, d.who, dealId, read.value);
    return acted.ok || acted.code === 'already_done' ? close : refused(acted, ASSIGN_MANAGER.manager);
  });
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
