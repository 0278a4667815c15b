/** Opens the sandbox's page in the system's Chromium, as one person at a time. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core';

/** Debian's name first, then those of other systems. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** The path of Chromium; null if none is on the PATH. */
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

/** @throws Error if Chromium is not installed */
export function startChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error(NO_CHROMIUM);
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/**
 * Opens the page as one person. `faults` collects the errors of the page, so that a test can assert that there are
 * none.
 * @param handle for example `robin`
 */
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

/** Somebody in front of the page. Finds everything by the name that a screen reader reads out. */
export class Person {
  constructor(
    readonly page: Page,
    /** Exceptions of the page and errors in its console. */
    readonly faults: readonly string[],
  ) {}

  /** The modal with this title. */
  modal(title: string): Locator {
    return this.page.getByRole('dialog', { name: title });
  }

  /** The messages of a conversation, by its name: `#requests`, a person, or `Thread in #requests`. */
  log(name: string): Locator {
    return this.page.getByRole('log', { name, exact: true });
  }

  /** A message, by the words that a screen reader reads first. */
  message(log: string, words: string | RegExp): Locator {
    return this.log(log).getByRole('article', { name: words });
  }

  /** Opens a channel, or the conversation with a person or the app, from the sidebar. */
  async goTo(entry: string): Promise<void> {
    const sidebar = this.page.getByRole('navigation', { name: 'Conversations' });
    await sidebar.getByRole('button', { name: entry }).click();
  }

  /** Presses Tab until the element has the focus. */
  async tabTo(target: Locator): Promise<void> {
    await target.waitFor();
    const focused = target.and(this.page.locator(':focus'));
    for (let presses = 0; (await focused.count()) === 0; presses++) {
      if (presses > 60) throw new Error(`Tab does not lead to ${String(target)}`);
      await this.page.keyboard.press('Tab');
    }
  }

  /** Opens the app's Messages tab. */
  async openAppMessages(app: string): Promise<void> {
    await this.goTo(app);
    await this.page.getByRole('tab', { name: 'Messages' }).click();
  }
}
