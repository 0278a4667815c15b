/** People change or leave, and workspaces uninstall the app. */
import { type App, ErrorCode } from '@slack/bolt';
import { personLeft } from '../../coach/handOver';
import { KEPT_AFTER_UNINSTALLING_MS } from '../../coach/housekeeping';
import { knownPerson, otherOrganizationOf } from '../install/people';
import { listenForEvent } from './dispatch';
import { type SlackDeps, workspaceOf } from './request';

/** ISO, UTC. */
const erasedAt = ({ coach }: SlackDeps): string =>
  new Date(coach.clock.now() + KEPT_AFTER_UNINSTALLING_MS).toISOString();

export function registerLifecycle(app: App, deps: SlackDeps): void {
  listenForEvent(app, 'user_change', async ({ event, body }) => {
    const { teamId, enterpriseId } = workspaceOf(body);
    const installation = deps.installations.find(teamId, enterpriseId);
    if (installation === null) return;
    const { tenant } = installation;
    // Updates only people we have met: in a big workspace people change all day.
    const before = await deps.coach.store.workspace.person(tenant, event.user.id);
    if (before === null) return;
    const described = knownPerson(event.user, tenant, deps.coach.clock.now());
    // No ack waits until Slack has named our organization.
    const isStranger =
      otherOrganizationOf(event.user, tenant) === null ? described.isStranger : before.isStranger;
    await deps.coach.store.workspace.savePerson(tenant, { ...described, isStranger });
    if (event.user.deleted !== true) return;
    const { handed, left } = await personLeft(deps.coach, tenant, event.user.id);
    const facts = { team: tenant.teamId, user: event.user.id, handed, left };
    if (left > 0) deps.logger.warn(facts, 'a person left, and some of their deals have no successor');
    else if (handed > 0) deps.logger.info(facts, 'a person left; their deals were handed over');
  });

  for (const type of ['channel_shared', 'channel_unshared'] as const) {
    listenForEvent(app, type, async ({ event, body }) => {
      const { teamId, enterpriseId } = workspaceOf(body);
      const installation = deps.installations.find(teamId, enterpriseId);
      if (installation === null) return;
      await deps.channels.changed(installation.tenant, event.channel, type === 'channel_shared');
    });
  }

  // Slack promises no order of these two (https://docs.slack.dev/reference/events/app_uninstalled); both end the same.
  listenForEvent(app, 'app_uninstalled', async ({ body }) => {
    if (await deps.installations.left(body.team_id)) {
      deps.logger.warn(
        { team: body.team_id, erasedAt: erasedAt(deps) },
        'the app was uninstalled; its token is deleted, and its deals are erased in 30 days unless it is installed again',
      );
    }
  });
  listenForEvent(app, 'tokens_revoked', async ({ event, body }) => {
    if ((event.tokens.bot ?? []).length === 0) return;
    if (await deps.installations.left(body.team_id))
      deps.logger.warn(
        { team: body.team_id, erasedAt: erasedAt(deps) },
        'the bot token was revoked; the deals of its workspace are erased in 30 days unless the app is installed again',
      );
  });

  // Rethrown, so that the event is not acked: Slack sends it again, at once, after one minute and after five.
  app.error(async (error) => {
    deps.logger.error({ err: error }, 'Bolt could not handle a request');
    // For a workspace that has left, a repetition changes nothing.
    if (error.code !== ErrorCode.AuthorizationError) throw error;
  });
}
