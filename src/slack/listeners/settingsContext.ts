/** What the screens of the settings need besides the settings. */
import { randomBytes } from 'node:crypto';
import type { RootContext } from '../views/settings/root';
import type { Request, SlackDeps } from './request';

export function contextOf({ coach, installations }: SlackDeps, { who }: Request): RootContext {
  return {
    newId: randomBytes(6).toString('hex'),
    reasons: coach.playbooks.reasons,
    installationChannel: installations.forTenant(who.tenant)?.channel ?? null,
  };
}
