/**
 * The deals that people look after besides their own calls: upcoming calls, their reps' deals, and those of a person
 * who left.
 */
import { beginCall, fillNotes } from '../../scripts/play';
import { eraseOld } from '../../src/coach/housekeeping';
import type { Deal } from '../../src/deal/model/deal';
import {
  afterScreen,
  asked,
  beginning,
  detailsOf,
  dmOf,
  LOST_DEALS,
  noteCall,
  saveNaming,
  saying,
  summaryOf,
} from './support/shortcuts';
import { until } from './support/until';
import { startWorld, type World } from './support/world';

let world: World;
afterEach(() => world.stop());

const DAY = 24 * 60 * 60_000;
const TENANT = { enterpriseId: '', teamId: 'T000BRIGHT' };
const [MAYA, ROBIN, SAM] = ['U00000MAYA', 'U0000ROBIN', 'U000000SAM'];
const NORTH = { id: 'north', name: 'North', channel: null, manager: MAYA, reps: [ROBIN] };
const SIGNED = { how: 'Signed with them', manager: null };

const dealsOf = (rep: string): Promise<Deal[]> =>
  world.lostdeal.coach.store.deals.recentlyClosedOfRep(TENANT, rep, 10);

/** A lost deal with a call agreed for later. */
async function agreed(account: string): Promise<void> {
  await noteCall(world, account, {
    ...SIGNED,
    heard: { 'OK to call before then?': 'Yes, call' },
  });
  await world.settled();
}

describe('upcoming calls', () => {
  it('a rep sees their own, moves one to another day and drops one', async () => {
    world = await startWorld();
    const rep = world.slack.as('robin');
    await rep.slash('/lostdeal upcoming');
    await (await rep.modal('Nothing planned yet')).closeAll();
    await agreed('Later Ltd');
    await agreed('Never Ltd');
    await rep.slash('/lostdeal upcoming');
    const list = await rep.modal('Coming up');
    expect(list.text()).toContain('They agreed to a call.');
    await list.click('Change date', { near: 'Later Ltd' });
    const form = await rep.modal('Call again');
    const day = new Date(Date.now() + 40 * DAY).toISOString().slice(0, 10);
    await form.fill({ Day: day });
    await form.submit();
    await until(world.sandbox, 'another day', async () => {
      const deal = (await dealsOf(ROBIN)).find(({ account }) => account === 'Later Ltd');
      return deal?.nextTime?.callOn === day ? true : undefined;
    });
    const again = await rep.modal('Coming up');
    // Midnight in Berlin, where the rep's day begins, is another day in UTC.
    await again.click('Change date', { near: 'Later Ltd' });
    const planned = await rep.modal('Call again');
    expect(planned.value('Day')).toBe(day);
    await planned.close();
    await again.click('Drop', { near: 'Never Ltd' });
    await until(world.sandbox, 'one call', async () =>
      (await again.look()).text().includes('Never Ltd') ? undefined : true,
    );
    expect(again.text()).toContain('Later Ltd');
  });

  it('a manager sees their reps’, a colleague nothing', async () => {
    world = await startWorld({ settings: { teams: [NORTH] } });
    await agreed('Team Ltd');
    await world.slack.as('maya').slash('/lostdeal upcoming');
    const list = await world.slack.as('maya').modal('Team Ltd');
    // Their first screen offers practice too.
    expect(list.buttons()).toEqual(['Hand on', 'Details', 'Practice first']);
    await list.click('Hand on');
    const form = await world.slack.as('maya').modal('Rep from now on');
    await form.fill({ 'Rep from now on': 'sam' });
    await form.submit();
    await until(world.sandbox, 'another rep', async () =>
      (await dealsOf(SAM)).length === 1 ? true : undefined,
    );
    await world.slack.as('sam').slash('/lostdeal upcoming');
    await (await world.slack.as('sam').modal('Team Ltd')).closeAll();
    await world.slack.as('robin').slash('/lostdeal upcoming');
    await world.slack.as('robin').modal('Nothing planned yet');
  });
});

describe('Home', () => {
  it('shows a manager an ask as soon as it waits for them, and their reps’ deals', async () => {
    world = await startWorld({ settings: { teams: [NORTH] } });
    const home = world.slack.as('maya').home();
    await home.open();
    await home.waitFor('Nothing is open.');
    await beginCall(world.slack.as('robin'), 'Own Ltd');
    await (await world.slack.as('robin').modal()).closeAll();
    await home.open();
    await home.waitFor('Your reps’ open deals');
    await asked(world, 'Waiting Ltd');
    // Nobody opened it again.
    await home.waitFor(/Waiting for you[\s\S]*Waiting Ltd/u);
  });
});

describe('sight', () => {
  it('is for a deal’s people; everybody may read where the team wants it, and do no more', async () => {
    world = await startWorld();
    await asked(world, 'Seen Ltd');
    await (await summaryOf(world, 'Seen Ltd', 'sam')).click('Details');
    await (await world.slack.as('sam').modal('Not for you to see')).close();
    await world.lostdeal.coach.store.workspace.saveSettings(TENANT, { sight: 'everyone' });
    const details = await detailsOf(world, 'Seen Ltd', 'sam');
    expect(details.buttons()).toEqual(['Show all', 'Practice first']);
    await details.closeAll();
    await (await summaryOf(world, 'Seen Ltd', 'sam')).click("They've signed");
    await world.slack.as('sam').modal('Only the rep of this deal or an admin can do this.');
  });
});

describe('the team', () => {
  it('decides who is asked and where; a thread that has begun stays where it is', async () => {
    world = await startWorld({
      settings: { teams: [{ ...NORTH, channel: 'C00CLOSEDP' }], publicThreads: 'full' },
    });
    await noteCall(world, 'Moved Ltd', { manager: 'maya' });
    const open = world.slack.as('robin').channel('#closed-lost-public');
    await open.waitFor(beginning('Moved Ltd  ·  '));
    await world.lostdeal.coach.store.workspace.saveSettings(TENANT, { teams: [NORTH] });
    await noteCall(world, 'Later Ltd', { manager: 'maya' });
    await world.slack.as('robin').channel(LOST_DEALS).waitFor(beginning('Later Ltd  ·  '));
    await world.settled();
    await open.waitFor(saying('Moved Ltd', 'would have'));
  });

  it('has a manager who decides: a rep who names somebody else reads who can', async () => {
    world = await startWorld();
    const rep = world.slack.as('robin');
    const form = await afterScreen(rep, 'Bound Ltd');
    await fillNotes(form, { 'How did it end?': 'Open to it, OK to ask', 'Who can say yes?': 'dana' });
    // The form stands open from before: where the team has a manager, a new one has no such field.
    const { workspace } = world.lostdeal.coach.store;
    await workspace.saveSettings(TENANT, { ...Object(await workspace.settings(TENANT)), teams: [NORTH] });
    await form.submit();
    expect(form.errors()['Who can say yes?']).toContain(
      'Your manager decides for your team. Only they or an admin can name somebody else.',
    );
    await world.slack.as('maya').home().open();
    await world.settled();
    await form.submit();
    expect(form.errors()['Who can say yes?']).toMatch(
      /^(Maya .+) decides for your team\. Only \1 or an admin/u,
    );
    await form.fill({ 'Who can say yes?': 'maya' });
    await saveNaming(rep, form);
    await (await detailsOf(world, 'Bound Ltd')).click('Change who decides');
    await (await rep.modal('@maya decides for your team. Only @maya or an admin')).closeAll();
    const details = await detailsOf(world, 'Bound Ltd', 'maya');
    await details.click('Change who decides');
    const naming = await world.slack.as('maya').modal('Who decides?');
    await naming.fill({ Manager: 'dana' });
    await naming.submit();
    await (await dmOf(world, 'dana')).waitFor(saying('Bound Ltd'));
  });

  it('whose manager loses a deal: an admin is asked at once, and reads why', async () => {
    world = await startWorld({ settings: { teams: [{ ...NORTH, reps: [MAYA, ROBIN] }] } });
    await world.slack.as('dana').home().open();
    await world.settled();
    await noteCall(world, 'Mayas Ltd', { rep: 'maya', manager: null });
    await (await dmOf(world, 'dana')).waitFor(
      saying('Mayas Ltd', 'It was @maya’s own deal, so it came to you.'),
    );
  });

  it('is named in the intake', async () => {
    world = await startWorld({ settings: { teams: [NORTH] } });
    await world.slack.as('robin').slash('/lostdeal Acme');
    expect((await world.slack.as('robin').modal('New business or a customer?')).text()).toContain(
      "we'll ask @maya",
    );
  });
});

describe('a company with an open deal', () => {
  it('is found whatever the spelling: its rep goes on with it, a colleague reads who has it', async () => {
    world = await startWorld();
    const rep = world.slack.as('robin');
    await beginCall(rep, "Wendy's Mills");
    await (await rep.modal('Thanks and good wishes')).submit();
    await (await rep.modal('What they liked most')).closeAll();

    await rep.slash('/lostdeal WENDY’S  mills');
    const found = await rep.modal("You were on with Wendy's Mills. Pick up where you left off?");
    await found.click('Resume');
    await (await rep.modal('What they liked most')).closeAll();

    const colleague = world.slack.as('sam');
    await colleague.slash('/lostdeal');
    const intake = await colleague.modal('New business or a customer?');
    await intake.fill({
      Account: "Wendy's Mills",
      'New business or a customer?': "A customer who's leaving",
    });
    await intake.submit();
    const told = await colleague.modal('@robin has an open deal with this company.');
    expect(told.buttons()).not.toContain('Resume');
    expect(told.value('New business or a customer?')).toBe("A customer who's leaving");
    await told.submit();
    await (await colleague.modal('Thanks and good wishes')).closeAll();
  });
});

describe('somebody who leaves', () => {
  it('leaves their deals and calls to their manager, who reads so and can hand them on', async () => {
    world = await startWorld({ settings: { teams: [NORTH] } });
    await asked(world, 'Open Ltd');
    await agreed('Later Ltd');
    await fetch(`${world.sandbox.url}/control/admin`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ do: 'deactivate', user: 'robin' }),
    });
    const { deals } = world.lostdeal.coach.store;
    await until(world.sandbox, 'deals with maya', async () =>
      (await deals.openOfRep(TENANT, MAYA, 5)).length === 1 ? true : undefined,
    );
    await (await dmOf(world, 'maya')).waitFor(saying('Open Ltd', 'left'));
    await world.slack.as('maya').slash('/lostdeal upcoming');
    const list = await world.slack.as('maya').modal('Later Ltd');
    expect(list.text()).toContain('Later Ltd');
  });
});

describe('somebody who leaves unnoticed', () => {
  it('and has no manager: an admin of Slack holds what they had when it is due, and hands it on', async () => {
    world = await startWorld();
    await agreed('Alone Ltd');
    await world.slack.as('dana').home().open();
    await world.slack.faults({ delivery: 'user_change', times: 4, effect: { do: 'lose' } });
    await world.slack.admin({ do: 'deactivate', user: 'robin' });
    await world.pass(300 * DAY);
    const held = await (await dmOf(world, 'dana')).waitFor('@robin has left. Alone Ltd is with you now.');
    expect(held.text()).toContain('Hand it on');
  });
});

describe('a decided deal that is handed on', () => {
  it('is no longer with the rep it was with: their message says so and has no buttons', async () => {
    world = await startWorld();
    await asked(world, 'Passed Ltd');
    const manager = world.slack.as('maya');
    await (await (await dmOf(world, 'maya')).waitFor(beginning('Passed Ltd ('))).click('Counter');
    const counter = await manager.modal('Make a counter-offer');
    await (await counter.fill({ "Here's what we can do for you: …": 'Sixty days' })).submit();
    await manager.noModal();
    const told = await (await dmOf(world, 'robin')).waitFor('Passed Ltd. @maya: counter-offer.');
    expect(told.buttons()).toContain('Won back');

    await (await detailsOf(world, 'Passed Ltd', 'maya')).click('Hand on to another rep');
    const form = await manager.modal('Rep from now on');
    await (await form.fill({ 'Rep from now on': 'sam' })).submit();
    const news = await (await dmOf(world, 'sam')).waitFor('Passed Ltd. @maya: counter-offer.');
    expect(news.buttons()).toContain('Won back');
    const former = await told.waitFor('Passed Ltd is with @sam now.');
    expect(former.buttons()).toEqual([]);
  });
});

describe('closed deals', () => {
  it('are erased when their time is over, if the team has set one, and the history says so', async () => {
    world = await startWorld();
    const { coach } = world.lostdeal;
    await noteCall(world, 'Old Ltd', SIGNED);
    await world.pass(70 * DAY);
    expect(await eraseOld(coach, TENANT)).toBe(0);
    await coach.store.workspace.saveSettings(TENANT, { retentionMonths: 3 });
    expect(await eraseOld(coach, TENANT)).toBe(0);
    await coach.store.workspace.saveSettings(TENANT, { retentionMonths: 2 });
    expect(await eraseOld(coach, TENANT)).toBe(1);
    expect(await dealsOf(ROBIN)).toEqual([]);
    const [entry] = await coach.store.workspace.settingsHistory(TENANT, 1);
    expect(entry).toMatchObject({ field: 'erased', by: null });
    expect(entry?.to).toMatch(/^1 without news since \d{4}-\d{2}-\d{2}, of which won back: 0$/u);
  });
});
