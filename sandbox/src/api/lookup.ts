import type { Core } from '../core';
import { SlackError } from '../errors';
import type { Channel, Member } from '../workspace/model';
import { requireScope } from './call';

const READ = { channel: 'channels:read', group: 'groups:read', im: 'im:read' } as const;
const HISTORY = { channel: 'channels:history', group: 'groups:history', im: 'im:history' } as const;

/** A conversation the bot can see: public ones, and those it is a member of. @throws channel_not_found */
export function visibleChannel(core: Core, idOrName: string): Channel {
  const { workspace } = core;
  const name = idOrName.replace(/^#/, '');
  const channel =
    workspace.channels.get(idOrName) ??
    [...workspace.channels.values()].find((candidate) => candidate.kind !== 'im' && candidate.name === name);
  if (channel === undefined) throw new SlackError('channel_not_found');
  if (channel.kind !== 'channel' && !channel.members.has(workspace.app.botUserId)) {
    throw new SlackError('channel_not_found');
  }
  return channel;
}

/** A conversation the bot may read from. @throws channel_not_found, missing_scope, not_in_channel */
export function readableHistory(core: Core, id: string): Channel {
  const channel = visibleChannel(core, id);
  requireScope(core, HISTORY[channel.kind]);
  if (!channel.members.has(core.workspace.app.botUserId)) throw new SlackError('not_in_channel');
  return channel;
}

/** A conversation whose data the bot may read. @throws channel_not_found, missing_scope */
export function readableInfo(core: Core, id: string): Channel {
  const channel = visibleChannel(core, id);
  requireScope(core, READ[channel.kind]);
  return channel;
}

/** Where the bot writes: its conversations; a user id stands for the DM with that person. */
export function writableChannel(core: Core, idOrName: string): Channel {
  const { workspace, manifest } = core;
  const person = workspace.people.get(idOrName);
  if (person !== undefined) {
    if (person.isBot || person.deleted) throw new SlackError('channel_not_found');
    const { channel } = workspace.directMessage(workspace.app.botUserId, person.id);
    return checkWritable(core, channel);
  }
  const channel = visibleChannel(core, idOrName);
  if (!channel.members.has(workspace.app.botUserId) && !manifest.scopes.has('chat:write.public')) {
    throw new SlackError('not_in_channel');
  }
  return checkWritable(core, channel);
}

function checkWritable({ manifest }: Core, channel: Channel): Channel {
  if (channel.isArchived) throw new SlackError('is_archived');
  if (channel.kind === 'im' && !manifest.messagesTab) throw new SlackError('messages_tab_disabled');
  return channel;
}

/** @throws user_not_found (or another code) */
export function knownPerson(core: Core, id: string, code = 'user_not_found'): Member {
  const person = core.workspace.people.get(id);
  if (person === undefined) throw new SlackError(code);
  return person;
}

/** One page of a list, with Slack's opaque cursors. @throws invalid_cursor */
export function page<T>(
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
