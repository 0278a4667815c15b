/** Publishes App Home when its owner opens it, and again after each of their submissions. */
import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { decodeRef } from '../ids';
import { choiceOfRef } from '../views/figures';
import { listenForEvent } from './dispatch';
import { ensureActor, isConfirmed, type Request, requestOf, type SlackDeps, workspaceOf } from './request';

/** Updates the App Home of the person who acted, if they have opened it. Runs after the ack. */
export async function refreshHome(request: Request, client: WebClient): Promise<void> {
  const { deps, who } = request;
  if (!deps.homes.isOpened(who.tenant, who.userId)) return;
  try {
    await deps.homes.publish(client, who);
  } catch (error) {
    request.log.warn({ err: error }, 'App Home could not be refreshed; opening it again refreshes it');
  }
}

export function registerHome(app: App, deps: SlackDeps): void {
  listenForEvent(app, 'app_home_opened', async ({ event, body, client }) => {
    if (event.tab !== 'home') return;
    const request = requestOf(deps, {
      ...workspaceOf(body),
      userId: event.user,
      userTeamId: undefined,
      deliveryKey: body.event_id,
      handler: 'home',
    });
    if (request === null) return;
    const { homes, backgroundTasks } = deps;
    const chosen = decodeRef(event.view?.private_metadata);
    homes.opened(request.who.tenant, request.who.userId, chosen === null ? undefined : choiceOfRef(chosen));
    // Opening it changes nothing, so the ack has nothing to wait for.
    backgroundTasks.run(request.log, 'App Home could not be shown; opening it again shows it', async () => {
      // A new person may be an admin, who sees more; so Slack describes them first.
      const isKnown = await isConfirmed(request);
      if (!isKnown) await ensureActor(request);
      await homes.publish(client, request.who);
      if (isKnown) await ensureActor(request);
    });
  });
}
