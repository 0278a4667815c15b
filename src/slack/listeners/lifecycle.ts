/** People change, and workspaces leave. */
import { type App, ErrorCode } from '@slack/bolt';
import { personLeft } from '../../coach/handOver';
import { knownPerson } from '../install/people';
import { listenForEvent } from './dispatch';
import type { SlackDeps } from './request';

export function registerLifecycle(app: App, deps: SlackDeps): void {
  listenForEvent(app, 'user_change', async ({ event, body }) => {
    const installation = deps.installations.find(body.team_id, body.enterprise_id);
    if (installation === null) return;
    const { tenant } = installation;
    // Only people we have met: a big workspace changes all day.
    if ((await deps.coach.store.workspace.person(tenant, event.user.id)) === null) return;
    await deps.coach.store.workspace.savePerson(
      tenant,
      knownPerson(event.user, tenant, deps.coach.clock.now()),
    );
    if (event.user.deleted !== true) return;
    const { handed, left } = await personLeft(deps.coach, tenant, event.user.id);
    const what = { team: tenant.teamId, user: event.user.id, handed, left };
    if (left > 0) deps.logger.warn(what, 'somebody left, and for some of their deals nobody was found');
    else if (handed > 0) deps.logger.info(what, 'somebody left; their deals were handed over');
  });

  // The order of these two is not promised (https://docs.slack.dev/reference/events/app_uninstalled); both end the same.
  listenForEvent(app, 'app_uninstalled', async ({ body }) => {
    if (await deps.installations.left(body.team_id)) {
      deps.logger.info(
        { team: body.team_id },
        'the app was uninstalled; its token is forgotten, its deals are kept',
      );
    }
  });
  listenForEvent(app, 'tokens_revoked', async ({ event, body }) => {
    if ((event.tokens.bot ?? []).length === 0) return;
    if (await deps.installations.left(body.team_id))
      deps.logger.info({ team: body.team_id }, 'the bot token was revoked');
  });

  // Thrown on, so that the event is not acked: Slack sends it again, at once, in a minute and in five.
  app.error(async (error) => {
    deps.logger.error({ err: error }, 'Bolt could not handle a request');
    // A workspace that has left need not be told three times.
    if (error.code !== ErrorCode.AuthorizationError) throw error;
  });
}
