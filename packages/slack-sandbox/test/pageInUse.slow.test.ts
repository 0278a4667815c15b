/** The sandbox's page in Chromium: people use conversations, modals and menus. */
import type { Locator } from 'playwright-core';
import type { Person } from '../src/browser';
import {
  CHANNEL,
  CHANNEL_ID,
  describeWithChromium,
  type PageHarness,
  startPageHarness,
} from './support/pageHarness';

describeWithChromium('the page', () => {
  let harness: PageHarness;
  let robin: Person;
  beforeAll(async () => {
    harness = await startPageHarness();
    robin = await harness.open('robin');
  });
  afterAll(() => harness?.stop());
  beforeEach(() => {
    harness.received.length = 0;
  });

  describe('a conversation', () => {
    it('shows another person a mention, an unread mark, a reply, an edit and a deletion', async () => {
      const maya = await harness.open('maya');
      const sidebar = maya.page.getByRole('navigation', { name: 'Conversations' });

      await robin.goTo('sales');
      const composer = robin.page.getByRole('textbox', { name: 'Message #sales' });
      await composer.pressSequentially('Look, @may');
      await robin.page.getByRole('option', { name: /Maya Lindqvist @maya/ }).waitFor();
      await composer.press('Enter');
      await composer.pressSequentially('at this');
      await composer.press('Enter');
      await sidebar.getByRole('button', { name: 'sales 1 unread' }).click();
      const message = maya.message('#sales', /Look/);
      expect(await message.textContent()).toContain('Look, @Maya Lindqvist at this');
      await maya.log('#sales').getByText('New', { exact: true }).waitFor();
      await sidebar.getByRole('button', { name: 'sales', exact: true }).waitFor();

      await message.hover();
      await message.getByRole('button', { name: 'Reply in thread' }).click();
      const reply = maya.page.getByRole('textbox', { name: 'Reply in thread' });
      await reply.fill('/probe');
      await reply.press('Enter');
      await maya.page.getByRole('alert').getByText('/probe does not work in threads').waitFor();
      await reply.fill('I am');
      await reply.press('Enter');
      const mine = robin.message('#sales', /Look/);
      await mine.getByRole('button', { name: /1 reply/ }).click();
      await robin.message('Thread in #sales', /I am/).waitFor();

      await mine.getByRole('button', { name: 'More actions' }).click();
      await robin.page.getByRole('menuitem', { name: 'Edit message' }).click();
      const edit = robin.page.getByRole('textbox', { name: 'Edit message' });
      expect(await edit.inputValue()).toBe('Look, @maya at this');
      await edit.fill('Look, @maya');
      await edit.press('Enter');
      await message.getByText('(edited)').waitFor();

      await composer.fill('A mistake');
      await composer.press('Enter');
      await openActions(robin.message('#sales', /A mistake/));
      await robin.page.getByRole('menuitem', { name: 'Delete message' }).click();
      await robin.page
        .getByRole('dialog', { name: 'Delete message' })
        .getByRole('button', { name: 'Delete' })
        .click();
      await maya.message('#sales', /A mistake/).waitFor({ state: 'detached' });
      expect([...robin.faults, ...maya.faults]).toEqual([]);
    });

    it('completes a command, shows its answer to one person, and starts shortcuts from both menus', async () => {
      await robin.goTo(CHANNEL);
      const { page } = robin;
      const composer = page.getByRole('textbox', { name: `Message #${CHANNEL}` });
      await composer.pressSequentially('/pr');
      await page.getByRole('option', { name: /\/probe/ }).waitFor();
      await composer.press('Tab');
      expect(await composer.inputValue()).toBe('/probe ');
      await composer.press('Enter');
      const answer = robin.message(`#${CHANNEL}`, /Only you read this, robin/);
      await answer.getByText('Only visible to you').waitFor();
      await harness.client.as('maya').channel(`#${CHANNEL}`).waitForNone('Only you read this');

      await page.getByRole('button', { name: 'Shortcuts' }).press('Enter');
      await page.getByRole('menuitem', { name: 'Start' }).press('Enter');
      await robin.modal('Started').getByRole('button', { name: 'Done' }).click();
      await robin.modal('Started').waitFor({ state: 'detached' });
      await composer.fill('Worth keeping');
      await composer.press('Enter');
      await openActions(robin.message(`#${CHANNEL}`, /Worth keeping/));
      await page.keyboard.press('ArrowDown');
      expect(await page.locator(':focus').textContent()).toContain('Keep');
      await page.keyboard.press('Enter');
      await harness.waitForReceived('keep Worth keeping');
      expect(robin.faults).toEqual([]);
    });

    it('opens direct messages, the app and its Home tab, with the keyboard too', async () => {
      const sam = await harness.open('sam');
      await robin.goTo('Sam Okafor');
      const composer = robin.page.getByRole('textbox', { name: 'Message Sam Okafor' });
      await composer.fill('Have a minute?');
      await composer.press('Enter');
      await sam.goTo('Robin Adeyemi 1 unread');
      await sam.message('Robin Adeyemi', /Have a minute/).waitFor();

      await sam.goTo('Probe');
      await sam.page.getByRole('heading', { name: 'At home' }).waitFor();
      await sam.page.getByRole('button', { name: 'Press' }).click();
      await harness.waitForReceived('press');
      await sam.page.getByRole('button', { name: 'Drop' }).click();
      await sam.page.getByRole('dialog', { name: 'Drop it?' }).getByRole('button', { name: 'Keep' }).click();
      await sam.page.getByRole('button', { name: 'More options' }).click();
      await sam.page.getByRole('menuitem', { name: 'Second' }).click();
      expect(await harness.waitForReceived('over')).toContain('"value":"second"');
      expect(harness.received.filter((line) => line.startsWith('drop'))).toEqual([]);
      await sam.page.getByRole('tab', { name: 'Home' }).press('ArrowRight');
      await sam.page.getByRole('textbox', { name: 'Message Probe' }).waitFor();
      await sam.page.getByRole('tab', { name: 'Messages' }).and(sam.page.locator(':focus')).waitFor();
      expect([...robin.faults, ...sam.faults]).toEqual([]);
    });

    it('shows blocks as Slack does, attachments beside a bar, and the first lines of a file', async () => {
      const { web, client } = harness;
      await client.as('robin').slash('/probe gallery', { in: `#${CHANNEL}` });
      await web.chat.postMessage({
        channel: CHANNEL_ID,
        text: 'In the old form',
        attachments: [
          {
            color: '#b3261e',
            pretext: 'Ahead of it',
            title: 'Acme',
            title_link: 'https://example.com',
            text: 'Lost to *Globex*',
            fields: [{ title: 'Amount', value: '$48,000', short: true }],
            footer: 'From the CRM',
          },
        ],
      });
      await web.files.uploadV2({
        channel_id: CHANNEL_ID,
        filename: 'deals.csv',
        content: 'account,amount\nAcme,48000\n',
        initial_comment: 'All of them',
      });
      await robin.goTo(CHANNEL);
      const gallery = robin.message(`#${CHANNEL}`, /Gallery/);
      await gallery.getByRole('heading', { name: 'A header with *stars* & 👋' }).waitFor();
      expect(await gallery.getByRole('strong').allTextContents()).toContain('section');
      expect(await gallery.textContent()).toContain('Plain: *no stars*, <@U0000ROBIN>, 10:30:45');
      expect(await gallery.getByRole('cell').allTextContents()).toEqual(
        expect.arrayContaining(['*Won*', '3']),
      );
      expect(await gallery.getByRole('img', { name: 'A large tile' }).isVisible()).toBe(true);

      const attached = robin.message(`#${CHANNEL}`, /In the old form/);
      expect(await attached.getByRole('link', { name: 'Acme' }).getAttribute('href')).toBe(
        'https://example.com',
      );
      expect(await attached.textContent()).toContain('Lost to GlobexAmount$48,000From the CRM');
      const files = robin.message(`#${CHANNEL}`, /All of them/).getByRole('list', { name: 'Files' });
      await files.getByText('Acme,48000').waitFor();
      expect(robin.faults).toEqual([]);
    });
  });

  describe('a modal', () => {
    async function openForm(): Promise<Locator> {
      await robin.goTo('general');
      const composer = robin.page.getByRole('textbox', { name: 'Message #general' });
      await composer.fill('/probe form');
      await composer.press('Enter');
      const form = robin.modal('A form');
      await form.getByRole('textbox', { name: 'Account' }).waitFor();
      return form;
    }
    const saved = async () =>
      JSON.parse((await harness.waitForReceived('saved')).slice('saved '.length)) as Record<
        string,
        { readonly it: Readonly<Record<string, unknown>> }
      >;

    it('shows errors at their fields, keeps what was typed, and sends every input to the app', async () => {
      const form = await openForm();
      const { page } = robin;
      await form.getByRole('button', { name: 'Save' }).click();
      await form.getByRole('alert').getByText('Please complete this required field.').waitFor();
      const account = form.getByRole('textbox', { name: 'Account' });
      await account.and(page.locator(':focus')).waitFor();
      await account.fill('Nobody');
      await account.press('Enter');
      await form.getByRole('alert').getByText('Who is that?').waitFor();
      expect(await account.getAttribute('aria-invalid')).toBe('true');
      expect(await account.inputValue()).toBe('Nobody');

      await account.fill('Acme');
      await form.getByRole('textbox', { name: 'Notes' }).fill('Two\nlines');
      await form.getByRole('textbox', { name: 'Amount' }).fill('48.5');
      await form.getByRole('textbox', { name: 'Mail' }).fill('a@example.com');
      await form.getByRole('textbox', { name: 'What they said' }).fill('Too dear');
      await form.getByRole('combobox', { name: 'One of these' }).selectOption('Two');
      const some = form.getByRole('group', { name: 'Some of these' });
      await some.getByRole('button').click();
      await some.getByRole('checkbox', { name: 'Blue' }).click();
      await form.getByRole('combobox', { name: /^Who/ }).selectOption('Maya Lindqvist');
      await form.getByRole('checkbox', { name: 'Right' }).click();
      await form.getByRole('radio', { name: 'Down' }).click();
      await form.getByLabel('On (optional)', { exact: true }).fill('2026-12-01');

      // Escape closes only the list of an external menu: the modal stays open.
      const competitor = form.getByRole('combobox', { name: 'Competitor' });
      await competitor.click();
      await page.getByText('Type 1 or more characters to search.').waitFor();
      await competitor.pressSequentially('glob');
      await page.getByRole('option', { name: 'Globex Nordic' }).waitFor();
      await competitor.press('Escape');
      await page.getByRole('listbox').waitFor({ state: 'detached' });
      expect(await competitor.inputValue()).toBe('');
      await competitor.pressSequentially('glob');
      await page.getByRole('option', { name: 'Globex Nordic' }).waitFor();
      await competitor.press('ArrowDown');
      await competitor.press('Enter');
      expect(await competitor.inputValue()).toBe('Globex Nordic');
      const others = form.getByRole('combobox', { name: 'Also there' });
      for (const [typed, name] of [
        ['umb', 'Umbrella'],
        ['ini', 'Initech'],
      ] as const) {
        await others.pressSequentially(typed);
        await page.getByRole('option', { name }).click();
      }
      await form.getByRole('button', { name: 'Remove Umbrella' }).click();

      const papers = form.getByLabel(/Papers/);
      const file = (name: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(name) });
      await papers.setInputFiles([file('offer.txt'), file('notes.txt')]);
      await form.getByRole('button', { name: 'Remove notes.txt' }).click();
      await form.getByRole('button', { name: 'Remove notes.txt' }).waitFor({ state: 'detached' });

      await form.getByRole('button', { name: 'Save' }).click();
      await form.waitFor({ state: 'detached' });
      const values = await saved();
      expect(values).toMatchObject({
        account: { it: { value: 'Acme' } },
        notes: { it: { value: 'Two\nlines' } },
        amount: { it: { value: '48.5' } },
        one: { it: { selected_option: { value: 'two' } } },
        many: { it: { selected_options: [{ value: 'blue' }] } },
        who: { it: { selected_user: 'U00000MAYA' } },
        boxes: { it: { selected_options: [{ value: 'right' }] } },
        way: { it: { selected_option: { value: 'down' } } },
        on: { it: { selected_date: '2026-12-01' } },
        rival: { it: { selected_option: { value: 'globex nordic' } } },
        rivals: { it: { selected_options: [{ value: 'initech' }] } },
        papers: { it: { files: [{ name: 'offer.txt' }] } },
      });
      expect(JSON.stringify(values.said)).toContain('Too dear');
      expect(robin.faults).toEqual([]);
    });

    it('stacks views: Back closes one, Escape closes all and returns the focus', async () => {
      const form = await openForm();
      await form.getByRole('textbox', { name: 'Account' }).fill('Half typed');
      await form.getByRole('button', { name: 'More' }).click();
      await robin.modal('Second').getByRole('button', { name: 'More' }).click();
      await robin.modal('Third').getByRole('button', { name: 'Back' }).click();
      await robin.modal('Second').getByRole('button', { name: 'Back' }).click();
      expect(await form.getByRole('textbox', { name: 'Account' }).inputValue()).toBe('Half typed');
      expect(harness.received).toEqual([]);
      await form.getByRole('button', { name: 'More' }).click();
      await robin.modal('Second').waitFor();
      await robin.page.keyboard.press('Escape');
      await robin.page.getByRole('dialog').waitFor({ state: 'detached' });
      await harness.waitForReceived('closed form');
      expect(await robin.page.locator(':focus').getAttribute('aria-label')).toBe('Message #general');
    });
  });

  it('says that the app did not answer an external menu, and asks again', async () => {
    await harness.client.as('robin').slash('/probe controls', { in: '#requests' });
    await robin.goTo('requests');
    const find = robin.message('#requests', /Controls/).getByRole('combobox', { name: 'Find an account' });
    await harness.client.faults({ delivery: 'options', times: 1, effect: { do: 'lose' } });
    await find.fill('zzz');
    await robin.page.getByText('The app did not answer.').waitFor();
    await find.press('z');
    await robin.page.getByText('Nothing matches.').waitFor();
    await find.fill('umb');
    await robin.page.getByRole('option', { name: 'Umbrella' }).click();
    expect(await harness.waitForReceived('find')).toContain('"value":"umbrella"');
    expect(robin.faults).toEqual([]);
  });
});

const openActions = (message: Locator) => message.getByRole('button', { name: 'More actions' }).click();
