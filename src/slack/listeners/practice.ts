/** Practice calls: choosing one, its screens, its end. Nothing of it is posted, and only the person themselves sees it. */
import type { ModalView } from '@slack/types';
import { beginPreview } from '../../coach/playbookPreview';
import {
  offerPractice,
  type PracticeScene,
  type PracticeTap,
  practiceAfter,
  practise,
  seePractice,
  startPractice,
} from '../../coach/practice';
import { reasonsOffered } from '../../coach/settings/settings';
import type { PracticeAnswer } from '../../playbook/practice/answers';
import { stepOf } from '../../playbook/walk';
import { ACTIONS, PRACTICE_ANSWER, practiceAnswerOf, type Ref, VIEWS } from '../ids';
import { notice } from '../views/notice';
import { practiceEnd, practiceIntro, practiceStep, readPracticeStep } from '../views/practice';
import { script, theySay } from '../views/script';
import type { Click, ClickHandler, On } from './handlers';
import { refreshHome } from './home';
import type { Request } from './request';
import { inPlace, open, type Show, update } from './show';

const gone = notice("It's gone", "This practice call is over, or it isn't yours.");
const notHere = notice('Not for guests', 'Only people of this workspace can practice here.');

export function registerPractice(on: On): void {
  on.click(ACTIONS.practice, async (request) => open(await practiceScreen(request)));
  on.click(ACTIONS.adviceAgain, adviceAgain);
  on.click(ACTIONS.practiceStart, async (request, click) => inPlace(click, await begun(request, click.ref)));
  on.click(ACTIONS.practiceResume, async (request, click) =>
    inPlace(click, await screenOf(request, await found(request, click.ref))),
  );
  on.click(ACTIONS.practiceSaid, tapping({ do: 'say' }));
  on.click(ACTIONS.practiceTryAgain, tapping({ do: 'try_again' }));
  on.click(ACTIONS.practiceGoOn, tapping({ do: 'go_on' }));
  on.click(ACTIONS.practiceBack, tapping({ do: 'back' }));
  for (const action of [
    PRACTICE_ANSWER,
    ACTIONS.practiceNext,
    ACTIONS.practiceAgain,
    ACTIONS.practiceUnknown,
    ACTIONS.practiceHour,
    ACTIONS.practiceOtherHour,
  ]) {
    on.click(action, answer);
  }
  on.submit(VIEWS.practiceStep, async (request, { ref, view }) =>
    shown(request, ref, answering({ next: true }, ref, view.state.values)),
  );
  on.submit(VIEWS.practiceEnd, async (request, { ref }) => update(await begun(request, ref)));
  on.click(
    ACTIONS.practiceTheySay,
    onTop(({ playbook, practice, deal }) => {
      const { position } = practice.state;
      return position === null ? gone : theySay(stepOf(playbook, position.stepId), deal, playbook);
    }),
  );
  on.click(
    ACTIONS.practiceScript,
    onTop(({ playbook, deal }) => script(playbook, deal)),
  );
}

/** Whom this person can practice with now. */
export async function practiceScreen({ coach, who }: Request): Promise<ModalView> {
  const offer = await offerPractice(coach, who);
  return offer === null ? notHere : practiceIntro(offer);
}

/** *Show it again*: what went well, after their calls. */
const adviceAgain: ClickHandler = async (request, click) => {
  const { coach, who } = request;
  await coach.store.workspace.saveWantsAdvice(who.tenant, who.userId, true);
  return inPlace(click, await practiceScreen(request));
};

async function begun(request: Request, { practice, playbook, version }: Ref): Promise<ModalView> {
  if (practice === undefined || playbook === undefined) return gone;
  const { coach, who } = request;
  const scene =
    version === undefined
      ? await startPractice(coach, who, { id: practice, playbookId: playbook })
      : await beginPreview(coach, who, { practice, playbookId: playbook, version });
  return scene === null ? notHere : practiceView(request, scene);
}

const found = async ({ coach, who }: Request, { practice }: Ref): Promise<PracticeScene | null> =>
  practice === undefined ? null : seePractice(coach, who, practice);

const screenOf = async (request: Request, scene: PracticeScene | null): Promise<ModalView> =>
  scene === null ? gone : practiceView(request, scene);

/** The screen of a practice or preview as it is now. */
export async function practiceView({ coach, who }: Request, scene: PracticeScene): Promise<ModalView> {
  if (scene.reply !== null) return practiceStep(scene, scene.reply, await reasonsOffered(coach, who.tenant));
  const id = coach.ids.deal();
  // A preview does not count as practice.
  const next = scene.practice.isPreview ? null : await practiceAfter(coach, who, scene, id);
  return practiceEnd(scene, id, next);
}

async function shown(request: Request, { practice: id, visit }: Ref, tap: PracticeTap): Promise<Show> {
  if (id === undefined || visit === undefined) return update(gone);
  const scene = await practise(request.coach, request.who, { id, visit }, tap);
  return update(await screenOf(request, scene));
}

/** Refreshed since an admin's Home has a row for their practice call. */
function refreshed(request: Request, client: Click['client']): void {
  request.deps.backgroundTasks.run(request.log, 'App Home could not be refreshed', () =>
    refreshHome(request, client),
  );
}

const tapping =
  (tap: PracticeTap): ClickHandler =>
  async (request, { screen, client }) => {
    const show = await shown(request, screen, tap);
    if (isEnd(show)) refreshed(request, client);
    return show;
  };

const isEnd = (show: Show): boolean => show.do === 'update' && show.view.callback_id === VIEWS.practiceEnd;

const answer: ClickHandler = (request, click) => {
  const tap = practiceAnswerOf(click.actionId);
  const values = click.body.view?.state.values ?? {};
  return tap === null
    ? update(gone)
    : tapping({ ...answering(tap, click.screen, values), at: click.ref.at })(request, click);
};

const answering = (
  tap: PracticeAnswer,
  screen: Ref,
  values: Parameters<typeof readPracticeStep>[0],
): Extract<PracticeTap, { readonly do: 'tap' }> => ({
  do: 'tap',
  tap,
  typed: readPracticeStep(values, screen),
});

const onTop =
  (view: (scene: PracticeScene) => ModalView): ClickHandler =>
  async (request: Request, click: Click) => {
    const scene = await found(request, click.screen);
    return open(scene === null ? gone : view(scene));
  };
