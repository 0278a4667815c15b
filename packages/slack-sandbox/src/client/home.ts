import { objectsOf } from '../json';
import type { ActResult, PersonView } from '../protocol';
import { type Link, NOWHERE } from './controlClient';
import { withOffers } from './externalMenus';
import type { InputValue } from './inputStates';
import type { Reader } from './render/reader';
import { hasWords, Surface, type Which, type Words } from './shownBlocks';

/** Somebody's Home tab of the app. Every read waits until the app has published one. */
export class Home {
  constructor(
    private readonly link: Link,
    private readonly as: string,
  ) {}

  /** Opens the tab; the app is told. */
  open(): Promise<ActResult> {
    return this.link.act(this.as, { type: 'open_home' });
  }

  async text(): Promise<string> {
    return (await this.surface()).text();
  }

  async buttons(): Promise<readonly string[]> {
    return (await this.surface()).buttons();
  }

  async inputs(): Promise<readonly string[]> {
    return (await this.surface()).inputs();
  }

  async click(label: Words, which?: Which): Promise<ActResult> {
    const target = (await this.surface()).find(label, which);
    return this.link.act(this.as, { type: 'click', target: { in: 'home' }, ...target });
  }

  async fill(values: Readonly<Record<string, InputValue>>): Promise<void> {
    const surface = await withOffers(this.link, this.as, { in: 'home' }, await this.surface(), values);
    const { typed, chosen } = surface.fill(values);
    const { home } = await this.link.view(this.as, NOWHERE);
    if (Object.keys(typed).length > 0)
      await this.link.act(this.as, { type: 'input', viewId: home?.id ?? '', state: typed });
    for (const target of chosen)
      await this.link.act(this.as, { type: 'click', target: { in: 'home' }, ...target });
  }

  /** Waits until the tab says these words. @returns all of its text. */
  async waitFor(words: Words): Promise<string> {
    return (await this.surface(words)).text();
  }

  private surface(words?: Words): Promise<Surface> {
    return this.link.until(
      this.as,
      NOWHERE,
      `Home tab${words === undefined ? '' : ` that says ${String(words)}`}`,
      (view, reader) => {
        const surface = surfaceOf(view, reader);
        return surface !== undefined && (words === undefined || hasWords(surface.text(), words))
          ? surface
          : undefined;
      },
      (view, reader) => surfaceOf(view, reader)?.text() ?? '(the Home tab is empty)',
    );
  }
}

function surfaceOf({ home }: PersonView, reader: Reader): Surface | undefined {
  return home === null
    ? undefined
    : new Surface(reader, objectsOf(home.view.blocks), { state: home.state, errors: home.errors });
}
