/**
 * `npm run screenshots`: plays a deal in the sandbox and takes the pictures of the README into docs/images.
 * `-- --review FOLDER` takes every screen instead, light and dark, wide and on a phone, to be looked at.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { startChromium } from 'slack-sandbox/browser';
import { startPreview } from '../src/authoring/preview/server';
import { ROOT, startWorld } from '../test/e2e/support/world';
import { forReview, forTheReadme } from './screenshots/cameras';
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

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { review: { type: 'string' } } });
  const folder = values.review ?? join(ROOT, 'docs', 'images');
  mkdirSync(folder, { recursive: true });
  const world = await startWorld();
  try {
    const browser = await startChromium();
    const { url } = world.sandbox;
    try {
      if (values.review === undefined) {
        const { camera, finish } = forTheReadme(browser, url, folder);
        await takePictures(world, camera);
        await finish();
        await takePreview(browser, join(folder, 'preview.png'));
      } else await takePictures(world, await forReview(browser, url, folder));
    } finally {
      await browser.close();
    }
  } finally {
    await world.stop();
  }
  console.log(`The pictures are in ${folder}`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
