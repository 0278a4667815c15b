import { SandboxError } from '../errors';
import { objectsOf } from '../json';
import type { ActResult, PersonView } from '../protocol';
import { type ControlApi, NO_CONVERSATIONS } from './controlApi';
import { withRequestedOptions } from './externalMenus';
import type { InputValue } from './inputStates';
import type { Reader } from './render/reader';
import { hasWords, ShownBlocks, type Which, type Words } from './shownBlocks';

/** Looks before a click gives up. */
const LOOKS = 5;

/** The Home tab of the app, as one person sees it. Every read waits until the app has published one. */
export class Home {
  constructor(
    private readonly api: ControlApi,
    private readonly as: string,
  ) {}

  /** Opens the tab, which sends the app `app_home_opened`. */
  open(): Promise<ActResult> {
    return this.api.act(this.as, { type: 'open_home' });
  }

  async text(): Promise<string> {
    return (await this.shown()).text();
  }

  async buttons(): Promise<readonly string[]> {
    return (await this.shown()).buttons();
  }

  async inputs(): Promise<readonly string[]> {
    return (await this.shown()).inputs();
  }

  /** The app may publish again between the look and the click; a person then clicks what stands there. */
  async click(label: Words, which?: Which): Promise<ActResult> {
    for (let looks = 1; ; looks += 1) {
      const target = (await this.shown()).find(label, which);
      try {
        return await this.api.act(this.as, { type: 'click', target: { in: 'home' }, ...target });
      } catch (error) {
        const isGone = error instanceof SandboxError && error.message.includes('no_such_element');
        if (!isGone || looks === LOOKS) throw error;
      }
    }
  }

  async fill(values: Readonly<Record<string, InputValue>>): Promise<void> {
    const shown = await withRequestedOptions(this.api, this.as, { in: 'home' }, await this.shown(), values);
    const { typed, chosen } = shown.fill(values);
    const { home } = await this.api.view(this.as, NO_CONVERSATIONS);
    if (Object.keys(typed).length > 0)
      await this.api.act(this.as, { type: 'input', viewId: home?.id ?? '', state: typed });
    for (const target of chosen)
      await this.api.act(this.as, { type: 'click', target: { in: 'home' }, ...target });
  }

  /** Waits until the tab contains these words. @returns its whole text */
  async waitFor(words: Words): Promise<string> {
    return (await this.shown(words)).text();
  }

  private shown(words?: Words): Promise<ShownBlocks> {
    return this.api.waitUntil(
      this.as,
      NO_CONVERSATIONS,
      `Home tab${words === undefined ? '' : ` that says ${String(words)}`}`,
      (view, reader) => {
        const shown = shownHome(view, reader);
        return shown !== undefined && (words === undefined || hasWords(shown.text(), words))
          ? shown
          : undefined;
      },
      (view, reader) => shownHome(view, reader)?.text() ?? '(the Home tab is empty)',
    );
  }
}

function shownHome({ home }: PersonView, reader: Reader): ShownBlocks | undefined {
  return home === null
    ? undefined
    : new ShownBlocks(reader, objectsOf(home.view.blocks), { state: home.state, errors: home.errors });
}
