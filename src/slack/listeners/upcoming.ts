/** `/lostdeal upcoming`, another day to call, leaving it be, and handing a deal on. */
import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { actorFor } from '../../coach/act';
import { handOn } from '../../coach/handOver';
import { seeDeal } from '../../coach/overview';
import { dayOf, todayOf } from '../../coach/people';
import { callOn, dropCall, upcomingOf } from '../../coach/upcoming';
import { maySee, mayWork } from '../../deal/decide/permissions';
import { ACTIONS, decodeRef, VIEWS } from '../ids';
import { ASSIGN_REP, assignRep, readAssignRep } from '../views/assign';
import { notice } from '../views/notice';
import { CHANGE_DATE, changeDate, readChangeDate } from '../views/reminders';
import { UPCOMING_PAGE, upcoming } from '../views/upcoming';
import { back, errors, onClick, onSubmit, open, update } from './handlers';
import type { Request, SlackDeps } from './request';
import { quietShow, refused } from './screen';

const gone = notice('Not here any more', 'This deal is not here any more, or you may not see it.');
const notYours = notice(
  'The rep does this',
  'Only the rep of this deal, or an admin, changes when they are called again.',
);

export async function upcomingScreen({ coach }: SlackDeps, { who }: Request, page = 0): Promise<ModalView> {
  const { deals, more, isAdmin } = await upcomingOf(coach, who, page, UPCOMING_PAGE);
  return upcoming(deals, { viewer: who.userId, isAdmin, page, more });
}

export function registerUpcoming(app: App, deps: SlackDeps): void {
  const { coach } = deps;

  onClick(app, deps, ACTIONS.upcoming, async (d) => open(await upcomingScreen(deps, d)));
  onClick(app, deps, ACTIONS.upcomingPage, async (d, { value }) =>
    update(await upcomingScreen(deps, d, decodeRef(value)?.page ?? 0)),
  );

  onClick(app, deps, ACTIONS.changeDate, async (d, { value }) => {
    const dealId = decodeRef(value)?.deal;
    const deal = dealId === undefined ? null : await seeDeal(coach, d.who, dealId);
    if (deal === null) return open(gone);
    if (!mayWork(deal, await actorFor(coach, d.who))) return open(notYours);
    const today = await todayOf(coach, d.who, deal.rep);
    const at = deal.reEngagement?.at;
    const planned = at === undefined ? null : await dayOf(coach, d.who, deal.rep, at);
    return open(changeDate(deal, { planned, today }));
  });

  onSubmit(app, deps, VIEWS.changeDate, async (d, { view }) => {
    const dealId = decodeRef(view.private_metadata)?.deal;
    const deal = dealId === undefined ? null : await seeDeal(coach, d.who, dealId);
    if (deal === null) return update(gone);
    const read = readChangeDate(view.state.values, await todayOf(coach, d.who, deal.rep));
    if (!read.ok) return errors({ ...read.errors });
    const acted = await callOn(coach, d.who, deal, read.value);
    if (!acted.ok && acted.code !== 'already_done') return refused(acted, CHANGE_DATE.day);
    return backTo(d, view.previous_view_id);
  });

  onClick(app, deps, ACTIONS.dropReminder, async (d, { value, body }) => {
    const dealId = decodeRef(value)?.deal;
    if (dealId === undefined) return open(gone);
    const acted = await dropCall(coach, d.who, dealId);
    if (!acted.ok && acted.code !== 'already_done') return quietShow(acted);
    const page = decodeRef(body.view?.private_metadata)?.page ?? 0;
    return update(await upcomingScreen(deps, d, page));
  });

  onClick(app, deps, ACTIONS.assignRep, async (d, { value }) => {
    const dealId = decodeRef(value)?.deal;
    const deal = dealId === undefined ? null : await coach.store.deals.load(d.who.tenant, dealId);
    const allowed = deal !== null && maySee(deal, await actorFor(coach, d.who));
    return open(allowed ? assignRep(deal) : gone);
  });

  onSubmit(app, deps, VIEWS.assignRep, async (d, { view }) => {
    const dealId = decodeRef(view.private_metadata)?.deal;
    const read = readAssignRep(view.state.values);
    if (!read.ok) return errors({ ...read.errors });
    if (dealId === undefined) return update(gone);
    const acted = await handOn(coach, d.who, dealId, read.value);
    if (!acted.ok && acted.code !== 'already_done') return refused(acted, ASSIGN_REP.rep);
    deps.backgroundTasks.run(d.log, 'the next rep could not be looked up', () =>
      deps.ensurePeople(d.who.tenant, [read.value]),
    );
    return back();
  });

  /** The list beneath shows the new day. */
  async function backTo(d: Request, previous: string | null) {
    return previous ? back({ viewId: previous, view: await upcomingScreen(deps, d) }) : back();
  }
}
