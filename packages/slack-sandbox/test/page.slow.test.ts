/** Every place of the page in Chromium: screen reader names, contrast, widths, themes, the inspector, long conversations. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Person } from '../src/browser';
import { lowContrastTexts, overflowingElements, unnamedElements } from './support/pageChecks';
import {
  CHANNEL,
  CHANNEL_ID,
  describeWithChromium,
  type PageHarness,
  startPageHarness,
} from './support/pageHarness';

/** Writes a seed: the package's own workspace with two thousand messages in #sales. @returns its path */
function writeLongSeed(folder: string): string {
  const seed = readFileSync(join(__dirname, '..', 'seed', 'workspace.yml'), 'utf8');
  const lines = Array.from({ length: 2000 }, (_, index) => `      - { from: dana, text: Number ${index}. }`);
  const file = join(folder, 'workspace.yml');
  writeFileSync(file, seed.replace('    messages:\n', `    messages:\n${lines.join('\n')}\n`));
  return file;
}

const PHONE = { width: 390, height: 844 };

describeWithChromium('the page', () => {
  let harness: PageHarness;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sandbox-page-'));
    harness = await startPageHarness(writeLongSeed(folder));
    // With it the page has the buttons that move the clock.
    harness.sandbox.clock.follow({ nextDue: async () => null, settle: async () => undefined });
    const robin = harness.client.as('robin');
    for (const what of ['gallery', 'controls', ''])
      await robin.slash(`/probe ${what}`, { in: `#${CHANNEL}` });
  });
  afterAll(async () => {
    await harness?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens a channel, the Home tab, the inspector and a form with an error, and looks at each. */
  async function visit(person: Person, look: (place: string) => Promise<void>): Promise<void> {
    const { page } = person;
    const show = async (place: string, words: string) => {
      const url = new URL(page.url());
      url.hash = place;
      await page.goto(url.href);
      await page.getByText(words).last().waitFor();
      await look(place);
    };
    await show(`/in/${CHANNEL_ID}`, 'Only you read this');
    await show('/home', 'At home');
    await page.getByRole('button', { name: 'Inspector', exact: true }).click();
    await page.getByRole('complementary', { name: 'Inspector' }).getByText('app_home_opened').first().click();
    await look('the inspector');
    await page.getByRole('button', { name: 'Close inspector' }).click();
    await harness.client.as('robin').slash('/probe form', { in: '#general' });
    await person.modal('A form').getByRole('button', { name: 'Save' }).click();
    await person.modal('A form').getByText('Please complete this required field.').waitFor();
    await look('the form');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }

  it.each([
    ['a light page', { colorScheme: 'light' }],
    ['a dark page', { colorScheme: 'dark' }],
    ['a phone', { colorScheme: 'light', viewport: PHONE }],
  ] as const)('names every control, keeps contrast and fits the window: %s', async (_, options) => {
    const robin = await harness.open('robin', { reducedMotion: 'reduce', ...options });
    const faults: string[] = [];
    await visit(robin, async (place) => {
      for (const [what, found] of [
        ['without a name', await unnamedElements(robin.page)],
        ['low contrast', await lowContrastTexts(robin.page)],
        ['outside the window', await overflowingElements(robin.page)],
      ] as const)
        faults.push(...found.map((one) => `${place}, ${what}: ${one}`));
    });
    expect(faults).toEqual([]);
    expect(robin.faults).toEqual([]);
    await robin.page.close();
  });

  it('switches to another person and back, and keeps the chosen theme after a reload', async () => {
    const robin = await harness.open('robin', { colorScheme: 'dark' });
    const { page } = robin;
    const theme = () => page.locator('html').getAttribute('data-theme');
    expect(await theme()).toBe('dark');
    await page.getByRole('button', { name: 'Light theme' }).click();
    await page.reload();
    await page.getByRole('button', { name: 'Dark theme' }).waitFor();
    expect(await theme()).toBe('light');
    await page.getByRole('combobox', { name: 'Act as' }).selectOption({ label: 'Dana Ito' });
    await page.getByText('Head of Revenue Operations · admin').waitFor();
    expect(await page.getByText('Only you read this').count()).toBe(0);
    await page.goBack();
    await page.getByText('Account Executive · Europe/Berlin').waitFor();
  });

  it('shows failures in the inspector, with their duration and content, and filters the traffic', async () => {
    const robin = await harness.open('robin');
    const { page } = robin;
    await harness.client.faults({
      method: 'chat.postMessage',
      times: 1,
      effect: { do: 'error', error: 'internal_error' },
    });
    await harness.web.chat.postMessage({ channel: CHANNEL_ID, text: 'lost' }).catch(() => undefined);
    await page.getByRole('button', { name: 'Inspector', exact: true }).click();
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    const lines = inspector.getByRole('list', { name: 'Traffic' }).getByRole('listitem');
    await inspector.getByText('/probe').first().waitFor();
    await inspector.getByRole('combobox', { name: 'Show' }).selectOption({ label: 'Failed only (1)' });
    await lines.nth(1).waitFor({ state: 'detached' });
    const failed = lines.first();
    expect(await failed.textContent()).toMatch(/chat\.postMessage.*internal_error \(fault: error\)\d+ ms/);
    await failed.getByText('chat.postMessage').click();
    await failed.getByText('"text": "lost"').waitFor();
    await inspector.getByRole('combobox', { name: 'Show' }).selectOption({ label: 'Everything' });
    await inspector.getByRole('searchbox', { name: 'Filter traffic' }).fill('view_');
    expect(await lines.count()).toBeGreaterThan(0);
    for (const words of await lines.allTextContents()) expect(words).toContain('view_');
    await inspector.getByRole('searchbox', { name: 'Filter traffic' }).fill('no such thing');
    await inspector.getByText('Nothing matches.').waitFor();
    await inspector.getByRole('button', { name: 'Clear' }).click();
    await inspector.getByText('Nothing yet.').waitFor();
  });

  it('breaks a word that is longer than the window, also in quotes and contexts', async () => {
    const word = 'long'.repeat(100);
    const text = { type: 'text', text: word };
    await harness.web.chat.postMessage({
      channel: CHANNEL_ID,
      text: 'a long word',
      blocks: [
        { type: 'rich_text', elements: [{ type: 'rich_text_quote', elements: [text] }] },
        { type: 'context', elements: [{ type: 'plain_text', text: word }] },
        { type: 'context', elements: [{ type: 'mrkdwn', text: word }] },
      ] as never,
    });
    const { page } = await harness.open('robin', { viewport: PHONE });
    const url = new URL(page.url());
    url.hash = `/in/${CHANNEL_ID}`;
    await page.goto(url.href);
    await page.getByText(word).last().waitFor();
    expect(await overflowingElements(page)).toEqual([]);
  });

  it('draws part of two thousand messages, and more on request', async () => {
    const robin = await harness.open('robin');
    await robin.goTo('sales');
    const log = robin.log('#sales');
    await log.getByText('Number 1999.').waitFor();
    const first = await log.getByRole('article').count();
    expect(first).toBeLessThan(130);
    await log.getByRole('button', { name: /^Show earlier messages/ }).click();
    await log.getByText('Number 1850.').waitFor();
    expect(await log.getByRole('article').count()).toBeGreaterThan(first);
    await robin.page.getByRole('textbox', { name: 'Message #sales' }).fill('One more');
    await robin.page.keyboard.press('Enter');
    await log.getByText('One more').waitFor();
    expect(robin.faults).toEqual([]);
  });
});
