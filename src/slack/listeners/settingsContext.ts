/** The data that the settings screens show besides the settings. */
import { randomBytes } from 'node:crypto';
import { countOf, versionsOpen } from '../../coach/playbookPreview';
import { playbooksInUse, reasonsInUse } from '../../coach/playbooks';
import type { FormContext } from '../views/settings/form';
import type { RootContext } from '../views/settings/root';
import type { Request } from './request';

/** @param isAdmin false: the manager of a team */
export async function contextOf({ coach, who }: Request, isAdmin = true): Promise<FormContext> {
  return {
    newId: randomBytes(6).toString('hex'),
    savedBy: who.userId,
    now: coach.clock.now(),
    isAdmin,
    reasons: await reasonsInUse(coach, who.tenant),
  };
}

/** What the first screen of the settings shows in addition. */
export async function rootContextOf(request: Request): Promise<RootContext> {
  const { coach, deps, who } = request;
  const [playbooks, waiting] = await Promise.all([
    playbooksInUse(coach, who.tenant),
    versionsOpen(coach, who.tenant),
  ]);
  return {
    ...(await contextOf(request)),
    playbooks,
    newVersions: countOf(waiting),
    warnings: coach.playbooks.warnings.length,
    installationChannel: deps.installations.forTenant(who.tenant)?.channel ?? null,
  };
}
