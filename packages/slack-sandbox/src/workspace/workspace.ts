import type { Seed, Team } from '../config/seed';
import { type Clock, forgetOldest, Ids, Timestamps } from '../ids';
import type { Role } from '../protocol';
import { ChangeFeed } from './changeFeed';
import { type FoundDirect, findDirect, findGroup, groupName, type NewDirect, newDirect } from './directs';
import { filesIn, indexOf, type MessageDraft, systemMessageOf, tombstoneOf } from './messages';
import {
  type AppIdentity,
  type Channel,
  type FileRecord,
  isDirect,
  type Member,
  type Message,
  teamsOf,
  type WorkspaceEvent,
} from './model';
import { seededChannels, seededPeople } from './seeding';

/** How the app took an event. `none`: the app gets no such event. */
export type DeliveryOutcome = 'acked' | 'timeout' | 'failed' | 'not_connected' | 'none';

/** Like a retention policy: older messages go, and the app gets no event for that. */
export const MESSAGES_PER_CHANNEL = 10_000;

/** Limit for the whole workspace. Beyond it, the oldest file is gone. */
const MAX_FILES = 1000;

/** People, channels, messages and files. All their changes happen here. Knows nothing of HTTP. */
export class Workspace {
  readonly team: Team;
  readonly changes: ChangeFeed;
  readonly ids: Ids;
  readonly people = new Map<string, Member>();
  readonly channels = new Map<string, Channel>();
  readonly files = new Map<string, FileRecord>();
  private readonly messagesPerChannel: number;
  private readonly timestamps: Timestamps;
  private listener: (event: WorkspaceEvent) => Promise<DeliveryOutcome> = () => Promise.resolve('none');

  constructor(
    private readonly seed: Seed,
    readonly app: AppIdentity,
    readonly clock: Clock,
    shared: { readonly changes?: ChangeFeed; readonly ids?: Ids; readonly messagesPerChannel?: number } = {},
  ) {
    this.changes = shared.changes ?? new ChangeFeed();
    this.ids = shared.ids ?? new Ids();
    this.messagesPerChannel = shared.messagesPerChannel ?? MESSAGES_PER_CHANNEL;
    this.timestamps = new Timestamps(clock);
    this.team = seed.team;
    this.load();
  }

  /** Sets the one listener, which delivers events to the app. */
  onEvent(listener: (event: WorkspaceEvent) => Promise<DeliveryOutcome>): void {
    this.listener = listener;
  }

  /** Hands an event to the listener and counts a visible change. */
  emit(event: WorkspaceEvent): Promise<DeliveryOutcome> {
    this.changes.bump();
    return this.listener(event);
  }

  /** Returns to the seed. */
  reset(): void {
    this.people.clear();
    this.channels.clear();
    this.files.clear();
    this.load();
    this.changes.bump();
  }

  seconds(): number {
    return Math.floor(this.clock() / 1000);
  }

  nextTs(): string {
    return this.timestamps.next();
  }

  /** Makes later messages newer than this one. */
  continueAfter(ts: string): void {
    this.timestamps.continueAfter(ts);
  }

  /** Finds a person by id or handle. */
  findPerson(idOrName: string): Member | undefined {
    const name = idOrName.replace(/^@/, '');
    return this.people.get(name) ?? [...this.people.values()].find((person) => person.name === name);
  }

  /** Finds or creates the direct conversation of two. */
  directMessage(a: string, b: string): FoundDirect {
    const found = findDirect(this.channels.values(), a, b);
    if (found !== undefined) return { channel: found, existed: true };
    const id = this.ids.next('D');
    return {
      channel: this.addDirect({ id, kind: 'im', name: '', members: new Set([a, b]) }, a),
      existed: false,
    };
  }

  /** Finds or creates the group conversation of exactly these people. @param members ids, the creator first */
  groupMessage(members: readonly string[]): FoundDirect {
    const found = findGroup(this.channels.values(), members);
    if (found !== undefined) return { channel: found, existed: true };
    const name = groupName(members.map((id) => this.people.get(id)?.name ?? id));
    const about = { id: this.ids.next('C'), kind: 'mpim', name, members: new Set(members) } as const;
    return { channel: this.addDirect(about, members[0] ?? ''), existed: false };
  }

  private addDirect(about: NewDirect, creator: string): Channel {
    const channel = newDirect(about, creator, this.seconds());
    this.channels.set(channel.id, channel);
    this.changes.bump();
    return channel;
  }

  /** Adds a file, or a new version of one. */
  addFile(file: FileRecord): void {
    this.files.set(file.id, file);
    forgetOldest(this.files, MAX_FILES);
  }

  findMessage(channel: Channel, ts: string): Message | undefined {
    return channel.messages[indexOf(channel, ts)];
  }

  /** The replies of a thread, oldest first, without the root. */
  repliesTo(channel: Channel, rootTs: string): readonly Message[] {
    return channel.messages.filter(
      (message) => message.threadTs === rootTs && message.ephemeralTo === undefined,
    );
  }

  post(
    channel: Channel,
    draft: MessageDraft,
  ): { readonly message: Message; readonly delivered: Promise<DeliveryOutcome> } {
    const message: Message = { ts: this.nextTs(), reactions: [], files: [], ...draft };
    channel.messages.push(message);
    this.forgetOldMessages(channel);
    if (message.ephemeralTo !== undefined) {
      this.changes.bump();
      return { message, delivered: Promise.resolve('none') };
    }
    channel.readMarks.set(message.userId, message.ts);
    return { message, delivered: this.emit({ type: 'message_posted', channel, message }) };
  }

  /** Replaces the content of a message. Undefined metadata keeps the old, null removes it. */
  edit(
    channel: Channel,
    previous: Message,
    change: Pick<Message, 'text' | 'blocks' | 'attachments'> & {
      readonly metadata?: Message['metadata'] | null;
      /** Shows a reply in the channel too; absent: as it was. */
      readonly subtype?: 'thread_broadcast';
    },
    byUser: string,
  ): { readonly message: Message; readonly delivered: Promise<DeliveryOutcome> } {
    const { metadata: kept, ...rest } = previous;
    const metadata = change.metadata === undefined ? kept : change.metadata;
    const message: Message = {
      ...rest,
      text: change.text,
      blocks: change.blocks,
      ...(change.attachments === undefined ? {} : { attachments: change.attachments }),
      ...(change.subtype === undefined ? {} : { subtype: change.subtype }),
      edited: { user: byUser, ts: this.nextTs() },
      ...(metadata ? { metadata } : {}),
    };
    this.replace(channel, message);
    if (message.ephemeralTo !== undefined) {
      this.changes.bump();
      return { message, delivered: Promise.resolve('none') };
    }
    return { message, delivered: this.emit({ type: 'message_changed', channel, message, previous }) };
  }

  /** Stores a new version of a message without an event to the app, as for reactions and read marks. */
  replace(channel: Channel, message: Message): void {
    const index = indexOf(channel, message.ts);
    if (index >= 0) channel.messages[index] = message;
    this.changes.bump();
  }

  /** Deletes a message. A root with replies changes into a tombstone, as on Slack. */
  remove(channel: Channel, previous: Message): Promise<DeliveryOutcome> {
    if (this.repliesTo(channel, previous.ts).length > 0) {
      const message = tombstoneOf(previous);
      this.replace(channel, message);
      return this.emit({ type: 'message_changed', channel, message, previous });
    }
    const index = indexOf(channel, previous.ts);
    if (index >= 0) channel.messages.splice(index, 1);
    if (previous.ephemeralTo !== undefined) {
      this.changes.bump();
      return Promise.resolve('none');
    }
    return this.emit({ type: 'message_deleted', channel, previous });
  }

  join(channel: Channel, userId: string, inviterId?: string): Promise<DeliveryOutcome> {
    channel.members.add(userId);
    const joined = this.emit({
      type: 'member_joined',
      channel,
      userId,
      ...(inviterId === undefined ? {} : { inviterId }),
    });
    return combinedOutcome(
      joined,
      this.post(channel, systemMessageOf(channel, 'join', userId, inviterId)).delivered,
    );
  }

  leave(channel: Channel, userId: string): Promise<DeliveryOutcome> {
    channel.members.delete(userId);
    return this.emit({ type: 'member_left', channel, userId });
  }

  archive(channel: Channel, archived: boolean, byUser: string): Promise<DeliveryOutcome> {
    channel.isArchived = archived;
    const type = archived ? 'channel_archived' : 'channel_unarchived';
    const archivedEvent = this.emit({ type, channel, userId: byUser });
    const message = systemMessageOf(channel, archived ? 'archive' : 'unarchive', byUser);
    return combinedOutcome(archivedEvent, this.post(channel, message).delivered);
  }

  /** Only an accepted invitation is an event. */
  async share(channel: Channel, sharing: Channel['sharing']): Promise<DeliveryOutcome> {
    const was = isShared(this, channel);
    channel.sharing = sharing;
    const is = isShared(this, channel);
    if (was === is) return 'none';
    return this.emit({ type: is ? 'channel_shared' : 'channel_unshared', channel });
  }

  deleteChannel(channel: Channel, byUser: string): Promise<DeliveryOutcome> {
    this.channels.delete(channel.id);
    return this.emit({ type: 'channel_deleted', channel, userId: byUser });
  }

  deactivate(member: Member): Promise<DeliveryOutcome> {
    const changed: Member = { ...member, deleted: true, updated: this.seconds() };
    this.people.set(member.id, changed);
    for (const channel of this.channels.values()) if (!isDirect(channel)) channel.members.delete(member.id);
    return this.emit({ type: 'user_changed', member: changed });
  }

  /** Guests administrate nothing. */
  changeRole(member: Member, role: Role): Promise<DeliveryOutcome> {
    const { guest: _, ...others } = member;
    const isGuest = role === 'multi_channel' || role === 'single_channel';
    const isAdmin = role === 'admin';
    const roles = { isAdmin, isOwner: false, ...(isGuest ? { guest: role } : {}) };
    const changed: Member = { ...others, ...roles, updated: this.seconds() };
    this.people.set(member.id, changed);
    return this.emit({ type: 'user_changed', member: changed });
  }

  react(channel: Channel, message: Message, userId: string, name: string): Promise<DeliveryOutcome> {
    const others = message.reactions.filter((reaction) => reaction.name !== name);
    const before = message.reactions.find((reaction) => reaction.name === name)?.userIds ?? [];
    const changed: Message = { ...message, reactions: [...others, { name, userIds: [...before, userId] }] };
    this.replace(channel, changed);
    return this.emit({ type: 'reaction_added', channel, message: changed, userId, reaction: name });
  }

  /** Drops the oldest messages, with their files unless another message has them. */
  private forgetOldMessages(channel: Channel): void {
    const tooMany = channel.messages.length - this.messagesPerChannel;
    if (tooMany <= 0) return;
    const gone = channel.messages.splice(0, tooMany).flatMap(({ files }) => files);
    if (gone.length === 0) return;
    const shared = filesIn(this.channels.values());
    for (const { id } of gone) if (!shared.has(id)) this.files.delete(id);
  }

  private load(): void {
    const { seed, app } = this;
    for (const person of seededPeople(seed, app, this.seconds())) this.people.set(person.id, person);
    for (const channel of seededChannels(seed, app, this.seconds(), () => this.nextTs()))
      this.channels.set(channel.id, channel);
  }
}

/** The outcome of an event and of the message about the same change. An app may subscribe to either or to both. */
async function combinedOutcome(
  event: Promise<DeliveryOutcome>,
  message: Promise<DeliveryOutcome>,
): Promise<DeliveryOutcome> {
  const [first, second] = await Promise.all([event, message]);
  return first === 'none' ? second : first;
}

/** True if it stands in several workspaces of the organization. */
export function isOrgShared({ team, people }: Workspace, channel: Channel): boolean {
  if (isDirect(channel) || team.organization === undefined) return false;
  return [...channel.members].some((id) => {
    const member = people.get(id);
    return member !== undefined && !member.isStranger && !teamsOf(member).includes(team.id);
  });
}

/** True if people of another company can see it (Slack Connect). */
export function isShared(workspace: Workspace, channel: Channel): boolean {
  return (
    !isDirect(channel) &&
    (channel.sharing === 'shared' ||
      [...channel.members].some((id) => workspace.people.get(id)?.isStranger === true))
  );
}
