/** *Back* on the screen that says how the call ended: the last answer was tapped by mistake. */
import type { App } from '@slack/bolt';
import { act } from '../../coach/act';
import { nameManager } from '../../coach/ask';
import { fillIn, type Notes } from '../../coach/call';
import { partOf } from '../../coach/context';
import { seeDeal } from '../../coach/overview';
import { todayOf } from '../../coach/people';
import { teamSettings } from '../../coach/settings/settings';
import { ACTIONS, decodeRef } from '../ids';
import { readFillIn } from '../views/fillIn';
import { notice } from '../views/notice';
import { onClick, update } from './handlers';
import type { SlackDeps } from './request';
import { coachingShow, screenOf } from './screen';

const gone = notice('Not here any more', 'This deal is not here any more, or you may not see it.');

export function registerBackToCall(app: App, deps: SlackDeps): void {
  const { coach } = deps;

  onClick(app, deps, ACTIONS.backToCall, async (d, { value, body }) => {
    const ref = decodeRef(value);
    const deal = ref?.deal === undefined ? null : await seeDeal(coach, d.who, ref.deal);
    if (deal === null || ref?.visit === undefined) return update(gone);
    const { currency } = await teamSettings(coach.store, d.who.tenant);
    const today = await todayOf(coach, d.who, deal.rep);
    const read = readFillIn(body.view?.state.values ?? {}, { currency, deal, today });
    // A button cannot put its words at an input; above them, with everything as it was typed, they are seen too.
    if (!read.ok) return update(await screenOf(coach, deal, Object.values(read.errors)[0]));
    const { manager, ...notes } = read.value;
    if (hasWords(notes)) await fillIn(coach, partOf(d.who, 'notes'), deal, { ...notes, manager: null });
    const acted = await act(coach, d.who, deal.id, { type: 'go_back', visit: ref.visit, draft: null });
    // Only now, when there is no ask that would go to them.
    if (acted.ok && manager !== null && manager !== deal.manager)
      await nameManager(coach, partOf(d.who, 'manager'), deal.id, manager);
    return coachingShow(coach, acted, null);
  });
}

/** Whether there is anything to keep; a screen left as it came up is no notes. */
function hasWords({ details, written, nextTime }: Omit<Notes, 'manager'>): boolean {
  return (
    written.length > 0 || [details, nextTime ?? {}].some((it) => Object.values(it).some((value) => value))
  );
}
