import { SandboxError } from '../errors';
import type { ActResult, PersonView } from '../protocol';
import { type Link, NOWHERE } from './controlClient';
import { Home } from './home';
import type { MessageHandle } from './messages';
import { ConversationHandle } from './messages';
import { Modal } from './modal';
import { hasWords, type Words } from './shownBlocks';

/** Somebody of the workspace, as a test drives them: does and sees what a person does and sees. */
export class PersonDriver {
  constructor(
    private readonly link: Link,
    /** Handle or id. */
    readonly name: string,
  ) {}

  /** Types a command and sends it; resolves after the app's ack, or its absence. */
  async slash(text: string, options: { readonly in?: string } = {}): Promise<ActResult> {
    const channel = options.in ?? (await this.anyChannel());
    return this.link.act(this.name, { type: 'command', channel, text });
  }

  /** Waits until a modal is open (that says these words). */
  modal(words?: Words): Promise<Modal> {
    return Modal.open(this.link, this.name, words);
  }

  /** Waits until no modal is open. */
  async noModal(): Promise<void> {
    await this.link.until(
      this.name,
      NOWHERE,
      'screen without a modal',
      (view) => (view.modals.length === 0 ? true : undefined),
      (view, reader) => Modal.top(this.link, this.name, view, reader)?.text() ?? '',
    );
  }

  /** `#lost-deals`, or an id. */
  channel(name: string): ConversationHandle {
    return new ConversationHandle(this.link, this.name, name);
  }

  /** The direct conversation with somebody: the app's name, a handle or a full name. */
  async dm(withWhom: string): Promise<ConversationHandle> {
    const { people } = await this.link.workspace();
    const wanted = withWhom.replace(/^@/, '');
    const other = people.find((person) => [person.id, person.name, person.realName].includes(wanted));
    if (other === undefined) throw new SandboxError('not_visible', `nobody is called "${withWhom}"`);
    const { channel = '' } = await this.link.act(this.name, { type: 'open_dm', userId: other.id });
    return new ConversationHandle(this.link, this.name, channel);
  }

  home(): Home {
    return new Home(this.link, this.name);
  }

  post(text: string, where: { readonly in: string; readonly thread?: string }): Promise<ActResult> {
    return this.link.act(this.name, {
      type: 'post',
      channel: where.in,
      text,
      ...(where.thread === undefined ? {} : { threadTs: where.thread }),
    });
  }

  /** A global shortcut, or with `on` a message shortcut, by its name or callback id. */
  async shortcut(name: string, options: { readonly on?: MessageHandle } = {}): Promise<ActResult> {
    const { app } = await this.link.workspace();
    const info = app.shortcuts.find((shortcut) => shortcut.name === name || shortcut.callbackId === name);
    const { on } = options;
    return this.link.act(this.name, {
      type: 'shortcut',
      callbackId: info?.callbackId ?? name,
      ...(on === undefined ? {} : { message: { channel: on.channel, ts: on.ts } }),
    });
  }

  /** What Slack itself told this person, oldest first. */
  async notices(): Promise<readonly string[]> {
    return (await this.link.view(this.name, NOWHERE)).notices.map((notice) => notice.text);
  }

  /** Waits until Slack tells this person something. */
  waitForNotice(words: Words): Promise<string> {
    return this.link.until(
      this.name,
      NOWHERE,
      `notice that says ${String(words)}`,
      (view) => view.notices.findLast((notice) => hasWords(notice.text, words))?.text,
      () => '',
    );
  }

  /** Everything this person sees, raw. */
  view(): Promise<PersonView> {
    return this.link.view(this.name);
  }

  private async anyChannel(): Promise<string> {
    const { conversations } = await this.link.view(this.name, NOWHERE);
    const channel = conversations.find(
      (conversation) => conversation.kind !== 'im' && !conversation.isArchived,
    );
    if (channel === undefined) throw new SandboxError('not_visible', `${this.name} is in no channel`);
    return channel.id;
  }
}
