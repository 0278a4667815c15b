/** People of another company come to read the channel of threads: what stands there says no more than in public. */
import { HOUR } from './support/clock';
import { asked, dmOf, LOST_DEALS, noteCall } from './support/shortcuts';
import { until } from './support/until';
import { startWorld, type World } from './support/world';

let world: World;
afterEach(() => world.stop());

const share = (sharing: 'none' | 'pending' | 'shared') =>
  world.slack.admin({ do: 'share_channel', channel: LOST_DEALS, sharing });
const thread = () => world.slack.as('maya').channel(LOST_DEALS);
const TOLD = 'People of another company read #lost-deals or are invited to it.';
const told = async () =>
  (await (await dmOf(world, 'dana')).messages()).filter((message) => message.text().startsWith(TOLD));

async function standing(): Promise<string> {
  const roots = await thread().messages();
  const replies = await Promise.all(roots.map((root) => root.thread().messages()));
  return [...roots, ...replies.flat()].map((message) => message.text()).join('\n');
}
/** Waits until no message in the channel names one of these companies. */
const nameless = (...accounts: readonly string[]) =>
  until(
    world.sandbox,
    'channel without names',
    async () => {
      const words = await standing();
      return accounts.every((it) => !words.includes(it)) || undefined;
    },
    standing,
  );

/** An admin whom Lostdeal has met, one deal that is open and one that is closed. */
async function begin(): Promise<void> {
  world = await startWorld();
  const admin = world.slack.as('dana');
  await admin.slash('/lostdeal settings');
  await (await admin.modal('Settings')).closeAll();
  await asked(world, 'Open Ltd');
  await noteCall(world, 'Closed Ltd', { how: 'Signed with them', manager: null });
  await thread().waitFor('Closed Ltd');
  await world.settled();
}

it('a channel that is shared: every thread is rewritten, closed ones too, and admins are told once', async () => {
  await begin();
  const before = (await thread().messages()).length;
  await share('shared');
  await nameless('Open Ltd', 'Closed Ltd');
  expect((await thread().messages()).length).toBe(before);
  await (await dmOf(world, 'dana')).waitFor(TOLD);
  await noteCall(world, 'Later Ltd');
  await world.settled();
  expect(await standing()).not.toContain('Later Ltd');
  await share('none');
  await share('none');
  await world.settled();
  expect(await told()).toHaveLength(1);
});

it('another company is only invited, which Slack does not report: the channel is asked again after an hour', async () => {
  await begin();
  await share('pending');
  await world.pass(1.1 * HOUR);
  await noteCall(world, 'Later Ltd');
  await nameless('Open Ltd', 'Closed Ltd', 'Later Ltd');
  await (await dmOf(world, 'dana')).waitFor(TOLD);
});

it('a shared channel is picked: the screen says what its threads leave out', async () => {
  world = await startWorld();
  await share('shared');
  const admin = world.slack.as('dana');
  await admin.slash('/lostdeal settings');
  await (await admin.modal('Settings')).click('Change', { near: 'Threads & visibility' });
  const form = await admin.modal('Channel for threads');
  await form.fill({ 'Channel for threads': LOST_DEALS });
  await admin.modal('Its threads leave out names, words, terms and amounts.');
  await (await admin.modal('Channel for threads')).submit();
  await admin.modal('Settings');
});
