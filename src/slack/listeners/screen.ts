/** The modal that fits a deal as it stands: the step the rep is on, or *Fill in while it's fresh*. */
import type { ModalView } from '@slack/types';
import type { Acted, Refused } from '../../coach/act';
import type { Coach } from '../../coach/context';
import { playbookOf } from '../../coach/playbooks';
import { kindOf } from '../../coach/refusals';
import { reasonsOffered, teamSettings } from '../../coach/settings/settings';
import type { Deal } from '../../deal/model/deal';
import type { AnswerValue } from '../../playbook/answer';
import { alreadyDecided, cut, refusalText } from '../text';
import { step } from '../views/call';
import { fillIn } from '../views/fillIn';
import { withError } from '../views/modal';
import { notice } from '../views/notice';
import { errors, open, type Show, update } from './handlers';

export async function screenOf(coach: Coach, deal: Deal, error?: string): Promise<ModalView> {
  const playbook = await playbookOf(coach, deal);
  if (deal.position !== null) {
    return step(
      deal,
      playbook,
      await reasonsOffered(coach, deal.tenant),
      error === undefined ? {} : { error },
    );
  }
  const { currency } = await teamSettings(coach.store, deal.tenant);
  const view = fillIn(deal, playbook, { currency });
  return error === undefined ? view : withError(view, error);
}

/**
 * For the rep's coaching screens: a screen that is out of date is replaced by the newest, never by an error.
 * @param typed what stood on the screen, said again when it came too late to be kept
 */
export async function coachingShow(coach: Coach, acted: Acted, typed: AnswerValue | null): Promise<Show> {
  if (acted.ok) return update(await screenOf(coach, acted.deal));
  const moved = acted.code === 'stale' || acted.code === 'already_done';
  if (moved && acted.deal !== null) {
    return update(
      await screenOf(coach, acted.deal, acted.code === 'stale' ? movedOn(wordsIn(typed)) : undefined),
    );
  }
  return update(refusal(acted, wordsIn(typed)));
}

function movedOn(typed: string): string {
  const here = 'This deal moved on. Here is where it stands.';
  return typed === '' ? here : `${here} What you typed was not kept: “${cut(typed, 350)}”`;
}

function wordsIn(typed: AnswerValue | null): string {
  return (typed?.kind === 'text' || typed?.kind === 'reasons' ? typed.text : '').trim();
}

/** Where nobody waits for a next screen: nothing on success, the reason in a small modal otherwise. */
export function quietShow(acted: Acted): Show {
  return acted.ok || acted.code === 'already_done' ? { do: 'nothing' } : open(refusal(acted));
}

/** Why something could not be done, with what the person typed so that it is not lost. */
export function refusal(acted: Refused, typed?: string): ModalView {
  if (acted.code === 'already_decided') return notice('Already decided', alreadyDecided(acted.by), typed);
  const title = kindOf(acted) === 'not_allowed' ? 'Not yours to decide' : 'The deal moved on';
  return notice(title, refusalText(acted), typed);
}

/** A submission that could not be recorded: what can be put right is said at the input it is about. */
export function refused(acted: Refused, block: string, typed?: string): Show {
  const error = inputError(acted);
  return error === null ? update(refusal(acted, typed)) : errors({ [block]: error });
}

/** What the person can put right in their input; null: nothing. */
export function inputError(acted: Refused): string | null {
  return acted.code !== 'already_decided' && kindOf(acted) === 'invalid' ? refusalText(acted) : null;
}
