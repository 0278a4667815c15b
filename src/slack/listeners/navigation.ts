/** Navigation: lists, opening a deal, its details, long texts, starting from a button, retrying a parked deal. */
import type { ModalView } from '@slack/types';
import { overview, repToAsk } from '../../coach/overview';
import { namesInRows } from '../../coach/people';
import { playbookOf } from '../../coach/playbooks';
import { reasonsKnown } from '../../coach/settings/settings';
import { showAgain } from '../../coach/threads';
import type { Deal } from '../../deal/model/deal';
import { ACTIONS, type Ref } from '../ids';
import type { Part } from '../text';
import { fullText } from '../views/fullText';
import { list } from '../views/list';
import { notice } from '../views/notice';
import { intakeScreen } from './callNotes';
import { dealOf, ofDeal } from './dealHandlers';
import type { Click, On } from './handlers';
import type { Request } from './request';
import { detailsOf, screenAsLeft } from './screen';
import { inPlace, nothing, open, type Show, update } from './show';

/** "Only @robin's team can open this deal." */
async function notForYou({ coach, who }: Request, { deal }: Ref): Promise<ModalView> {
  const rep = deal === undefined ? null : await repToAsk(coach, who, deal);
  const why: Part[] =
    rep === null
      ? ["Only this deal's rep, manager, stand-in or an admin can open it."]
      : ['Only ', { user: rep }, '’s team can open this deal.'];
  return notice('Not for you to see', why);
}

export function registerNavigation(on: On): void {
  on.click(ACTIONS.start, start);
  on.click(ACTIONS.startAgain, startAgain);
  on.click(ACTIONS.open, ofDeal(openDeal, notForYou));
  on.click(
    ACTIONS.details,
    ofDeal(async (request, deal) => open(await detailsOf(request, deal)), notForYou),
  );
  on.click(
    ACTIONS.showAll,
    ofDeal(async (request, deal, click) => open(await textPage(request, deal, click)), notForYou),
  );
  on.click(
    ACTIONS.page,
    ofDeal(async (request, deal, click) => update(await textPage(request, deal, click)), notForYou),
  );
  on.click(ACTIONS.listPage, async (request, { ref }) => update(await listScreen(request, ref.page)));
  on.click(ACTIONS.showAgain, retryParked);
}

/** The most deals of each kind in the list; people with more open deals have the threads. */
const MOST_LISTED = 250;

export async function listScreen({ coach, who }: Request, page = 0): Promise<ModalView> {
  const { viewer, waiting, mine, others } = await overview(coach, who, MOST_LISTED + 1);
  const isCut = [waiting, mine, others].some(({ length }) => length > MOST_LISTED);
  return list({
    viewer,
    names: await namesInRows(coach, who.tenant, [...waiting, ...mine, ...others]),
    waiting: waiting.slice(0, MOST_LISTED),
    mine: mine.slice(0, MOST_LISTED),
    others: others.slice(0, MOST_LISTED),
    page,
    upTo: isCut ? MOST_LISTED : null,
  });
}

async function start(request: Request, { ref }: Click): Promise<Show> {
  return open(await intakeScreen(request, { mode: 'live', account: ref.account }));
}

/** Starts a new deal with the account of an earlier one, which may be erased. */
async function startAgain(request: Request, click: Click): Promise<Show> {
  const { account, business } = (await dealOf(request, click.ref)) ?? click.ref;
  return inPlace(click, await intakeScreen(request, { mode: 'live', account, business }));
}

/** Shows the step of the call to its rep, the details to everybody else. */
async function openDeal(request: Request, deal: Deal, click: Click): Promise<Show> {
  const { who } = request;
  const isLive = deal.stage === 'coaching' && deal.position !== null && deal.rep === who.userId;
  return inPlace(click, isLive ? await screenAsLeft(request, deal) : await detailsOf(request, deal));
}

async function textPage({ coach }: Request, deal: Deal, { ref }: Click): Promise<ModalView> {
  const reasons = await reasonsKnown(coach, deal.tenant);
  const remarks = await coach.store.deals.remarks(deal.tenant, deal.id);
  return fullText(deal, await playbookOf(coach, deal), reasons, remarks, ref.page ?? 0);
}

/** *Try again*, beside a deal in an admin's App Home whose messages did not reach Slack. */
async function retryParked({ coach, who }: Request, { ref }: Click): Promise<Show> {
  if (ref.deal === undefined) return nothing;
  return (await showAgain(coach, who, ref.deal))
    ? open(notice('Trying again', "We're posting its messages again now. If it fails, the log says why."))
    : open(notice('Not for you', 'Only an admin can try this again.'));
}
