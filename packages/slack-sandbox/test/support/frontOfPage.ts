/** People in front of the page, with the app of pageApp.ts behind it. */
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { findChromium, NO_CHROMIUM, openAs, type Person, startChromium } from '../../src/browser';
import { MANIFEST } from './manifest';
import { type Heard, listen } from './pageApp';
import { makeRig, type Rig } from './rig';

// Where it counts, a browser that is not there is a failure.
const skipped = findChromium() === null && process.env.CI !== 'true';
if (skipped) process.stderr.write(`tests of the page are skipped: ${NO_CHROMIUM}\n`);
export const describeHere = skipped ? describe.skip : describe;

/** A public channel that the app is in. */
export const ROOM = 'closed-lost-public';
export const ROOM_ID = 'C00CLOSEDP';

export interface Front {
  readonly rig: Rig;
  readonly heard: Heard;
  open(handle: string, options?: BrowserContextOptions): Promise<Person>;
  /** Waits until the app was told something that begins with these words, and gives it. */
  told(words: string): Promise<string>;
  stop(): Promise<void>;
}

/** @param seed a seed file; the package's own workspace if left out */
export async function startFront(seed?: string): Promise<Front> {
  const rig = await makeRig({ manifest: MANIFEST, ...(seed === undefined ? {} : { seed }) });
  const heard: Heard = [];
  await rig.start((app) => listen(app, heard));
  const browser: Browser = await startChromium();
  const find = (words: string) => heard.find((line) => line.startsWith(words));
  return {
    rig,
    heard,
    open: (handle, options) => openAs(browser, rig.sandbox.url, handle, options),
    told: async (words) => {
      await rig.eventually(() => find(words) !== undefined);
      return find(words) ?? '';
    },
    stop: async () => {
      await browser.close();
      await rig.stop();
    },
  };
}
