/** The data that the settings screens show besides the settings. */
import { randomBytes } from 'node:crypto';
import type { RootContext } from '../views/settings/root';
import type { Request } from './request';

/** @param isAdmin false: the manager of a team */
export function contextOf({ coach, deps, who }: Request, isAdmin = true): RootContext {
  return {
    newId: randomBytes(6).toString('hex'),
    savedBy: who.userId,
    now: coach.clock.now(),
    isAdmin,
    reasons: coach.playbooks.reasons,
    playbooks: coach.playbooks.list(),
    warnings: coach.playbooks.warnings.length,
    installationChannel: deps.installations.forTenant(who.tenant)?.channel ?? null,
  };
}
