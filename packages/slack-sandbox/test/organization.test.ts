/** An Enterprise Grid organization of two workspaces. The app is installed in one of them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isObject } from '../src/json';
import { actionsBlock, button } from './support/blockKit';
import { deliveries, type Harness, startHarness } from './support/harness';

const SEED = `
team: { id: T00000HOME, name: Home, domain: home }
organization: { id: E00000BOTH, name: Both, workspaces: [T00000HOME, T0000OTHER] }
people:
  - { id: U0000ROBIN, name: robin, admin: true }
  - { id: U00000LENA, name: lena, team_id: T0000OTHER, other_teams: [T00000HOME] }
  - { id: U00000OMAR, name: omar, team_id: T0000OTHER, admin: true }
  - { id: U000000KIM, name: kim, team_id: T0STRANGER }
channels:
  - { id: C000ACROSS, name: across, app: true, members: [robin, lena, omar] }
  - { id: C00PARTNER, name: partners, app: true, members: [robin, kim] }
`;

let harness: Harness;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sandbox-organization-'));
  const seed = join(folder, 'seed.yml');
  writeFileSync(seed, SEED);
  harness = await startHarness({ seed });
  await harness.startApp((app) => {
    app.action('answer', ({ ack }) => ack());
    app.command('/probe', ({ ack }) => ack());
    app.message(/./, async () => undefined);
  });
});
afterAll(async () => {
  await harness.stop();
  rmSync(folder, { recursive: true });
});

const user = async (id: string) => (await harness.web.users.info({ user: id })).user;
const channel = async (id: string) => (await harness.web.conversations.info({ channel: id })).channel;
const newest = async (name: string) => {
  const found = (await deliveries(harness)).findLast((delivery) => delivery.name === name)?.payload;
  if (!isObject(found)) throw new Error(`the app got no ${name}`);
  return found;
};

it('describes its members by all their workspaces, and strangers by none', async () => {
  const organization = { enterprise_id: 'E00000BOTH', enterprise_name: 'Both' };
  expect(await user('U00000LENA')).toMatchObject({
    team_id: 'T0000OTHER',
    enterprise_user: { ...organization, teams: ['T0000OTHER', 'T00000HOME'] },
  });
  expect(await user('U00000OMAR')).toMatchObject({
    team_id: 'T0000OTHER',
    is_admin: false,
    enterprise_user: { ...organization, teams: ['T0000OTHER'] },
  });
  const kim = await user('U000000KIM');
  expect([kim?.team_id, kim?.enterprise_user]).toEqual(['T0STRANGER', undefined]);
});

it('lists the members of the workspace that has the app', async () => {
  const { members = [] } = await harness.web.users.list({});
  expect(members.map(({ id }) => id).sort()).toEqual(['U00000LENA', 'U0000ROBIN', 'U0SANDBOX1']);
});

it('tells a channel of two of its workspaces from one that another company reads', async () => {
  expect(await channel('C000ACROSS')).toMatchObject({ is_org_shared: true, is_ext_shared: false });
  expect(await channel('C00PARTNER')).toMatchObject({ is_org_shared: false, is_ext_shared: true });
});

it('names the organization, our workspace and the home of whoever clicks', async () => {
  expect(await harness.web.auth.test()).toMatchObject({ enterprise_id: 'E00000BOTH', team_id: 'T00000HOME' });
  await harness.web.chat.postMessage({
    channel: 'C000ACROSS',
    text: 'Hi',
    blocks: [actionsBlock(button('Answer', { action_id: 'answer' }))],
  });
  const omar = harness.client.as('omar');
  await (await omar.channel('#across').waitFor('Answer')).click('Answer');
  expect(await newest('block_actions answer')).toMatchObject({
    enterprise: { id: 'E00000BOTH' },
    team: { id: 'T00000HOME', enterprise_id: 'E00000BOTH' },
    user: { team_id: 'T0000OTHER' },
    is_enterprise_install: false,
  });
});

it('names the workspace of the author in a message, and ours in its authorization', async () => {
  await harness.client.as('omar').post('Hello', { in: '#across' });
  expect(await newest('message')).toMatchObject({
    team_id: 'T0000OTHER',
    authorizations: [{ team_id: 'T00000HOME', enterprise_id: 'E00000BOTH' }],
  });
});

it('gives a command to those who are in the workspace, wherever their home is', async () => {
  await harness.client.as('lena').slash('/probe', { in: '#across' });
  expect(await newest('/probe')).toMatchObject({ team_id: 'T00000HOME', enterprise_id: 'E00000BOTH' });
  const seen = (await deliveries(harness)).length;
  await harness.client.as('omar').slash('/probe', { in: '#across' });
  expect((await deliveries(harness)).length).toBe(seen);
});

it('is refused without an id that an organization has', async () => {
  const seed = join(folder, 'faulty.yml');
  writeFileSync(seed, SEED.replace('E00000BOTH', 'T00000BOTH'));
  await expect(startHarness({ seed })).rejects.toThrow('line 3, organization: id must look like E0000GROUP');
});
