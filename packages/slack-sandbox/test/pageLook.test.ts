/** The page for eyes, ears and hands: names, contrast, narrow windows, themes, the inspector, long conversations. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Person } from '../src/browser';
import { describeHere, type Front, ROOM, ROOM_ID, startFront } from './support/frontOfPage';
import { faint, tooWide, unnamed } from './support/look';

/** The package's own workspace, with two thousand messages in #sales. @returns its seed file */
function longSales(folder: string): string {
  const seed = readFileSync(join(__dirname, '..', 'seed', 'workspace.yml'), 'utf8');
  const lines = Array.from({ length: 2000 }, (_, index) => `      - { from: dana, text: Number ${index}. }`);
  const file = join(folder, 'workspace.yml');
  writeFileSync(file, seed.replace('    messages:\n', `    messages:\n${lines.join('\n')}\n`));
  return file;
}

const PHONE = { width: 390, height: 844 };

describeHere('the page', () => {
  let front: Front;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sandbox-page-'));
    front = await startFront(longSales(folder));
    const robin = front.rig.client.as('robin');
    for (const what of ['gallery', 'controls', '']) await robin.slash(`/probe ${what}`, { in: `#${ROOM}` });
  });
  afterAll(async () => {
    await front?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Every place of the page, one after the other. */
  async function visit(person: Person, look: (place: string) => Promise<void>): Promise<void> {
    const { page } = person;
    const show = async (place: string, words: string) => {
      const url = new URL(page.url());
      url.hash = place;
      await page.goto(url.href);
      await page.getByText(words).last().waitFor();
      await look(place);
    };
    await show(`/in/${ROOM_ID}`, 'Only you read this');
    await show('/home', 'At home');
    await page.getByRole('button', { name: 'Inspector', exact: true }).click();
    await page.getByRole('complementary', { name: 'Inspector' }).getByText('app_home_opened').first().click();
    await look('the inspector');
    await page.getByRole('button', { name: 'Close inspector' }).click();
    await front.rig.client.as('robin').slash('/probe form', { in: '#general' });
    await person.modal('A form').getByRole('button', { name: 'Save' }).click();
    await person.modal('A form').getByText('Please complete this required field.').waitFor();
    await look('the form');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }

  it.each([
    ['light', undefined],
    ['dark', undefined],
    ['light', PHONE],
  ] as const)(
    'can be read and named everywhere: %s, %p',
    async (colorScheme, viewport) => {
      const robin = await front.open('robin', {
        colorScheme,
        reducedMotion: 'reduce',
        ...(viewport === undefined ? {} : { viewport }),
      });
      const wrong: string[] = [];
      await visit(robin, async (place) => {
        for (const [what, found] of [
          ['without a name', await unnamed(robin.page)],
          ['too faint', await faint(robin.page)],
          ['too wide', await tooWide(robin.page)],
        ] as const)
          wrong.push(...found.map((one) => `${place}, ${what}: ${one}`));
      });
      expect(wrong).toEqual([]);
      expect(robin.faults).toEqual([]);
      await robin.page.close();
    },
    20_000,
  );

  it('somebody else is a choice away, and the theme stays as chosen', async () => {
    const robin = await front.open('robin', { colorScheme: 'dark' });
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

  it('the inspector tells failures from the rest, how long each took and what was in it', async () => {
    const robin = await front.open('robin');
    const { page } = robin;
    await front.rig.client.faults({
      method: 'chat.postMessage',
      times: 1,
      effect: { do: 'error', error: 'internal_error' },
    });
    await front.rig.web.chat.postMessage({ channel: ROOM_ID, text: 'lost' }).catch(() => undefined);
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

  it('a word longer than the page is broken, also in a quote and in small print', async () => {
    const word = 'long'.repeat(100);
    const text = { type: 'text', text: word };
    await front.rig.web.chat.postMessage({
      channel: ROOM_ID,
      text: 'a long word',
      blocks: [
        { type: 'rich_text', elements: [{ type: 'rich_text_quote', elements: [text] }] },
        { type: 'context', elements: [{ type: 'plain_text', text: word }] },
        { type: 'context', elements: [{ type: 'mrkdwn', text: word }] },
      ] as never,
    });
    const { page } = await front.open('robin', { viewport: PHONE });
    const url = new URL(page.url());
    url.hash = `/in/${ROOM_ID}`;
    await page.goto(url.href);
    await page.getByText(word).last().waitFor();
    expect(await tooWide(page)).toEqual([]);
  });

  it('two thousand messages are drawn a part at a time', async () => {
    const robin = await front.open('robin');
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
