/** Keeps what a person types on the screens of a call, and shows it when they come back. */
import type { ModalView } from '@slack/types';
import type { Deal } from '../../deal/model/deal';
import { VIEWS } from '../ids';
import { draftOf, withDraft } from '../views/draft';
import type { ViewValues } from '../views/values';
import type { Click } from './handlers';
import type { Request } from './request';
import { DraftNotKeptError } from './show';

/** The screens that keep their inputs as drafts. */
const FORMS: readonly string[] = [VIEWS.step, VIEWS.fillIn, VIEWS.after];

/** Stores the inputs of a screen at each keystroke and choice. */
export async function keepDraft({ deps, who }: Request, { body, screen }: Click): Promise<void> {
  const { view, actions } = body;
  const typed = draftOf(view?.state.values);
  if (view === undefined || screen.deal === undefined || typed === null) return;
  if (!FORMS.includes(view.callback_id)) return;
  const actionTs = Math.max(...actions.map(({ action_ts }) => microseconds(action_ts)));
  const key = keyOf(who, screen.deal, view.callback_id);
  try {
    await deps.drafts.keep({ ...key, viewId: view.id, actionTs, values: typed });
  } catch (cause) {
    throw new DraftNotKeptError('what a person typed could not be kept', { cause });
  }
}

/**
 * The screen with this person's draft.
 * @param whole the screen with all its fields, for a draft that has words of a field not on `view`
 */
export async function asLeft(
  { deps, who, log }: Request,
  deal: Pick<Deal, 'id'>,
  view: ModalView,
  whole?: () => Promise<ModalView>,
): Promise<ModalView> {
  const form = view.callback_id ?? '';
  if (!FORMS.includes(form)) return view;
  const draft = await draftIn(deps.drafts, keyOf(who, deal.id, form), log);
  if (draft === null) return view;
  return withDraft(whole !== undefined && hidesWords(view, draft) ? await whole() : view, draft);
}

function hidesWords({ blocks }: ModalView, draft: ViewValues): boolean {
  const shown = blocks.map(({ block_id }) => block_id);
  return Object.entries(draft).some(
    ([block, inputs]) =>
      !shown.includes(block) && Object.values(inputs).some(({ value }) => (value ?? '') !== ''),
  );
}

/** An unreadable draft must not keep a person from the screen. */
async function draftIn(
  drafts: Request['deps']['drafts'],
  key: ReturnType<typeof keyOf>,
  log: Request['log'],
): Promise<ViewValues | null> {
  try {
    return draftOf((await drafts.values(key)) ?? {});
  } catch (error) {
    log.warn({ err: error }, 'a draft could not be read');
    return null;
  }
}

/** Deletes the draft of a screen that the person saved. */
export async function settleDraft(
  { deps, who }: Request,
  dealId: string,
  { id, callback_id }: { readonly id: string; readonly callback_id: string },
): Promise<void> {
  await deps.drafts.settle({ ...keyOf(who, dealId, callback_id), viewId: id });
}

const keyOf = ({ tenant, userId }: Request['who'], dealId: string, form: string) => ({
  tenant,
  userId,
  dealId,
  form,
});

/** Slack's `1700000000.123456`, in µs. A number holds the digits exactly until the year 2255. */
const microseconds = (ts: string): number => Number(ts.replace('.', ''));
