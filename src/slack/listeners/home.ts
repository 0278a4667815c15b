/** App Home: what waits for me, my deals and those I look after. Published when opened and after each click on it. */
import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { listenForEvent } from './dispatch';
import { type Request, requestOf, type SlackDeps } from './request';

/** Brings an opened Home up to date after its owner did something. Never in the way of an ack. */
export async function refreshHome(deps: SlackDeps, d: Request, client: WebClient): Promise<void> {
  if (!deps.homes.isOpened(d.who.tenant, d.who.userId)) return;
  try {
    await deps.homes.publish(client, d.who);
  } catch (error) {
    d.log.warn({ err: error }, 'App Home could not be refreshed; opening it again does');
  }
}

export function registerHome(app: App, deps: SlackDeps): void {
  const { coach, homes } = deps;

  listenForEvent(app, 'app_home_opened', async ({ event, body, client }) => {
    if (event.tab !== 'home') return;
    const d = requestOf(deps, {
      teamId: body.team_id,
      enterpriseId: body.enterprise_id,
      userId: event.user,
      userTeamId: body.team_id,
      key: body.event_id,
      surface: 'home',
    });
    if (d === null) return;
    const { tenant, userId } = d.who;
    homes.opened(tenant, userId);
    // Opening it changes nothing, so there is nothing to keep before the ack.
    deps.backgroundTasks.run(
      d.log,
      'App Home could not be shown; opening it again tries once more',
      async () => {
        // Whoever has never been here may be an admin, and sees more then.
        const isNew = (await coach.store.workspace.person(tenant, userId)) === null;
        if (isNew) await deps.ensurePeople(tenant, [userId]);
        await homes.publish(client, d.who);
        if (!isNew) await deps.ensurePeople(tenant, [userId]);
      },
    );
  });
}
