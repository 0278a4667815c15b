/**
 * The ask: naming who decides, *Match*, *Counter*, *Decline*, *Ask Robin*, and recording a manager's words as the
 * decision.
 */
import type { ModalView } from '@slack/types';
import { act, notFound } from '../../coach/act';
import { decisionSettings, nameManager, whoAloneDecides, whyCannotDecide, whyNoAsk } from '../../coach/ask';
import type { Coach } from '../../coach/context';
import { repToAsk } from '../../coach/overview';
import { repNameOf } from '../../coach/people';
import { askedNow } from '../../deal/asking/stations';
import type { Deal, DecisionTerms } from '../../deal/model/deal';
import { ACTIONS, type Ref, VIEWS } from '../ids';
import { ASSIGN_MANAGER, assignManager, managerDecides, readAssignManager } from '../views/assign';
import { cannotDecide, notSeen } from '../views/cannotDecide';
import {
  COUNTER,
  counter,
  DECLINE,
  type DecisionContext,
  decline,
  type EarlierWords,
  MATCH,
  match,
  type ReadContext,
  readCounter,
  readDecline,
  readMatch,
} from '../views/decisions';
import { notice } from '../views/notice';
import { answerQuestion, askRep, readAnswerQuestion, readAskRep } from '../views/questions';
import { RECORD_DECISION, readRecordDecision, recordDecision } from '../views/recordDecision';
import { allTyped, type Read, type ViewValues } from '../views/values';
import { dealForm, dealOf, gone, isRefused, nothingOrWhy, ofDeal, tap, whyNot } from './dealHandlers';
import type { Click, ClickHandler, On, SubmissionHandler } from './handlers';
import type { Request } from './request';
import { detailsOf } from './screen';
import { close, errors, modalOf, nothing, open, type Show, update } from './show';

export function registerRescue(on: On): void {
  on.click(ACTIONS.match, decides(match));
  on.click(ACTIONS.counter, decides(counter));
  on.click(
    ACTIONS.decline,
    decides((deal) => decline(deal)),
  );
  on.click(
    ACTIONS.askRep,
    decides(async (deal, _context, _ref, { coach }) =>
      isPending(deal) ? askRep(deal, await repNameOf(coach, deal)) : null,
    ),
  );
  on.click(ACTIONS.changeProposal, decides(changeProposal));
  on.click(ACTIONS.recordMatch, records(match));
  on.click(ACTIONS.recordCounter, records(counter));
  on.click(
    ACTIONS.recordDecline,
    records((deal, { words }) => decline(deal, words)),
  );
  on.click(
    ACTIONS.recordQuestion,
    records(async (deal, { words }, { coach }) =>
      isPending(deal) ? askRep(deal, await repNameOf(coach, deal), words) : null,
    ),
  );
  on.click(
    ACTIONS.recordOffer,
    records((deal, context) => recordDecision(deal, context.words, context)),
  );
  on.submit(VIEWS.match, saveDecision(readMatch, MATCH.expiry));
  on.submit(VIEWS.counter, saveDecision(readCounter, COUNTER.expiry));
  on.submit(VIEWS.decline, saveDecision(readDecline, DECLINE.reason));
  on.submit(VIEWS.recordDecision, saveDecision(readRecordDecision, RECORD_DECISION.expiry));
  on.click(ACTIONS.approve, approve);
  on.click(ACTIONS.takeOver, takeOver);
  on.click(ACTIONS.nudge, nudge);
  on.submit(VIEWS.askRep, saveQuestion);
  on.click(ACTIONS.answerQuestion, ofDeal(openAnswer));
  on.click(ACTIONS.recordAnswer, ofDeal(openAnswer));
  on.submit(VIEWS.answerQuestion, saveAnswer);
  on.click(ACTIONS.assignManager, ofDeal(openManager));
  on.submit(VIEWS.assignManager, saveManager);
}

const isPending = (deal: Deal): boolean => deal.ask?.status === 'pending';

async function notTheirs({ coach, who }: Request, { deal }: Ref, typed?: string): Promise<ModalView> {
  const rep = deal === undefined ? null : await repToAsk(coach, who, deal);
  return notSeen(rep, typed);
}

/**
 * For a button that opens one of the manager's screens, if this ask is pending and this person may decide it.
 * @param view the screen; null: it does not fit the current state of the ask
 */
function decides(
  view: (
    deal: Deal,
    context: DecisionContext,
    ref: Ref,
    request: Request,
  ) => Promise<ModalView | null> | ModalView | null,
): ClickHandler {
  return async (request, { ref }) => {
    const { coach, who } = request;
    const deal = await dealOf(request, ref);
    if (deal === null) return open(await notTheirs(request, ref));
    const reason = await whyCannotDecide(coach, who, deal, ref.ask);
    if (reason !== null) return open(cannotDecide(reason));
    const shown = await view(deal, await decisionSettings(coach, who, deal), ref, request);
    return open(shown ?? cannotDecide(whyNoAsk(deal)));
  };
}

function changeProposal(deal: Deal, context: DecisionContext): ModalView | null {
  const kind = deal.ask?.approval?.terms.kind;
  if (kind === undefined) return null;
  return kind === 'match' ? match(deal, context) : counter(deal, context);
}

/** For a button beside a reply: its words stand beside the decision, or begin the question. */
function records(
  view: (
    deal: Deal,
    context: DecisionContext & { readonly words: EarlierWords },
    request: Request,
  ) => Promise<ModalView | null> | ModalView | null,
): ClickHandler {
  return decides(async (deal, context, ref, request) => {
    const words = await wordsOf(request.coach, deal, ref);
    return words === null ? null : view(deal, { ...context, words }, request);
  });
}

/** The reply that a button stands beside; null: it is gone, or the button stands beside none. */
async function wordsOf({ store }: Coach, deal: Deal, { remark }: Ref): Promise<EarlierWords | null> {
  if (remark === undefined) return null;
  const [kept] = await store.deals.remarks(deal.tenant, deal.id, [remark]);
  const text = kept?.text ?? null;
  return text === null ? null : { remark, text };
}

/**
 * For one of the manager's screens. When somebody was faster or the deal moved on, the person reads it together with
 * their typed text.
 * @param at block id of the input where the person can fix a refusal
 */
function saveDecision(
  read: (values: ViewValues, context: ReadContext) => Read<DecisionTerms>,
  at: string,
): SubmissionHandler {
  return async (request, { view, ref }) => {
    const { coach, who } = request;
    const deal = await dealOf(request, ref);
    if (ref.ask === undefined) return update(gone);
    if (deal === null) return update(await notTheirs(request, ref, allTyped(view.state.values)));
    const given = read(view.state.values, await decisionSettings(coach, who, deal));
    if (!given.ok) return errors(given.errors);
    const decision = given.value;
    const acted = await act(coach, who, deal.id, {
      type: 'decide',
      ask: ref.ask,
      decision,
      ...(ref.remark === undefined ? {} : { remark: ref.remark }),
    });
    const typed = decision.kind === 'decline' ? decision.reason : decision.terms;
    return isRefused(acted) ? whyNot(acted, at, typed) : close;
  };
}

/** A message shows the decision itself; over a list the deal opens, so that the approver sees it went through. */
const approve: ClickHandler = async (request, { ref, body }) => {
  if (ref.deal === undefined || ref.ask === undefined || ref.approval === undefined) return open(gone);
  const { coach, who } = request;
  const acted = await act(coach, who, ref.deal, { type: 'approve', ask: ref.ask, approval: ref.approval });
  if (isRefused(acted)) return nothingOrWhy(acted);
  return acted.ok && modalOf(body) !== undefined ? open(await detailsOf(request, acted.deal)) : nothing;
};

const takeOver = tap(async ({ coach, who }, dealId, { ref, body }) =>
  ref.ask === undefined || body.channel === undefined
    ? notFound
    : act(coach, who, dealId, { type: 'take_over', ask: ref.ask, channel: body.channel.id }),
);

/** The message that it makes stands elsewhere, so the rep reads here that it went out. */
const nudge: ClickHandler = async ({ coach, who }, { ref: { deal } }) => {
  if (deal === undefined) return open(gone);
  const acted = await act(coach, who, deal, { type: 'nudge' });
  if (isRefused(acted)) return nothingOrWhy(acted);
  const to = acted.ok ? askedNow(acted.deal) : null;
  return to === null ? nothing : open(notice('Nudged', [{ user: to }, ' gets your nudge now.']));
};

const saveQuestion = dealForm({
  read: (values) => readAskRep(values),
  save: ({ coach, who }, deal, text) => act(coach, who, deal.id, { type: 'ask_rep', text }),
  typed: (text) => text,
});

async function openAnswer({ coach, who }: Request, deal: Deal, { ref }: Click): Promise<Show> {
  const question = deal.ask?.questions.find(({ id }) => id === ref.question);
  if (question === undefined) return open(gone);
  const words = (await wordsOf(coach, deal, ref)) ?? undefined;
  return open(
    deal.rep === who.userId
      ? answerQuestion(deal, question, words)
      : notice('A question for the rep', [
          { user: deal.rep },
          ' answers this one. Your view is welcome in the thread.',
        ]),
  );
}

const saveAnswer = dealForm({
  read: (values) => readAnswerQuestion(values),
  async save({ coach, who }, deal, text, { question }) {
    return question === undefined
      ? notFound
      : act(coach, who, deal.id, { type: 'answer_question', question, text });
  },
  typed: (text) => text,
});

async function openManager({ coach, who }: Request, deal: Deal): Promise<Show> {
  const alone = await whoAloneDecides(coach, who, deal);
  return open(alone !== null && alone === deal.manager ? managerDecides(alone) : assignManager(deal));
}

const saveManager = dealForm({
  read: (values) => readAssignManager(values),
  save: ({ coach, who }, deal, manager) => nameManager(coach, who, deal.id, manager),
  at: ASSIGN_MANAGER.manager,
});
