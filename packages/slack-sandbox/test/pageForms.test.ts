/** Modals on the page in Chromium: filled, refused, stacked and closed, with the keyboard as well as the mouse. */
import type { Locator } from 'playwright-core';
import type { Person } from '../src/browser';
import { describeHere, type Front, startFront } from './support/frontOfPage';

describeHere('modals on the page', () => {
  let front: Front;
  let robin: Person;
  beforeAll(async () => {
    front = await startFront();
    robin = await front.open('robin');
  });
  afterAll(() => front?.stop());
  beforeEach(() => {
    front.heard.length = 0;
  });

  async function openForm(): Promise<Locator> {
    const composer = robin.page.getByRole('textbox', { name: 'Message #general' });
    await composer.fill('/probe form');
    await composer.press('Enter');
    const form = robin.modal('A form');
    await form.getByRole('textbox', { name: 'Account' }).waitFor();
    return form;
  }
  const saved = async () =>
    JSON.parse((await front.told('saved')).slice('saved '.length)) as Record<
      string,
      { readonly it: Readonly<Record<string, unknown>> }
    >;

  it('every input carries what was filled in; what is wrong is said at the field, and typing stays', async () => {
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

    // An external menu: typed into, gone through with arrows, left with Escape, which closes the list and no more.
    const rival = form.getByRole('combobox', { name: 'Competitor' });
    await rival.click();
    await page.getByText('Type 1 or more characters to search.').waitFor();
    await rival.pressSequentially('glob');
    await page.getByRole('option', { name: 'Globex Nordic' }).waitFor();
    await rival.press('Escape');
    await page.getByRole('listbox').waitFor({ state: 'detached' });
    expect(await rival.inputValue()).toBe('');
    await rival.pressSequentially('glob');
    await page.getByRole('option', { name: 'Globex Nordic' }).waitFor();
    await rival.press('ArrowDown');
    await rival.press('Enter');
    expect(await rival.inputValue()).toBe('Globex Nordic');
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

  it('views stack; Cancel goes back one, Escape closes them all and the focus returns', async () => {
    const form = await openForm();
    await form.getByRole('textbox', { name: 'Account' }).fill('Half typed');
    await form.getByRole('button', { name: 'More' }).click();
    await robin.modal('Second').getByRole('button', { name: 'More' }).click();
    await robin.modal('Third').getByRole('button', { name: 'Back' }).click();
    await robin.modal('Second').getByRole('button', { name: 'Back' }).click();
    expect(await form.getByRole('textbox', { name: 'Account' }).inputValue()).toBe('Half typed');
    expect(front.heard).toEqual([]);
    await form.getByRole('button', { name: 'More' }).click();
    await robin.modal('Second').waitFor();
    await robin.page.keyboard.press('Escape');
    await robin.page.getByRole('dialog').waitFor({ state: 'detached' });
    await front.told('closed form');
    expect(await robin.page.locator(':focus').getAttribute('aria-label')).toBe('Message #general');
  });

  it('an external menu of a message says when the app fails, and offers again afterwards', async () => {
    await front.rig.client.as('robin').slash('/probe controls', { in: '#lost-deals' });
    await robin.goTo('lost-deals');
    const find = robin.message('#lost-deals', /Controls/).getByRole('combobox', { name: 'Find an account' });
    await front.rig.client.faults({ delivery: 'options', times: 1, effect: { do: 'lose' } });
    await find.pressSequentially('zzz');
    await robin.page.getByText('The app did not answer.').waitFor();
    await find.press('z');
    await robin.page.getByText('Nothing matches.').waitFor();
    await find.fill('umb');
    await robin.page.getByRole('option', { name: 'Umbrella' }).click();
    expect(await front.told('find')).toContain('"value":"umbrella"');
    expect(robin.faults).toEqual([]);
  });
});
