/**
 * One wrapper for each Slack surface. A listener parses, calls the domain (which commits) and returns what to
 * show; the wrapper acks and shows it. So the commit always comes before the ack, no ack waits for a Web API call,
 * and there is one path for errors: said where the person is, with a reference that is in the log, and with what
 * they typed still standing.
 */
import type {
  App,
  BlockAction,
  SlackViewAction,
  SlackViewMiddlewareArgs,
  ViewOutput,
  ViewSubmitAction,
} from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { ErrorCode, type WebClient } from '@slack/web-api';
import { decodeRef } from '../ids';
import { notInstalledWords } from '../install/notInstalled';
import { withError } from '../views/modal';
import { notice } from '../views/notice';
import { listenForClick, listenForSubmission } from './dispatch';
import { refreshHome } from './home';
import { type Request, requestOf, type SlackDeps } from './request';
import { sayPrivately } from './sayPrivately';

/** What a listener wants the person to see next. */
export type Show =
  /** Leave everything as it is. */
  | { readonly do: 'nothing' }
  /** Replace the modal the person is looking at. */
  | { readonly do: 'update'; readonly view: ModalView }
  /** A modal on top (or the first one). */
  | { readonly do: 'open'; readonly view: ModalView }
  /** Inline errors at inputs, by block id (submissions only). */
  | { readonly do: 'errors'; readonly errors: Record<string, string> }
  /** Close the whole modal (submissions only). */
  | { readonly do: 'close' }
  /** Go back to the screen beneath; those that stand there are brought up to date (submissions only). */
  | { readonly do: 'back'; readonly beneath: readonly Beneath[] };

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
export const errors = (byBlock: Record<string, string>): Show => ({ do: 'errors', errors: byBlock });

const failureText = (requestId: string) =>
  `That could not be saved just now. Nothing you typed is lost: please try again. (reference ${requestId})`;

export type Submission = { readonly view: ViewOutput; readonly client: WebClient };
export type Click = {
  readonly body: BlockAction;
  readonly actionId: string;
  readonly blockId: string;
  /** The button's value, or the chosen option's. */
  readonly value: string;
  readonly client: WebClient;
};

export function onSubmit(
  app: App,
  deps: SlackDeps,
  callbackId: string,
  handle: (d: Request, submission: Submission) => Promise<Show>,
): void {
  listenForSubmission(app, callbackId, async ({ ack, body, view, client }) => {
    const d = requestOf(deps, { ...originOfView(body), surface: callbackId });
    if (d === null) return ack(failedSubmission(view, notInstalledWords(deps.installations)));
    let show: Show;
    try {
      show = await handle(d, { view, client });
    } catch (error) {
      d.log.error({ err: error }, 'a submission failed');
      return ack(failedSubmission(view, failureText(d.requestId)));
    }
    await ack(...responseOf(show));
    if (show.do === 'back') await updateBeneath(d, client, show.beneath);
    await refreshHome(deps, d, client);
  });
}

type ViewAck = Parameters<SlackViewMiddlewareArgs<ViewSubmitAction>['ack']>;

function responseOf(show: Show): ViewAck {
  switch (show.do) {
    case 'nothing':
    case 'back':
      return [];
    case 'close':
      return [{ response_action: 'clear' }];
    case 'errors':
      return [{ response_action: 'errors', errors: show.errors }];
    case 'update':
      return [{ response_action: 'update', view: show.view }];
    case 'open':
      return [{ response_action: 'push', view: show.view }];
  }
}

/** At the first input, so that everything typed stays; a screen without inputs is shown again with the words on top. */
function failedSubmission(view: ViewOutput, message: string) {
  const input = view.blocks.find((block) => block.type === 'input');
  if (input?.block_id !== undefined) {
    return { response_action: 'errors' as const, errors: { [input.block_id]: message } };
  }
  return { response_action: 'update' as const, view: withError(shown(view), message) };
}

export function onClick(
  app: App,
  deps: SlackDeps,
  actionId: string | RegExp,
  handle: (d: Request, click: Click) => Promise<Show>,
): void {
  listenForClick(app, actionId, async ({ ack, body, action, client }) => {
    const d = requestOf(deps, {
      teamId: body.view?.app_installed_team_id ?? body.team?.id,
      enterpriseId: body.enterprise?.id,
      userId: body.user.id,
      userTeamId: body.user.team_id,
      key: body.trigger_id,
      surface: action.action_id,
      dealId: (decodeRef(valueIn(action)) ?? decodeRef(body.view?.private_metadata))?.deal,
    });
    if (d === null) {
      await ack();
      // Without a token no screen can be changed; beneath a message something can be said.
      if ('response_url' in body) {
        deps.backgroundTasks.run(deps.logger, 'nobody could be told that the app is absent', () =>
          sayPrivately(body.response_url, notInstalledWords(deps.installations)),
        );
      }
      return;
    }
    const click: Click = {
      body,
      actionId: action.action_id,
      blockId: action.block_id,
      value: valueIn(action),
      client,
    };
    let acked = false;
    const ackOnce = async () => {
      if (!acked) await ack();
      acked = true;
    };
    let show: Show;
    try {
      // What they may do depends on who they are to this workspace, which Slack is asked once; no ack waits for that.
      if (inModal(body) === undefined && !(await isKnown(deps, d))) {
        await ackOnce();
        await deps.ensurePeople(d.who.tenant, [d.who.userId]);
      }
      show = await handle(d, click);
    } catch (error) {
      d.log.error({ err: error }, 'a click failed');
      await ackOnce();
      const message = failureText(d.requestId);
      await present(
        d,
        click,
        inModal(body) ? update(withError(shown(inModal(body)), message)) : open(notice('Not saved', message)),
      );
      return;
    }
    await ackOnce();
    await present(d, click, show);
  });
}

const isKnown = async ({ coach }: SlackDeps, { who }: Request): Promise<boolean> =>
  (await coach.store.workspace.person(who.tenant, who.userId)) !== null;

/** Shows a view after the ack. The commit stands whatever happens here; a failure is logged, and the next click shows the deal as it is. */
export async function present(
  d: Request,
  { body, client }: Pick<Click, 'body' | 'client'>,
  show: Show,
): Promise<void> {
  const modal = inModal(body);
  try {
    if (show.do === 'update' && modal) {
      await updateView(client, modal, show.view);
    } else if (show.do === 'update' || show.do === 'open') {
      const call = { trigger_id: body.trigger_id, view: show.view };
      if (modal) await client.views.push(call);
      else await client.views.open(call);
    }
  } catch (error) {
    d.log.warn({ err: error }, 'a view could not be shown');
  }
}

/** Each by itself: a screen that was closed meanwhile is no reason to leave the others as they were. */
export async function updateBeneath(
  d: Request,
  client: WebClient,
  beneath: readonly Beneath[],
): Promise<void> {
  for (const { viewId, view } of beneath) {
    try {
      await client.views.update({ view_id: viewId, view });
    } catch (error) {
      d.log.info({ err: error }, 'a screen beneath could not be brought up to date');
    }
  }
}

/** `hash` guards against a newer screen; when one is there, ours is computed from the newest deal and wins. */
async function updateView(client: WebClient, modal: ViewOutput, view: ModalView): Promise<void> {
  try {
    await client.views.update({ view_id: modal.id, hash: modal.hash, view });
  } catch (error) {
    if (slackError(error) !== 'hash_conflict') throw error;
    await client.views.update({ view_id: modal.id, view });
  }
}

/** Slack's error code of a failed call, or null when Slack did not answer. */
export function slackError(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || error.code !== ErrorCode.PlatformError) return null;
  return (error as { data?: { error?: string } }).data?.error ?? null;
}

function inModal(body: BlockAction): ViewOutput | undefined {
  return body.view?.type === 'modal' ? body.view : undefined;
}

/** The view as it stands on the person's screen, ready to be sent again. */
function shown(view: ViewOutput | undefined): ModalView {
  if (view === undefined) throw new Error('there is no view on the screen');
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

export function originOfView(body: SlackViewAction) {
  return {
    teamId: body.view.app_installed_team_id ?? body.team?.id,
    enterpriseId: body.enterprise?.id,
    userId: body.user.id,
    userTeamId: body.user.team_id,
    key:
      body.type === 'view_submission' ? (body.trigger_id ?? `${body.view.id}:${body.view.hash}`) : undefined,
    dealId: decodeRef(body.view.private_metadata)?.deal,
  };
}

function valueIn(action: BlockAction['actions'][number]): string {
  if ('value' in action && typeof action.value === 'string') return action.value;
  if ('selected_option' in action && action.selected_option && 'value' in action.selected_option) {
    return action.selected_option.value ?? '';
  }
  return '';
}
