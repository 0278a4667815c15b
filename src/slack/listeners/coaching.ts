/** The coached call: intake, steps, one-tap answers, going back, *Fill in while it's fresh*, recording afterwards. */
import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { act, actorFor } from '../../coach/act';
import { nameManager } from '../../coach/ask';
import { answerStep, fillIn, recordAfter, startDeal, tryAgain } from '../../coach/call';
import { partOf } from '../../coach/context';
import { seeDeal } from '../../coach/overview';
import { todayOf } from '../../coach/people';
import { playbookOf } from '../../coach/playbooks';
import { reasonsOffered, teamSettings } from '../../coach/settings/settings';
import { mayBeRecordedAfter } from '../../deal/decide/coaching';
import { mayWork } from '../../deal/decide/permissions';
import type { Deal } from '../../deal/model/deal';
import type { AnswerValue } from '../../playbook/answer';
import { ACTIONS, CHOOSE, choiceOf, decodeRef, VIEWS } from '../ids';
import { cut } from '../text';
import { after, readAfter, typedAfter } from '../views/after';
import { readStep, script, whenBlock } from '../views/call';
import { FILL_IN, readFillIn } from '../views/fillIn';
import { readIntake } from '../views/intake';
import { notice } from '../views/notice';
import { listenForClosing } from './dispatch';
import {
  type Click,
  close,
  errors,
  onClick,
  onSubmit,
  open,
  originOfView,
  type Show,
  update,
} from './handlers';
import { type Request, requestOf, type SlackDeps } from './request';
import { coachingShow, inputError, refusal, refused, screenOf } from './screen';

const gone = notice('Not here any more', 'This deal is not here any more, or you may not see it.');

/** What is shown again to be copied has to fit on a screen beside the reason. */
const TYPED_MAX = 2_500;

const repOnly = notice(
  'The rep does this',
  'Only the rep of this deal, or an admin, goes on with it. You can say what you know in the thread.',
);

export function registerCoaching(app: App, deps: SlackDeps): void {
  const { coach } = deps;

  onSubmit(app, deps, VIEWS.intake, async (d, { view }) => {
    const read = readIntake(view.state.values);
    if (!read.ok) return errors({ ...read.errors });
    const ref = decodeRef(view.private_metadata);
    const id = ref?.deal ?? coach.ids.deal();
    const started = await startDeal(coach, d.who, { id, ...read.value });
    if (!started.ok) return update(refusal(started));
    return update(
      ref?.mode === 'after' ? await afterScreen(started.deal) : await screenOf(coach, started.deal),
    );
  });

  async function afterScreen(deal: Deal): Promise<ModalView> {
    const { currency } = await teamSettings(coach.store, deal.tenant);
    const reasons = await reasonsOffered(coach, deal.tenant);
    return after(deal, await playbookOf(coach, deal), reasons, { currency });
  }

  onSubmit(app, deps, VIEWS.after, async (d, { view }) => {
    const ref = decodeRef(view.private_metadata);
    const deal = ref?.deal === undefined ? null : await seeDeal(coach, d.who, ref.deal);
    if (deal === null) return update(gone);
    const { currency } = await teamSettings(coach.store, d.who.tenant);
    const read = readAfter(view.state.values, await playbookOf(coach, deal), { currency });
    if (!read.ok) return errors({ ...read.errors });
    const { manager, ...call } = read.value;
    // First, so that a pulse asks them at once.
    if (manager !== null && manager !== deal.manager) {
      const named = await nameManager(coach, partOf(d.who, 'manager'), deal.id, manager);
      if (!named.ok && named.code !== 'already_done') return refused(named, FILL_IN.manager);
    }
    const acted = await recordAfter(coach, d.who, deal.id, call);
    return acted.ok || acted.code === 'already_done'
      ? close
      : update(refusal(acted, cut(typedAfter(call), TYPED_MAX)));
  });

  onSubmit(app, deps, VIEWS.step, async (d, { view }) => {
    const at = position(view.private_metadata);
    if (at === null) return update(gone);
    const answer = readStep(view.state.values);
    const acted = await answerStep(coach, d.who, at.dealId, { ...at, answer });
    const block = whenBlock(view.state.values);
    const error = acted.ok || block === undefined ? null : inputError(acted);
    if (error !== null && block !== undefined) return errors({ [block]: error });
    return coachingShow(coach, acted, answer);
  });

  onClick(app, deps, CHOOSE, (d, click) =>
    answerWith(d, click, (typed) => ({
      kind: 'choice',
      choice: choiceOf(click.actionId) ?? '',
      ...words(typed),
    })),
  );
  onClick(app, deps, ACTIONS.alreadyTold, (d, click) =>
    answerWith(d, click, (typed) => typed ?? { kind: 'told' }),
  );
  onClick(app, deps, ACTIONS.dontKnow, (d, click) => answerWith(d, click, () => ({ kind: 'unknown' })));
  onClick(app, deps, ACTIONS.again, (d, click) => answerWith(d, click, (typed) => typed, true));

  async function answerWith(
    d: Request,
    click: Click,
    answer: (typed: AnswerValue | null) => AnswerValue | null,
    again = false,
  ): Promise<Show> {
    const at = position(click.body.view?.private_metadata);
    if (at === null) return update(gone);
    const typed = readStep(click.body.view?.state.values ?? {});
    return coachingShow(
      coach,
      await answerStep(coach, d.who, at.dealId, { ...at, answer: answer(typed), again }),
      typed,
    );
  }

  onClick(app, deps, ACTIONS.back, async (d, { body }) => {
    const at = position(body.view?.private_metadata);
    if (at === null) return update(gone);
    const draft = readStep(body.view?.state.values ?? {});
    return coachingShow(
      coach,
      await act(coach, d.who, at.dealId, { type: 'go_back', visit: at.visit, draft }),
      draft,
    );
  });

  onClick(app, deps, ACTIONS.wholeScript, async (d, { body }) => {
    const at = position(body.view?.private_metadata);
    const deal = at === null ? null : await seeDeal(coach, d.who, at.dealId);
    return open(deal === null ? gone : script(await playbookOf(coach, deal), deal));
  });

  // Closing saves what was typed and brings the resume offer at once; without this event it comes after ten minutes.
  listenForClosing(app, VIEWS.step, async ({ ack, body, view }) => {
    const d = requestOf(deps, { ...originOfView(body), surface: 'step_closed' });
    const at = position(view.private_metadata);
    if (d !== null && at !== null) {
      const typed = readStep(view.state?.values ?? {});
      await act(coach, d.who, at.dealId, {
        type: 'leave',
        visit: at.visit,
        draft: typed,
      });
    }
    await ack();
  });

  onSubmit(app, deps, VIEWS.fillIn, async (d, { view }) => {
    const ref = decodeRef(view.private_metadata);
    const deal = ref?.deal === undefined ? null : await seeDeal(coach, d.who, ref.deal);
    if (deal === null) return update(gone);
    const { currency } = await teamSettings(coach.store, d.who.tenant);
    const today = await todayOf(coach, d.who, deal.rep);
    const read = readFillIn(view.state.values, { currency, deal, today });
    if (!read.ok) return errors({ ...read.errors });
    const acted = await fillIn(coach, d.who, deal, read.value);
    if (!acted.ok && acted.code !== 'already_done')
      return refused(acted, FILL_IN.manager, read.value.details.notes ?? undefined);
    if (read.value.manager !== null) await deps.ensurePeople(d.who.tenant, [read.value.manager]);
    return close;
  });

  onClick(app, deps, ACTIONS.fillIn, (d, click) => showScreen(d, click));
  onClick(app, deps, ACTIONS.resume, async (d, click) => {
    const dealId = decodeRef(click.value)?.deal;
    if (dealId !== undefined) {
      const acted = await act(coach, d.who, dealId, { type: 'resume' });
      if (!acted.ok && acted.code !== 'already_done') return inPlace(click, refusal(acted));
    }
    return showScreen(d, click);
  });
  onClick(app, deps, ACTIONS.afterCall, (d, click) =>
    showScreen(d, click, (deal) => (mayBeRecordedAfter(deal) ? afterScreen(deal) : screenOf(coach, deal))),
  );
  onClick(app, deps, ACTIONS.tryNow, async (d, click) => {
    const dealId = decodeRef(click.value)?.deal;
    if (dealId === undefined) return open(gone);
    const acted = await tryAgain(coach, d.who, dealId);
    if (!acted.ok && acted.code !== 'already_done') return inPlace(click, refusal(acted));
    return showScreen(d, click);
  });

  async function showScreen(
    d: Request,
    click: Click,
    screen = (deal: Deal): Promise<ModalView> => screenOf(coach, deal),
  ): Promise<Show> {
    const dealId = decodeRef(click.value)?.deal;
    const deal = dealId === undefined ? null : await seeDeal(coach, d.who, dealId);
    if (deal === null) return inPlace(click, gone);
    const works = mayWork(deal, await actorFor(coach, d.who));
    return inPlace(click, works ? await screen(deal) : repOnly);
  }
}

/** A screen opened from a list takes the list's place; from a message it opens. */
const inPlace = (click: Click, view: Parameters<typeof update>[0]): Show =>
  click.body.view?.type === 'modal' ? update(view) : open(view);

function position(metadata: string | undefined): { dealId: string; stepId: string; visit: number } | null {
  const ref = decodeRef(metadata);
  if (ref?.deal === undefined || ref.step === undefined || ref.visit === undefined) return null;
  return { dealId: ref.deal, stepId: ref.step, visit: ref.visit };
}

/** Text that stood in the inputs when a button was tapped stays with the choice. */
function words(typed: AnswerValue | null): { text?: string; reasons?: readonly string[] } {
  if (typed?.kind === 'text') return { text: typed.text };
  if (typed?.kind === 'reasons') return { text: typed.text, reasons: typed.reasons };
  return {};
}
