/**
 * Who somebody is, as Slack describes them: members, guests, people of another company, people who left, and people whom
 * Slack has not described yet. Each acts as themselves in the real app.
 */

import { fillNotes } from '../../scripts/play';
import { BELIEVED_MS } from '../../src/coach/identity';
import { teamSettings } from '../../src/coach/settings/settings';
import {
  afterScreen,
  asked,
  beginning,
  detailsOf,
  dmOf,
  LOOKED_UP_LATER,
  LOST_DEALS,
  noteCall,
  summaryOf,
} from './support/shortcuts';
import { until } from './support/until';
import { startWorld, TENANT, type World, type WorldOptions } from './support/world';

let world: World;
afterEach(() => world.stop());

const CHECKING = 'Checking who you are. Try again.';
const MANY = 10_000;

const begin = async (options: WorldOptions = {}) => {
  world = await startWorld(options);
};
const person = (name: string) => world.slack.as(name);
const becomes = (user: string, role: 'admin' | 'multi_channel' | 'single_channel') =>
  world.slack.admin({ do: 'change_role', user, role });
/** Slack describes nobody, until `describes`. */
const describesNobody = () =>
  world.slack.faults({ method: 'users.info', times: MANY, effect: { do: 'http_500' } });
const describes = () => world.slack.faults();
const known = (user: string) => world.lostdeal.coach.store.workspace.person(TENANT, user);
const whenKnown = (user: string) =>
  until(world.sandbox, `description of ${user}`, async () => (await known(user)) ?? undefined);
const posted = async () => (await person('robin').channel(LOST_DEALS).messages()).map((it) => it.text());

describe('a guest', () => {
  it.each(['multi_channel', 'single_channel'] as const)(
    'of kind %s starts no deal, and sees none',
    async (role) => {
      await begin();
      await asked(world, 'Seen Ltd');
      await becomes('sam', role);
      await (await summaryOf(world, 'Seen Ltd', 'sam')).click('Details');
      await (await person('sam').modal('Not for you to see')).closeAll();
      await person('sam').slash('/lostdeal Guest Ltd');
      const intake = await person('sam').modal('New business or a customer?');
      await intake.fill({ 'New business or a customer?': "New business we didn't win" });
      await intake.submit();
      await person('sam').modal('Only people of this workspace can start a deal.');
      await person('sam').slash('/lostdeal list');
      expect((await person('sam').modal()).text()).not.toContain('Seen Ltd');
    },
  );

  it('cannot be named to decide', async () => {
    await begin();
    await becomes('sam', 'multi_channel');
    const screen = await afterScreen(person('robin'), 'Named Ltd');
    await fillNotes(screen, { 'How did it end?': 'Open to it, OK to ask' });
    await fillNotes(screen, { 'Who can say yes?': 'sam' });
    await whenKnown('U000000SAM');
    await screen.submit();
    expect((await screen.look()).errors()).toEqual({
      'Who can say yes?': "Sam Okafor is a guest here and can't decide. Name a member.",
    });
  });

  it('is one from the moment Slack reports it: a rep who becomes a guest works nothing', async () => {
    await begin();
    await noteCall(world, 'Once Ltd', { rep: 'sam' });
    await summaryOf(world, 'Once Ltd', 'sam');
    await becomes('sam', 'multi_channel');
    await person('sam').slash('/lostdeal list');
    expect((await person('sam').modal()).text()).not.toContain('Once Ltd');
  });

  it('works deals of their own where an admin allows guests as reps, and decides about none', async () => {
    await begin({ settings: { guestsAsReps: true } });
    await becomes('sam', 'multi_channel');
    await noteCall(world, 'Own Ltd', { rep: 'sam' });
    await (await detailsOf(world, 'Own Ltd', 'sam')).closeAll();
    await asked(world, 'Others Ltd');
    const ask = await person('sam').channel(LOST_DEALS).waitFor(beginning('Others Ltd (', 'would have'));
    await ask.click('Match it');
    expect((await person('sam').modal()).text()).toContain('Not yours to decide');
  });
});

describe('somebody of another company', () => {
  it('reads what a shared channel shows, and opens nothing of it', async () => {
    await begin({ channel: 'C00PARTNER', settings: { sight: 'everyone' } });
    await noteCall(world, 'Shared Ltd');
    const root = await person('kim').channel('#northlight-partners').waitFor('Details');
    await root.click('Details');
    const told = await person('kim').modal('Not for you to see');
    expect(told.text()).not.toContain('Shared Ltd');
  });
});

describe('somebody whom Slack has not described yet', () => {
  it('starts a call at once, of which nothing is posted until Slack has answered', async () => {
    await begin();
    await describesNobody();
    const screen = await afterScreen(person('robin'), 'Early Ltd');
    await screen.fill({ 'How did it end?': 'Open to it, OK to ask' });
    await screen.submit();
    await person('robin').noModal();
    await world.settled();
    expect(await known('U0000ROBIN')).toBeNull();
    expect(await posted()).toEqual([]);
    await describes();
    await world.pass(10_000);
    await summaryOf(world, 'Early Ltd');
    expect(await known('U0000ROBIN')).toMatchObject({ realName: 'Robin Adeyemi' });
  });

  it('is the manager of a team: an ask is posted once Slack has described them', async () => {
    const NORTH = { id: 'north', name: 'North', channel: null, manager: 'U00000MAYA', reps: ['U0000ROBIN'] };
    await begin({ settings: { teams: [NORTH] } });
    await person('robin').home().open();
    await whenKnown('U0000ROBIN');
    await describesNobody();
    await noteCall(world, 'Waits Ltd', { manager: null });
    await world.settled();
    expect(await known('U00000MAYA')).toBeNull();
    expect(await posted()).toEqual([]);
    await describes();
    await world.pass(10_000);
    await (await dmOf(world, 'maya')).waitFor(beginning('Waits Ltd (', 'would have'));
  });

  it('goes on with their own call, and sees nothing of anybody else', async () => {
    await begin();
    await asked(world, 'Others Ltd');
    await describesNobody();
    await person('sam').slash('/lostdeal Mine Ltd');
    const intake = await person('sam').modal('New business or a customer?');
    await intake.fill({ 'New business or a customer?': "New business we didn't win" });
    await intake.submit();
    const step = await person('sam').modal('Mine Ltd');
    await step.closeAll();
    await person('sam').slash('/lostdeal resume');
    await (await person('sam').modal('Mine Ltd')).closeAll();
    await (await summaryOf(world, 'Others Ltd', 'sam')).click('Details');
    const told = await person('sam').modal('Tap again');
    expect(told.text()).toContain(CHECKING);
    expect(told.text()).not.toContain('Others Ltd');
    await told.closeAll();
    await describes();
    await (await summaryOf(world, 'Others Ltd', 'sam')).click('Details');
    await person('sam').modal('Not for you to see');
  });

  it('is named for nothing: the words say so at the input, and the same name is taken later', async () => {
    await begin();
    await describesNobody();
    const screen = await afterScreen(person('robin'), 'Whom Ltd');
    await fillNotes(screen, { 'How did it end?': 'Open to it, OK to ask' });
    await fillNotes(screen, { 'Who can say yes?': 'maya' });
    await screen.submit();
    expect((await screen.look()).errors()).toEqual({
      'Who can say yes?': LOOKED_UP_LATER,
    });
    await describes();
    // The refusal had Slack asked about them once more.
    await screen.submit();
    await whenKnown('U00000MAYA');
    await whenKnown('U0000ROBIN');
    await screen.submit();
    await person('robin').noModal();
    await (await dmOf(world, 'maya')).waitFor(beginning('Whom Ltd (', 'would have'));
  });

  it('replies: their words are kept as soon as Slack has said who they are', async () => {
    await begin();
    await asked(world, 'Reply Ltd');
    expect(await known('U000000SAM')).toBeNull();
    await (await summaryOf(world, 'Reply Ltd', 'sam')).reply('I know their buyer');
    const { deals } = world.lostdeal.coach.store;
    await until(world.sandbox, 'the reply', async () => {
      const [deal] = await deals.openOfRep(TENANT, 'U0000ROBIN', 5);
      const remarks = deal === undefined ? [] : await deals.remarks(TENANT, deal.id);
      return remarks.some(({ text }) => text === 'I know their buyer') ? true : undefined;
    });
  });
});

describe('an admin whose role is older than an hour', () => {
  const grow = async () => {
    await world.pass(BELIEVED_MS + 60_000);
  };
  const openDeals = async (name: string) => {
    await (await summaryOf(world, 'Theirs Ltd', name)).click('Details');
    return person(name);
  };

  it('opens the settings and everybody’s deals again once Slack has confirmed it', async () => {
    await begin();
    await asked(world, 'Theirs Ltd');
    await person('dana').slash('/lostdeal settings');
    await (await person('dana').modal('Settings')).closeAll();
    await grow();
    await (await openDeals('dana')).modal('The deal').then((it) => it.closeAll());
    await grow();
    await person('dana').slash('/lostdeal settings');
    await person('dana').modal('Settings');
  });

  it('reads that we check who they are while Slack does not answer, and opens it with the next tap', async () => {
    await begin();
    await asked(world, 'Theirs Ltd');
    await person('dana').slash('/lostdeal settings');
    await (await person('dana').modal('Settings')).closeAll();
    await grow();
    await world.slack.faults({ method: 'users.info', times: MANY, effect: { do: 'hang', ms: 60_000 } });
    const told = await (await openDeals('dana')).modal('Tap again');
    expect(told.text()).toContain(CHECKING);
    await told.closeAll();
    await person('dana').slash('/lostdeal settings', { in: LOST_DEALS });
    await person('dana').channel(LOST_DEALS).waitFor(CHECKING);
    // The hanging question is broken off, and the next one is answered.
    await describes();
    await until(world.sandbox, 'the deal', async () => {
      const driver = await openDeals('dana');
      const screen = await driver.modal();
      const isThere = screen.text().includes('The deal');
      await screen.closeAll();
      return isThere ? true : undefined;
    });
  });

  it('saves nothing while Slack is out; what they typed stays, and the same save is taken afterwards', async () => {
    await begin();
    await person('dana').slash('/lostdeal settings');
    await (await person('dana').modal('Settings')).click(/^(Open|Change|Show)$/u, {
      near: 'Follow-up & data',
    });
    const form = await person('dana').modal('Currency');
    await form.fill({ Currency: 'EUR' });
    await describesNobody();
    await grow();
    await form.submit();
    const refused = await form.look();
    expect(Object.values(refused.errors())).toEqual([CHECKING]);
    expect(refused.value('Currency')).toBe('EUR');
    const { store } = world.lostdeal.coach;
    expect((await teamSettings(store, TENANT, 'fresh')).currency).not.toBe('EUR');
    await describes();
    await until(world.sandbox, 'the save', async () => {
      await form.submit();
      return (await teamSettings(store, TENANT, 'fresh')).currency === 'EUR' ? true : undefined;
    });
  });

  it('is still told what an admin is told while Slack is out: the last known role serves', async () => {
    await begin({ channel: 'C00GENERAL' });
    await person('dana').home().open();
    await person('robin').home().open();
    await whenKnown('U00000DANA');
    await whenKnown('U0000ROBIN');
    await world.slack.admin({ do: 'archive_channel', channel: '#general', archived: true });
    await grow();
    await describesNobody();
    await noteCall(world, 'Still Ltd', { how: 'Signed with them', manager: null });
    await (await dmOf(world, 'dana')).waitFor('so the threads of lost deals there are on hold');
  });
});

describe('admins', () => {
  it('all hear by direct message who changed the admins, and how; nobody else does', async () => {
    await begin();
    await person('maya').home().open();
    await whenKnown('U00000MAYA');
    await person('dana').slash('/lostdeal settings');
    await (await person('dana').modal('Settings')).click(/^(Open|Change|Show)$/u, { near: 'Admins' });
    const form = await person('dana').modal('Admins');
    await form.fill({ 'Also admins of Lostdeal': ['maya'] });
    await whenKnown('U00000MAYA');
    await form.submit();
    for (const name of ['dana', 'maya']) {
      const notice = await (await dmOf(world, name)).waitFor('@dana changed the admins of Lostdeal.');
      expect(notice.text()).toContain('Added: @maya.');
    }
    await world.settled();
    expect(await (await dmOf(world, 'robin')).messages()).toEqual([]);
  });
});
