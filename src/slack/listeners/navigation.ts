/** Finding the way: opening a deal, its details, long texts, and starting from a button. */
import type { App } from '@slack/bolt';
import { seeDeal } from '../../coach/overview';
import { playbookOf } from '../../coach/playbooks';
import { reasonsKnown } from '../../coach/settings/settings';
import { ACTIONS, decodeRef } from '../ids';
import { details } from '../views/details';
import { fullText } from '../views/fullText';
import { intake } from '../views/intake';
import { notice } from '../views/notice';
import type { Click } from './handlers';
import { onClick, open, type Show, update } from './handlers';
import type { SlackDeps } from './request';
import { screenOf } from './screen';

const notForYou = notice(
  'Not for you to see',
  'Only the rep, the manager, a stand-in or an admin sees the details of this deal.',
);

export function registerFinding(app: App, deps: SlackDeps): void {
  const { coach } = deps;

  onClick(app, deps, ACTIONS.start, async () =>
    open(intake({ dealId: coach.ids.deal(), account: '', playbooks: coach.playbooks.list(), mode: 'live' })),
  );

  onClick(app, deps, ACTIONS.startAgain, async (d, { value }) => {
    const dealId = decodeRef(value)?.deal;
    const before = dealId === undefined ? null : await seeDeal(coach, d.who, dealId);
    return open(
      intake({
        dealId: coach.ids.deal(),
        account: before?.account ?? '',
        ...(before === null ? {} : { business: before.business }),
        playbooks: coach.playbooks.list(),
        mode: 'live',
      }),
    );
  });

  onClick(app, deps, ACTIONS.open, async (d, click) => {
    const dealId = decodeRef(click.value)?.deal;
    const deal = dealId === undefined ? null : await seeDeal(coach, d.who, dealId);
    if (deal === null) return inPlace(click, notForYou);
    const live = deal.stage === 'coaching' && deal.position !== null && deal.rep === d.who.userId;
    return inPlace(
      click,
      live
        ? await screenOf(coach, deal)
        : details(deal, await playbookOf(coach, deal), await reasonsKnown(coach, deal.tenant)),
    );
  });

  onClick(app, deps, ACTIONS.details, async (d, { value }) => {
    const dealId = decodeRef(value)?.deal;
    const deal = dealId === undefined ? null : await seeDeal(coach, d.who, dealId);
    return open(
      deal === null
        ? notForYou
        : details(deal, await playbookOf(coach, deal), await reasonsKnown(coach, deal.tenant)),
    );
  });

  onClick(app, deps, ACTIONS.showAll, (d, click) => page(d.who, click, open));
  onClick(app, deps, ACTIONS.page, (d, click) => page(d.who, click, update));

  async function page(
    who: Parameters<typeof seeDeal>[1],
    click: Click,
    show: (view: ReturnType<typeof fullText>) => Show,
  ): Promise<Show> {
    const ref = decodeRef(click.value);
    const deal = ref?.deal === undefined ? null : await seeDeal(coach, who, ref.deal);
    if (deal === null || ref === null) return open(notForYou);
    return show(
      fullText(deal, await playbookOf(coach, deal), await reasonsKnown(coach, deal.tenant), ref.page ?? 0),
    );
  }
}

const inPlace = (click: Click, view: ReturnType<typeof notice>): Show =>
  click.body.view?.type === 'modal' ? update(view) : open(view);
