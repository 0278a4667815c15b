import type { Channel } from './model';

/** A direct conversation, and whether it existed before the call. */
export interface FoundDirect {
  readonly channel: Channel;
  readonly existed: boolean;
}

export type NewDirect = Pick<Channel, 'id' | 'kind' | 'name' | 'members'>;

/** The direct conversation of two people, or of one with themselves. */
export function findDirect(channels: Iterable<Channel>, a: string, b: string): Channel | undefined {
  return ofExactly(channels, 'im', new Set([a, b]));
}

/** The group conversation of exactly these people. */
export function findGroup(channels: Iterable<Channel>, members: readonly string[]): Channel | undefined {
  return ofExactly(channels, 'mpim', new Set(members));
}

function ofExactly(
  channels: Iterable<Channel>,
  kind: Channel['kind'],
  members: ReadonlySet<string>,
): Channel | undefined {
  for (const channel of channels) {
    if (channel.kind !== kind || channel.members.size !== members.size) continue;
    if ([...members].every((id) => channel.members.has(id))) return channel;
  }
  return undefined;
}

/** Slack's name for a group conversation. */
export function groupName(names: readonly string[]): string {
  return `mpdm-${names.join('--')}-1`;
}

export function newDirect(about: NewDirect, creator: string, created: number): Channel {
  return {
    ...about,
    topic: '',
    created,
    creator,
    isArchived: false,
    sharing: 'none',
    messages: [],
    readMarks: new Map(),
  };
}
