import type { Seed } from '../config/seed';
import { compareTs } from '../ids';
import type { AppIdentity, Channel, Member, Message } from './model';

/** The people of a seed, and the app's bot user. */
export function seededPeople(seed: Seed, app: AppIdentity, seconds: number): readonly Member[] {
  const workspaces = seed.team.organization?.workspaces ?? [seed.team.id];
  const people = seed.people.map((person) => ({
    ...person,
    teamId: person.teamId ?? seed.team.id,
    isBot: false,
    isStranger: !workspaces.includes(person.teamId ?? seed.team.id),
    updated: seconds,
  }));
  const bot: Member = {
    id: app.botUserId,
    name: app.name.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
    realName: app.name,
    title: '',
    email: '',
    tz: 'America/Los_Angeles',
    isAdmin: false,
    isOwner: false,
    isBot: true,
    deleted: false,
    isStranger: false,
    teamId: seed.team.id,
    color: '#4a4a4a',
    updated: seconds,
  };
  return [...people, bot];
}

/** The channels of a seed with their messages, which all members have read. */
export function seededChannels(
  seed: Seed,
  app: AppIdentity,
  seconds: number,
  nextTs: () => string,
): readonly Channel[] {
  return seed.channels.map((channel): Channel => {
    const messages: Message[] = channel.messages.map((message) => ({
      ts: nextTs(),
      userId: message.from,
      text: message.text,
      blocks: [],
      reactions: [],
      files: [],
    }));
    return {
      id: channel.id,
      kind: channel.isPrivate ? 'group' : 'channel',
      name: channel.name,
      topic: channel.topic,
      created: seconds,
      creator: channel.members[0] ?? app.botUserId,
      isArchived: channel.isArchived,
      sharing: 'none',
      members: new Set([...channel.members, ...(channel.withApp ? [app.botUserId] : [])]),
      messages: messages.sort((a, b) => compareTs(a.ts, b.ts)),
      readMarks: new Map(channel.members.map((member) => [member, messages.at(-1)?.ts ?? '0'])),
    };
  });
}
