/** The screen for a deal's current state: the rep's step, or *Fill in while it's fresh*; and its details. */
import type { ModalView } from '@slack/types';
import { type Acted, actorFor, type Refused } from '../../coach/act';
import { withSuggestedTimes } from '../../coach/call';
import type { Coach } from '../../coach/context';
import { offersFor } from '../../coach/gives';
import { namesOf, teamManagerOf } from '../../coach/people';
import { playbookOf } from '../../coach/playbooks';
import { adviceFor } from '../../coach/practice';
import { reasonsKnown, reasonsOffered, teamSettings } from '../../coach/settings/settings';
import { askedNow } from '../../deal/asking/stations';
import type { Deal } from '../../deal/model/deal';
import { offerKinds } from '../../deal/model/facts';
import type { AnswerValue } from '../../playbook/answer';
import type { Reason } from '../../playbook/schema';
import { stepOf } from '../../playbook/walk';
import { cut } from '../text';
import { type StepOptions, step } from '../views/call';
import type { FillInOptions } from '../views/detailFields';
import { details } from '../views/details';
import { fillIn } from '../views/fillIn';
import { withError } from '../views/modal';
import { inputError, refusalView } from './dealHandlers';
import { asLeft } from './drafts';
import type { Request } from './request';
import { type Show, update } from './show';

export interface ScreenOptions extends StepOptions {
  /** All fields of *While it's fresh*, those behind *More* too. */
  readonly more?: boolean;
}

/** Whoever looks at the screen. */
type Acting = Pick<Request, 'coach' | 'who'>;

export async function screenOf(
  { coach, who }: Acting,
  deal: Deal,
  options: ScreenOptions = {},
): Promise<ModalView> {
  const playbook = await playbookOf(coach, deal);
  if (deal.position !== null) {
    const shown = await withSuggestedTimes(coach, deal, stepOf(playbook, deal.position.stepId));
    const offers = (await offersFor(coach, deal)).length > 0;
    return step(shown, playbook, await reasonsOffered(coach, deal.tenant), { ...options, offers });
  }
  const { error, more = false } = options;
  const advice = await adviceFor(coach, who, deal);
  const view = fillIn(deal, playbook, { ...(await fillInOptions(coach, deal)), more, advice });
  return error === undefined ? view : withError(view, error);
}

/** The same with this person's draft, and with all fields when the draft has words of one behind *More*. */
export async function screenAsLeft(request: Request, deal: Deal, { more = false } = {}): Promise<ModalView> {
  const whole = () => screenOf(request, deal, { more: true });
  return asLeft(request, deal, more ? await whole() : await screenOf(request, deal), whole);
}

export async function fillInOptions(coach: Coach, deal: Deal): Promise<FillInOptions> {
  const { currency } = await teamSettings(coach.store, deal.tenant);
  return {
    currency,
    reasons: await reasonsFor(coach, deal),
    teamManager: await teamManagerOf(coach, { tenant: deal.tenant, userId: deal.rep }),
  };
}

/** Those that people may pick for this deal, with those that it has and those `named`. */
export async function reasonsFor(
  coach: Coach,
  deal: Deal,
  named: readonly string[] = [],
): Promise<readonly Reason[]> {
  const offered = await reasonsOffered(coach, deal.tenant);
  const picked = [...offerKinds(deal), ...named].filter((id) => offered.every((reason) => reason.id !== id));
  // A reason that was picked and is no longer offered stays.
  const kept = picked.length === 0 ? [] : await reasonsKnown(coach, deal.tenant);
  return [...offered, ...kept.filter(({ id }) => picked.includes(id))];
}

/** With the buttons for those who may. */
export async function detailsOf({ coach, who }: Request, deal: Deal): Promise<ModalView> {
  const viewer = await actorFor(coach, who);
  const names = await namesOf(coach, deal.tenant, [askedNow(deal), deal.rep]);
  const reasons = await reasonsKnown(coach, deal.tenant);
  return details(deal, await playbookOf(coach, deal), reasons, { viewer, names });
}

/**
 * Shows the screen after a step of the call. The newest screen replaces an outdated one; the rep sees no error.
 * @param typed the inputs of the screen, which we show again when they came too late to be kept
 */
export async function coachingShow(request: Acting, acted: Acted, typed: AnswerValue | null): Promise<Show> {
  if (acted.ok) return update(await screenOf(request, acted.deal));
  const moved = acted.code === 'stale' || acted.code === 'already_done';
  if (moved && acted.deal !== null) {
    const error = acted.code === 'stale' ? movedOn(wordsIn(typed)) : undefined;
    return update(await screenOf(request, acted.deal, error === undefined ? {} : { error }));
  }
  // The hour on a button may have passed since. The screen has later ones now.
  const error = acted.deal?.position == null ? null : inputError(acted);
  if (error !== null && acted.deal !== null && TIMES.includes(acted.code)) {
    return update(await screenOf(request, acted.deal, { error }));
  }
  return update(refusalView(acted, wordsIn(typed)));
}

/** Refusals of an hour or a day. */
const TIMES: readonly Refused['code'][] = ['time_passed', 'day_passed', 'after_signing', 'on_holiday'];

function movedOn(typed: string): string {
  const here = "This deal moved on. Here's where it is now.";
  return typed === '' ? here : `${here} We didn't keep what you typed: “${cut(typed, 350)}”`;
}

function wordsIn(typed: AnswerValue | null): string {
  return (typed?.kind === 'text' || typed?.kind === 'reasons' ? typed.text : '').trim();
}
