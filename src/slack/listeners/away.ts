/** *I'm out* and *My quiet hours*: people's own settings. */
import type { ModalView } from '@slack/types';
import { comeBack, goOut, passWaiting, quietHoursOf, setQuietHours, standInOf } from '../../coach/away';
import { todayOf } from '../../coach/people';
import { ACTIONS, VIEWS } from '../ids';
import { refusalText } from '../text';
import { out, passAsks, QUIET, quietHours, readOut, readQuietHours } from '../views/away';
import { notice } from '../views/notice';
import { STAND_IN } from '../views/settings/standIns';
import type { Click, On, Submission } from './handlers';
import { refreshHome } from './home';
import type { Request } from './request';
import { close, errors, open, type Show, update } from './show';

export function registerAway(on: On): void {
  on.click(ACTIONS.out, async (request) => open(await outScreen(request)));
  on.submit(VIEWS.out, saveOut);
  on.submit(VIEWS.passAsks, passAsksOn);
  on.click(ACTIONS.backAgain, backAgain);
  on.click(ACTIONS.quietHours, async (request) => open(await quietScreen(request)));
  on.submit(VIEWS.quietHours, saveQuietHours);
}

export async function outScreen({ coach, who }: Request): Promise<ModalView> {
  const [current, today] = await Promise.all([standInOf(coach, who), todayOf(coach, who, who.userId)]);
  return out({ viewer: who.userId, current, today });
}

export async function quietScreen({ coach, who }: Request): Promise<ModalView> {
  return quietHours(await quietHoursOf(coach, who));
}

async function saveOut({ coach, who }: Request, { view }: Submission): Promise<Show> {
  const viewer = who.userId;
  const read = readOut(view.state.values, { viewer, today: await todayOf(coach, who, viewer) });
  if (!read.ok) return errors(read.errors);
  const { manager: _, ...standIn } = read.value;
  const went = await goOut(coach, who, standIn);
  if (!went.ok) return errors({ [STAND_IN.standIn]: refusalText(went) });
  return went.waiting.length === 0 ? close : update(passAsks(went.waiting, standIn.standIn));
}

async function passAsksOn({ coach, who }: Request): Promise<Show> {
  await passWaiting(coach, who);
  return close;
}

/** The button also stands on App Home, which then has no absence. */
async function backAgain(request: Request, { client }: Click): Promise<Show> {
  const { coach, deps, log, who } = request;
  await comeBack(coach, who);
  deps.backgroundTasks.run(log, 'App Home could not be refreshed', () => refreshHome(request, client));
  return update(notice('Welcome back', 'Asks come to you again from now on.'));
}

async function saveQuietHours({ coach, who }: Request, { view }: Submission): Promise<Show> {
  const read = readQuietHours(view.state.values);
  if (!read.ok) return errors(read.errors);
  const set = await setQuietHours(coach, who, read.value);
  return set ? close : errors({ [QUIET.from]: 'Only people of this workspace can do this.' });
}
