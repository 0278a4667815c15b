/** The modal that fits a deal as it stands: the step the rep is on, or *Fill in while it's fresh*. */
import type { ModalView } from '@slack/types';
import type { Acted } from '../../coach/act';
import type { Coach } from '../../coach/context';
import { playbookOf } from '../../coach/playbooks';
import { teamSettings } from '../../coach/settings';
import type { Deal } from '../../deal/deal';
import { fillIn } from '../views/fillIn';
import { notice } from '../views/notice';
import { step } from '../views/step';
import { open, type Show, update } from './surfaces';

export async function screenOf(coach: Coach, deal: Deal, error?: string): Promise<ModalView> {
  const playbook = await playbookOf(coach, deal);
  if (deal.position !== null) {
    return step(deal, playbook, coach.playbooks.reasons, error === undefined ? {} : { error });
  }
  const { currency } = await teamSettings(coach.store, deal.tenant);
  return fillIn(deal, playbook, coach.playbooks.reasons, { currency });
}

/** For the rep's coaching screens: a screen that is out of date is replaced by the newest, never by an error. */
export async function coachingShow(coach: Coach, acted: Acted): Promise<Show> {
  if (acted.ok) return update(await screenOf(coach, acted.deal));
  const moved = acted.code === 'stale' || acted.code === 'already_done';
  if (moved && acted.deal !== null) {
    return update(
      await screenOf(
        coach,
        acted.deal,
        acted.code === 'stale' ? 'This deal moved on. Here is where it stands.' : undefined,
      ),
    );
  }
  return update(refusal(acted));
}

/** Where nobody waits for a next screen: nothing on success, the reason in a small modal otherwise. */
export function quietShow(acted: Acted): Show {
  return acted.ok || acted.code === 'already_done' ? { do: 'nothing' } : open(refusal(acted));
}

/** Why something could not be done, with what the person typed so that it is not lost. */
export function refusal(acted: Extract<Acted, { ok: false }>, typed?: string): ModalView {
  const title =
    acted.code === 'not_allowed' || acted.code === 'stranger' ? 'Not yours to decide' : 'The deal moved on';
  return notice(title, acted.detail, typed);
}
