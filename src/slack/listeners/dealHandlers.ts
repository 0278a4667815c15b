/**
 * The common beginning and end of most handlers of a deal: the deal that a button or screen names, and the result of a
 * use case.
 */
import type { ModalView } from '@slack/types';
import type { Acted, Refused } from '../../coach/act';
import { seeDeal, whomOf, workDeal } from '../../coach/overview';
import { kindOf } from '../../coach/refusals';
import type { Deal, DealId } from '../../deal/model/deal';
import type { Ref } from '../ids';
import { alreadyDecided, isPlainRefusal, nudgeWaits, refusalText } from '../text';
import { whoDecides } from '../views/cannotDecide';
import { notice } from '../views/notice';
import { allTyped, type Read, type ViewValues } from '../views/values';
import type { Click, ClickHandler, Submission, SubmissionHandler } from './handlers';
import type { Request } from './request';
import { close, errors, inPlace, nothing, open, type Show, update } from './show';

/** @param typed what the person typed, so that it is not lost */
export const goneWith = (typed?: string): ModalView =>
  notice("It's gone", "This deal is gone, or it isn't one of yours.", typed);

export const gone = goneWith();

/** The deal that a button or screen names; null when there is none, or this person may not see it. */
export async function dealOf({ coach, who }: Request, ref: Ref): Promise<Deal | null> {
  return ref.deal === undefined ? null : seeDeal(coach, who, ref.deal);
}

type DealClickHandler = (request: Request, deal: Deal, click: Click) => Promise<Show> | Show;

/**
 * For a button of a deal that this person may see.
 * @param otherwise the screen for everybody else
 */
export const ofDeal =
  (
    handle: DealClickHandler,
    otherwise: (request: Request, ref: Ref) => Promise<ModalView> | ModalView = () => gone,
  ): ClickHandler =>
  async (request, click) => {
    const deal = await dealOf(request, click.ref);
    return deal === null ? inPlace(click, await otherwise(request, click.ref)) : handle(request, deal, click);
  };

/**
 * For a button of the deal's rep, or an admin.
 * @param otherwise the screen for everybody else who may see the deal
 */
export const ofRep = (handle: DealClickHandler, otherwise: (deal: Deal) => ModalView): ClickHandler =>
  ofDeal(async (request, deal, click) => {
    const worked = await workDeal(request.coach, request.who, deal.id);
    return worked.ok ? handle(request, worked.deal, click) : inPlace(click, otherwise(deal));
  });

/** "Only @robin or an admin can report this one." */
export const repOnly =
  (title: string, can: string): ((deal: Deal) => ModalView) =>
  ({ rep }) =>
    notice(title, ['Only ', { user: rep }, ` or an admin can ${can}`]);

/**
 * For a button that is the whole command. In a message the message itself changes, so this shows nothing but a refusal.
 */
export const tap =
  (work: (request: Request, dealId: DealId, click: Click) => Promise<Acted>): ClickHandler =>
  async (request, click) =>
    click.ref.deal === undefined ? open(gone) : nothingOrWhy(await work(request, click.ref.deal, click));

interface DealForm<Value> {
  /** Reads the inputs. */
  readonly read: (values: ViewValues, deal: Deal, request: Request) => Read<Value> | Promise<Read<Value>>;
  readonly save: (request: Request, deal: Deal, value: Value, ref: Ref) => Promise<Acted>;
  /** Block id of the input where the person can fix a refusal; absent: a refusal replaces the screen. */
  readonly at?: string | ((refused: Refused, values: ViewValues) => string | undefined);
  /** The person's text, which we show again when it was not saved. */
  readonly typed?: (value: Value, values: ViewValues) => string | null;
  /** The next screen after the save; absent: all modals close. */
  readonly saved?: (request: Request, value: Value, submission: Submission) => Promise<Show> | Show;
}

/** For a screen of a deal: reads and saves its inputs. */
export const dealForm =
  <Value>({ read, save, at, typed, saved }: DealForm<Value>): SubmissionHandler =>
  async (request, submission) => {
    const { ref, view } = submission;
    const deal = await dealOf(request, ref);
    if (deal === null) return update(goneWith(allTyped(view.state.values)));
    const given = await read(view.state.values, deal, request);
    if (!given.ok) return errors(given.errors);
    const acted = await save(request, deal, given.value, ref);
    if (isRefused(acted)) {
      const { values } = view.state;
      const block = typeof at === 'function' ? at(acted, values) : at;
      return whyNot(acted, block, typed?.(given.value, values) ?? undefined);
    }
    return saved === undefined ? close : saved(request, given.value, submission);
  };

/** True unless this request or an earlier one did it. */
export const isRefused = (acted: Acted): acted is Refused => !acted.ok && acted.code !== 'already_done';

/** After a click: nothing, or the refusal in a small modal. */
export const nothingOrWhy = (acted: Acted): Show => (isRefused(acted) ? open(refusalView(acted)) : nothing);

/**
 * After a refused submission: the error stands at the input where the person can fix it.
 * @param typed the person's text, which we show again when another screen replaces this one
 */
export function whyNot(refused: Refused, at?: string, typed?: string): Show {
  const error = at === undefined ? null : inputError(refused);
  return error === null || at === undefined ? update(refusalView(refused, typed)) : errors({ [at]: error });
}

/** The refusal, if the person can fix it at an input; else null. */
export function inputError(refused: Refused): string | null {
  return isPlainRefusal(refused) && kindOf(refused) === 'invalid' ? refusalText(refused) : null;
}

/** A screen with the reason for a refusal, and with the person's text so that nothing is lost. */
export function refusalView(refused: Refused, typed?: string): ModalView {
  if (refused.code === 'already_decided') return notice('Already decided', alreadyDecided(refused.by), typed);
  if (refused.code === 'nudge_waits') return notice('Not yet', nudgeWaits(refused), typed);
  const { code, deal } = refused;
  if (code === 'decider_only' && deal !== null)
    return notice('Not yours to decide', whoDecides(whomOf(deal)), typed);
  if (code === 'rep_only' && deal !== null)
    return notice('The rep does this', ['Only ', { user: deal.rep }, ' or an admin can do this.'], typed);
  const title = kindOf(refused) === 'not_allowed' ? 'Not yours to do' : 'The deal moved on';
  return notice(title, refusalText(refused), typed);
}
