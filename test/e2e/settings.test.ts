/** The settings that admins choose for the team, and those that people choose for themselves. */
import type { Modal } from 'slack-sandbox';
import { teamSettings } from '../../src/coach/settings/settings';
import type { TeamSettings } from '../../src/coach/settings/settingsSchema';
import { asked, beginning, dmOf, noteCall } from './support/shortcuts';
import { stopInVoice } from './support/shownWords';
import { until } from './support/until';
import { startWorld, type World } from './support/world';

let world: World;
beforeEach(async () => {
  world = await startWorld({ calendar: 'office' });
});
afterEach(() => stopInVoice(world));

const TENANT = { enterpriseId: '', teamId: 'T000BRIGHT' };
const [MAYA, ROBIN, SAM] = ['U00000MAYA', 'U0000ROBIN', 'U000000SAM'];
const stored = (): Promise<TeamSettings> => teamSettings(world.lostdeal.coach.store, TENANT);

/** The time until a Monday when everybody is at work or about to be, ms. */
function toMonday(): number {
  const now = new Date();
  const days = (8 - now.getUTCDay()) % 7 || 7;
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + days, 15) - now.getTime();
}

async function openSettings(person = 'dana'): Promise<Modal> {
  await world.slack.as(person).slash('/lostdeal settings');
  return world.slack.as(person).modal('Settings');
}

/** One screen of the settings, from `/lostdeal settings`. */
async function screen(section: string, words: string, person = 'dana'): Promise<Modal> {
  const settings = await openSettings(person);
  await settings.click(/^(Open|Change|Show)$/u, { near: section });
  return world.slack.as(person).modal(words);
}

describe('settings', () => {
  it('open for an admin with their very first command; other people read who may', async () => {
    const settings = await openSettings();
    expect(settings.text()).toContain('None yet. Each rep names a manager');
    // A playbook is looked at without a deal.
    await settings.click('Open', { near: 'Playbooks' });
    const playbooks = await world.slack.as('dana').modal(/In use: 18 screens/u);
    await playbooks.click('Preview', { near: 'Checking for a heartbeat' });
    const preview = await world.slack.as('dana').modal('New calls start with this version.');
    expect(preview.buttons()).toEqual(['Walk through it']);
    await preview.click('Walk through it');
    const first = await world.slack.as('dana').modal('Thanks and good wishes');
    expect(first.text()).toContain('You say');
    await first.closeAll();
    await world.slack.as('sam').slash('/lostdeal settings');
    const told = await world.slack.as('sam').modal('Slack’s admins and owners of this workspace');
    expect(told.text()).toContain('/lostdeal out');
  });

  it('a team names its manager and its channel; errors stand at their fields and nothing is lost', async () => {
    const list = await screen('Teams', 'There are no teams yet');
    await list.click('Add a team');
    const form = await world.slack.as('dana').modal('New team');
    await form.fill({ Name: 'North', Manager: 'kim', Reps: ['robin', 'maya'] });
    await until(world.sandbox, 'word of kim', async () => {
      const kim = await world.lostdeal.coach.store.workspace.person(TENANT, 'U000000KIM');
      return kim ?? undefined;
    });
    await form.submit();
    expect((await form.look()).errors()).toEqual({
      Manager: 'Kim Varga belongs to another workspace. Pick somebody of ours.',
    });
    await form.fill({ Manager: 'maya' });
    await form.submit();
    expect((await form.look()).errors()).toEqual({
      Reps: "The manager can't be a rep of the same team. Take them out of the reps.",
    });
    expect(form.value('Name')).toBe('North');
    await form.fill({ Reps: ['robin'] });
    await form.submit();
    const after = await world.slack.as('dana').modal('Change');
    await after.waitFor('Manager: @maya. Reps: @robin.');
    expect((await stored()).teams).toMatchObject([{ name: 'North', manager: MAYA, reps: [ROBIN] }]);
    await after.close();
    await (await world.slack.as('dana').modal('Settings')).waitFor('North: @maya, 1 rep');
  });

  it('a public channel where the app is not yet is taken; it joins by itself', async () => {
    await world.lostdeal.coach.store.workspace.saveSettings(TENANT, { publicThreads: 'full' });
    const form = await screen('Threads & visibility', 'Channel for threads');
    expect(form.text()).toContain('Everybody in a channel can read its threads');
    await form.fill({ 'Channel for threads': '#general' });
    await form.submit();
    await world.slack.as('dana').modal('Settings');
    expect((await stored()).channel).toBe('C00GENERAL');
    await noteCall(world, 'Hello Ltd', { manager: 'maya' });
    await world.slack.as('robin').channel('#general').waitFor(beginning('Hello Ltd  ·  '));
  });

  it('holidays are dates, one a line, and a wrong one is named with its line', async () => {
    const form = await screen('Working hours & holidays', 'Working days');
    await form.fill({ Holidays: '2026-12-25\n\n24.12.2026', 'Work ends': '08:00' });
    await form.submit();
    expect((await form.look()).errors()).toEqual({
      'Work ends': 'Work has to end after it begins. Pick a later time.',
      Holidays: "Line 3: “24.12.2026” isn't a date. Type it like 2026-12-25, one date a line.",
    });
    await form.fill({ Holidays: '2026-12-25\n2026-02-30', 'Work ends': '18:00' });
    await form.submit();
    expect((await form.look()).errors().Holidays).toContain('Line 2: “2026-02-30”');
    await form.fill({ Holidays: '2026-12-25\n2026-12-24' });
    await form.submit();
    await (await world.slack.as('dana').modal('Settings')).waitFor('9:00 to 18:00, 2 holidays');
    expect((await stored()).workingDay.holidays).toEqual(['2026-12-24', '2026-12-25']);
  });

  it('exchange rates are one currency a line, with the rate and its day', async () => {
    const form = await screen('Exchange rates', 'What one of each currency is worth in USD');
    const label = 'What one of each currency is worth in USD';
    await form.fill({ [label]: 'EUR 1.1' });
    await form.submit();
    expect((await form.look()).errors()[label]).toContain("Line 1: “EUR 1.1” isn't a rate.");
    await form.fill({ [label]: 'EUR 1.1 2025-11-03' });
    await form.submit();
    await (await world.slack.as('dana').modal('Settings')).waitFor('1 EUR is 1.1 USD, 2025-11-03');
    expect((await stored()).rates).toEqual([{ currency: 'EUR', to: 'USD', rate: '1.1', on: '2025-11-03' }]);
  });

  it('two admins who change different things at once both keep theirs; the same thing is the later one’s', async () => {
    const { coach } = world.lostdeal;
    await coach.store.workspace.saveSettings(TENANT, { admins: [SAM] });
    const [first, second] = [
      await screen('Follow-up & data', 'Currency'),
      await screen('Follow-up & data', 'Currency', 'sam'),
    ];
    await first.fill({ Currency: 'eur', 'Close a deal after this many days of silence': '21' });
    await second.fill({ Currency: 'CHF', 'Call again this many days before a contract ends': '60' });
    await first.submit();
    await second.submit();
    await (await world.slack.as('sam').modal('Settings')).waitFor('CHF. Closed after 21 days');
    expect(await stored()).toMatchObject({ currency: 'CHF', silenceDays: 21, reEngageBeforeDays: 60 });

    const settings = await world.slack.as('sam').modal('Settings');
    await settings.click('Show', { near: 'History' });
    const history = await world.slack.as('sam').modal('History');
    const lines = history
      .text()
      .split('\n')
      .filter((line) => line.includes('→'));
    expect(lines).toEqual([
      'Days before a contract ends: 90 → 60',
      'Currency: EUR → CHF',
      'Days without news: 14 → 21',
      'Currency: USD → EUR',
    ]);
    expect(history.text()).toMatch(/@sam.*[\s\S]*@dana/u);
  });

  it('a reason can be renamed and retired; old deals still name it', async () => {
    const list = await screen('Loss reasons', 'Retired ones stay on old deals');
    await list.click('Change', { nth: 0 });
    const form = await world.slack.as('dana').modal('Reason');
    await form.fill({ Reason: 'Too dear', 'In use?': ['Retired: only on old deals'] });
    await form.submit();
    await (await world.slack.as('dana').modal('Add a reason')).waitFor('Too dear  ·  retired');
    expect((await stored()).reasons?.[0]).toMatchObject({ label: 'Too dear', retired: true });
  });

  it('a screen says what was removed meanwhile, and a limit needs another person to approve', async () => {
    const list = await screen('Limits', 'Nobody has a limit of their own');
    await list.click('Add a limit');
    const form = await world.slack.as('dana').modal('New limit');
    await form.fill({ Manager: 'maya', 'Second approver': 'maya', 'May give up to this amount': 'lots' });
    await form.submit();
    expect(Object.keys((await form.look()).errors())).toEqual([
      'Second approver',
      'May give up to this amount',
    ]);
    await form.fill({ 'Second approver': 'dana', 'May give up to this amount': '5k' });
    await form.submit();
    const after = await world.slack.as('dana').modal('gives up to $5,000. More needs');
    await after.click('Remove');
    await after.waitFor('Nobody has a limit of their own');
    expect((await stored()).limits).toEqual([]);
  });
});

describe('people for themselves', () => {
  it('a rep sets quiet hours, and takes them away', async () => {
    const rep = world.slack.as('robin');
    await rep.slash('/lostdeal quiet');
    const form = await rep.modal('My quiet hours');
    await form.fill({ 'Quiet from': '19:00' });
    await form.submit();
    expect((await form.look()).errors()).toEqual({ Until: 'Pick when they end.' });
    await form.fill({ Until: '07:30' });
    await form.submit();
    await rep.noModal();
    expect((await stored()).quietHours).toEqual([{ user: ROBIN, startMinute: 19 * 60, endMinute: 450 }]);
  });

  it('a manager who goes out passes on the asks that wait; back again, they get asks', async () => {
    await world.pass(toMonday());
    await asked(world, 'Waiting Ltd');
    const manager = world.slack.as('maya');
    await manager.slash('/lostdeal out');
    const form = await manager.modal("When I'm out");
    await form.fill({ "Who decides while you're out?": 'maya' });
    await form.submit();
    expect((await form.look()).errors()).toEqual({
      "Who decides while you're out?": 'Pick somebody other than yourself.',
    });
    await form.fill({ "Who decides while you're out?": 'sam' });
    await form.submit();
    const pass = await manager.modal('These are waiting for you');
    expect(pass.text()).toContain('Waiting Ltd');
    await pass.submit();
    await manager.noModal();
    await (await dmOf(world, 'sam')).waitFor(beginning('Waiting Ltd (', 'would have'));
    await manager.slash('/lostdeal out');
    const again = await manager.modal('decides for you');
    await again.click("I'm back");
    await manager.modal('Asks come to you again');
    expect((await stored()).standIns).toEqual([]);
  });
});
