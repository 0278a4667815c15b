/** The sandbox's own page in the system's Chromium, for one person at a time. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core';

/** Debian's package first; the others call it differently. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** The path of Chromium, or null when none is on the PATH. */
export function findChromium(): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export const NO_CHROMIUM = 'Chromium is not on the PATH (Debian: apt install chromium)';

/** @throws when Chromium is not installed */
export function startChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error(NO_CHROMIUM);
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** The page as somebody of the workspace (a handle) sees it. What the page itself gets wrong fails the caller. */
export async function openAs(
  browser: Browser,
  url: string,
  handle: string,
  options: BrowserContextOptions = {},
): Promise<Person> {
  const context = await browser.newContext({ viewport: { width: 1360, height: 900 }, ...options });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  await page.goto(`${url}/?as=${handle}`);
  await page.getByRole('main').waitFor();
  return new Person(page, faults);
}

/** Somebody in front of the page. Everything is found as a screen reader would name it. */
export class Person {
  constructor(
    readonly page: Page,
    /** Errors of the page itself: exceptions and what the console calls an error. */
    readonly faults: readonly string[],
  ) {}

  /** The modal with this title. */
  modal(title: string): Locator {
    return this.page.getByRole('dialog', { name: title });
  }

  /** The messages of `#lost-deals`, of a person or of `Thread in #lost-deals`. */
  log(name: string): Locator {
    return this.page.getByRole('log', { name, exact: true });
  }

  /** A message, by words of what a screen reader reads of it first. */
  message(log: string, words: string | RegExp): Locator {
    return this.log(log).getByRole('article', { name: words });
  }

  /** Goes to a channel, a person or the app through the sidebar. */
  async goTo(entry: string): Promise<void> {
    const sidebar = this.page.getByRole('navigation', { name: 'Conversations' });
    await sidebar.getByRole('button', { name: entry }).click();
  }

  /** Presses Tab until the focus is there. */
  async tabTo(target: Locator): Promise<void> {
    await target.waitFor();
    const focused = target.and(this.page.locator(':focus'));
    for (let presses = 0; (await focused.count()) === 0; presses++) {
      if (presses > 60) throw new Error(`Tab does not lead to ${String(target)}`);
      await this.page.keyboard.press('Tab');
    }
  }

  /** The app's own messages. */
  async openAppMessages(app: string): Promise<void> {
    await this.goTo(app);
    await this.page.getByRole('tab', { name: 'Messages' }).click();
  }
}
