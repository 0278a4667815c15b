/** After the decision: *Won back*, *Lost*, *No answer yet*, *Remind me*, *They've signed*, asking again, removing, reopening. */
import type { ModalView } from '@slack/types';
import { type Acted, act, notFound } from '../../coach/act';
import { askAgain } from '../../coach/ask';
import { repNameOf, todayOf } from '../../coach/people';
import { playbookOf } from '../../coach/playbooks';
import { teamSettings } from '../../coach/settings/settings';
import type { Command } from '../../deal/model/commands';
import type { Deal, DealId } from '../../deal/model/deal';
import { currencyOf } from '../../deal/model/money';
import { ACTIONS, VIEWS } from '../ids';
import { mailKeyOf } from '../text';
import { removedNotice } from '../views/details';
import { mail } from '../views/mail';
import { NEXT_TIME, nextTime, readNextTime } from '../views/nextTime';
import { notice } from '../views/notice';
import {
  ASK_AGAIN,
  askAgain as askAgainForm,
  lost,
  readAskAgain,
  readLost,
  readWonBack,
  WON_BACK,
  wonBack,
} from '../views/outcome';
import { REMIND, readRemind, remind } from '../views/reminders';
import { theySayBack } from '../views/script';
import { dealForm, gone, isRefused, nothingOrWhy, ofRep, refusalView, repOnly } from './dealHandlers';
import type { Click, ClickHandler, On } from './handlers';
import { refreshHome } from './home';
import type { Request } from './request';
import { detailsOf } from './screen';
import { inPlace, modalOf, nothing, open, type Show, update } from './show';

const repReports = repOnly('The rep reports this', 'report this one.');

export function registerOutcome(on: On): void {
  on.click(ACTIONS.noAnswer, reports({ type: 'report_outcome', outcome: { kind: 'no_answer' } }));
  on.click(ACTIONS.reopen, reports({ type: 'reopen' }));
  on.click(ACTIONS.pledgeHeld, reports({ type: 'report_pledge', kept: 'held' }));
  on.click(ACTIONS.pledgePartly, reports({ type: 'report_pledge', kept: 'partly' }));
  on.click(ACTIONS.pledgeBroken, reports({ type: 'report_pledge', kept: 'broken' }));
  on.click(ACTIONS.pledgeUnknown, reports({ type: 'report_pledge', kept: 'unknown' }));
  on.click(ACTIONS.pledgeChange, reports({ type: 'report_pledge', kept: null }));
  on.click(
    ACTIONS.askAgain,
    opens((_, deal) => askAgainForm(deal)),
  );
  on.click(
    ACTIONS.theySayBack,
    opens(async ({ coach }, deal) => theySayBack(deal, await playbookOf(coach, deal)) ?? gone),
  );
  on.click(ACTIONS.theySigned, theySigned);
  on.click(ACTIONS.notLost, remove);
  on.click(
    ACTIONS.wonBack,
    opens(async (request, deal) => wonBack(deal, { currency: await currencyFor(request, deal) })),
  );
  on.click(
    ACTIONS.lost,
    opens((_, deal) => lost(deal)),
  );
  on.click(
    ACTIONS.remindMe,
    opens((_, deal) => remind(deal)),
  );
  on.click(
    ACTIONS.nextTime,
    opens((_, deal) => nextTime(deal)),
  );
  on.click(ACTIONS.mail, ofRep(openMail, repOnly('The rep writes this', 'open the mail.')));
  on.submit(VIEWS.askAgain, saveAskAgain);
  on.submit(VIEWS.wonBack, saveWonBack);
  on.submit(VIEWS.lost, saveLost);
  on.submit(VIEWS.nextTime, saveNextTime);
  on.submit(VIEWS.remind, saveReminder);
}

/** For a button that is the whole report. */
const reports = (command: Command): ClickHandler =>
  tapped(({ coach, who }, dealId) => act(coach, who, dealId, command));

function tapped(work: (request: Request, dealId: DealId) => Promise<Acted>): ClickHandler {
  return async (request, click) =>
    click.ref.deal === undefined
      ? open(gone)
      : refreshed(request, click, await work(request, click.ref.deal));
}

/** Shows the details anew on a screen; a message changes by itself. */
async function refreshed(request: Request, click: Click, acted: Acted): Promise<Show> {
  if (isRefused(acted) || acted.deal === null || modalOf(click.body) === undefined)
    return nothingOrWhy(acted);
  return update(await detailsOf(request, acted.deal));
}

/** The tap alone records it; in a message the form for the next call follows at once. */
async function theySigned(request: Request, click: Click): Promise<Show> {
  const { coach, who } = request;
  if (click.ref.deal === undefined) return open(gone);
  const acted = await act(coach, who, click.ref.deal, { type: 'report_signed' });
  const inMessage = click.body.view === undefined;
  return acted.ok && acted.changed && inMessage
    ? open(nextTime(acted.deal))
    : refreshed(request, click, acted);
}

/** *Not a lost deal*: shows the way back, as the message that the tap was in may lose its buttons. */
async function remove(request: Request, click: Click): Promise<Show> {
  const { coach, who, deps, log } = request;
  if (click.ref.deal === undefined) return open(gone);
  const acted = await act(coach, who, click.ref.deal, { type: 'withdraw' });
  if (isRefused(acted)) return inPlace(click, refusalView(acted));
  // A deal that is erased by then is not found when its people's Homes are updated.
  deps.backgroundTasks.run(log, 'App Home could not be refreshed', () => refreshHome(request, click.client));
  return acted.deal === null ? nothing : inPlace(click, removedNotice(acted.deal));
}

/** The mail that suits what the rep says now, whatever suited when the message was posted. */
async function openMail({ coach }: Request, deal: Deal): Promise<Show> {
  const key = mailKeyOf(deal);
  if (key === null)
    return open(notice('No mail to write', "This deal moved on, so there's no mail to write."));
  return open(mail(deal, await playbookOf(coach, deal), key, await repNameOf(coach, deal)));
}

/** For a button that opens a screen for the rep. */
const opens = (view: (request: Request, deal: Deal) => Promise<ModalView> | ModalView): ClickHandler =>
  ofRep(async (request, deal) => open(await view(request, deal)), repReports);

const currencyFor = async ({ coach, who }: Request, deal: Deal): Promise<string> =>
  currencyOf(deal.details.amount, await teamSettings(coach.store, who.tenant));

const saveWonBack = dealForm({
  read: async (values, deal, request) =>
    readWonBack(values, {
      currency: await currencyFor(request, deal),
      today: await todayOf(request.coach, request.who, deal.rep),
    }),
  save: ({ coach, who }, deal, outcome) => act(coach, who, deal.id, { type: 'report_outcome', outcome }),
  at: WON_BACK.amount,
});

const saveAskAgain = dealForm({
  read: (values) => readAskAgain(values),
  save: ({ coach, who }, deal, changed) => askAgain(coach, who, deal.id, changed),
  at: ASK_AGAIN.changed,
  typed: (changed) => changed,
});

const saveLost = dealForm({
  read: async (values, deal, { coach, who }) =>
    readLost(values, { deal, today: await todayOf(coach, who, deal.rep) }),
  save: ({ coach, who }, deal, value) => act(coach, who, deal.id, { type: 'report_outcome', ...value }),
  typed: ({ outcome }) => (outcome.kind === 'lost' ? outcome.reason : null),
});

const saveNextTime = dealForm({
  read: async (values, deal, { coach, who }) =>
    readNextTime(values, { deal, today: await todayOf(coach, who, deal.rep) }),
  async save({ coach, who }, deal, given) {
    return given === undefined
      ? notFound
      : act(coach, who, deal.id, { type: 'note_next_time', nextTime: given });
  },
  at: NEXT_TIME.mayCall,
});

const saveReminder = dealForm({
  read: (values, _deal, { coach }) => readRemind(values, { now: coach.clock.now() }),
  save: ({ coach, who }, deal, at) => act(coach, who, deal.id, { type: 'remind_me', at }),
  at: REMIND.at,
});
