/** Two ways to photograph a moment: the few pictures of the README, and every screen in every look. */
import { join } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { openAs, type Person } from 'slack-sandbox/browser';
import { CALL } from '../story';
import { CAST, type Camera, type Moment } from './moment';

interface Picture {
  readonly file: string;
  readonly viewport: { readonly width: number; readonly height: number };
  /** Device pixels for each pixel of the page: 1,200 across make a sharp picture of a reasonable size. */
  readonly scale: number;
  readonly of: (person: Person) => Locator;
  /** Pixels of the page around it. */
  readonly margin: number;
}

const PICTURES: Readonly<Record<string, Picture>> = {
  'would-have-kept': {
    file: 'coaching.png',
    viewport: { width: 700, height: 900 },
    scale: 2,
    of: ({ page }) => page.getByRole('dialog'),
    margin: 30,
  },
  thread: {
    file: 'thread.png',
    viewport: { width: 740, height: 1200 },
    scale: 1.6,
    of: ({ page }) => page.getByRole('log', { name: 'Thread in #lost-deals' }),
    margin: 0,
  },
  'home-manager': {
    file: 'home.png',
    viewport: { width: 620, height: 640 },
    scale: 2,
    of: ({ page }) => page.getByRole('region', { name: 'Lostdeal' }),
    margin: 0,
  },
};

/** The screens of the call, which stand beside each other in one picture. */
const STRIP = new Set([...CALL.map(({ step }) => step.replaceAll('_', '-')), 'fill-in']);
const CARD: Omit<Picture, 'file'> = {
  viewport: { width: 430, height: 900 },
  scale: 1.5,
  of: ({ page }) => page.getByRole('dialog'),
  margin: 0,
};

export interface ReadmeCamera {
  readonly camera: Camera;
  /** Lays the screens of the call side by side into `call.png`. */
  finish(): Promise<void>;
}

export function forTheReadme(browser: Browser, url: string, folder: string): ReadmeCamera {
  const cards: Buffer[] = [];
  return {
    async camera(moment) {
      const picture = PICTURES[moment.name];
      if (picture !== undefined) await take(moment, picture, join(folder, picture.file));
      if (STRIP.has(moment.name)) cards.push(await take(moment, CARD));
    },
    async finish() {
      const page = await browser.newPage({ viewport: { width: 1800, height: 800 } });
      const images = cards.map((card) => `<img src="data:image/png;base64,${card.toString('base64')}">`);
      await page.setContent(
        `<style>body{margin:0;padding:16px;display:grid;grid-template-columns:repeat(5,1fr);gap:16px;align-items:start;background:#f4f4f4}img{width:100%;border-radius:8px}</style>${images.join('')}`,
      );
      await page.screenshot({ path: join(folder, 'call.png'), fullPage: true });
      await page.close();
    },
  };

  async function take(moment: Moment, picture: Omit<Picture, 'file'>, path?: string): Promise<Buffer> {
    const { viewport, scale, margin } = picture;
    const person = await openAs(browser, url, moment.who, { viewport, deviceScaleFactor: scale });
    await ready(person, moment);
    // A ring around the first button would say that it is to be tapped.
    await person.page.evaluate('document.activeElement.blur()');
    const box = await picture.of(person).boundingBox();
    if (box === null) throw new Error(`${moment.name}: there is nothing to show`);
    const left = Math.max(0, box.x - margin);
    const top = Math.max(0, box.y - margin);
    const taken = await person.page.screenshot({
      ...(path === undefined ? {} : { path }),
      clip: {
        x: left,
        y: top,
        width: Math.min(viewport.width, box.x + box.width + margin) - left,
        height: Math.min(viewport.height, box.y + box.height + margin) - top,
      },
    });
    await person.page.close();
    return taken;
  }
}

interface Look {
  readonly name: string;
  readonly viewport: { readonly width: number; readonly height: number };
  readonly colorScheme: 'light' | 'dark';
}

const WIDE = { width: 1360, height: 900 };
const PHONE = { width: 390, height: 844 };
const LOOKS: readonly Look[] = [
  { name: 'light', viewport: WIDE, colorScheme: 'light' },
  { name: 'dark', viewport: WIDE, colorScheme: 'dark' },
  { name: 'phone', viewport: PHONE, colorScheme: 'light' },
  { name: 'phone-dark', viewport: PHONE, colorScheme: 'dark' },
];

/** Every moment in every look, on pages that follow the story. */
export async function forReview(browser: Browser, url: string, folder: string): Promise<Camera> {
  const pages: { readonly who: Moment['who']; readonly look: Look; readonly person: Person }[] = [];
  // One after the other: a dozen at once are too much for a small machine.
  for (const who of CAST) {
    for (const look of LOOKS) pages.push({ who, look, person: await openAs(browser, url, who, look) });
  }
  let taken = 0;
  return async (moment) => {
    taken += 1;
    const number = String(taken).padStart(2, '0');
    for (const { look, person } of pages.filter(({ who }) => who === moment.who)) {
      await ready(person, moment);
      // Playwright's own waits until nothing moves, and Home is drawn anew while figures come.
      if (moment.onTop === true) await scrollTo(person.page.getByText(moment.seen).last());
      await person.page.screenshot({ path: join(folder, `${number}-${moment.name}.${look.name}.png`) });
    }
  };
}

/** A function, since Playwright calls no text of one. */
export const scrollTo = (place: Locator): Promise<void> =>
  place.evaluate((it: { scrollIntoView(): void }) => it.scrollIntoView());

async function ready({ page }: Person, { seen, place, modal, inspector }: Moment): Promise<void> {
  if (place !== undefined) {
    const url = new URL(page.url());
    url.hash = place;
    await page.goto(url.href);
    if (modal === undefined) await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
  const button = page.getByRole('button', { name: 'Inspector', exact: true });
  if (((await button.getAttribute('aria-expanded')) === 'true') !== (inspector ?? false))
    // Where it covers the button, its own one is nearer.
    await (inspector === true ? button : page.getByRole('button', { name: 'Close inspector' })).click();
  await page.getByText(seen).last().waitFor();
  if (inspector === true) {
    const line = page
      .getByRole('list', { name: 'Traffic' })
      .getByText(/^view_submission/)
      .first();
    await line.click();
  }
  await page.evaluate('document.fonts.ready');
}
