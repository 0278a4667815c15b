/** The result that a person sees after acting, and the calls that make Slack show it. */
import type { BlockAction, SlackViewMiddlewareArgs, ViewOutput, ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { WebClient, WebClientOptions } from '@slack/web-api';
import { withError } from '../views/modal';
import type { Ephemeral } from '../views/whichOne';
import type { Request } from './request';
import { slackError } from './slackError';

export type Show =
  /** Leave everything as it is. */
  | { readonly do: 'nothing' }
  /** Replace the modal the person looks at. */
  | { readonly do: 'update'; readonly view: ModalView }
  /** A modal on top, or the first one. */
  | { readonly do: 'open'; readonly view: ModalView }
  /** Errors at inputs, by block id (submissions only). */
  | { readonly do: 'errors'; readonly errors: Readonly<Record<string, string>> }
  /** Close all modals (submissions only). */
  | { readonly do: 'close' }
  /** Go back to the screen beneath, after updating the screens that stand there (submissions only). */
  | { readonly do: 'back'; readonly beneath: readonly Beneath[] };

/** A keystroke was not stored. We do not ack it, so Slack marks the input; the screen stays as it is. */
export class DraftNotKeptError extends Error {
  readonly code = 'draft_not_kept';
}

/** A screen beneath the one a person acted on. */
export interface Beneath {
  readonly viewId: string;
  readonly view: ModalView;
}

export const nothing: Show = { do: 'nothing' };
export const update = (view: ModalView): Show => ({ do: 'update', view });
export const open = (view: ModalView): Show => ({ do: 'open', view });
export const close: Show = { do: 'close' };
export const back = (...beneath: readonly Beneath[]): Show => ({ do: 'back', beneath });
export const errors = (byBlock: Readonly<Record<string, string>>): Show => ({
  do: 'errors',
  errors: byBlock,
});

/** Replaces the modal in which the click was made; a click on a message opens one. */
export const inPlace = ({ body }: { readonly body: BlockAction }, view: ModalView): Show =>
  modalOf(body) === undefined ? open(view) : update(view);

type ViewAck = Parameters<SlackViewMiddlewareArgs<ViewSubmitAction>['ack']>;

/** The ack that shows the result of a submission. */
export function ackOf(show: Show): ViewAck {
  switch (show.do) {
    case 'nothing':
    case 'back':
      return [];
    case 'close':
      return [{ response_action: 'clear' }];
    case 'errors':
      return [{ response_action: 'errors', errors: { ...show.errors } }];
    case 'update':
      return [{ response_action: 'update', view: show.view }];
    case 'open':
      return [{ response_action: 'push', view: show.view }];
  }
}

/**
 * The ack of a failed submission: the message at the first input, so that the typed text stays; without inputs, on top
 * of the screen.
 */
export function failedAck(view: ViewOutput, message: string): ViewAck[0] {
  const input = view.blocks.find((block) => block.type === 'input');
  return input?.block_id === undefined
    ? { response_action: 'update', view: withError(standing(view), message) }
    : { response_action: 'errors', errors: { [input.block_id]: message } };
}

/** The screen of a failed click, with the message on top. */
export const failedScreen = (modal: ViewOutput, message: string): Show =>
  update(withError(standing(modal), message));

/**
 * Shows the result after the ack of a click. A failure is only logged: the commit stands, and the next click shows the
 * deal.
 */
export async function present(
  request: Request,
  { body, client }: { readonly body: BlockAction; readonly client: WebClient },
  show: Show,
): Promise<void> {
  const modal = modalOf(body);
  try {
    if (show.do === 'update' && modal) {
      await updateModal(client, modal, show.view);
    } else if (show.do === 'update' || show.do === 'open') {
      const call = { trigger_id: body.trigger_id, view: show.view };
      if (modal) await client.views.push(call);
      else await client.views.open(call);
    } else return;
    request.deps.screenOpening.opened();
  } catch (error) {
    request.deps.screenOpening.failed(request.who.tenant, slackError(error));
    request.log.warn({ err: error }, 'a view could not be shown');
  }
}

/** Updates each screen separately: one that the person closed meanwhile does not stop the others. */
export async function updateBeneath(
  request: Request,
  client: WebClient,
  beneath: readonly Beneath[],
): Promise<void> {
  for (const { viewId, view } of beneath) {
    try {
      await client.views.update({ view_id: viewId, view });
    } catch (error) {
      request.log.info({ err: error }, 'a screen beneath could not be updated');
    }
  }
}

/** `hash` detects a newer screen. Ours shows the newest deal, so it replaces that one too. */
async function updateModal(client: WebClient, modal: ViewOutput, view: ModalView): Promise<void> {
  try {
    await client.views.update({ view_id: modal.id, hash: modal.hash, view });
  } catch (error) {
    if (slackError(error) !== 'hash_conflict') throw error;
    await client.views.update({ view_id: modal.id, view });
  }
}

/** The modal a click was made in; undefined for a message or App Home. */
export function modalOf({ view }: BlockAction): ViewOutput | undefined {
  return view?.type === 'modal' ? view : undefined;
}

/** A view as it stands on the person's screen, ready to be sent again. */
function standing(view: ViewOutput): ModalView {
  const { title, submit, blocks, callback_id, private_metadata, notify_on_close } = view;
  return {
    type: 'modal',
    title: { type: 'plain_text', text: title.text },
    ...(submit ? { submit: { type: 'plain_text' as const, text: submit.text } } : {}),
    ...(view.close ? { close: { type: 'plain_text' as const, text: view.close.text } } : {}),
    blocks: blocks as ModalView['blocks'],
    callback_id,
    private_metadata,
    notify_on_close,
  };
}

/**
 * Sends an ephemeral message to the person who acted, without a token: a `response_url` works for 30 minutes
 * (https://docs.slack.dev/interactivity/handling-user-interaction).
 */
export async function respondPrivately(
  fetch: NonNullable<WebClientOptions['fetch']>,
  responseUrl: string,
  text: string,
): Promise<{ readonly status: number }> {
  return respond(fetch, responseUrl, { response_type: 'ephemeral', replace_original: false, text });
}

/** Replaces the ephemeral message on which the person tapped; only its `response_url` reaches it. */
export async function replaceOriginal(
  fetch: NonNullable<WebClientOptions['fetch']>,
  responseUrl: string,
  said: Ephemeral,
): Promise<{ readonly status: number }> {
  return respond(fetch, responseUrl, { response_type: 'ephemeral', replace_original: true, ...said });
}

async function respond(
  fetch: NonNullable<WebClientOptions['fetch']>,
  responseUrl: string,
  body: object,
): Promise<{ readonly status: number }> {
  const { status } = await fetch(responseUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(5_000),
  });
  return { status };
}
