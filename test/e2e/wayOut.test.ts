/** *Not a lost deal*, as a rep takes it: from the message of an unfinished call, from Home and from the details. */
import { beginCall, tapThrough } from '../../scripts/play';
import { allAbout, asked, detailsOf, dmOf, summaryOf } from './support/shortcuts';
import { until } from './support/until';
import { startWorld, TENANT, type World } from './support/world';

const DAY = 24 * 60 * 60_000;
const NOT_LOST = "This one isn't lost after all.";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

const rep = () => world.slack.as('robin');
const deals = () => world.lostdeal.coach.store.deals;

/** The message about a call that the rep left. */
async function leftCall(account: string) {
  await (await beginCall(rep(), account)).closeAll();
  return (await dmOf(world, 'robin')).waitFor(`You were on with ${account}. Pick up where you left off?`);
}

it('a call with answers goes from its message, and comes back from the screen that says so', async () => {
  await beginCall(rep(), 'Alder Ltd');
  await (await tapThrough(rep(), ['submit', 'submit'])).closeAll();
  const offer = await (await dmOf(world, 'robin')).waitFor('You were on with Alder Ltd.');
  await offer.click('Not a lost deal');
  const removed = await rep().modal('Removed');
  expect(removed.text()).toContain("Alder Ltd is off your list. It won't count anywhere.");
  const last = await offer.waitFor("Alder Ltd isn't lost, so it's off your list.");
  expect(last.buttons()).toEqual([]);

  await removed.click('Bring it back');
  const details = await rep().modal('The deal');
  expect(details.text()).toContain('Call not finished.');
  await details.close();
  const again = await offer.waitFor('Pick up where you left off?');
  await again.click('Resume');
  await (await rep().modal('The whole picture')).closeAll();
});

it('a call without an answer leaves nothing but the last words of its message', async () => {
  const offer = await leftCall('Birch Ltd');
  await offer.click('Not a lost deal');
  const removed = await rep().modal('Removed');
  const last = await offer.waitFor(
    "Birch Ltd is off your list. Nothing was written down, so there's nothing to keep.",
  );
  expect(last.buttons()).toEqual([]);
  await world.settled();
  expect(await world.lostdeal.coach.store.work.findByMessage(TENANT, offer.channel, offer.ts)).toBeNull();

  await removed.click('Start again');
  const intake = await rep().modal('They said no?');
  expect(intake.value('Account')).toBe('Birch Ltd');
  await intake.close();
});

it('words that were typed and not sent count as an answer', async () => {
  await beginCall(rep(), 'Fir Ltd');
  const screen = await tapThrough(rep(), ['submit']);
  await screen.fill({ 'What they liked most': 'Ninety days' });
  await screen.closeAll();
  const offer = await (await dmOf(world, 'robin')).waitFor('You were on with Fir Ltd.');
  await offer.click('Not a lost deal');
  await (await rep().modal('Removed')).click('Bring it back');
  await (await rep().modal('The deal')).click('Resume');
  const again = await rep().modal('What they liked most');
  expect(again.value('What they liked most')).toBe('Ninety days');
  await again.closeAll();
});

it('a call goes from Home, and Home shows it nowhere', async () => {
  await (await beginCall(rep(), 'Cedar Ltd')).closeAll();
  await rep().home().open();
  await rep().home().waitFor('Cedar Ltd');
  await rep().home().click('Not a lost deal', { near: 'Cedar Ltd' });
  await (await rep().modal('Removed')).close();
  await until(world.sandbox, 'Home without it', async () =>
    (await rep().home().text()).includes('Cedar Ltd') ? undefined : true,
  );
});

it('a deal whose ask waits goes from its details: the thread says so, and nobody is alerted again', async () => {
  const ask = await asked(world, 'Dogwood Ltd');
  const maya = await dmOf(world, 'maya');
  await maya.waitFor('Dogwood Ltd');
  const before = (await allAbout(maya, 'Dogwood Ltd')).length;

  const details = await detailsOf(world, 'Dogwood Ltd');
  await details.click('Not a lost deal');
  await (await rep().modal('Removed')).close();
  const root = await summaryOf(world, 'Dogwood Ltd', 'maya');
  const told = await root.waitFor(NOT_LOST);
  expect(told.text()).toContain("@robin took it off the list. It won't count anywhere.");
  expect(told.buttons()).toEqual(['Details']);
  const settled = await ask.waitFor(NOT_LOST);
  expect(settled.text()).toContain("There's nothing to decide. Thanks for looking at it.");
  expect(settled.buttons()).not.toContain('Match');
  await world.settled();
  const after = await allAbout(maya, 'Dogwood Ltd');
  expect(after).toHaveLength(before);
  expect(after.at(-1)).toContain('Thanks for looking at it.');
  const open = await deals().openOfAll(TENANT, 50);
  expect(open.map(({ account }) => account)).not.toContain('Dogwood Ltd');

  // Only the rep and admins bring it back.
  const seen = await detailsOf(world, 'Dogwood Ltd', 'maya');
  expect(seen.buttons()).not.toContain('Bring it back');
  await seen.close();
  await (await detailsOf(world, 'Dogwood Ltd')).click('Bring it back');
  await (await rep().modal('Waiting for')).close();
  await root.waitFor('Waiting for a decision');
  await world.settled();
  // The same ask waits again: its messages are edited, and she is not alerted a second time.
  expect((await ask.latest()).buttons()).toContain('Match it');
  expect(await allAbout(maya, 'Dogwood Ltd')).toHaveLength(before);
});

it('a call without an answer that nobody comes back to is erased after 14 days', async () => {
  const offer = await leftCall('Elm Ltd');
  const found = await world.lostdeal.coach.store.work.findByMessage(TENANT, offer.channel, offer.ts);
  await world.pass(14 * DAY);
  const last = await offer.waitFor(
    "Your call with Elm Ltd ended without an answer, so there's nothing to keep.",
  );
  expect(last.buttons()).toEqual([]);
  expect(await deals().load(TENANT, found?.dealId ?? '')).toBeNull();
  expect(await deals().events(TENANT, found?.dealId ?? '')).toEqual([]);
});
