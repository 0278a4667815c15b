/** Around the coached call: the intake, resuming, recording it afterwards, *Fill in while it's fresh*, trying again. */
import type { ModalView } from '@slack/types';
import { act, type Refused } from '../../coach/act';
import { nameManager } from '../../coach/ask';
import { fillIn, type Notes, startDeal, tryAgain } from '../../coach/call';
import { partOf } from '../../coach/context';
import { openDealsWith } from '../../coach/overview';
import { teamManagerOf, todayOf } from '../../coach/people';
import { playbooksInUse } from '../../coach/playbooks';
import { teamSettings } from '../../coach/settings/settings';
import { mayBeRecordedAfter } from '../../deal/decide/coaching';
import type { Deal, DealId } from '../../deal/model/deal';
import { ACTIONS, companyRef, decodeRef, VIEWS } from '../ids';
import { FILL_IN } from '../views/detailFields';
import { readFillIn } from '../views/fillIn';
import { type IntakeOptions, intake, readIntake } from '../views/intake';
import { NEXT_TIME } from '../views/nextTime';
import { allTyped, type ViewValues } from '../views/values';
import { afterAgain, afterScreen, newCall, saveAfter } from './afterCall';
import {
  dealForm,
  gone,
  inputError,
  isRefused,
  ofDeal,
  ofRep,
  refusalView,
  repOnly,
  tap,
} from './dealHandlers';
import { draftPlace, settleDraft } from './drafts';
import type { Click, ClickHandler, On, Submission } from './handlers';
import type { Request } from './request';
import { coachingShow, screenAsLeft, screenOf } from './screen';
import { close, errors, inPlace, open, type Show, update } from './show';

const repContinues = repOnly('The rep does this', 'continue it. Your view is welcome in the thread.');

export function registerCallNotes(on: On): void {
  on.submit(VIEWS.intake, start);
  on.click(ACTIONS.resume, resume);
  on.click(ACTIONS.tryNow, tryNow);
  on.click(ACTIONS.tried, tap(reportTry));
  on.click(ACTIONS.afterCall, ofRep(recordOrResume, repContinues));
  on.submit(VIEWS.after, saveAfter);
  on.click(ACTIONS.fillIn, goOn);
  on.click(ACTIONS.more, showMore);
  on.click(ACTIONS.noAdvice, ofRep(hideAdvice, repContinues));
  on.submit(VIEWS.fillIn, saveFillIn);
  on.click(ACTIONS.backToCall, ofDeal(backToCall));
  on.click(ACTIONS.askNow, ofRep(sendNow, repContinues));
}

/** The first screen; with a company it says which open deals there are with it. */
export async function intakeScreen(
  { coach, who }: Request,
  given: Omit<IntakeOptions, 'playbooks' | 'manager' | 'dealId'> & {
    readonly dealId?: DealId | undefined;
  },
): Promise<ModalView> {
  const account = given.account ?? '';
  const [found, manager, playbooks] = await Promise.all([
    given.found ?? (account === '' ? undefined : openDealsWith(coach, who, account)),
    teamManagerOf(coach, who),
    playbooksInUse(coach, who.tenant),
  ]);
  return intake({
    ...given,
    dealId: given.dealId ?? coach.ids.deal(),
    found,
    playbooks,
    manager,
  });
}

async function start(request: Request, { view, ref }: Submission): Promise<Show> {
  const { coach, who } = request;
  const read = readIntake(view.state.values);
  if (!read.ok) return errors(read.errors);
  const { account, business, playbookId } = read.value;
  if (ref.company !== companyRef(account)) {
    const found = await openDealsWith(coach, who, account);
    const isNews = found.mine === null ? found.others.length > 0 : found.mine.id !== ref.deal;
    const mode = ref.mode === 'after' ? 'after' : 'live';
    const playbook = playbookId ?? undefined;
    if (isNews)
      return update(
        await intakeScreen(request, { mode, account, business, playbook, found, dealId: ref.deal }),
      );
  }
  const begins = { id: ref.deal ?? coach.ids.deal(), ...read.value };
  if (ref.mode === 'after') return update(await afterScreen(request, await newCall(request, begins)));
  const started = await startDeal(coach, who, begins);
  return update(started.ok ? await screenOf(request, started.deal) : refusalView(started));
}

/** The rep's next screen replaces the list from which they opened it. */
const goOn = ofRep(
  async (request, deal, click) => inPlace(click, await screenAsLeft(request, deal)),
  repContinues,
);

/** *More*: the same screen with the rest of its fields. Block ids stay, so Slack keeps what the rep typed. */
const showMore: ClickHandler = (request, click) =>
  click.body.view?.callback_id === VIEWS.after
    ? afterAgain(request, click, 'more')
    : ofRep(async (_, deal) => update(await screenAsLeft(request, deal, { more: true })), repContinues)(
        request,
        click,
      );

/** *Don't show this*, beneath what went well: a choice of this person, for all their calls. */
async function hideAdvice(request: Request, deal: Deal, { screen }: Click): Promise<Show> {
  const { coach, who } = request;
  await coach.store.workspace.saveWantsAdvice(who.tenant, who.userId, false);
  return update(await screenAsLeft(request, deal, { more: screen.mode === 'more' }));
}

async function recordOrResume(request: Request, deal: Deal, click: Click): Promise<Show> {
  if (!mayBeRecordedAfter(deal)) return inPlace(click, await screenAsLeft(request, deal));
  return inPlace(click, await afterScreen(request, { deal, begins: null }));
}

async function resume(request: Request, click: Click): Promise<Show> {
  const { coach, who } = request;
  if (click.ref.deal !== undefined) {
    const acted = await act(coach, who, click.ref.deal, { type: 'resume' });
    if (isRefused(acted)) return inPlace(click, refusalView(acted));
  }
  return goOn(request, click);
}

async function tryNow(request: Request, click: Click): Promise<Show> {
  const { coach, who } = request;
  if (click.ref.deal === undefined) return open(gone);
  const acted = await tryAgain(coach, who, click.ref.deal);
  return isRefused(acted) ? inPlace(click, refusalView(acted)) : goOn(request, click);
}

/** The tap is the whole report; the message says what comes next. */
const reportTry = ({ coach, who }: Request, dealId: DealId, { ref }: Click) =>
  act(coach, who, dealId, { type: 'report_try', reminder: ref.event ?? 0 });

async function readNotes(values: Parameters<typeof readFillIn>[0], deal: Deal, { coach, who }: Request) {
  const { currency } = await teamSettings(coach.store, who.tenant);
  return readFillIn(values, { currency, deal, today: await todayOf(coach, who, deal.rep) });
}

const saveFillIn = dealForm({
  read: readNotes,
  save: ({ coach, who }, deal, notes) => fillIn(coach, who, deal, notes, { sendsAsk: true }),
  at: fieldToFix,
  typed: (_, values) => allTyped(values),
  async saved(request, { manager }, { ref, view }) {
    const { deps, who } = request;
    await settleDraft(request, draftPlace(view.callback_id, ref), view);
    if (manager !== null) await deps.ensurePeople(who.tenant, [manager]);
    return close;
  },
});

/** The input where the rep puts a refusal right, or else the first one of the screen. */
function fieldToFix({ code }: Refused, values: ViewValues): string | undefined {
  const field =
    code === 'amount_unusable'
      ? FILL_IN.amount
      : code === 'term_unusable'
        ? NEXT_TIME.contractMonths
        : FILL_IN.manager;
  return field in values ? field : Object.keys(values)[0];
}

/** *Back* on the screen that says how the call ended: the rep tapped the last answer by mistake. */
async function backToCall(request: Request, deal: Deal, { ref, body }: Click): Promise<Show> {
  const { coach, who } = request;
  if (ref.visit === undefined) return update(gone);
  const read = await readNotes(body.view?.state.values ?? {}, deal, request);
  // A click cannot put errors at inputs; the error stands on top, and what was typed stays.
  if (!read.ok) {
    const error = Object.values(read.errors)[0];
    return update(await screenOf(request, deal, { error, more: isWhole(body.view) }));
  }
  const { manager, ...notes } = read.value;
  if (hasContent(notes)) await fillIn(coach, partOf(who, 'notes'), deal, { ...notes, manager: null });
  const acted = await act(coach, who, deal.id, { type: 'go_back', visit: ref.visit, draft: null });
  if (acted.ok && body.view !== undefined)
    await settleDraft(request, draftPlace(VIEWS.fillIn, { deal: deal.id }), body.view);
  // Names the manager after the ask is withdrawn, so that no ask goes to them.
  if (acted.ok && manager !== null && manager !== deal.manager)
    await nameManager(coach, partOf(who, 'manager'), deal.id, manager);
  return coachingShow(request, acted, null);
}

/** *Ask now*: keeps what is typed so far, so that it goes with the ask, and leaves the form open for the rest. */
async function sendNow(request: Request, deal: Deal, { body }: Click): Promise<Show> {
  const { coach, deps, who } = request;
  const more = isWhole(body.view);
  const read = await readNotes(body.view?.state.values ?? {}, deal, request);
  if (!read.ok) return update(await screenOf(request, deal, { error: Object.values(read.errors)[0], more }));
  const { manager } = read.value;
  const names = manager !== null && manager !== deal.manager && manager !== deal.ask?.manager;
  const acted =
    names || hasContent(read.value)
      ? await fillIn(coach, who, deal, read.value, { sendsAsk: true })
      : await act(coach, who, deal.id, { type: 'ask_now' });
  if (isRefused(acted)) {
    const error = inputError(acted);
    return update(
      error === null
        ? refusalView(acted, allTyped(body.view?.state.values ?? {}))
        : await screenOf(request, deal, { error, more }),
    );
  }
  if (body.view !== undefined)
    await settleDraft(request, draftPlace(VIEWS.fillIn, { deal: deal.id }), body.view);
  if (manager !== null) await deps.ensurePeople(who.tenant, [manager]);
  return update(await screenOf(request, acted.deal ?? deal, { more }));
}

const isWhole = (view: Click['body']['view']): boolean => decodeRef(view?.private_metadata)?.mode === 'more';

/** False for a screen that the rep left unchanged. */
function hasContent({ details, written, nextTime }: Omit<Notes, 'manager'>): boolean {
  return (
    written.length > 0 || [details, nextTime ?? {}].some((it) => Object.values(it).some((value) => value))
  );
}
