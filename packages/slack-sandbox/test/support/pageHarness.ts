import type { BrowserContextOptions } from 'playwright-core';
import { findChromium, NO_CHROMIUM, openAs, type Person, startChromium } from '../../src/browser';
import { type Harness, startHarness, until } from './harness';
import { addListeners } from './pageApp';

// On CI a missing browser fails the tests instead of skipping them.
const skipped = findChromium() === null && process.env.CI !== 'true';
if (skipped) process.stderr.write(`tests of the page are skipped: ${NO_CHROMIUM}\n`);
export const describeWithChromium = skipped ? describe.skip : describe;

/** A public channel that the app is in. */
export const CHANNEL = 'announcements';
export const CHANNEL_ID = 'C0ANNOUNCE';

/** A sandbox with the app of pageApp.ts, and Chromium in front of it. */
export interface PageHarness extends Harness {
  /** A line for everything that the app has received, oldest first. */
  readonly received: string[];
  /** Waits for a line that begins with these words. */
  waitForReceived(words: string): Promise<string>;
  /** Opens the page as this person, in a window of their own. */
  open(handle: string, options?: BrowserContextOptions): Promise<Person>;
}

/** @param seed a seed file; the package's own workspace if left out */
export async function startPageHarness(seed?: string): Promise<PageHarness> {
  const harness = await startHarness({ ...(seed === undefined ? {} : { seed }) });
  const received: string[] = [];
  const find = (words: string) => received.find((line) => line.startsWith(words));
  await harness.startApp((app) => addListeners(app, received));
  const browser = await startChromium();
  return {
    ...harness,
    received,
    waitForReceived: async (words) => {
      await until(() => find(words) !== undefined);
      return find(words) ?? '';
    },
    open: (handle, options) => openAs(browser, harness.sandbox.url, handle, options),
    stop: async () => {
      await browser.close();
      await harness.stop();
    },
  };
}
