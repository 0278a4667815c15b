/**
 * `npm run screenshots`: plays a deal in the sandbox and takes the pictures of the README into docs/images.
 * `-- --review FOLDER` takes every screen instead, light and dark, wide and on a phone, to be looked at. `--only learning`
 * leaves out the deal, `--only deal` what a manager reads of a year of deals.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { connectSandbox } from 'slack-sandbox';
import { openAs, startChromium } from 'slack-sandbox/browser';
import { startPreview } from '../src/authoring/preview/server';
import { ROOT, startWorld, type World, type WorldOptions } from '../test/e2e/support/world';
import { startDemo } from './demo';
import { HISTORY_TEAMS } from './history';
import { forReview, forTheReadme, scrollTo } from './screenshots/cameras';
import { takeLearning } from './screenshots/learning';
import type { Camera } from './screenshots/moment';
import { takePictures } from './screenshots/pictures';

/** The call-back of *Checking for a heartbeat*, with the way that leads to it. */
async function takePreview(browser: Browser, path: string): Promise<void> {
  // Friday, so that the call-back is on Monday.
  const preview = await startPreview({ file: null, now: () => Date.UTC(2025, 5, 6, 8) });
  const page = await browser.newPage({ viewport: { width: 1240, height: 820 }, timezoneId: 'Europe/Berlin' });
  await page.goto(preview.url);
  await page.getByRole('button', { name: /^The call-back\./u }).click();
  await page.frameLocator('#screen').getByText('by noon on Monday').waitFor();
  await page.screenshot({ path });
  await page.close();
  await preview.close();
}

/** What a team learns from a year of deals: the sentence and both charts of their manager's report. */
async function takeReport(browser: Browser, path: string): Promise<void> {
  const demo = await startDemo({ port: 0, logLevel: 'silent', history: true });
  try {
    const maya = connectSandbox(demo.sandbox.url).as('maya');
    await maya.slash('/lostdeal report all');
    await (await maya.dm('Lostdeal')).waitFor("we've lost");
    // So tall that the whole message is there, since the page keeps to its end.
    const viewport = { width: 760, height: 4000 };
    const { page } = await openAs(browser, demo.sandbox.url, 'maya', { viewport, deviceScaleFactor: 1.6 });
    const url = new URL(page.url());
    url.hash = '/messages';
    await page.goto(url.href);
    const head = page.getByText("we've lost").first();
    const end = page.getByText('Reasons, and what it took').first();
    await end.waitFor();
    await scrollTo(head);
    const [first, last] = [await head.boundingBox(), await end.boundingBox()];
    if (first === null || last === null) throw new Error('the report is not there');
    const top = Math.max(0, first.y - 50);
    await page.screenshot({ path, clip: { x: 0, y: top, width: viewport.width, height: last.y - top - 12 } });
    await page.close();
  } finally {
    await demo.stop();
  }
}

/** What a review shows, each in a workspace of its own. */
const PARTS: readonly {
  readonly name: string;
  readonly options: WorldOptions;
  readonly take: (world: World, camera: Camera) => Promise<void>;
}[] = [
  { name: 'deal', options: {}, take: takePictures },
  { name: 'learning', options: { settings: { teams: HISTORY_TEAMS } }, take: takeLearning },
];

async function inWorld(options: WorldOptions, take: (world: World, browser: Browser) => Promise<void>) {
  const world = await startWorld(options);
  try {
    const browser = await startChromium();
    try {
      await take(world, browser);
    } finally {
      await browser.close();
    }
  } finally {
    await world.stop();
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { review: { type: 'string' }, only: { type: 'string' } } });
  const folder = values.review ?? join(ROOT, 'docs', 'images');
  mkdirSync(folder, { recursive: true });
  if (values.review === undefined) {
    await inWorld({}, async (world, browser) => {
      const { camera, finish } = forTheReadme(browser, world.sandbox.url, folder);
      await takePictures(world, camera);
      await finish();
      await takePreview(browser, join(folder, 'preview.png'));
      await takeReport(browser, join(folder, 'report.png'));
    });
  } else {
    for (const { name, options, take } of PARTS) {
      if (values.only !== undefined && values.only !== name) continue;
      await inWorld(options, async (world, browser) =>
        take(world, await forReview(browser, world.sandbox.url, folder)),
      );
    }
  }
  console.log(`The pictures are in ${folder}`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
