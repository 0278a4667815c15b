/** The main job on the sandbox's own page in Chromium: each person's view, by role and name. */
import type { Browser, Locator } from 'playwright-core';
import { findChromium, NO_CHROMIUM, openAs, type Person, startChromium } from 'slack-sandbox/browser';
import { ACCOUNT, ALL_NOTES, CALL, OFFER, SAID } from '../../scripts/story';
import { startWorld, type World } from './support/world';

// A missing browser is a failure in CI, where it counts.
const skipped = findChromium() === null && process.env.CI !== 'true';
if (skipped) process.stderr.write(`test/e2e/browser.test.ts is skipped: ${NO_CHROMIUM}\n`);
const describeHere = skipped ? describe.skip : describe;

describeHere('in the browser', () => {
  let world: World;
  let browser: Browser;
  beforeAll(async () => {
    world = await startWorld();
    browser = await startChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  it('a rep gets to a pulse by mouse, the manager counters in the thread, and the rep wins it back', async () => {
    const rep = await openAs(browser, world.sandbox.url, 'robin');
    const manager = await openAs(browser, world.sandbox.url, 'maya');

    // Before the call: a command, then two things to know.
    const composer = rep.page.getByRole('textbox', { name: 'Message #general' });
    await composer.fill(`/lostdeal ${ACCOUNT}`);
    await composer.press('Enter');
    // Each screen of the call has a title of its own.
    const call = rep.page.getByRole('dialog');
    const intake = rep.modal('They said no?');
    await intake.getByRole('radio', { name: "New business we didn't win" }).waitFor();
    expect(await intake.getByRole('textbox', { name: 'Account' }).inputValue()).toBe(ACCOUNT);

    const typed = await countTyping(rep);
    await intake.getByRole('radio', { name: "New business we didn't win" }).click();
    await intake.getByRole('button', { name: 'Start' }).click();
    for (const [index, { says, tap }] of CALL.entries()) {
      await call.getByText(says).waitFor();
      expect(await call.getByText(`${index + 1} of about ${CALL.length}`).count()).toBe(1);
      await call.getByRole('button', { name: tap, exact: true }).click();
    }
    const fresh = rep.modal("While it's fresh");
    await fresh.getByRole('heading', { name: "There's a heartbeat" }).waitFor();
    expect(await typed()).toBe(0);

    // After the call there is time to write.
    await fresh.getByRole('combobox', { name: 'Who can say yes?' }).selectOption({ label: 'Maya Lindqvist' });
    await fresh.getByRole('button', { name: 'More' }).click();
    const { 'Who can say yes?': _decides, ...words } = ALL_NOTES;
    await write(fresh, words);
    await fresh.getByRole('button', { name: 'Save' }).click();
    await fresh.waitFor({ state: 'detached' });

    // The manager finds the ask in the thread, and counters there.
    await manager.goTo('lost-deals');
    await manager
      .message('#lost-deals', /Acme/)
      .getByRole('button', { name: /replies/ })
      .click();
    const ask = manager.message('Thread in #lost-deals', /would have chosen us with “Ninety days to pay”/);
    await ask.getByText(SAID.recommendation).waitFor();
    expect(await namesOf(ask)).toEqual(['Match it', 'Counter', 'Decline', 'Ask Robin']);
    await fitsOnPhone();
    await ask.getByRole('button', { name: 'Counter' }).click();
    const counter = manager.modal('Make a counter-offer');
    const { 'What do we move on?': _menu, ...terms } = OFFER;
    await write(counter, { ...terms, 'What does it cost us?': 'a lot' });
    await counter.getByRole('button', { name: 'Send counter-offer' }).click();
    await counter.getByRole('alert').getByText("I can't read “a lot” as an amount").waitFor();
    expect(
      await counter.getByRole('textbox', { name: "Here's what we can do for you: …" }).inputValue(),
    ).toBe(SAID.terms);
    await write(counter, terms);
    await counter.getByRole('button', { name: 'Send counter-offer' }).click();
    await counter.waitFor({ state: 'detached' });
    await ask.getByText('Decided:').waitFor();
    expect(await ask.getByRole('button', { name: 'Match it' }).count()).toBe(0);

    // The rep gets the decision with the words to go back with, and reports the outcome.
    await rep.openAppMessages('Lostdeal');
    const decision = rep.message('Lostdeal', /Acme\. @maya: counter-offer/);
    await decision.getByText('Words to go back with').waitFor();
    expect(await decision.textContent()).toContain(`here's what we can do: ${SAID.terms}.`);
    await decision.getByRole('button', { name: 'Won back' }).click();
    const won = rep.modal('Won back');
    expect(await won.getByRole('radio', { name: 'All of it' }).isChecked()).toBe(true);
    await won.getByRole('button', { name: 'Save' }).click();
    await won.waitFor({ state: 'detached' });

    const credit = manager.message('Thread in #lost-deals', /Acme is back: \$48,000!/);
    await credit.getByText('@Maya Lindqvist').waitFor();
    expect(await credit.textContent()).toContain('Robin Adeyemi asked, @Maya Lindqvist answered in');
    expect([...rep.faults, ...manager.faults]).toEqual([]);
  });

  /** The whole ask, with its buttons, without scrolling. */
  async function fitsOnPhone(): Promise<void> {
    const phone = await openAs(browser, world.sandbox.url, 'maya');
    await phone.openAppMessages('Lostdeal');
    await phone.page.setViewportSize({ width: 390, height: 844 });
    const ask = phone.message('Lostdeal', /would have chosen us with “Ninety days to pay”/);
    const room = await ask.locator('xpath=..').boundingBox();
    const { height } = (await ask.boundingBox()) ?? { height: Number.NaN };
    expect(height).toBeLessThan(room?.height ?? 0);
    await phone.page.close();
  }

  it('from the command to Save, a call to a pulse takes twelve taps and no typing', async () => {
    const rep = await openAs(browser, world.sandbox.url, 'robin');
    const composer = rep.page.getByRole('textbox', { name: 'Message #general' });
    await composer.fill('/lostdeal Twelve Taps');
    await composer.press('Enter');
    const call = rep.page.getByRole('dialog');
    await call.getByRole('radio', { name: "New business we didn't win" }).waitFor();
    const typed = await countTyping(rep);
    const taps = await countTaps(rep);
    await call.getByRole('radio', { name: "New business we didn't win" }).click();
    await call.getByRole('button', { name: 'Start' }).click();
    for (const { says, tap } of CALL) {
      await call.getByText(says).waitFor();
      await call.getByRole('button', { name: tap, exact: true }).click();
    }
    const fresh = rep.modal("While it's fresh");
    await fresh.getByRole('button', { name: 'Save' }).click();
    await fresh.waitFor({ state: 'detached' });
    expect(await taps()).toBeLessThanOrEqual(12);
    expect(await typed()).toBe(0);
    await rep.page.close();
  });

  it('the first screens need no mouse', async () => {
    const rep = await openAs(browser, world.sandbox.url, 'sam');
    const { page } = rep;
    const { keyboard } = page;
    const press = async (target: Locator, key = 'Enter') => {
      await rep.tabTo(target);
      await keyboard.press(key);
    };
    const call = rep.page.getByRole('dialog');
    const button = (name: string) => call.getByRole('button', { name, exact: true });

    await rep.tabTo(page.getByRole('textbox', { name: 'Message #general' }));
    await keyboard.type('/lostdeal');
    await keyboard.press('Enter');
    const intake = rep.modal('They said no?');
    await intake.getByRole('textbox', { name: 'Account' }).waitFor();
    await keyboard.type('Northwind');
    await press(intake.getByRole('radio', { name: "New business we didn't win" }), 'ArrowDown');
    expect(await intake.getByRole('radio', { name: "A customer who's leaving" }).isChecked()).toBe(true);
    await press(intake.getByRole('button', { name: 'Start', exact: true }));

    await rep.modal('Thanks and good wishes').getByText('1 of about 9').waitFor();
    await press(button('Said it'));
    await rep.modal('What they liked most').getByText('2 of about 9').waitFor();
    await keyboard.type('A fixed price');
    await press(button('Next'));
    await rep.modal('The whole picture').getByText('3 of about 9').waitFor();
    const reasons = call.getByRole('group', { name: 'Reasons' });
    await press(reasons.getByRole('button'), 'Enter');
    await press(reasons.getByRole('checkbox', { name: 'Payment terms' }), 'Space');
    expect(await reasons.getByRole('button').textContent()).toBe('Payment terms');
    await press(button("That's everything"));
    await call.getByText('Would that have kept your business?').waitFor();
    await press(button('Back'));
    await rep.modal('The whole picture').getByText('3 of about 9').waitFor();
    expect(await reasons.getByRole('button').textContent()).toBe('Payment terms');
    await press(button('Whole script'));
    await rep.modal('Whole script').getByText('The whole picture (you are here)').waitFor();
    await press(rep.modal('Whole script').getByRole('button', { name: 'Back to the call' }));
    await rep.modal('The whole picture').getByText('3 of about 9').waitFor();
    await keyboard.press('Escape');
    await call.waitFor({ state: 'detached' });
    await rep.openAppMessages('Lostdeal');
    await rep.message('Lostdeal', /You were on with Northwind/).waitFor();
    expect(rep.faults).toEqual([]);
  });
});

/** Counts how often somebody types into the page from now on. */
async function countTyping({ page }: Person): Promise<() => Promise<number>> {
  await page.evaluate(`
    window.typed = 0;
    addEventListener('keydown', () => { window.typed += 1; }, true);
    addEventListener('input', ({ target }) => { window.typed += target.matches('[type=radio], [type=checkbox]') ? 0 : 1; }, true);
  `);
  return () => page.evaluate<number>('window.typed');
}

async function countTaps({ page }: Person): Promise<() => Promise<number>> {
  await page.evaluate(`
    window.taps = 0;
    addEventListener('pointerdown', () => { window.taps += 1; }, true);
  `);
  return () => page.evaluate<number>('window.taps');
}

async function write(modal: Locator, words: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(words)) await modal.getByRole('textbox', { name }).fill(text);
}

/** The buttons of a message itself, without those of the page around it. */
async function namesOf(message: Locator): Promise<string[]> {
  return message.locator('[data-action-id]').allTextContents();
}
