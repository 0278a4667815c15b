/** The coached call: its steps, one-tap answers, going back, and leaving it. */
import { act } from '../../coach/act';
import { answerStep } from '../../coach/call';
import { seeDeal } from '../../coach/overview';
import { playbookOf } from '../../coach/playbooks';
import type { Deal } from '../../deal/model/deal';
import type { AnswerValue } from '../../playbook/answer';
import { stepOf } from '../../playbook/walk';
import { ACTIONS, CHOOSE, choiceOf, type Ref, VIEWS } from '../ids';
import { readStep, whenBlock } from '../views/call';
import { script, theySay } from '../views/script';
import { gone, inputError, ofRep } from './dealHandlers';
import { asLeft } from './drafts';
import type { Click, ClickHandler, On, Submission } from './handlers';
import type { Request } from './request';
import { coachingShow, screenOf } from './screen';
import { errors, open, type Show, update } from './show';

export function registerCoaching(on: On): void {
  on.submit(VIEWS.step, nextStep);
  on.click(
    CHOOSE,
    answering((typed, { actionId }) => ({
      kind: 'choice',
      choice: choiceOf(actionId) ?? '',
      ...wordsOf(typed),
    })),
  );
  on.click(
    ACTIONS.alreadyTold,
    answering((typed) => typed),
  );
  on.click(
    ACTIONS.dontKnow,
    answering(() => ({ kind: 'unknown' })),
  );
  for (const action of [ACTIONS.suggested, ACTIONS.suggestedOther]) {
    on.click(
      action,
      answering((_typed, { ref }) => (ref.at === undefined ? null : { kind: 'datetime', at: ref.at })),
    );
  }
  on.click(
    ACTIONS.otherTime,
    ofRep(pickTime, () => gone),
  );
  on.click(
    ACTIONS.again,
    answering((typed) => typed, 'again'),
  );
  on.click(ACTIONS.back, goBack);
  on.click(ACTIONS.theySay, showReplies);
  on.click(ACTIONS.wholeScript, showScript);
  // Closing offers to resume at once; without this event the offer comes after ten minutes.
  on.closed(VIEWS.step, leave);
  on.closed(VIEWS.offers, leave);
}

/** The step of a coaching screen, and its showing. */
interface Position {
  readonly dealId: string;
  readonly stepId: string;
  readonly visit: number;
}

function positionOf({ deal, step, visit }: Ref): Position | null {
  if (deal === undefined || step === undefined || visit === undefined) return null;
  return { dealId: deal, stepId: step, visit };
}

async function nextStep(request: Request, { view, ref }: Submission): Promise<Show> {
  const { coach, who } = request;
  const at = positionOf(ref);
  if (at === null) return update(gone);
  const answer = readStep(view.state.values, at);
  const acted = await answerStep(coach, who, at.dealId, {
    ...at,
    answer,
    form: formOf(answer),
  });
  const block = whenBlock(view.state.values, at);
  const error = acted.ok || block === undefined ? null : inputError(acted);
  if (error !== null && block !== undefined) return errors({ [block]: error });
  return coachingShow(request, acted, answer);
}

/**
 * For a button that answers the step.
 * @param answer builds the answer from the inputs
 */
function answering(
  answer: (typed: AnswerValue | null, click: Click) => AnswerValue | null,
  again?: 'again',
): ClickHandler {
  return async (request, click) => {
    const { coach, who } = request;
    const at = positionOf(click.screen);
    if (at === null) return update(gone);
    const typed = typedIn(click, at);
    const given = {
      ...at,
      answer: answer(typed, click),
      again: again !== undefined,
      form: formOf(typed),
    };
    return coachingShow(request, await answerStep(coach, who, at.dealId, given), typed);
  };
}

async function goBack(request: Request, click: Click): Promise<Show> {
  const { coach, who } = request;
  const at = positionOf(click.screen);
  if (at === null) return update(gone);
  const draft = typedIn(click, at);
  const command = { type: 'go_back', visit: at.visit, draft } as const;
  return coachingShow(
    request,
    await act(coach, who, at.dealId, command, { endsDraft: formOf(draft) }),
    draft,
  );
}

/** Shows the picker, also with the hour that the rep has picked and not sent. */
async function pickTime(request: Request, deal: Deal, { screen }: Click): Promise<Show> {
  const picking = deal.position?.visit === screen.visit;
  return update(await asLeft(request, deal, await screenOf(request, deal, { picking })));
}

/** The form whose draft ends with an answer that holds the inputs of its screen. */
const formOf = (typed: AnswerValue | null): string | undefined => (typed === null ? undefined : VIEWS.step);

async function showScript({ coach, who }: Request, { screen }: Click): Promise<Show> {
  const at = positionOf(screen);
  const deal = at === null ? null : await seeDeal(coach, who, at.dealId);
  return open(deal === null ? gone : script(await playbookOf(coach, deal), deal));
}

async function showReplies({ coach, who }: Request, { screen }: Click): Promise<Show> {
  const at = positionOf(screen);
  const deal = at === null ? null : await seeDeal(coach, who, at.dealId);
  if (at === null || deal === null) return open(gone);
  const playbook = await playbookOf(coach, deal);
  return open(theySay(stepOf(playbook, at.stepId), deal, playbook));
}

async function leave({ coach, who }: Request, { ref }: Submission): Promise<void> {
  const at = positionOf(ref);
  if (at === null) return;
  // Slack sends no values here. The draft has the typed text.
  await act(coach, who, at.dealId, { type: 'leave', visit: at.visit, draft: null });
}

const typedIn = ({ body }: Click, at: Position): AnswerValue | null =>
  readStep(body.view?.state.values ?? {}, at);

/** The answer of a choice also keeps the text that stood in the inputs. */
function wordsOf(typed: AnswerValue | null): { text?: string; reasons?: readonly string[] } {
  if (typed?.kind === 'text') return { text: typed.text };
  if (typed?.kind === 'reasons') return { text: typed.text, reasons: typed.reasons };
  return {};
}
