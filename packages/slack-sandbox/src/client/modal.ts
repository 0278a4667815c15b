import { SandboxError } from '../errors';
import { objectsOf } from '../json';
import type { ActResult, PersonView, SeenView } from '../protocol';
import { type ControlApi, NO_CONVERSATIONS } from './controlApi';
import { requestOptions, withRequestedOptions } from './externalMenus';
import type { InputValue } from './inputStates';
import type { Reader } from './render/reader';
import { hasWords, ShownBlocks, type Which, type Words } from './shownBlocks';

interface Snapshot {
  readonly seen: SeenView;
  readonly shown: ShownBlocks;
}

/** The modal on top of one person's screen. Reads return what it showed last; every action reads it again. */
export class Modal {
  private constructor(
    private readonly api: ControlApi,
    private readonly as: string,
    private snapshot: Snapshot,
  ) {}

  /** Waits for an open modal; with `words`, for one that contains them. */
  static open(api: ControlApi, as: string, words?: Words): Promise<Modal> {
    return api.waitUntil(
      as,
      NO_CONVERSATIONS,
      `modal${words === undefined ? '' : ` that says ${String(words)}`}`,
      (view, reader) => {
        const modal = Modal.top(api, as, view, reader);
        return modal !== undefined && (words === undefined || hasWords(modal.text(), words))
          ? modal
          : undefined;
      },
      (view, reader) => Modal.top(api, as, view, reader)?.text() ?? '(no modal is open)',
    );
  }

  /** The modal on top; undefined if none is open. */
  static top(api: ControlApi, as: string, view: PersonView, reader: Reader): Modal | undefined {
    const seen = view.modals.at(-1);
    return seen === undefined ? undefined : new Modal(api, as, snapshotOf(seen, reader));
  }

  get id(): string {
    return this.snapshot.seen.id;
  }

  get title(): string {
    const { view } = this.snapshot.seen;
    return view.type === 'modal' ? view.title.text : '';
  }

  get view(): SeenView['view'] {
    return this.snapshot.seen.view;
  }

  get state(): SeenView['state'] {
    return this.snapshot.seen.state;
  }

  /** "We had some trouble connecting", after the app did not ack. */
  get failure(): string | undefined {
    return this.snapshot.seen.failure;
  }

  /** The whole text, from the title to the buttons at the bottom. */
  text(): string {
    const { view } = this.snapshot.seen;
    const foot = view.type === 'modal' ? [view.close?.text ?? 'Cancel', view.submit?.text] : [];
    const buttons = foot.filter((label) => label !== undefined).map((label) => `[${label}]`);
    return [this.title, this.snapshot.shown.text(), this.failure, buttons.join(' ')]
      .filter((line) => line)
      .join('\n');
  }

  /** Labels of the buttons in blocks. Those at the bottom are `submit` and `close`. */
  buttons(): readonly string[] {
    return this.snapshot.shown.buttons();
  }

  inputs(): readonly string[] {
    return this.snapshot.shown.inputs();
  }

  options(label?: string): readonly string[] {
    return this.snapshot.shown.options(label);
  }

  value(label: string): InputValue {
    return this.snapshot.shown.value(label);
  }

  /** Inline errors by the label of their input. */
  errors(): Readonly<Record<string, string>> {
    return this.snapshot.shown.errors();
  }

  /** Types and chooses, by label. */
  async fill(values: Readonly<Record<string, InputValue>>): Promise<this> {
    const shown = await withRequestedOptions(this.api, this.as, this.target, this.snapshot.shown, values);
    const { typed, chosen } = shown.fill(values);
    if (Object.keys(typed).length > 0)
      await this.api.act(this.as, { type: 'input', viewId: this.id, state: typed });
    for (const target of chosen)
      await this.api.act(this.as, { type: 'click', target: this.target, ...target });
    return this.look();
  }

  /** Uploads files into a file input and keeps those that it holds. */
  async attach(
    label: string,
    ...files: readonly { readonly name: string; readonly content: string | Buffer }[]
  ): Promise<this> {
    const { blockId, actionId, current } = this.snapshot.shown.fileInput(label);
    const chosen: unknown[] = [...current];
    for (const { name, content } of files) {
      const base64 = Buffer.from(content).toString('base64');
      const { fileId } = await this.api.act(this.as, { type: 'upload', name, base64 });
      chosen.push({ id: fileId });
    }
    const state = { [blockId]: { [actionId]: { type: 'file_input', files: chosen } } };
    await this.api.act(this.as, { type: 'input', viewId: this.id, state });
    return this.look();
  }

  /** Types into an external menu. @returns the labels of the options that the app offers */
  async suggestions(label: string, typed = ''): Promise<readonly string[]> {
    const { shown } = this.snapshot;
    const menu = shown.externalMenu(label);
    if (menu === undefined) throw new SandboxError('not_visible', `"${label}" asks the app for no options`);
    const options = await requestOptions(this.api, this.as, this.target, menu, typed);
    return shown.withOptions(menu, options).options(label);
  }

  async click(label: Words, which?: Which): Promise<ActResult> {
    const target = this.snapshot.shown.find(label, which);
    return this.after(await this.api.act(this.as, { type: 'click', target: this.target, ...target }));
  }

  async submit(): Promise<ActResult> {
    return this.after(await this.api.act(this.as, { type: 'submit', viewId: this.id }));
  }

  /** Cancel: closes this view. */
  close(): Promise<ActResult> {
    return this.api.act(this.as, { type: 'close', viewId: this.id });
  }

  /** The X: closes the whole stack. */
  closeAll(): Promise<ActResult> {
    return this.api.act(this.as, { type: 'close', viewId: this.id, all: true });
  }

  /** Waits until this view contains these words. */
  async waitFor(words: Words): Promise<this> {
    this.snapshot = await this.api.waitUntil(
      this.as,
      NO_CONVERSATIONS,
      `text ${String(words)} in the modal`,
      (view, reader) => {
        const seen = view.modals.find((modal) => modal.id === this.id);
        if (seen === undefined) return undefined;
        const snapshot = snapshotOf(seen, reader);
        return hasWords(new Modal(this.api, this.as, snapshot).text(), words) ? snapshot : undefined;
      },
      (view, reader) => Modal.top(this.api, this.as, view, reader)?.text() ?? '(no modal is open)',
    );
    return this;
  }

  /** Reads the view again. Keeps the last reading if the view is gone. */
  async look(): Promise<this> {
    const { view, reader } = await this.api.look(this.as, NO_CONVERSATIONS);
    const seen = view.modals.find((modal) => modal.id === this.id);
    if (seen !== undefined) this.snapshot = snapshotOf(seen, reader);
    return this;
  }

  private get target() {
    return { in: 'modal', viewId: this.id } as const;
  }

  private async after(result: ActResult): Promise<ActResult> {
    await this.look();
    return result;
  }
}

function snapshotOf(seen: SeenView, reader: Reader): Snapshot {
  return {
    seen,
    shown: new ShownBlocks(reader, objectsOf(seen.view.blocks), { state: seen.state, errors: seen.errors }),
  };
}
