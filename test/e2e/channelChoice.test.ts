/**
 * A channel that cannot hold threads: the form refuses it where an admin chooses it, and threads leave it when an admin
 * chooses another.
 */
import type { Modal } from 'slack-sandbox';
import { teamSettings } from '../../src/coach/settings/settings';
import { asked, beginning, dmOf, LOST_DEALS, noteCall, saying } from './support/shortcuts';
import { until } from './support/until';
import { PRIVATE_CHANNEL, startWorld, TENANT, type World } from './support/world';

let world: World;
afterEach(() => world.stop());

const GENERAL = '#general';
const OPEN = { publicThreads: 'full' };
const NOT_IN = "I'm not in this channel. Type /invite @Lostdeal there, then pick it here again.";

const archive = () => world.slack.admin({ do: 'archive_channel', channel: LOST_DEALS, archived: true });
const inGeneral = (account: string) =>
  world.slack
    .as('robin')
    .channel(GENERAL)
    .waitFor(beginning(`${account}  ·  `));

async function threadsForm(): Promise<Modal> {
  const admin = world.slack.as('dana');
  await admin.slash('/lostdeal settings');
  await (await admin.modal('Settings')).click('Change', { near: 'Threads & visibility' });
  return admin.modal('Channel for threads');
}

async function choose(channel: string): Promise<void> {
  const form = await threadsForm();
  await form.fill({ 'Channel for threads': channel });
  await form.submit();
  await (await world.slack.as('dana').modal('Settings')).closeAll();
}

describe('another channel', () => {
  beforeEach(async () => {
    world = await startWorld({ settings: OPEN });
    // Lostdeal tells the admins it has met.
    await (await threadsForm()).closeAll();
  });

  it('takes up a thread that could not begin, at once', async () => {
    await archive();
    await noteCall(world, 'Stuck Ltd');
    const told = await (await dmOf(world, 'dana')).waitFor('the threads of lost deals there are on hold');
    expect(told.text()).toContain('/lostdeal settings');
    await (await dmOf(world, 'robin')).waitFor("so your deal's thread is on hold.");
    await world.settled();

    await choose(GENERAL);
    const summary = await inGeneral('Stuck Ltd');
    await summary.thread().waitFor(beginning('Stuck Ltd (', 'would have'));
  });

  it('takes on a thread that had begun: later messages stand in the new one', async () => {
    await asked(world, 'Midway Ltd');
    await archive();
    await (await (await dmOf(world, 'maya')).waitFor(beginning('Midway Ltd ('))).click('Decline');
    const form = await world.slack.as('maya').modal('Decline');
    await form.fill({ [form.inputs()[0] ?? '']: 'We cannot go so low.' });
    await form.submit();
    await (await dmOf(world, 'dana')).waitFor('the threads of lost deals there are on hold');
    await world.settled();

    await choose(GENERAL);
    const summary = await inGeneral('Midway Ltd');
    await summary.thread().waitFor(saying('Maya Lindqvist decided:', 'We cannot go so low.'));
  });

  it('of a team counts as well, and admins hear of a channel once', async () => {
    const { workspace } = world.lostdeal.coach.store;
    await archive();
    await noteCall(world, 'First Ltd');
    await noteCall(world, 'Second Ltd');
    await world.settled();
    const dm = await dmOf(world, 'dana');
    const notices = (await dm.messages()).filter((it) => it.text().includes('are on hold'));
    expect(notices).toHaveLength(1);

    const team = {
      id: 'north',
      name: 'North',
      manager: null,
      reps: ['U0000ROBIN'],
      channel: PRIVATE_CHANNEL,
    };
    await workspace.saveSettings(TENANT, { ...OPEN, teams: [team] });
    const admin = world.slack.as('dana');
    await admin.slash('/lostdeal settings');
    await (await admin.modal('Settings')).click(/^(Open|Change|Show)$/u, { near: 'Teams' });
    await (await admin.modal('North')).click('Change');
    const form = await admin.modal('Reps');
    const [label = ''] = form.inputs().filter((it) => it.startsWith('Channel'));
    await form.fill({ [label]: GENERAL });
    await form.submit();
    await inGeneral('First Ltd');
    await inGeneral('Second Ltd');
  });
});

it('a private channel that the app is not in is refused at its field, until the app is invited', async () => {
  world = await startWorld({ channel: 'C00CLOSEDP' });
  await world.slack.admin({ do: 'remove_member', channel: LOST_DEALS, user: 'lostdeal' });
  const form = await threadsForm();
  await form.fill({ 'Channel for threads': LOST_DEALS });
  await form.waitFor(`⚠ ${NOT_IN}`);
  await form.submit();
  expect((await form.look()).errors()).toEqual({ 'Channel for threads': NOT_IN });
  expect((await teamSettings(world.lostdeal.coach.store, TENANT)).channel).toBeNull();

  await world.slack.admin({ do: 'add_member', channel: LOST_DEALS, user: 'lostdeal' });
  // Slack does not report a choice that equals the previous one.
  await form.fill({ 'Channel for threads': GENERAL });
  await until(world.sandbox, 'no complaint', async () =>
    (await form.look()).text().includes(NOT_IN) ? undefined : true,
  );
  await form.fill({ 'Channel for threads': LOST_DEALS });
  await form.submit();
  await world.slack.as('dana').modal('Settings');
  expect((await teamSettings(world.lostdeal.coach.store, TENANT)).channel).toBe(PRIVATE_CHANNEL);
  await noteCall(world, 'Inside Ltd');
  await world.slack.as('robin').channel(LOST_DEALS).waitFor(beginning('Inside Ltd  ·  '));
});
