/** `/lostdeal upcoming`: moving a call to another day, dropping a call, and handing a deal on. */
import type { ModalView } from '@slack/types';
import { actorFor } from '../../coach/act';
import { handOn } from '../../coach/handOver';
import { dayOf, todayOf } from '../../coach/people';
import { callOn, dropCall, upcomingOf } from '../../coach/upcoming';
import { maySee } from '../../deal/decide/permissions';
import type { Deal } from '../../deal/model/deal';
import { ACTIONS, VIEWS } from '../ids';
import { ASSIGN_REP, assignRep, readAssignRep } from '../views/assign';
import { CHANGE_DATE, changeDate, readChangeDate } from '../views/reminders';
import { UPCOMING_PAGE, upcoming } from '../views/upcoming';
import { dealForm, gone, isRefused, nothingOrWhy, ofDeal, ofRep, repOnly } from './dealHandlers';
import type { Click, On } from './handlers';
import type { Request } from './request';
import { back, open, type Show, update } from './show';

const repChanges = repOnly('The rep does this', 'change when to call again.');

export function registerUpcoming(on: On): void {
  on.click(ACTIONS.upcoming, async (request) => open(await upcomingScreen(request)));
  on.click(ACTIONS.upcomingPage, async (request, { ref }) => update(await upcomingScreen(request, ref.page)));
  on.click(ACTIONS.changeDate, ofRep(openChangeDate, repChanges));
  on.submit(VIEWS.changeDate, saveDate);
  on.click(ACTIONS.dropReminder, drop);
  on.click(ACTIONS.assignRep, ofDeal(openAssignRep));
  on.submit(VIEWS.assignRep, saveRep);
}

export async function upcomingScreen({ coach, who }: Request, page = 0): Promise<ModalView> {
  const { deals, more, isAdmin } = await upcomingOf(coach, who, page, UPCOMING_PAGE);
  return upcoming(deals, { viewer: who.userId, isAdmin, page, more });
}

async function openChangeDate({ coach, who }: Request, deal: Deal): Promise<Show> {
  const today = await todayOf(coach, who, deal.rep);
  const at = deal.reEngagement?.at;
  const planned = at === undefined ? null : await dayOf(coach, who, deal.rep, at);
  return open(changeDate(deal, { planned, today }));
}

const saveDate = dealForm({
  read: async (values, deal, { coach, who }) => readChangeDate(values, await todayOf(coach, who, deal.rep)),
  save: ({ coach, who }, deal, day) => callOn(coach, who, deal, day),
  at: CHANGE_DATE.day,
  async saved(request, _day, { view }) {
    const list = view.previous_view_id;
    return list ? back({ viewId: list, view: await upcomingScreen(request) }) : back();
  },
});

async function drop(request: Request, { ref, screen }: Click): Promise<Show> {
  if (ref.deal === undefined) return open(gone);
  const acted = await dropCall(request.coach, request.who, ref.deal);
  return isRefused(acted) ? nothingOrWhy(acted) : update(await upcomingScreen(request, screen.page));
}

/** Everybody with a part in the deal may hand it on; people who may only read it may not. */
async function openAssignRep({ coach, who }: Request, deal: Deal): Promise<Show> {
  return open(maySee(deal, await actorFor(coach, who)) ? assignRep(deal) : gone);
}

const saveRep = dealForm({
  read: (values) => readAssignRep(values),
  save: ({ coach, who }, deal, rep) => handOn(coach, who, deal.id, rep),
  at: ASSIGN_REP.rep,
  saved({ deps, who, log }, rep) {
    deps.backgroundTasks.run(log, 'the next rep could not be looked up', () =>
      deps.ensurePeople(who.tenant, [rep]),
    );
    return back();
  },
});
