import { SandboxError } from '../errors';
import type { ActResult, PersonView } from '../protocol';
import { type ControlApi, NO_CONVERSATIONS } from './controlApi';
import { Home } from './home';
import type { MessageHandle } from './messages';
import { ConversationHandle } from './messages';
import { Modal } from './modal';
import { hasWords, type Words } from './shownBlocks';

/** One person of the workspace, driven by a test. */
export class PersonDriver {
  constructor(
    private readonly api: ControlApi,
    /** Handle or id. */
    readonly name: string,
  ) {}

  /** Types and sends a command. Resolves after the app's ack, or when the app has failed to ack. */
  async slash(text: string, options: { readonly in?: string } = {}): Promise<ActResult> {
    const channel = options.in ?? (await this.anyChannel());
    return this.api.act(this.name, { type: 'command', channel, text });
  }

  /** Waits for an open modal; with `words`, for one that contains them. */
  modal(words?: Words): Promise<Modal> {
    return Modal.open(this.api, this.name, words);
  }

  /** Waits until no modal is open. */
  async noModal(): Promise<void> {
    await this.api.waitUntil(
      this.name,
      NO_CONVERSATIONS,
      'screen without a modal',
      (view) => (view.modals.length === 0 ? true : undefined),
      (view, reader) => Modal.top(this.api, this.name, view, reader)?.text() ?? '',
    );
  }

  /** Takes `#requests`, or an id. */
  channel(name: string): ConversationHandle {
    return new ConversationHandle(this.api, this.name, name);
  }

  /** The direct conversation with somebody, by the app's name, a handle or a full name. */
  async dm(withWhom: string): Promise<ConversationHandle> {
    const { people } = await this.api.workspace();
    const wanted = withWhom.replace(/^@/, '');
    const other = people.find((person) => [person.id, person.name, person.realName].includes(wanted));
    if (other === undefined) throw new SandboxError('not_visible', `nobody is called "${withWhom}"`);
    const { channel = '' } = await this.api.act(this.name, { type: 'open_dm', userId: other.id });
    return new ConversationHandle(this.api, this.name, channel);
  }

  home(): Home {
    return new Home(this.api, this.name);
  }

  post(text: string, where: { readonly in: string; readonly thread?: string }): Promise<ActResult> {
    return this.api.act(this.name, {
      type: 'post',
      channel: where.in,
      text,
      ...(where.thread === undefined ? {} : { threadTs: where.thread }),
    });
  }

  /** Uses a global shortcut or, with `on`, a message shortcut. Takes its name or callback id. */
  async shortcut(name: string, options: { readonly on?: MessageHandle } = {}): Promise<ActResult> {
    const { app } = await this.api.workspace();
    const info = app.shortcuts.find((shortcut) => shortcut.name === name || shortcut.callbackId === name);
    const { on } = options;
    return this.api.act(this.name, {
      type: 'shortcut',
      callbackId: info?.callbackId ?? name,
      ...(on === undefined ? {} : { message: { channel: on.channel, ts: on.ts } }),
    });
  }

  /** Slack's own messages to this person, oldest first. */
  async notices(): Promise<readonly string[]> {
    return (await this.api.view(this.name, NO_CONVERSATIONS)).notices.map((notice) => notice.text);
  }

  /** Waits for a message of Slack's own to this person. */
  waitForNotice(words: Words): Promise<string> {
    return this.api.waitUntil(
      this.name,
      NO_CONVERSATIONS,
      `notice that says ${String(words)}`,
      (view) => view.notices.findLast((notice) => hasWords(notice.text, words))?.text,
      () => '',
    );
  }

  /** Everything that this person sees, unrendered. */
  view(): Promise<PersonView> {
    return this.api.view(this.name);
  }

  private async anyChannel(): Promise<string> {
    const { conversations } = await this.api.view(this.name, NO_CONVERSATIONS);
    const channel = conversations.find(
      (conversation) => conversation.kind !== 'im' && !conversation.isArchived,
    );
    if (channel === undefined) throw new SandboxError('not_visible', `${this.name} is in no channel`);
    return channel.id;
  }
}
