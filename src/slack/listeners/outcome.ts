/** After the decision: *Won back*, *Lost*, *No answer yet*, *Remind me*, *They've signed*, asking again, reopening. */
import type { App } from '@slack/bolt';
import { type Acted, act, actorFor } from '../../coach/act';
import { askAgain } from '../../coach/ask';
import { seeDeal } from '../../coach/overview';
import { todayOf } from '../../coach/people';
import { playbookOf } from '../../coach/playbooks';
import { reasonsKnown, teamSettings } from '../../coach/settings/settings';
import { mayWork } from '../../deal/decide/permissions';
import type { Command } from '../../deal/model/commands';
import { currencyOf } from '../../deal/model/money';
import { ACTIONS, type ActionId, decodeRef, VIEWS } from '../ids';
import { details } from '../views/details';
import { NEXT_TIME, nextTime, readNextTime } from '../views/nextTime';
import { notice } from '../views/notice';
import { lost, readLost, readWonBack, WON_BACK, wonBack } from '../views/outcome';
import { REMIND, readRemind, remind } from '../views/reminders';
import { type Click, close, errors, onClick, onSubmit, open, type Show, update } from './handlers';
import type { SlackDeps } from './request';
import { quietShow, refusal, refused } from './screen';

const gone = notice('Not here any more', 'This deal is not here any more, or you may not see it.');
const notYours = notice(
  'The rep reports this',
  'Only the rep of this deal, or an admin, reports how it ended.',
);

export function registerOutcome(app: App, deps: SlackDeps): void {
  const { coach } = deps;

  /** In a message the message itself changes; on a screen the screen has to. */
  async function tapped(click: Click, acted: Acted): Promise<Show> {
    const done = acted.ok || acted.code === 'already_done';
    if (!done || click.body.view?.type !== 'modal' || acted.deal === null) return quietShow(acted);
    const { deal } = acted;
    return update(details(deal, await playbookOf(coach, deal), await reasonsKnown(coach, deal.tenant)));
  }

  /** A button that is the whole answer. */
  function oneTap(action: ActionId, command: Command): void {
    onClick(app, deps, action, async (d, click) => {
      const dealId = decodeRef(click.value)?.deal;
      return dealId === undefined ? open(gone) : tapped(click, await act(coach, d.who, dealId, command));
    });
  }
  oneTap(ACTIONS.noAnswer, { type: 'report_outcome', outcome: { kind: 'no_answer' } });
  oneTap(ACTIONS.reopen, { type: 'reopen' });

  // Done with the tap; what is known of the next time can follow at once, or later.
  onClick(app, deps, ACTIONS.theySigned, async (d, click) => {
    const dealId = decodeRef(click.value)?.deal;
    if (dealId === undefined) return open(gone);
    const acted = await act(coach, d.who, dealId, { type: 'report_signed' });
    const inMessage = click.body.view === undefined;
    return acted.ok && acted.changed && inMessage ? open(nextTime(acted.deal)) : tapped(click, acted);
  });

  onClick(app, deps, ACTIONS.askAgain, async (d, click) => {
    const dealId = decodeRef(click.value)?.deal;
    return dealId === undefined ? open(gone) : tapped(click, await askAgain(coach, d.who, dealId));
  });

  const opens = {
    [ACTIONS.wonBack]: wonBack,
    [ACTIONS.lost]: lost,
    [ACTIONS.remindMe]: remind,
    [ACTIONS.nextTime]: nextTime,
  } as const;
  for (const [action, view] of Object.entries(opens)) {
    onClick(app, deps, action, async (d, click) => {
      const dealId = decodeRef(click.value)?.deal;
      const deal = dealId === undefined ? null : await seeDeal(coach, d.who, dealId);
      if (deal === null) return open(gone);
      if (!mayWork(deal, await actorFor(coach, d.who))) return open(notYours);
      const settings = await teamSettings(coach.store, d.who.tenant);
      return open(view(deal, { currency: currencyOf(deal.details.amount, settings) }));
    });
  }

  onSubmit(app, deps, VIEWS.wonBack, async (d, { view }) => {
    const ref = decodeRef(view.private_metadata);
    const deal = ref?.deal === undefined ? null : await seeDeal(coach, d.who, ref.deal);
    if (deal === null) return update(gone);
    const currency = currencyOf(deal.details.amount, await teamSettings(coach.store, d.who.tenant));
    const read = readWonBack(view.state.values, { currency });
    if (!read.ok) return errors({ ...read.errors });
    const acted = await act(coach, d.who, deal.id, { type: 'report_outcome', outcome: read.value });
    return acted.ok || acted.code === 'already_done' ? close : refused(acted, WON_BACK.amount);
  });

  onSubmit(app, deps, VIEWS.lost, async (d, { view }) => {
    const dealId = decodeRef(view.private_metadata)?.deal;
    const deal = dealId === undefined ? null : await seeDeal(coach, d.who, dealId);
    if (deal === null) return update(gone);
    const read = readLost(view.state.values, { deal, today: await todayOf(coach, d.who, deal.rep) });
    if (!read.ok) return errors({ ...read.errors });
    const acted = await act(coach, d.who, deal.id, { type: 'report_outcome', ...read.value });
    return acted.ok || acted.code === 'already_done'
      ? close
      : update(refusal(acted, read.value.outcome.reason ?? undefined));
  });

  onSubmit(app, deps, VIEWS.nextTime, async (d, { view }) => {
    const dealId = decodeRef(view.private_metadata)?.deal;
    const deal = dealId === undefined ? null : await seeDeal(coach, d.who, dealId);
    if (deal === null) return update(gone);
    const read = readNextTime(view.state.values, { deal, today: await todayOf(coach, d.who, deal.rep) });
    if (!read.ok) return errors({ ...read.errors });
    if (read.value === undefined) return update(gone);
    const acted = await act(coach, d.who, deal.id, { type: 'note_next_time', nextTime: read.value });
    return acted.ok || acted.code === 'already_done' ? close : refused(acted, NEXT_TIME.mayCall);
  });

  onSubmit(app, deps, VIEWS.remind, async (d, { view }) => {
    const dealId = decodeRef(view.private_metadata)?.deal;
    const read = readRemind(view.state.values, { now: coach.clock.now() });
    if (!read.ok) return errors({ ...read.errors });
    if (dealId === undefined) return update(gone);
    const acted = await act(coach, d.who, dealId, { type: 'remind_me', at: read.value });
    return acted.ok || acted.code === 'already_done' ? close : refused(acted, REMIND.at);
  });
}
