/** Figures: the report, the page of a competitor, and the deals behind them. */
import type { ModalView } from '@slack/types';
import { callEnds } from '../../coach/callEnds';
import type { Coach, Who } from '../../coach/context';
import { askForExport, type ExportAnswer } from '../../coach/exporting';
import {
  against,
  askedOfDigest,
  askedOfReport,
  askForReport,
  DIGEST,
  dealsBehind,
  figureNamed,
  isReport,
  learn,
  type ReportAsked,
  reportAsked,
  reportOver,
  teamsOf,
} from '../../coach/learn';
import { seeDeal } from '../../coach/overview';
import { chooseDigest, resumeDigest, stopDigest } from '../../coach/ownDigest';
import { reasonsKnown } from '../../coach/settings/settings';
import { ACTIONS, overOf, type Ref, VIEWS } from '../ids';
import { figureWords } from '../text';
import { type Choice, choiceOfRef, digestScreen, figuresScreen, readDigestEvery } from '../views/figures';
import { callEndsScreen, competitorPage, DEALS_SHOWN, figureDeals, OFFERS_SHOWN } from '../views/learn';
import { notice } from '../views/notice';
import type { Click, On } from './handlers';
import { refreshHome } from './home';
import type { Request } from './request';
import { inPlace, modalOf, nothing, open, type Show, update } from './show';

const SCREEN_WITHIN_MS = 1_500;

const REPORT_COMES = 'Your report is on its way. It comes as a direct message.';

export function registerLearn(on: On): void {
  on.click(ACTIONS.figures, showFigures);
  on.click(ACTIONS.figuresPeriod, pickFigures);
  on.click(ACTIONS.figuresTeam, pickFigures);
  on.click(ACTIONS.figureReport, sendReport);
  on.click(ACTIONS.competitorOffers, async (request, click) => {
    const { account = '', page = 0 } = click.ref;
    return inPlace(click, await inTime(pageOf(request, account, account, page)));
  });
  on.click(ACTIONS.figureExport, sendExport);
  on.click(ACTIONS.reportExport, exportReport);
  on.click(ACTIONS.callEnds, async (request, click) => {
    const view = await inTime(callEndsOf(request, click.ref));
    return click.body.view?.callback_id === VIEWS.callEnds ? update(view) : open(view);
  });
  on.click(ACTIONS.digestEvery, pickDigest);
  on.click(ACTIONS.digestStop, (request, click) =>
    ownDigest(request, click, () => stopDigest(request.coach, request.who), digestScreen(true)),
  );
  on.click(ACTIONS.digestAgain, (request, click) =>
    ownDigest(request, click, () => resumeDigest(request.coach, request.who), digestScreen(false)),
  );
  on.click(ACTIONS.figureDeals, (request, click) => showDeals(request, click, click.ref));
  on.click(ACTIONS.figureDealsOf, (request, click) => {
    const over = overOf(click.body.actions[0]?.block_id ?? '') ?? {};
    return showDeals(request, click, { ...over, ...click.ref });
  });
}

async function showDeals({ coach, who }: Request, { body }: Click, ref: Ref): Promise<Show> {
  const over = await overWhat(coach, who, ref);
  const of = figureNamed(ref.figure ?? '');
  const offset = (ref.page ?? 0) * DEALS_SHOWN;
  const deals =
    over === null ? [] : await dealsBehind(coach, who, over, { of, limit: DEALS_SHOWN + 1, offset });
  if (deals === null) return open(NOT_FOR_YOU);
  const title = figureWords(of, over?.competitor ?? null, await reasonsKnown(coach, who.tenant));
  const view = figureDeals(title, deals.slice(0, DEALS_SHOWN), ref, deals.length > DEALS_SHOWN);
  return body.view?.callback_id === VIEWS.figureDeals ? update(view) : open(view);
}

/** Null: it was a report for somebody else. */
async function overWhat(coach: Coach, who: Who, ref: Ref): Promise<ReportAsked | null> {
  const { company = null } = ref;
  const over = isReport(ref.item ?? '')
    ? await askedOfReport(coach, who, ref.item ?? '')
    : await reportOver(coach, who, ref.section ?? '', ref.item ?? null);
  return over === null || company === null ? over : { ...over, competitor: company };
}

async function showFigures(request: Request, click: Click): Promise<Show> {
  return inPlace(click, await inTime(figuresOf(request, choiceOfRef(click.ref))));
}

async function callEndsOf(request: Request, ref: Ref): Promise<ModalView> {
  const asked = await askedIn(request, choiceOfRef(ref));
  const versions = await callEnds(request.coach, request.who, asked);
  return versions === null ? NOT_FOR_YOU : callEndsScreen(versions, ref);
}

/** On Home the same place shows them, on a screen the screen. */
function pickFigures(request: Request, click: Click): Promise<Show> | Show {
  if (click.body.view?.type !== 'home') return showFigures(request, click);
  const { deps, who, log } = request;
  deps.homes.opened(who.tenant, who.userId, choiceOfRef(click.ref));
  deps.backgroundTasks.run(log, 'App Home could not be refreshed', () => refreshHome(request, click.client));
  return nothing;
}

async function ownDigest(
  request: Request,
  click: Click,
  choose: () => Promise<boolean>,
  then: ModalView | null,
): Promise<Show> {
  if (!(await choose())) return inPlace(click, notice('Not for you to choose', MEMBERS_ONLY));
  const { deps, log } = request;
  deps.backgroundTasks.run(log, 'App Home could not be refreshed', () => refreshHome(request, click.client));
  return then === null ? nothing : inPlace(click, then);
}

/** Home itself shows what they picked. */
function pickDigest(request: Request, click: Click): Promise<Show> {
  const [action] = click.body.actions;
  const picked = action?.type === 'static_select' ? action.selected_option.value : undefined;
  return ownDigest(
    request,
    click,
    () => chooseDigest(request.coach, request.who, readDigestEvery(picked)),
    null,
  );
}

async function sendReport(request: Request, click: Click): Promise<Show> {
  const { coach, who } = request;
  const choice = choiceOfRef(click.ref);
  const ofDigest =
    click.ref.section === DIGEST ? await askedOfDigest(coach, who, click.ref.item ?? '') : null;
  const asked = ofDigest ?? (await askedIn(request, choice));
  if (!(await askForReport(coach, who, asked))) return inPlace(click, NOT_FOR_YOU);
  return modalOf(click.body) === undefined
    ? open(notice('On its way', REPORT_COMES))
    : inPlace(click, await inTime(figuresOf(request, choice, REPORT_COMES)));
}

async function sendExport(request: Request, click: Click): Promise<Show> {
  const { coach, who } = request;
  const choice = choiceOfRef(click.ref);
  const answer = await askForExport(coach, who, await askedIn(request, choice));
  return modalOf(click.body) === undefined || answer === 'not_theirs'
    ? open(exportNotice(answer))
    : inPlace(click, await inTime(figuresOf(request, choice, EXPORT_WORDS[answer])));
}

async function exportReport({ coach, who }: Request, { ref }: Click): Promise<Show> {
  const asked = await askedOfReport(coach, who, ref.item ?? '');
  return open(exportNotice(asked === null ? 'not_theirs' : await askForExport(coach, who, asked)));
}

const askedIn = ({ coach, who }: Request, { period, team }: Choice): Promise<ReportAsked> =>
  reportOver(coach, who, period, team);

async function figuresOf(request: Request, choice: Choice, said: string | null = null): Promise<ModalView> {
  const { coach, who } = request;
  const learned = await learn(coach, who, await askedIn(request, choice));
  return learned === null ? NOT_FOR_YOU : figuresScreen(learned, choice, await teamsOf(coach, who), said);
}

const MEMBERS_ONLY = 'Only people of this workspace can see its figures.';
const NOT_FOR_YOU = notice('Not for you to see', MEMBERS_ONLY);

const EXPORT_WORDS: Readonly<Record<ExportAnswer, string>> = {
  coming: 'Your export is on its way. It comes as a direct message.',
  underway:
    "Your last export isn't done yet. Once it's there, ask for the next one. If it doesn't work within half an hour, I'll tell you.",
  not_theirs: MEMBERS_ONLY,
};

const exportNotice = (answer: ExportAnswer): ModalView =>
  answer === 'not_theirs' ? NOT_FOR_YOU : notice('Export', EXPORT_WORDS[answer]);

const LATE = notice('That takes longer', 'Type /lostdeal report, and it comes as a direct message.');

/** Slack opens no screen later than three seconds after the tap or command. */
async function inTime(view: Promise<ModalView>, late = LATE): Promise<ModalView> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<ModalView>((resolve) => {
    timer = setTimeout(() => resolve(late), SCREEN_WITHIN_MS);
  });
  // A failure after that is nobody's to read.
  view.catch(() => undefined);
  const first = await Promise.race([view, tooLate]);
  clearTimeout(timer);
  return first;
}

/** @returns what the person reads; null when the words have another form, and so are a company's name */
export async function requestReport({ coach, who }: Request, words: string): Promise<string | null> {
  const asked = await reportAsked(coach, who, words);
  if (asked === null) return null;
  if (!(await askForReport(coach, who, asked))) return MEMBERS_ONLY;
  return words === '' ? `${REPORT_COMES} ${companyNamed('Report')}` : REPORT_COMES;
}

/** A company may have the name of a command. */
const companyNamed = (name: string): string =>
  `Did a company called ${name} say no? Type /lostdeal on its own.`;

/** @returns as `requestReport` */
export async function requestExport({ coach, who }: Request, words: string): Promise<string | null> {
  const asked = await reportAsked(coach, who, words);
  if (asked === null) return null;
  const answer = await askForExport(coach, who, asked);
  const said = EXPORT_WORDS[answer];
  return words === '' && answer === 'coming' ? `${said} ${companyNamed('Export')}` : said;
}

/** @param typed all that was typed, which may be a company that said no */
export function competitorScreen(request: Request, competitor: string, typed: string): Promise<ModalView> {
  const late = notice(
    'That takes longer',
    `Type /lostdeal report vs ${competitor}, and it comes as a direct message.`,
  );
  return inTime(pageOf(request, competitor, typed, 0), late);
}

async function pageOf(
  { coach, who }: Request,
  competitor: string,
  typed: string,
  page: number,
): Promise<ModalView> {
  const asked = against(competitor);
  const [learned, behind] = await Promise.all([
    learn(coach, who, asked),
    dealsBehind(coach, who, asked, {
      of: { kind: 'pledge', state: 'promised' },
      limit: OFFERS_SHOWN + 1,
      offset: page * OFFERS_SHOWN,
    }),
  ]);
  if (learned === null) return NOT_FOR_YOU;
  const shown = behind?.slice(0, OFFERS_SHOWN) ?? [];
  const deals = await Promise.all(shown.map(({ dealId }) => seeDeal(coach, who, dealId)));
  const offers = {
    deals: deals.filter((deal) => deal !== null),
    page,
    more: (behind?.length ?? 0) > OFFERS_SHOWN,
  };
  return competitorPage(learned, offers, typed);
}
