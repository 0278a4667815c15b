/** Keeps what a person types on the screens of a call, and shows it when they come back. */
import type { ModalView } from '@slack/types';
import { formOfNew, NO_DEAL_YET } from '../../coach/drafts';
import type { Deal } from '../../deal/model/deal';
import { type Ref, VIEWS } from '../ids';
import { draftOf, withDraft } from '../views/draft';
import type { ViewValues } from '../views/values';
import type { Click } from './handlers';
import type { Request } from './request';
import { DraftNotKeptError } from './show';

/** The screens that keep their inputs as drafts. */
const FORMS: readonly string[] = [VIEWS.step, VIEWS.fillIn, VIEWS.after];

/** Where the draft of a form is kept. */
export interface DraftPlace {
  readonly dealId: string;
  readonly form: string;
}

/** A deal that begins when its form is saved has no row yet: its draft is found by the company. */
export const draftPlace = (
  form: string,
  { deal = '', account }: Pick<Ref, 'deal' | 'account'>,
): DraftPlace =>
  account === undefined ? { dealId: deal, form } : { dealId: NO_DEAL_YET, form: formOfNew(form, account) };

/** Stores the inputs of a screen at each keystroke and choice. */
export async function keepDraft({ deps, who }: Request, { body, screen }: Click): Promise<void> {
  const { view, actions } = body;
  const typed = draftOf(view?.state.values);
  if (view === undefined || screen.deal === undefined || typed === null) return;
  if (!FORMS.includes(view.callback_id)) return;
  const actionTs = Math.max(...actions.map(({ action_ts }) => microseconds(action_ts)));
  const key = keyOf(who, draftPlace(view.callback_id, screen));
  const keepsHidden = view.callback_id !== VIEWS.step;
  try {
    await deps.drafts.keep({ ...key, viewId: view.id, actionTs, values: typed, keepsHidden });
  } catch (cause) {
    throw new DraftNotKeptError('what a person typed could not be kept', { cause });
  }
}

/**
 * The screen with this person's draft.
 * @param whole the screen with all its fields, for a draft that has words of a field not on `view`
 */
export async function asLeft(
  request: Request,
  deal: Pick<Deal, 'id'>,
  view: ModalView,
  whole?: () => Promise<ModalView>,
): Promise<ModalView> {
  const form = view.callback_id ?? '';
  if (!FORMS.includes(form)) return view;
  const draft = await leftDraft(request, { dealId: deal.id, form });
  if (draft === null) return view;
  const all = await whole?.();
  return withDraft(all !== undefined && showsAll(view, all, draft) ? all : view, draft);
}

/** Whether a draft has words of a field that only `whole` has. */
export function showsAll(view: ModalView, whole: ModalView, draft: ViewValues): boolean {
  const shown = view.blocks.map(({ block_id }) => block_id);
  return whole.blocks.some(
    ({ block_id = '' }) =>
      !shown.includes(block_id) &&
      Object.values(draft[block_id] ?? {}).some(({ value }) => (value ?? '') !== ''),
  );
}

/** This person's draft; null: none. An unreadable draft must not keep a person from the screen. */
export async function leftDraft(request: Request, place: DraftPlace): Promise<ViewValues | null> {
  try {
    const kept = await request.deps.drafts.values(keyOf(request.who, place));
    return kept === null ? null : draftOf(kept);
  } catch (error) {
    request.log.warn({ err: error }, 'a draft could not be read');
    return null;
  }
}

/** Deletes the draft of a screen that the person saved. */
export async function settleDraft(
  { deps, who }: Request,
  place: DraftPlace,
  { id }: { readonly id: string },
): Promise<void> {
  await deps.drafts.settle({ ...keyOf(who, place), viewId: id });
}

const keyOf = ({ tenant, userId }: Request['who'], place: DraftPlace) => ({ tenant, userId, ...place });

/** Slack's `1700000000.123456`, in µs. A number holds the digits exactly until the year 2255. */
const microseconds = (ts: string): number => Number(ts.replace('.', ''));
