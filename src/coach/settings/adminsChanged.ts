/** A change of the people whom the settings name as admins: the subject of a sweep, and of the notices about it. */
import type { UserId } from '../../deal/model/deal';

export interface AdminsChanged {
  readonly by: UserId;
  readonly added: readonly UserId[];
  readonly removed: readonly UserId[];
}

/** Null: they are the same people. */
export function adminsChanged(
  by: UserId,
  before: readonly UserId[],
  after: readonly UserId[],
): AdminsChanged | null {
  const added = after.filter((it) => !before.includes(it));
  const removed = before.filter((it) => !after.includes(it));
  return added.length + removed.length === 0 ? null : { by, added, removed };
}

/** Slack's ids have no such signs. */
const [BETWEEN, AND] = [':', ','] as const;

export const aboutAdmins = ({ by, added, removed }: AdminsChanged): string =>
  [by, added.join(AND), removed.join(AND)].join(BETWEEN);

export function adminsIn(about: string): AdminsChanged {
  const [by = '', added = '', removed = ''] = about.split(BETWEEN);
  const people = (list: string) => list.split(AND).filter((it) => it !== '');
  return { by, added: people(added), removed: people(removed) };
}
