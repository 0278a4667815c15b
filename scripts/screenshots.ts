/**
 * `npm run screenshots`: plays a deal in the sandbox and takes the pictures of the README into docs/images.
 * `-- --review FOLDER` takes every screen instead, light and dark, wide and on a phone, to be looked at.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startChromium } from 'slack-sandbox/browser';
import { ROOT, startWorld } from '../test/e2e/support/world';
import { forReview, forTheReadme } from './screenshots/cameras';
import { takePictures } from './screenshots/pictures';

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
