/**
 * An Enterprise Grid organization. The app is installed in one of its workspaces, and people whose home is the other one
 * work with it: their payloads name that home.
 */
import { join } from 'node:path';
import type { Traffic } from 'slack-sandbox';
import { fillNotes } from '../../scripts/play';
import { VERDICT_LABELS } from '../../src/slack/text';
import {
  afterScreen,
  asked,
  beginning,
  detailsOf,
  dmOf,
  LOST_DEALS,
  noteCall,
  WHO_DECIDES,
} from './support/shortcuts';
import { until } from './support/until';
import { startWorld, TENANT, type World, type WorldOptions } from './support/world';

let world: World;
afterEach(() => world.stop());

const begin = async (options: WorldOptions = {}) => {
  world = await startWorld({ seed: join(__dirname, 'support', 'organization.yml'), ...options });
};
const person = (name: string) => world.slack.as(name);
const known = (user: string) => world.lostdeal.coach.store.workspace.person(TENANT, user);
const whenKnown = (user: string) =>
  until(world.sandbox, `description of ${user}`, async () => (await known(user)) ?? undefined);
/** The homes of the people who acted, as the payloads named them. */
const homes = async () =>
  new Set(
    (await world.slack.traffic())
      .filter((entry): entry is Traffic & { kind: 'delivery' } => entry.kind === 'delivery')
      .flatMap(({ payload }) => (payload as { user?: { team_id?: string } }).user?.team_id ?? []),
  );

it.each(['socket', 'http'] as const)(
  'over %s, a rep and a manager of the other workspace work a deal from the call to the decision',
  async (delivery) => {
    await begin({ delivery });
    const ask = await asked(world, 'Grid Ltd', { rep: 'lena', manager: 'omar' });
    expect(ask.text()).toContain('Grid Ltd');
    expect([await whenKnown('U00000LENA'), await whenKnown('U00000OMAR')]).toMatchObject([
      { isStranger: false, isAdmin: false },
      { isStranger: false, isAdmin: false },
    ]);
    await ask.reply('Ninety days is fine with me');
    await (await dmOf(world, 'omar')).waitFor(beginning('Grid Ltd'));
    await ask.click('Match it');
    const match = await person('omar').modal("Here's what we can do for you: …");
    await match.fill({ "Here's what we can do for you: …": 'Ninety days to pay' });
    await match.submit();
    await (await dmOf(world, 'lena')).waitFor('Grid Ltd. @omar: yes.');
    await (await detailsOf(world, 'Grid Ltd', 'omar')).click('Show all');
    expect((await person('omar').modal('All that was kept')).text()).toContain('Ninety days is fine with me');
    expect(await homes()).toEqual(new Set(['T0SERVICES']));
  },
);

it('a manager of the other workspace who cannot be invited is asked by direct message', async () => {
  await begin({ channel: 'C000NARROW' });
  await noteCall(world, 'Narrow Ltd', { rep: 'lena', manager: 'omar' });
  await (await dmOf(world, 'omar')).waitFor(beginning('Narrow Ltd'));
});

it('a channel of both workspaces is none of another company: its threads name the deal', async () => {
  await begin();
  await noteCall(world, 'Across Ltd', { manager: null });
  await person('omar').channel(LOST_DEALS).waitFor(beginning('Across Ltd'));
});

it('an admin of the other workspace is none of ours', async () => {
  await begin();
  await asked(world, 'Grid Ltd', { rep: 'lena', manager: 'omar' });
  await person('omar').home().open();
  await whenKnown('U00000OMAR');
  expect(await known('U00000OMAR')).toMatchObject({ isAdmin: false });
});

it('somebody of another company is a stranger still: nobody names them, and they decide nothing', async () => {
  await begin({ channel: 'C00PARTNER' });
  const screen = await afterScreen(person('lena'), 'Named Ltd');
  await fillNotes(screen, { 'How did it end?': VERDICT_LABELS.pulse });
  await fillNotes(screen, { [WHO_DECIDES]: 'kim' });
  await whenKnown('U000000KIM');
  await screen.submit();
  expect((await screen.look()).errors()).toEqual({
    [WHO_DECIDES]: expect.stringContaining('Kim Varga'),
  });
  await screen.closeAll();
  await noteCall(world, 'Shared Ltd', { rep: 'robin', manager: null });
  const root = await person('kim').channel('#partners').waitFor('Details');
  await root.click('Details');
  expect((await person('kim').modal('Not for you to see')).text()).not.toContain('Shared Ltd');
});
