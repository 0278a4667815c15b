/** `/lostdeal after`: the form for a finished call. A deal that has not begun begins when the form is saved. */
import type { ModalView } from '@slack/types';
import type { Refused } from '../../coach/act';
import { dealToBegin, type NewDeal, recordAfter } from '../../coach/call';
import { dayIn } from '../../coach/people';
import { playbookOf } from '../../coach/playbooks';
import { kindOf } from '../../coach/refusals';
import { teamSettings } from '../../coach/settings/settings';
import type { Deal } from '../../deal/model/deal';
import type { Playbook } from '../../playbook/schema';
import { type Ref, VIEWS } from '../ids';
import { isPlainRefusal, refusalText } from '../text';
import { AFTER, after, blockOf, endingIn, readAfter } from '../views/after';
import { FILL_IN } from '../views/detailFields';
import { withDraft } from '../views/draft';
import { allTyped, type ViewValues } from '../views/values';
import { dealOf, goneWith, isRefused, refusalView } from './dealHandlers';
import { draftPlace, leftDraft, settleDraft, showsAll } from './drafts';
import type { Click, Submission } from './handlers';
import type { Request } from './request';
import { fillInOptions } from './screen';
import { close, errors, nothing, type Show, update } from './show';

/** A finished call of a deal; `begins`: of one that begins when the form is saved, as its first screen read it. */
interface FinishedCall {
  readonly deal: Deal;
  readonly begins: NewDeal | null;
}

/** The form of a call whose deal has not begun. */
export const newCall = async ({ coach, who }: Request, begins: NewDeal): Promise<FinishedCall> => ({
  deal: await dealToBegin(coach, who, begins),
  begins,
});

/** The call that a form is about; null: its deal is gone, or this person may not see it. */
async function callOf(request: Request, ref: Ref): Promise<FinishedCall | null> {
  const deal = await dealOf(request, ref);
  if (deal !== null) return { deal, begins: null };
  const { deal: id, account, business, playbook = null, version } = ref;
  return id === undefined || account === undefined || business === undefined
    ? null
    : newCall(request, { id, account, business, playbookId: playbook, version });
}

/**
 * The form with this person's draft.
 * @param chosen the ending and whether the rep opened *More*; by default as the draft has them
 */
export async function afterScreen(
  request: Request,
  { deal, begins }: FinishedCall,
  chosen: Pick<Ref, 'mode'> & { readonly values?: ViewValues } = {},
): Promise<ModalView> {
  const { coach } = request;
  const place = draftPlace(VIEWS.after, { deal: deal.id, account: begins?.account });
  const draft = { ...(await leftDraft(request, place)), ...chosen.values };
  const playbook = await playbookOf(coach, deal);
  const options = {
    ...(await fillInOptions(coach, deal)),
    ending: endingIn(draft),
    begins:
      begins === null
        ? null
        : {
            account: begins.account,
            business: begins.business,
            playbook: begins.playbookId ?? undefined,
            version: deal.playbook.hash,
          },
  };
  const whole = after(deal, playbook, { ...options, more: true });
  const first = after(deal, playbook, options);
  const isWhole = chosen.mode === 'more' || showsAll(first, whole, draft);
  return withDraft(isWhole ? whole : first, draft);
}

/** The rep said how it ended, or tapped *More*: the same form with the fields of that. Typed words stay. */
export async function afterAgain(request: Request, { body, screen }: Click, more?: 'more'): Promise<Show> {
  const call = await callOf(request, screen);
  if (call === null) return nothing;
  const values = body.view?.state.values ?? {};
  return update(await afterScreen(request, call, { values, mode: more ?? screen.mode }));
}

/** True for a click that says how a finished call ended. */
export const saysEnding = ({ body }: Click): boolean =>
  body.view?.callback_id === VIEWS.after && body.actions.some(({ block_id }) => block_id === AFTER.verdict);

export async function saveAfter(request: Request, { view, ref }: Submission): Promise<Show> {
  const { coach, deps, who } = request;
  const { values } = view.state;
  const call = await callOf(request, ref);
  if (call === null) return update(goneWith(allTyped(values)));
  const { deal, begins } = call;
  const playbook = await playbookOf(coach, deal);
  const { currency } = await teamSettings(coach.store, who.tenant);
  const dayOf = await dayIn(coach, who, deal.rep);
  const read = readAfter(values, playbook, { currency, dayOf, now: coach.clock.now() });
  if (!read.ok) return errors(read.errors);
  const acted = await recordAfter(coach, who, begins ?? deal.id, read.value);
  if (isRefused(acted)) return refusedAfter(acted, values, playbook);
  await settleDraft(request, draftPlace(view.callback_id, ref), view);
  const { manager } = read.value;
  if (manager !== null) await deps.ensurePeople(who.tenant, [manager]);
  return close;
}

/** A refusal stands at the field that puts it right; the form goes only when nothing can. */
function refusedAfter(refused: Refused, values: ViewValues, playbook: Playbook): Show {
  const signed = blockOf(playbook, 'signed', 'choice');
  const at = refused.code === 'has_signed' ? signed : NAMING.includes(refused.code) ? FILL_IN.manager : null;
  if (!isPlainRefusal(refused)) return update(refusalView(refused, allTyped(values)));
  const block = at !== null && at in values ? at : AFTER.verdict;
  return at !== null || kindOf(refused) === 'invalid'
    ? errors({ [block]: refusalText(refused) })
    : update(refusalView(refused, allTyped(values)));
}

const NAMING: readonly Refused['code'][] = [
  'own_manager',
  'team_manager',
  'person_is_app',
  'person_left',
  'person_is_stranger',
  'person_is_guest',
  'person_unknown',
];
