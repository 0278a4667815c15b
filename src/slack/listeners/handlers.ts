/**
 * Wraps every handler of a click or a submission. The handler calls a use case, which commits, and returns the screen
 * to show; the wrapper acks and shows it. So the commit comes before the ack, no ack waits for a Web API call, and
 * errors take one path: the person reads the error where they are, with a reference that the log has, and keeps their
 * typed text.
 */
import type { App, BlockAction, SlackViewAction, ViewOutput } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { RoleNotConfirmedError } from '../../coach/identity';
import { decodeRef, type Ref } from '../ids';
import { notInstalledText } from '../install/notInstalled';
import { UNCONFIRMED } from '../text';
import { notice } from '../views/notice';
import { readPeople, readPerson, withOwnValues } from '../views/values';
import { listenForClick, listenForClosing, listenForSubmission } from './dispatch';
import { withFirstOffer } from './firstOffer';
import { refreshHome } from './home';
import { confirmActor, ensureActor, isConfirmed, type Request, requestOf, type SlackDeps } from './request';
import {
  ackOf,
  DraftNotKeptError,
  failedAck,
  failedScreen,
  modalOf,
  open,
  present,
  respondPrivately,
  type Show,
  updateBeneath,
} from './show';

export interface Submission {
  readonly view: ViewOutput;
  /** The reference that the screen holds; empty when the screen is not ours. */
  readonly ref: Ref;
  readonly client: WebClient;
}

export interface Click {
  readonly body: BlockAction;
  readonly actionId: string;
  /** The reference that the button holds; empty when the button is not ours. */
  readonly ref: Ref;
  /** The reference of the modal around the button; empty outside our modals. */
  readonly screen: Ref;
  readonly client: WebClient;
}

export type ClickHandler = (request: Request, click: Click) => Promise<Show> | Show;
export type SubmissionHandler = (request: Request, submission: Submission) => Promise<Show>;

/** Registers handlers with the app. */
export interface On {
  click(actionId: string | RegExp, handle: ClickHandler): void;
  submit(callbackId: string, handle: SubmissionHandler): void;
  /** A person closed a modal that asked Slack to report it. */
  closed(callbackId: string, handle: (request: Request, submission: Submission) => Promise<void>): void;
}

const failureText = (requestId: string) =>
  `That didn't save. Your words are still here, try again. (reference ${requestId})`;

/** The person taps again; by then Slack may have answered. */
const unconfirmed = (modal: ViewOutput | undefined): Show =>
  modal === undefined ? open(notice('Tap again', UNCONFIRMED)) : failedScreen(modal, UNCONFIRMED);

export function handlersOn(app: App, deps: SlackDeps): On {
  return {
    click(actionId, handle) {
      listenForClick(app, actionId, async ({ ack, body, action, client }) => {
        const ref = decodeRef(valueIn(action));
        const screen = decodeRef(body.view?.private_metadata);
        const request = requestOf(deps, {
          teamId: body.view?.app_installed_team_id ?? body.team?.id,
          enterpriseId: body.enterprise?.id,
          userId: body.user.id,
          userTeamId: body.user.team_id,
          deliveryKey: body.trigger_id,
          handler: action.action_id,
          dealId: (ref ?? screen)?.deal,
        });
        if (request === null) {
          await ack();
          // Without a token we can change no screen, but we can answer a click on a message.
          if ('response_url' in body) {
            deps.backgroundTasks.run(deps.logger, 'a person could not be told that the app is absent', () =>
              respondPrivately(deps.fetch, body.response_url, notInstalledText(deps.installations)),
            );
          }
          return;
        }
        const click = {
          body: withOwnView(body),
          actionId: action.action_id,
          ref: ref ?? {},
          screen: screen ?? {},
          client,
        };
        let acked = false;
        const ackOnce = async () => {
          if (!acked) await ack();
          acked = true;
        };
        const modal = modalOf(body);
        let show: Show;
        try {
          // People's permissions depend on their role, for which we ask Slack; no ack waits for that.
          if (modal === undefined && !(await isConfirmed(request))) {
            await ackOnce();
            await confirmActor(request);
          }
          show = await Promise.resolve(handle(request, click)).catch(async (error: unknown) => {
            if (!(error instanceof RoleNotConfirmedError)) throw error;
            await ackOnce();
            await confirmActor(request);
            return handle(request, click);
          });
        } catch (error) {
          if (error instanceof RoleNotConfirmedError) {
            await ackOnce();
            return present(request, click, unconfirmed(modal));
          }
          request.log.error({ err: error }, 'a click failed');
          if (error instanceof DraftNotKeptError) return;
          const message = failureText(request.requestId);
          show = modal === undefined ? open(notice('Not saved', message)) : failedScreen(modal, message);
        }
        // A first use may come from a message or App Home.
        if (modal === undefined && show.do === 'open') show = open(await withFirstOffer(request, show.view));
        await ackOnce();
        await present(request, click, show);
      });
    },
    submit(callbackId, handle) {
      listenForSubmission(app, callbackId, async ({ ack, body, view, client }) => {
        const ref = decodeRef(view.private_metadata) ?? {};
        const request = requestOf(deps, originOf(body, callbackId, ref));
        if (request === null) return ack(failedAck(view, notInstalledText(deps.installations)));
        let show: Show;
        try {
          show = await handle(request, { view: withOwnValues(view), ref, client });
        } catch (error) {
          if (error instanceof RoleNotConfirmedError) {
            deps.backgroundTasks.run(request.log, 'a role could not be confirmed', () =>
              ensureActor(request),
            );
            return ack(failedAck(view, UNCONFIRMED));
          }
          request.log.error({ err: error }, 'a submission failed');
          return ack(failedAck(view, failureText(request.requestId)));
        }
        await ack(...ackOf(show));
        // A person may be refused because Slack has not described them; then Slack does before the next try.
        if (show.do === 'errors') describePicked(request, view);
        if (show.do === 'back') await updateBeneath(request, client, show.beneath);
        await refreshHome(request, client);
      });
    },
    closed(callbackId, handle) {
      listenForClosing(app, callbackId, async ({ ack, body, view, client }) => {
        const ref = decodeRef(view.private_metadata) ?? {};
        const request = requestOf(deps, originOf(body, `${callbackId}_closed`, ref));
        if (request !== null) await handle(request, { view, ref, client });
        await ack();
      });
    },
  };
}

function describePicked({ deps, log, who }: Request, { state: { values } }: ViewOutput): void {
  const picked = Object.keys(values).flatMap((block) => [
    ...readPeople(values, block),
    ...[readPerson(values, block)].filter((it) => it !== null),
  ]);
  deps.backgroundTasks.run(log, 'the people picked could not be looked up', () =>
    deps.ensurePeople(who.tenant, [who.userId, ...picked]),
  );
}

const withOwnView = (body: BlockAction): BlockAction =>
  body.view === undefined ? body : { ...body, view: withOwnValues(body.view) };

function originOf(body: SlackViewAction, handler: string, ref: Ref) {
  return {
    teamId: body.view.app_installed_team_id ?? body.team?.id,
    enterpriseId: body.enterprise?.id,
    userId: body.user.id,
    userTeamId: body.user.team_id,
    deliveryKey:
      body.type === 'view_submission' ? (body.trigger_id ?? `${body.view.id}:${body.view.hash}`) : undefined,
    handler,
    dealId: ref.deal,
  };
}

/** The value of a button or of the chosen option. */
function valueIn(action: BlockAction['actions'][number]): string {
  if ('value' in action && typeof action.value === 'string') return action.value;
  if ('selected_option' in action && action.selected_option && 'value' in action.selected_option) {
    return action.selected_option.value ?? '';
  }
  return '';
}
