/** The one answer to who somebody is. It fails closed: nobody is a member before Slack has said so. */
import type { UserId } from '../deal/model/deal';
import type { KnownPerson } from '../store/store';

export type Role =
  | 'member'
  /** Of this workspace, but let into some of its channels only. */
  | 'guest'
  /** From another workspace, or an app. */
  | 'outsider'
  /** Slack has not described them yet. */
  | 'unknown'
  /** Deactivated. */
  | 'gone';

/** A role counts this long after Slack reported it; what admins do needs one that counts, ms. */
export const BELIEVED_MS = 60 * 60_000;

export interface Identity {
  readonly role: Role;
  /** False: Slack reported it too long ago, or never. */
  readonly isFresh: boolean;
}

/** @param now ms UTC */
export function identityOf(person: KnownPerson | null, now: number): Identity {
  return {
    role: roleOf(person),
    isFresh: person !== null && now - person.fetchedAt <= BELIEVED_MS,
  };
}

function roleOf(person: KnownPerson | null): Role {
  if (person === null) return 'unknown';
  if (person.deleted) return 'gone';
  if (person.isStranger || person.isBot) return 'outsider';
  return person.isGuest ? 'guest' : 'member';
}

/**
 * True for people of the settings who can be asked, told and take over: members by their last known role, and people whom
 * Slack has not described, who were looked up when an admin picked them.
 */
export function canTakePart(person: KnownPerson | null): boolean {
  const role = roleOf(person);
  return role === 'member' || role === 'unknown';
}

/** Thrown before anything has happened: what a person wants needs a role that Slack has to confirm first. */
export class RoleNotConfirmedError extends Error {
  readonly code = 'role_not_confirmed';

  /** @param userId the person whom Slack has to describe */
  constructor(readonly userId: UserId) {
    super('the role of a person is not confirmed');
  }
}
