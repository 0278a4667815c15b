import { SandboxError } from '../errors';
import { objectsOf } from '../json';
import type { ActResult, PersonView, SeenMessage } from '../protocol';
import { type ControlApi, NO_CONVERSATIONS } from './controlApi';
import { withRequestedOptions } from './externalMenus';
import type { InputValue } from './inputStates';
import { renderAttachment } from './render/blocks';
import type { Reader } from './render/reader';
import { renderMrkdwn } from './render/text';
import { hasWords, ShownBlocks, type Which, type Words } from './shownBlocks';

/** One message as the person last saw it. */
export class MessageHandle {
  private readonly shown: ShownBlocks;

  constructor(
    private readonly api: ControlApi,
    private readonly as: string,
    readonly seen: SeenMessage,
    private readonly reader: Reader,
  ) {
    this.shown = new ShownBlocks(reader, objectsOf([...seen.blocks, ...attachedBlocks(seen)]));
  }

  get ts(): string {
    return this.seen.ts;
  }

  get channel(): string {
    return this.seen.channel;
  }

  get threadTs(): string | undefined {
    return this.seen.threadTs;
  }

  /** A reply that the channel shows too. */
  get broadcast(): boolean {
    return this.seen.broadcast === true;
  }

  get blocks(): SeenMessage['blocks'] {
    return this.seen.blocks;
  }

  get ephemeral(): boolean {
    return this.seen.ephemeral;
  }

  get edited(): boolean {
    return this.seen.edited;
  }

  get files(): SeenMessage['files'] {
    return this.seen.files;
  }

  /** Handle of the author, for example `robin`. */
  get from(): string {
    return this.reader.people.get(this.seen.userId)?.name ?? this.seen.userId;
  }

  /** The text of the notification: the `text` argument, not the blocks. */
  get fallback(): string {
    return renderMrkdwn(this.reader, this.seen.text);
  }

  text(): string {
    const files = this.seen.files.map((file) => `(file: ${file.name})`);
    const { attachments = [] } = this.seen;
    const attached = attachments.map((attachment) => renderAttachment(this.reader, attachment));
    const own = new ShownBlocks(this.reader, objectsOf(this.seen.blocks));
    const body = this.seen.blocks.length > 0 ? own.text() : this.fallback;
    // The comment of a file is in `text`, even without blocks.
    return [body, ...attached, ...files].filter((line) => line !== '').join('\n');
  }

  buttons(): readonly string[] {
    return this.shown.buttons();
  }

  options(label?: string): readonly string[] {
    return this.shown.options(label);
  }

  click(label: Words, which?: Which): Promise<ActResult> {
    const target = this.shown.find(label, which);
    return this.api.act(this.as, {
      type: 'click',
      target: { in: 'message', channel: this.channel, ts: this.ts },
      ...target,
    });
  }

  /** Chooses in menus of the message, by their labels. Types into external menus first. */
  async fill(values: Readonly<Record<string, InputValue>>): Promise<void> {
    const target = { in: 'message', channel: this.channel, ts: this.ts } as const;
    const shown = await withRequestedOptions(this.api, this.as, target, this.shown, values);
    const { chosen } = shown.fill(values);
    for (const choice of chosen) await this.api.act(this.as, { type: 'click', target, ...choice });
  }

  /** Replies in this message's thread. */
  async reply(text: string): Promise<ActResult> {
    return this.api.act(this.as, {
      type: 'post',
      channel: this.channel,
      text,
      threadTs: this.threadTs ?? this.ts,
    });
  }

  edit(text: string): Promise<ActResult> {
    return this.api.act(this.as, { type: 'edit', channel: this.channel, ts: this.ts, text });
  }

  delete(): Promise<ActResult> {
    return this.api.act(this.as, { type: 'delete', channel: this.channel, ts: this.ts });
  }

  /** The thread of this message, also if it is a reply. */
  thread(): Thread {
    return new Thread(this.api, this.as, this.channel, this.threadTs ?? this.ts);
  }

  /** Reads the message again. @throws SandboxError not_visible if it is gone */
  async latest(): Promise<MessageHandle> {
    const { view, reader } = await this.api.look(this.as, [this.channel]);
    const seen = messageIn(view, this.channel, this.ts);
    if (seen === undefined)
      throw new SandboxError('not_visible', `${this.as} no longer sees the message:\n${this.text()}`);
    return new MessageHandle(this.api, this.as, seen, reader);
  }

  /** Waits until this message contains these words. */
  waitFor(words: Words): Promise<MessageHandle> {
    return this.api.waitUntil(
      this.as,
      [this.channel],
      `text ${String(words)} in the message`,
      (view, reader) => {
        const handle = this.refreshed(view, reader);
        return handle !== undefined && hasWords(handle.text(), words) ? handle : undefined;
      },
      (view, reader) => this.refreshed(view, reader)?.text() ?? '(the message is gone)',
    );
  }

  /** Waits until this message is deleted. */
  async waitUntilGone(): Promise<void> {
    await this.api.waitUntil(
      this.as,
      [this.channel],
      'end of the message',
      (view) => (messageIn(view, this.channel, this.ts) === undefined ? true : undefined),
      () => this.text(),
    );
  }

  private refreshed(view: PersonView, reader: Reader): MessageHandle | undefined {
    const seen = messageIn(view, this.channel, this.ts);
    return seen && new MessageHandle(this.api, this.as, seen, reader);
  }
}

function attachedBlocks({ attachments = [] }: SeenMessage): SeenMessage['blocks'] {
  return attachments.flatMap(({ blocks = [] }) => blocks);
}

function messageIn(view: PersonView, channel: string, ts: string): SeenMessage | undefined {
  return view.messages[channel]?.find((message) => message.ts === ts);
}

export type MessageMatch = Words | ((message: MessageHandle) => boolean);

/** Messages of one conversation or thread, as one person sees them. */
abstract class Messages {
  constructor(
    protected readonly api: ControlApi,
    protected readonly as: string,
    /** `#requests`, or an id. */
    protected readonly conversation: string,
  ) {}

  protected abstract list(view: PersonView, reader: Reader): readonly MessageHandle[];
  /** Names the conversation or thread in the error of a timeout. */
  protected abstract readonly place: string;

  /** The messages of the moment, oldest first. */
  async messages(): Promise<readonly MessageHandle[]> {
    const { view, reader } = await this.api.look(this.as, [this.conversation]);
    return this.list(view, reader);
  }

  /** Waits for a message that matches. Returns the newest if several do. */
  waitFor(match: MessageMatch, timeoutMs?: number): Promise<MessageHandle> {
    return this.api.waitUntil(
      this.as,
      [this.conversation],
      `message that matches ${String(match)} in ${this.place}`,
      (view, reader) => this.list(view, reader).findLast((message) => matches(message, match)),
      (view, reader) => this.show(view, reader),
      timeoutMs,
    );
  }

  /** Waits until no message matches. */
  async waitForNone(match: MessageMatch): Promise<void> {
    await this.api.waitUntil(
      this.as,
      [this.conversation],
      `end of messages that match ${String(match)} in ${this.place}`,
      (view, reader) =>
        this.list(view, reader).some((message) => matches(message, match)) ? undefined : true,
      (view, reader) => this.show(view, reader),
    );
  }

  private show(view: PersonView, reader: Reader): string {
    const shown = this.list(view, reader).map(
      (message) => `${message.threadTs ? '  ↳ ' : ''}${message.from}: ${message.text()}`,
    );
    return shown.length > 0 ? shown.join('\n') : `(no messages in ${this.place})`;
  }
}

function matches(message: MessageHandle, match: MessageMatch): boolean {
  return typeof match === 'function' ? match(message) : hasWords(message.text(), match);
}

/** A channel or a direct conversation, with the replies of its threads. */
export class ConversationHandle extends Messages {
  post(text: string): Promise<ActResult> {
    return this.api.act(this.as, { type: 'post', channel: this.conversation, text });
  }

  read(): Promise<ActResult> {
    return this.api.act(this.as, { type: 'read', channel: this.conversation });
  }

  /** Count of messages that this person has not read. */
  async unread(): Promise<number> {
    return conversationIn(await this.api.view(this.as, NO_CONVERSATIONS), this.conversation)?.unread ?? 0;
  }

  protected get place(): string {
    return this.conversation;
  }

  protected list(view: PersonView, reader: Reader): readonly MessageHandle[] {
    const id = conversationIn(view, this.conversation)?.id ?? '';
    return (view.messages[id] ?? []).map((seen) => new MessageHandle(this.api, this.as, seen, reader));
  }
}

/** The replies to one message. */
export class Thread extends Messages {
  constructor(
    api: ControlApi,
    as: string,
    conversation: string,
    readonly rootTs: string,
  ) {
    super(api, as, conversation);
  }

  reply(text: string): Promise<ActResult> {
    return this.api.act(this.as, { type: 'post', channel: this.conversation, text, threadTs: this.rootTs });
  }

  protected get place(): string {
    return `the thread ${this.rootTs}`;
  }

  protected list(view: PersonView, reader: Reader): readonly MessageHandle[] {
    return (view.messages[this.conversation] ?? [])
      .filter((seen) => seen.threadTs === this.rootTs)
      .map((seen) => new MessageHandle(this.api, this.as, seen, reader));
  }
}

export function conversationIn(view: PersonView, place: string) {
  const name = place.replace(/^#/, '');
  return view.conversations.find(
    (conversation) => conversation.id === place || (conversation.kind !== 'im' && conversation.name === name),
  );
}
