/** A practice call in Chromium with each prospect of a playbook, from the command to the feedback. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { findChromium, NO_CHROMIUM, openAs, type Person, startChromium } from 'slack-sandbox/browser';
import { type PracticeScene, seePractice } from '../../src/coach/practice';
import { prospectsOf } from '../../src/playbook/practice/prospects';
import { stepOf } from '../../src/playbook/walk';
import { practiceAction } from '../../src/slack/ids';
import { until } from './support/until';
import { startWorld, TENANT, type World } from './support/world';

/** A folder for pictures of each prospect's first reply and last screen. Without it nobody takes any. */
const { PICTURES: pictures } = process.env;
const ROBIN = 'U0000ROBIN';

// A missing browser is a failure in CI, where it counts.
const skipped = findChromium() === null && process.env.CI !== 'true';
if (skipped) process.stderr.write(`test/e2e/browserPractice.test.ts is skipped: ${NO_CHROMIUM}\n`);
const describeHere = skipped ? describe.skip : describe;

describeHere('practice in the browser', () => {
  let world: World;
  let browser: Browser;
  let rep: Person;
  beforeAll(async () => {
    world = await startWorld();
    browser = await startChromium();
    rep = await openAs(browser, world.sandbox.url, 'robin');
    if (pictures !== undefined) mkdirSync(pictures, { recursive: true });
  });
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  it('leads with each of ten prospects, one after the other, to an end and to what went well', async () => {
    const composer = rep.page.getByRole('textbox', { name: 'Message #general' });
    await composer.fill('/lostdeal practice');
    await composer.press('Enter');
    await rep
      .modal('Practice')
      .getByRole('button', { name: 'Start practice: Checking for a heartbeat' })
      .click();
    const met: string[] = [];
    for (let calls = 1; calls <= 10; calls++) {
      const { practice, prospect, playbook } = await begun();
      met.push(prospect.id);
      await practiseWith(practice.id);
      const end = rep.page.getByRole('dialog');
      await end.getByText('Only you see this.').waitFor();
      const words = (await end.textContent()) ?? '';
      const { verdict } = (await scene(practice.id)).practice.state;
      const ending = playbook.endings[verdict ?? 'pulse'];
      // A practice that reached nobody has no last words, and nobody is reminded of it.
      expect(words).toContain(ending?.say.length === 0 ? ending.title : ending?.why);
      expect(words).not.toContain('Take each answer as they mean it');
      await picture(`${prospect.id}-end`);
      if (calls < 10) await end.getByRole('button', { name: 'Practice again' }).click();
      else
        expect([...met].sort()).toEqual(
          prospectsOf(playbook)
            .map(({ id }) => id)
            .sort(),
        );
    }
    expect(rep.faults).toEqual([]);
  });

  /** Says each line, and taps what the reply means. */
  async function practiseWith(id: string): Promise<void> {
    const screen = rep.page.getByRole('dialog');
    for (let now = await scene(id); now.reply !== null; now = await scene(id)) {
      const { position, trail } = now.practice.state;
      const { title, record, next_label = 'Next' } = stepOf(now.playbook, position?.stepId ?? '');
      await rep.modal(title).getByRole('button', { name: "I've said it" }).click();
      const { says } = now.reply;
      // A sound is no quotation.
      await screen.getByText(says.startsWith('(') ? says.slice(1, -1) : `“${says}”`).waitFor();
      if (trail.length === 0) await picture(`${now.prospect.id}-reply`);
      const { means } = now.reply;
      const answer = screen.locator(`[data-action-id="${practiceAction(means)}"]`);
      const foot = screen.getByRole('button', {
        name: record === undefined ? 'Go on' : next_label,
        exact: true,
      });
      await ('next' in means && (await answer.count()) === 0 ? foot : answer).click();
      await until(world.sandbox, `the screen after ${title}`, async () =>
        (await scene(id)).practice.state.position?.visit === position?.visit ? undefined : true,
      );
    }
  }

  const begun = () =>
    until(world.sandbox, 'a practice', async () => {
      const found = await world.lostdeal.coach.store.practices.unfinished(TENANT, ROBIN, 0);
      return found === null ? undefined : scene(found.id);
    });

  async function scene(id: string): Promise<PracticeScene> {
    const who = { tenant: TENANT, userId: ROBIN, teamId: TENANT.teamId };
    const found = await seePractice(world.lostdeal.coach, who, id);
    if (found === null) throw new Error('there is no practice');
    return found;
  }

  async function picture(name: string): Promise<void> {
    if (pictures !== undefined) await rep.page.screenshot({ path: join(pictures, `${name}.png`) });
  }
});
