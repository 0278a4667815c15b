/** *I'm out* and *My quiet hours*: what people set for themselves. */
import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { comeBack, goOut, passWaiting, quietHoursOf, setQuietHours, standInOf } from '../../coach/away';
import { todayOf } from '../../coach/people';
import { ACTIONS, VIEWS } from '../ids';
import { refusalText } from '../text';
import { out, passAsks, QUIET, quietHours, readOut, readQuietHours } from '../views/away';
import { notice } from '../views/notice';
import { STAND_IN } from '../views/settings/standIns';
import { close, errors, onClick, onSubmit, open, update } from './handlers';
import type { Request, SlackDeps } from './request';

export async function outScreen({ coach }: SlackDeps, { who }: Request): Promise<ModalView> {
  const [current, today] = await Promise.all([standInOf(coach, who), todayOf(coach, who, who.userId)]);
  return out({ viewer: who.userId, current, today });
}

export async function quietScreen({ coach }: SlackDeps, { who }: Request): Promise<ModalView> {
  return quietHours(await quietHoursOf(coach, who));
}

export function registerAway(app: App, deps: SlackDeps): void {
  const { coach } = deps;

  onClick(app, deps, ACTIONS.out, async (d) => open(await outScreen(deps, d)));

  onSubmit(app, deps, VIEWS.out, async (d, { view }) => {
    const viewer = d.who.userId;
    const read = readOut(view.state.values, { viewer, today: await todayOf(coach, d.who, viewer) });
    if (!read.ok) return errors({ ...read.errors });
    const { manager, ...standIn } = read.value;
    const went = await goOut(coach, d.who, standIn);
    if (!went.ok) return errors({ [STAND_IN.standIn]: refusalText(went) });
    return went.waiting.length === 0 ? close : update(passAsks(went.waiting, standIn.standIn));
  });

  onSubmit(app, deps, VIEWS.passAsks, async (d) => {
    await passWaiting(coach, d.who);
    return close;
  });

  onClick(app, deps, ACTIONS.backAgain, async (d) => {
    await comeBack(coach, d.who);
    return update(notice('Welcome back', 'Asks come to you again from now on.'));
  });

  onClick(app, deps, ACTIONS.quietHours, async (d) => open(await quietScreen(deps, d)));

  onSubmit(app, deps, VIEWS.quietHours, async (d, { view }) => {
    const read = readQuietHours(view.state.values);
    if (!read.ok) return errors({ ...read.errors });
    const set = await setQuietHours(coach, d.who, read.value);
    return set ? close : errors({ [QUIET.from]: 'Only people of this workspace can do this.' });
  });
}
