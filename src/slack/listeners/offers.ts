/** *What can I offer?* on a call: what was pre-approved, given with one tap. */
import type { ModalView } from '@slack/types';
import { offerNow, offersFor } from '../../coach/gives';
import { reasonsKnown, teamSettings } from '../../coach/settings/settings';
import type { Deal } from '../../deal/model/deal';
import { currencyOf, type Money } from '../../deal/model/money';
import { ACTIONS, VIEWS } from '../ids';
import { isPlainRefusal, refusalText } from '../text';
import { offers, readWorth } from '../views/offers';
import { dealOf, gone, ofDeal } from './dealHandlers';
import type { Click, ClickHandler, On, Submission } from './handlers';
import type { Request } from './request';
import { coachingShow, screenAsLeft } from './screen';
import { errors, type Show, update } from './show';

export function registerOffers(on: On): void {
  on.click(
    ACTIONS.whatCanIOffer,
    onOwnCall(async (request, deal) => update(await offersScreen(request, deal))),
  );
  on.click(ACTIONS.offerNow, onOwnCall(give));
  on.click(
    ACTIONS.askAnyway,
    onOwnCall(async (request, deal) => update(await screenAsLeft(request, deal))),
  );
  on.submit(VIEWS.offers, showWhatFits);
}

/** For a button on the rep's own call: nobody else is on it, so nobody else gives anything. */
const onOwnCall = (handle: (request: Request, deal: Deal, click: Click) => Promise<Show>): ClickHandler =>
  ofDeal(async (request, deal, click) =>
    deal.rep === request.who.userId ? handle(request, deal, click) : update(gone),
  );

async function offersScreen(
  { coach, who }: Request,
  deal: Deal,
  shown: { readonly worth?: Money | null; readonly error?: string } = {},
): Promise<ModalView> {
  const { worth = null, error } = shown;
  const settings = await teamSettings(coach.store, who.tenant);
  return offers(deal, {
    offers: await offersFor(coach, deal, worth ?? deal.details.amount),
    reasons: await reasonsKnown(coach, who.tenant),
    currency: currencyOf(deal.details.amount, settings),
    worth,
    ...(error === undefined ? {} : { error }),
  });
}

async function give(request: Request, deal: Deal, { ref, screen, body }: Click): Promise<Show> {
  const { coach, who } = request;
  const { item } = ref;
  const { step: stepId, visit } = screen;
  if (item === undefined || stepId === undefined || visit === undefined) return update(gone);
  const { currency } = await teamSettings(coach.store, who.tenant);
  const typed = readWorth(body.view?.state.values ?? {}, currency);
  const worth = typed.ok ? typed.value : null;
  const acted = await offerNow(coach, who, deal.id, { stepId, visit, give: item, worth });
  const stays = !acted.ok && acted.deal?.position != null && acted.code !== 'stale';
  if (!stays || !isPlainRefusal(acted)) return coachingShow(request, acted, null);
  return update(await offersScreen(request, deal, { worth, error: refusalText(acted) }));
}

/** The rep types the worth: shows the offers that fit a deal of that size. Giving one keeps the worth. */
async function showWhatFits(request: Request, { view, ref }: Submission): Promise<Show> {
  const { coach, who } = request;
  const deal = await dealOf(request, ref);
  if (deal === null || deal.rep !== who.userId) return update(gone);
  if (deal.position?.visit !== ref.visit) {
    const wasThere = deal.trail.some(({ stepId }) => stepId === ref.step);
    return update(wasThere ? await screenAsLeft(request, deal) : gone);
  }
  const { currency } = await teamSettings(coach.store, who.tenant);
  const worth = readWorth(view.state.values, currency);
  return worth.ok ? update(await offersScreen(request, deal, { worth: worth.value })) : errors(worth.errors);
}
