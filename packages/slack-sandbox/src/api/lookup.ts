import type { Core } from '../core';
import { SlackError } from '../errors';
import type { Channel, Member } from '../workspace/model';
import { type Call, requireScope } from './call';

const READ = { channel: 'channels:read', group: 'groups:read', im: 'im:read', mpim: 'mpim:read' } as const;
const HISTORY = {
  channel: 'channels:history',
  group: 'groups:history',
  im: 'im:history',
  mpim: 'mpim:history',
} as const;

/**
 * A conversation that the bot can see, by id: every public one, and those it is a member of. Names work only where
 * the reference says so, see namedChannel. @throws SlackError channel_not_found
 */
export function visibleChannel({ workspace }: Core, id: string): Channel {
  const channel = workspace.channels.get(id);
  if (channel === undefined) throw new SlackError('channel_not_found');
  if (channel.kind !== 'channel' && !channel.members.has(workspace.app.botUserId)) {
    throw new SlackError('channel_not_found');
  }
  return channel;
}

/** Same as visibleChannel, by id or name. The reference of chat.postMessage says "an encoded ID, or a name". */
export function namedChannel(core: Core, idOrName: string): Channel {
  const name = idOrName.replace(/^#/, '');
  const named = [...core.workspace.channels.values()].find(
    (candidate) => candidate.kind !== 'im' && candidate.name === name,
  );
  return visibleChannel(core, named?.id ?? idOrName);
}

/**
 * A conversation whose messages the bot may read. @throws SlackError channel_not_found, missing_scope, not_in_channel
 */
export function readableHistory({ core, grant }: Call, id: string): Channel {
  const channel = visibleChannel(core, id);
  requireScope(grant, HISTORY[channel.kind]);
  if (!channel.members.has(core.workspace.app.botUserId)) throw new SlackError('not_in_channel');
  return channel;
}

/** A conversation whose data the bot may read. @throws SlackError channel_not_found, missing_scope */
export function readableInfo({ core, grant }: Call, id: string): Channel {
  const channel = visibleChannel(core, id);
  requireScope(grant, READ[channel.kind]);
  return channel;
}

/** A conversation that the bot may write to. A user id stands for the DM with that person. */
export function writableChannel({ core, grant }: Call, idOrName: string): Channel {
  const { workspace } = core;
  const person = workspace.people.get(idOrName);
  if (person !== undefined) {
    if (person.isBot || person.deleted) throw new SlackError('channel_not_found');
    const { channel } = workspace.directMessage(workspace.app.botUserId, person.id);
    return checkWritable(core, channel);
  }
  const channel = namedChannel(core, idOrName);
  const isIn = channel.members.has(workspace.app.botUserId);
  // chat:write.public lets a bot post to public channels that it is not in. It does not see other channels.
  if (!isIn && !grant.scopes.has('chat:write.public')) throw new SlackError('not_in_channel');
  return checkWritable(core, channel);
}

function checkWritable({ manifest }: Core, channel: Channel): Channel {
  if (channel.isArchived) throw new SlackError('is_archived');
  if (channel.kind === 'im' && !manifest.messagesTab) throw new SlackError('messages_tab_disabled');
  return channel;
}

/** @throws SlackError user_not_found, or `code` */
export function knownPerson(core: Core, id: string, code = 'user_not_found'): Member {
  const person = core.workspace.people.get(id);
  if (person === undefined) throw new SlackError(code);
  return person;
}

/** Cuts one page out of a list, with opaque cursors as Slack's. @throws SlackError invalid_cursor */
export function paginate<T>(
  items: readonly T[],
  cursor: string | undefined,
  limit: number,
): { readonly items: readonly T[]; readonly nextCursor: string } {
  let start = 0;
  if (cursor !== undefined) {
    const match = /^offset:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString('utf8'));
    if (match === null) throw new SlackError('invalid_cursor');
    start = Number(match[1]);
  }
  const end = start + limit;
  const nextCursor = end < items.length ? Buffer.from(`offset:${end}`).toString('base64') : '';
  return { items: items.slice(start, end), nextCursor };
}
