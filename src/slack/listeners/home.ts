/** App Home: my open deals and what waits for me. Published when opened and after each click on it. */
import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { overview } from '../../coach/overview';
import { home } from '../views/home';
import { type Delivery, delivery, type SlackDeps } from './delivery';

const keyOf = ({ who }: Delivery) => `${who.tenant.teamId}/${who.userId}`;

/** Brings an opened Home up to date after its owner did something. Never in the way of an ack. */
export async function refreshHome(deps: SlackDeps, d: Delivery, client: WebClient): Promise<void> {
  if (!deps.openedHomes.has(keyOf(d))) return;
  try {
    await publishHome(deps, d, client);
  } catch (error) {
    d.log.warn({ err: error }, 'App Home could not be refreshed; opening it again does');
  }
}

async function publishHome(deps: SlackDeps, d: Delivery, client: WebClient): Promise<void> {
  const seen = await overview(deps.coach, d.who);
  await client.views.publish({ user_id: d.who.userId, view: home({ ...seen, viewer: d.who.userId }) });
}

export function registerHome(app: App, deps: SlackDeps): void {
  app.event('app_home_opened', async ({ event, body, client }) => {
    if (event.tab !== 'home') return;
    const d = delivery(deps, {
      teamId: body.team_id,
      enterpriseId: body.enterprise_id,
      userId: event.user,
      userTeamId: body.team_id,
      key: body.event_id,
      surface: 'home',
    });
    if (d === null) return;
    deps.openedHomes.add(keyOf(d));
    // Opening it changes nothing, so there is nothing to keep before the ack.
    deps.afterwards.run(d.log, 'App Home could not be shown; opening it again tries once more', () =>
      publishHome(deps, d, client),
    );
    deps.afterwards.run(d.log, 'somebody who opened App Home could not be looked up', () =>
      deps.ensurePeople(d.who.tenant, [d.who.userId]),
    );
  });
}
