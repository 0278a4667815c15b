import { SandboxError } from '../errors';
import { objectsOf } from '../json';
import type { ActResult, PersonView, SeenView } from '../protocol';
import { type Link, NOWHERE } from './controlClient';
import { offersFor, withOffers } from './externalMenus';
import type { InputValue } from './inputStates';
import type { Reader } from './render/reader';
import { hasWords, Surface, type Which, type Words } from './shownBlocks';

interface Snapshot {
  readonly seen: SeenView;
  readonly surface: Surface;
}

/** The modal on top of somebody's screen. Reads are of the last look; every action looks again. */
export class Modal {
  private constructor(
    private readonly link: Link,
    private readonly as: string,
    private snapshot: Snapshot,
  ) {}

  /** Waits until a modal is open, or until one is that says these words. */
  static open(link: Link, as: string, words?: Words): Promise<Modal> {
    return link.until(
      as,
      NOWHERE,
      `modal${words === undefined ? '' : ` that says ${String(words)}`}`,
      (view, reader) => {
        const modal = Modal.top(link, as, view, reader);
        return modal !== undefined && (words === undefined || hasWords(modal.text(), words))
          ? modal
          : undefined;
      },
      (view, reader) => Modal.top(link, as, view, reader)?.text() ?? '(no modal is open)',
    );
  }

  /** What is on top now, if anything. */
  static top(link: Link, as: string, view: PersonView, reader: Reader): Modal | undefined {
    const seen = view.modals.at(-1);
    return seen === undefined ? undefined : new Modal(link, as, snapshotOf(seen, reader));
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

  /** "We had some trouble connecting", after the app did not answer. */
  get failure(): string | undefined {
    return this.snapshot.seen.failure;
  }

  /** Everything there is to read, from the title to the buttons at the foot. */
  text(): string {
    const { view } = this.snapshot.seen;
    const foot = view.type === 'modal' ? [view.close?.text ?? 'Cancel', view.submit?.text] : [];
    const buttons = foot.filter((label) => label !== undefined).map((label) => `[${label}]`);
    return [this.title, this.snapshot.surface.text(), this.failure, buttons.join(' ')]
      .filter((line) => line)
      .join('\n');
  }

  /** Labels of the buttons in the blocks; the ones at the foot are `submit` and `close`. */
  buttons(): readonly string[] {
    return this.snapshot.surface.buttons();
  }

  inputs(): readonly string[] {
    return this.snapshot.surface.inputs();
  }

  options(label?: string): readonly string[] {
    return this.snapshot.surface.options(label);
  }

  value(label: string): InputValue {
    return this.snapshot.surface.value(label);
  }

  /** Inline errors by the label of their input. */
  errors(): Readonly<Record<string, string>> {
    return this.snapshot.surface.errors();
  }

  /** Types and chooses, by label. */
  async fill(values: Readonly<Record<string, InputValue>>): Promise<this> {
    const surface = await withOffers(this.link, this.as, this.target, this.snapshot.surface, values);
    const { typed, chosen } = surface.fill(values);
    if (Object.keys(typed).length > 0)
      await this.link.act(this.as, { type: 'input', viewId: this.id, state: typed });
    for (const target of chosen)
      await this.link.act(this.as, { type: 'click', target: this.target, ...target });
    return this.look();
  }

  /** Uploads files into a file input, beside those that are there. */
  async attach(
    label: string,
    ...files: readonly { readonly name: string; readonly content: string | Buffer }[]
  ): Promise<this> {
    const { blockId, actionId, held } = this.snapshot.surface.fileInput(label);
    const chosen: unknown[] = [...held];
    for (const { name, content } of files) {
      const base64 = Buffer.from(content).toString('base64');
      const { fileId } = await this.link.act(this.as, { type: 'upload', name, base64 });
      chosen.push({ id: fileId });
    }
    const state = { [blockId]: { [actionId]: { type: 'file_input', files: chosen } } };
    await this.link.act(this.as, { type: 'input', viewId: this.id, state });
    return this.look();
  }

  /** Types into an external menu. @returns the labels of what the app offers. */
  async suggestions(label: string, typed = ''): Promise<readonly string[]> {
    const { surface } = this.snapshot;
    const menu = surface.externalMenu(label);
    if (menu === undefined) throw new SandboxError('not_visible', `"${label}" asks the app for no options`);
    const options = await offersFor(this.link, this.as, this.target, menu, typed);
    return surface.offering(menu, options).options(label);
  }

  async click(label: Words, which?: Which): Promise<ActResult> {
    const target = this.snapshot.surface.find(label, which);
    return this.after(await this.link.act(this.as, { type: 'click', target: this.target, ...target }));
  }

  async submit(): Promise<ActResult> {
    return this.after(await this.link.act(this.as, { type: 'submit', viewId: this.id }));
  }

  /** Cancel: this view goes. */
  close(): Promise<ActResult> {
    return this.link.act(this.as, { type: 'close', viewId: this.id });
  }

  /** The X: all of them go. */
  closeAll(): Promise<ActResult> {
    return this.link.act(this.as, { type: 'close', viewId: this.id, all: true });
  }

  /** Waits until this view says these words. */
  async waitFor(words: Words): Promise<this> {
    this.snapshot = await this.link.until(
      this.as,
      NOWHERE,
      `text ${String(words)} in the modal`,
      (view, reader) => {
        const seen = view.modals.find((modal) => modal.id === this.id);
        if (seen === undefined) return undefined;
        const snapshot = snapshotOf(seen, reader);
        return hasWords(new Modal(this.link, this.as, snapshot).text(), words) ? snapshot : undefined;
      },
      (view, reader) => Modal.top(this.link, this.as, view, reader)?.text() ?? '(no modal is open)',
    );
    return this;
  }

  /** Looks again. If the view is gone, the last look stays. */
  async look(): Promise<this> {
    const { view, reader } = await this.link.look(this.as, NOWHERE);
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
    surface: new Surface(reader, objectsOf(seen.view.blocks), { state: seen.state, errors: seen.errors }),
  };
}
