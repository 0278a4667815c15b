/** The demo of `npm run sandbox` on its page in Chromium: people move the clock and see what becomes due. */
import { DateTime } from 'luxon';
import type { Browser } from 'playwright-core';
import { connectSandbox, type SandboxClient } from 'slack-sandbox';
import { findChromium, NO_CHROMIUM, openAs, type Person, startChromium } from 'slack-sandbox/browser';
import { type Demo, demoStart, startDemo } from '../../scripts/demo';
import { beginCall } from '../../scripts/play';
import { ACCOUNT, CALL, findAsk, makeOffer, writeNotes } from '../../scripts/story';

// A missing browser is a failure in CI, where it counts.
const skipped = findChromium() === null && process.env.CI !== 'true';
if (skipped) process.stderr.write(`test/e2e/timeMachine.test.ts is skipped: ${NO_CHROMIUM}\n`);
const describeHere = skipped ? describe.skip : describe;

it.each([
  ['Sunday, so on Monday', '2026-11-29T18:00:00Z', '2026-11-30T15:00:00.000Z'],
  ['Monday', '2026-11-30T18:00:00Z', '2026-11-30T15:00:00.000Z'],
  ['Thursday', '2026-12-03T23:00:00Z', '2026-12-03T15:00:00.000Z'],
  ['Friday, so on Monday', '2026-12-04T12:00:00Z', '2026-12-07T15:00:00.000Z'],
  ['Monday in summer', '2026-07-06T12:00:00Z', '2026-07-06T14:00:00.000Z'],
])('the demo starts at ten in the morning before a working day: today is %s', (_, now, start) => {
  expect(new Date(demoStart(Date.parse(now))).toISOString()).toBe(start);
});

describeHere('the demo', () => {
  let demo: Demo;
  let slack: SandboxClient;
  let browser: Browser;
  beforeAll(async () => {
    demo = await startDemo({ port: 0, logLevel: process.env.TEST_LOG ?? 'silent' });
    slack = connectSandbox(demo.sandbox.url);
    browser = await startChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
  });

  it('brings the nudge, the next in line and the reminder to call back as people move the clock', async () => {
    const robin = await openAs(browser, demo.sandbox.url, 'robin');
    const { page } = robin;
    const clock = page.getByRole('region', { name: 'Clock' });
    await clock.getByText('10:00').waitFor();
    await robin.message('#general', /Try Lostdeal in five minutes/).waitFor();
    await callToAPulse(robin, slack);

    // Half of Maya's time has passed, then all of it: the ask goes on to Dana.
    await letHoursPass(robin, () => hears('maya', /hours? left/iu));
    expect(await hears('dana', ACCOUNT)).toBe(false);
    await letHoursPass(robin, () => hears('dana', ACCOUNT));
    await page.getByRole('button', { name: /^Dana Ito: \d+ unread$/ }).click();
    await page.getByText('Head of Revenue Operations · admin').waitFor();
    await robin.openAppMessages('Lostdeal');
    const ask = robin.message('Lostdeal', new RegExp(ACCOUNT, 'u')).first();
    await ask.getByRole('button', { name: 'Counter' }).waitFor();

    // Maya decides after all, and Robin has to call.
    const manager = slack.as('maya');
    await makeOffer(manager, await findAsk(manager));
    await demo.lostdeal.reconciler.idle();
    await letHoursPass(robin, () => hears('robin', /your call/u));
    await page.getByRole('combobox', { name: 'Act as' }).selectOption('robin');
    // Still in the messages with the app, which are Robin's.
    await robin
      .message('Lostdeal', /your call/)
      .first()
      .waitFor();
    expect(robin.faults).toEqual([]);
  });

  it('moves by keyboard to the next morning and to a date, never back', async () => {
    const robin = await openAs(browser, demo.sandbox.url, 'robin', { viewport: { width: 390, height: 844 } });
    const { page } = robin;
    const clock = page.getByRole('region', { name: 'Clock' });
    const before = DateTime.fromMillis(demo.sandbox.clock.now(), { zone: 'America/New_York' });
    const tomorrow = before.plus({ days: 1 });
    await robin.tabTo(clock.getByRole('button', { name: 'To tomorrow morning' }));
    await page.keyboard.press('Enter');
    await clock
      .getByRole('status')
      .getByText(`It's ${tomorrow.toFormat('cccc, LLLL d')}, 09:00`)
      .waitFor();
    expect(demo.sandbox.clock.now()).toBeLessThan(tomorrow.set({ hour: 9, minute: 5 }).toMillis());

    const go = clock.getByRole('button', { name: 'To this date' });
    await go.press('Enter');
    await clock.getByRole('alert').getByText('Pick a day and a time first.').waitFor();
    const date = clock.getByLabel('Date to move to');
    await date.fill(before.toFormat("yyyy-LL-dd'T'HH:mm"));
    await go.press('Enter');
    await clock.getByRole('alert').getByText("It's already").waitFor();
    const later = tomorrow.plus({ days: 9 }).set({ hour: 15, minute: 30 });
    await date.fill(later.toFormat("yyyy-LL-dd'T'HH:mm"));
    await go.press('Enter');
    await clock.getByText(later.toFormat('cccc, LLLL d, HH:mm'), { exact: true }).first().waitFor();
    expect(await clock.getByRole('alert').count()).toBe(0);
    expect(robin.faults).toEqual([]);
  });

  /** Whether somebody's direct messages with the app hold these words. */
  async function hears(who: string, words: string | RegExp): Promise<boolean> {
    const { conversations } = await slack.as(who).view();
    const dm = conversations.find(({ withUserId }) => withUserId === demo.sandbox.botUserId);
    if (dm === undefined) return false;
    const messages = await (await slack.as(who).dm('Lostdeal')).messages();
    return messages.some((message) => message.text().search(words) >= 0);
  }
});

/** Taps +1 hour, at most for two days, until something has happened. */
async function letHoursPass({ page }: Person, happened: () => Promise<boolean>): Promise<void> {
  const clock = page.getByRole('region', { name: 'Clock' });
  for (let hours = 0; !(await happened()); hours += 1) {
    if (hours === 48) throw new Error('it did not happen within two days');
    await clock.getByRole('button', { name: '+1 hour' }).click();
    await clock.getByRole('status').getByText("It's").waitFor();
  }
}

/** Through the call by mouse; what is written after it, by the client. */
async function callToAPulse(rep: Person, slack: SandboxClient): Promise<void> {
  const robin = slack.as('robin');
  await beginCall(robin, ACCOUNT);
  const call = rep.page.getByRole('dialog');
  for (const { says, tap } of CALL) {
    await call.getByText(says).waitFor();
    await call.getByRole('button', { name: tap, exact: true }).click();
  }
  await writeNotes(robin, await robin.modal("While it's fresh"));
}
