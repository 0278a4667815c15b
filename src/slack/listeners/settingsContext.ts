/** The data that the settings screens show besides the settings. */
import { randomBytes } from 'node:crypto';
import { playbooksInUse, playbooksWaiting } from '../../coach/playbooks';
import type { FormContext } from '../views/settings/form';
import type { RootContext } from '../views/settings/root';
import type { Request } from './request';

/** @param isAdmin false: the manager of a team */
export function contextOf({ coach, who }: Request, isAdmin = true): FormContext {
  return {
    newId: randomBytes(6).toString('hex'),
    savedBy: who.userId,
    now: coach.clock.now(),
    isAdmin,
    reasons: coach.playbooks.reasons,
  };
}

/** What the first screen shows besides. */
export async function rootContextOf(request: Request): Promise<RootContext> {
  const { coach, deps, who } = request;
  const [playbooks, waiting] = await Promise.all([
    playbooksInUse(coach, who.tenant),
    playbooksWaiting(coach, who.tenant),
  ]);
  return {
    ...contextOf(request),
    playbooks,
    newVersions: waiting.filter(({ isKeptOut }) => !isKeptOut).length,
    warnings: coach.playbooks.warnings.length,
    installationChannel: deps.installations.forTenant(who.tenant)?.channel ?? null,
  };
}
