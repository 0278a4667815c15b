/**
 * A yes above a manager's limit while the approver is out: the approver's stand-in approves it, and never the proposer.
 */
import { asks, counters } from './support/clock';
import { allAbout, dmOf, LOST_DEALS, saying } from './support/shortcuts';
import { startWorld, TENANT, type World } from './support/world';

let world: World;
afterEach(() => world.stop());

const [MAYA, SAM, DANA] = ['U00000MAYA', 'U000000SAM', 'U00000DANA'];
const limitOf = (manager: string, amount: number) => ({
  manager,
  amount: { minor: amount * 100, currency: 'USD' },
  percent: null,
  approver: DANA,
});
const LIMITS = [limitOf(MAYA, 5_000), limitOf(SAM, 1_000)];
const outUntil = (standIn: string) => ({ manager: DANA, standIn, from: null, until: '2099-12-31' });

/** Maya offers more than she may alone. */
async function proposes(account: string): Promise<void> {
  await asks(world, account);
  await counters(world, 'maya', account, {
    "Here's what we can do for you: …": 'Ninety days',
    'What does it cost us?': '6,000',
  });
}

it('the stand-in approves in their place, whatever their own limit is', async () => {
  world = await startWorld({ settings: { limits: LIMITS, standIns: [outUntil(SAM)] } });
  await proposes('Large Ltd');
  const over = "That's over their limit of $5,000, so ";
  await world.slack
    .as('robin')
    .channel(LOST_DEALS)
    .waitFor(`${over}Sam Okafor has to approve it for Dana Ito, who is out until Thursday, 31 Dec 2099.`);
  await (await dmOf(world, 'sam')).waitFor(
    saying('Large Ltd', `${over}it needs your OK for @dana, who is out until Thursday, 31 Dec 2099.`),
  );
  await (await dmOf(world, 'robin')).waitFor('@sam has to approve it');
  expect(await allAbout(await dmOf(world, 'dana'), 'Large Ltd')).toEqual([]);
  const home = world.slack.as('sam').home();
  await home.open();
  await home.waitFor('which costs us $6,000 and needs a second yes.');
  await home.click('Approve', { near: 'Large Ltd' });
  await (await dmOf(world, 'robin')).waitFor('Large Ltd. @sam: counter-offer.');
});

it('a proposer does not stand in for the approver: the proposal stays with the approver', async () => {
  world = await startWorld({ settings: { limits: LIMITS, standIns: [outUntil(MAYA)] } });
  await proposes('Mine Ltd');
  const proposal = await (await dmOf(world, 'dana')).waitFor(saying('Mine Ltd', 'so it needs your OK.'));
  const inThread = await world.slack.as('maya').channel(LOST_DEALS).waitFor('so Dana Ito has to approve it.');
  await inThread.click('Approve');
  await world.slack.as('maya').modal('This waits for somebody else to approve.');
  await proposal.click('Approve');
  await (await dmOf(world, 'robin')).waitFor('Mine Ltd. @dana: counter-offer.');
});

it('an approver who goes out passes on the proposals that wait for them', async () => {
  world = await startWorld({ settings: { limits: LIMITS } });
  await proposes('Late Ltd');
  const mine = await (await dmOf(world, 'dana')).waitFor(saying('Late Ltd', 'so it needs your OK.'));
  const approver = world.slack.as('dana');
  await approver.slash('/lostdeal out');
  const form = await approver.modal("When I'm out");
  await form.fill({ "Who decides while you're out?": 'sam' });
  await form.submit();
  const pass = await approver.modal('These are waiting for you');
  expect(pass.text()).toContain('Late Ltd');
  await pass.submit();
  await approver.noModal();
  const theirs = await (await dmOf(world, 'sam')).waitFor(saying('Late Ltd', 'it needs your OK for @dana'));
  await mine.waitFor('It is with @sam now.');
  await theirs.click('Approve');
  await (await dmOf(world, 'robin')).waitFor('Late Ltd. @sam: counter-offer.');
});

it('a manager who goes out passes on each of the asks that wait for them', async () => {
  world = await startWorld();
  await asks(world, 'Late Ltd');
  await asks(world, 'Later Ltd');
  const manager = world.slack.as('maya');
  await manager.slash('/lostdeal out');
  const form = await manager.modal("When I'm out");
  await form.fill({ "Who decides while you're out?": 'sam' });
  await form.submit();
  const pass = await manager.modal('These are waiting for you');
  await pass.submit();
  await manager.noModal();
  const theirs = await dmOf(world, 'sam');
  for (const account of ['Late Ltd', 'Later Ltd']) await theirs.waitFor(account);
});

it('the stand-in is asked when the approver has left', async () => {
  world = await startWorld({ settings: { limits: LIMITS } });
  await proposes('Gone Ltd');
  await (await dmOf(world, 'dana')).waitFor(saying('Gone Ltd', 'so it needs your OK.'));
  // A deputy for good, whom the app would otherwise have asked only later.
  const standIns = [{ manager: DANA, standIn: SAM, from: null, until: null }];
  const { workspace } = world.lostdeal.coach.store;
  await workspace.saveSettings(TENANT, { ...((await workspace.settings(TENANT)) as object), standIns });
  await world.slack.admin({ do: 'deactivate', user: 'dana' });
  const proposal = await (await dmOf(world, 'sam')).waitFor(
    saying('Gone Ltd', 'it needs your OK for @dana, who has left.'),
  );
  await proposal.click('Approve');
  await (await dmOf(world, 'robin')).waitFor('Gone Ltd. @sam: counter-offer.');
});

describe('everybody else’s limit', () => {
  const upTo = (approver: string) => ({
    amount: { minor: 100_000, currency: 'USD' },
    percent: null,
    approver,
  });

  it('holds for a manager without a limit of their own, not for the approver', async () => {
    world = await startWorld({ settings: { defaultLimit: upTo(SAM) } });
    await proposes('Shared Ltd');
    const proposal = await (await dmOf(world, 'sam')).waitFor(
      saying('Shared Ltd', 'over their limit of $1,000, so it needs your OK.'),
    );
    await proposal.click('Approve');
    await (await dmOf(world, 'robin')).waitFor('Shared Ltd. @sam: counter-offer.');
  });

  it('brings an admin in, who is not held to it, when the approver is the rep', async () => {
    world = await startWorld({ settings: { defaultLimit: upTo('U0000ROBIN') } });
    await world.slack.as('dana').home().open();
    await world.settled();
    await proposes('Stuck Ltd');
    const proposal = await (await dmOf(world, 'dana')).waitFor(
      saying('Stuck Ltd', 'so it needs your OK instead of @robin, who can’t.'),
    );
    await proposal.click('Approve');
    await (await dmOf(world, 'robin')).waitFor('Stuck Ltd. @dana: counter-offer.');
  });
});
