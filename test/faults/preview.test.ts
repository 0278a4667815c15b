/** The preview of a playbook in Chromium: an author plays it, breaks it, mends it, and finds the way by keyboard. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { startChromium } from 'slack-sandbox/browser';
import { type Preview, startPreview } from '../../src/authoring/preview/server';
import { sheetOf } from '../../src/authoring/print/sheet';
import { BUILT_IN_DIR, loadPlaybooks } from '../../src/playbook/checking/loader';
import { changed, TINY } from '../playbook/tiny';

const NOW = Date.UTC(2025, 5, 6, 8);

let folder: string;
let file: string;
let preview: Preview;
let browser: Browser;
let page: Page;
const faults: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lostdeal-preview-'));
  file = join(folder, 'tiny.yml');
  writeFileSync(file, TINY);
  preview = await startPreview({ file, now: () => NOW });
  browser = await startChromium();
  page = await browser.newPage({ viewport: { width: 1360, height: 900 } });
  page.setDefaultTimeout(30_000);
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  await page.goto(preview.url);
});
afterAll(async () => {
  await browser.close();
  await preview.close();
  rmSync(folder, { recursive: true });
});

const screen = () => page.frameLocator('#screen');
const modal = (title: string) => screen().getByRole('dialog', { name: title });
const box = (title: string) =>
  page.getByRole('button', { name: new RegExp(`^(?:Ending: )?${title}\\.`, 'u') });

it('plays a playbook as Slack shows it, and draws it again on each save', async () => {
  await modal('Thanks').getByText('Thank you, Jane, for the talk.').waitFor();
  expect(await page.getByRole('combobox', { name: 'Playbook' }).isVisible()).toBe(false);
  await page.getByRole('radio', { name: 'Not known' }).check();
  await modal('Thanks').getByText('Thank you, for the talk.').waitFor();

  await modal('Thanks').getByRole('button', { name: 'Said it' }).click();
  await modal('Their reason').waitFor();
  expect(await box('Their reason').getAttribute('aria-current')).toBe('step');

  writeFileSync(file, changed(TINY, 'next: { step: signed }', 'next: { step: singed }'));
  await page.getByRole('alert').getByText("This file doesn't load: 3 faults").waitFor();
  await page.getByRole('alert').getByText('tiny.yml:28:5').waitFor();
  expect(await page.locator('#screen').isVisible()).toBe(false);
  await page.getByRole('alert').getByText('next: { step: singed }').waitFor();

  writeFileSync(file, changed(TINY, 'What was it that they offered?', 'What did they offer you?'));
  await modal('Their reason').getByText('What did they offer you?').waitFor();
  expect(await page.getByText("This file doesn't load").count()).toBe(0);
  await box('Pulse').waitFor();
});

it('goes to any box by keyboard, and an ending shows what follows the call', async () => {
  await box('Pulse').focus();
  await page.keyboard.press('Enter');
  await modal("While it's fresh").getByText('There is hope.').waitFor();
  expect(await box('Pulse').getAttribute('aria-current')).toBe('step');
});

it('leaves somebody at the keyboard where they are, whatever a save changes', async () => {
  const focused = () =>
    page.evaluate<string | null>(
      "document.activeElement.getAttribute('data-go') ?? document.activeElement.tagName",
    );
  await box('Thanks').focus();
  await page.keyboard.press('Enter');
  await modal('Thanks').waitFor();
  expect(await focused()).toBe('thanks');
  writeFileSync(file, changed(TINY, 'title: Thanks', 'title: Many thanks'));
  await modal('Many thanks').waitFor();
  expect(await focused()).toBe('thanks');
  writeFileSync(file, changed(TINY, 'next: { step: signed }', 'next: { step: singed }'));
  await page.getByText("This file doesn't load: 3 faults").waitFor();
  writeFileSync(file, TINY);
  await modal('Thanks').waitFor();
  expect(await focused()).toBe('thanks');
});

it('follows the light and dark of the system, and nothing on the page fails', async () => {
  const background = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
  const light = await background();
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await background()).not.toBe(light);
  expect(faults).toEqual([]);
});

it('answers this machine alone', async () => {
  const { port } = new URL(preview.url);
  const { status } = await fetch(`${preview.url}/screen`, { method: 'GET' });
  expect(status).toBe(404);
  const request = await import('node:http');
  const refused = await new Promise<number | undefined>((resolve) => {
    request.get({ host: '127.0.0.1', port, headers: { host: 'example.com' } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
  });
  expect(refused).toBe(403);
});

it('puts each built-in playbook on one sheet, A4 and US letter', async () => {
  for (const playbook of loadPlaybooks({ builtInDir: BUILT_IN_DIR }).list()) {
    for (const paper of ['A4', 'letter'] as const) {
      await page.setContent(sheetOf(playbook, paper));
      const pdf = await page.pdf({ preferCSSPageSize: true });
      expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/gu)).toHaveLength(1);
      // In points: the smallest type that can be read on a wall.
      const [size, wide, room] = await page.evaluate<[number, number, number]>(
        "(({ style, scrollWidth, clientWidth }) => [parseFloat(style.fontSize), scrollWidth, clientWidth])(document.querySelector('main'))",
      );
      expect(size).toBeGreaterThan(6.5);
      expect(wide).toBeLessThanOrEqual(room + 1);
    }
  }
});
