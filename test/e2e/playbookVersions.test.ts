/** A playbook that changes: reps keep the old lines until an admin has looked at the new ones and uses them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beginCall } from '../../scripts/play';
import { BUILT_IN_DIR } from '../../src/playbook/checking/loader';
import { temporaryFolder } from '../temporaryFolder';
import { until } from './support/until';
import { startWorld, TENANT, type World } from './support/world';

const OLD = 'I know how much goes into a decision like this.';
const NEW = 'I can see how much work this was.';
const PREVIEW = 'Preview. Nothing is posted, and nobody gets a message.';

const folder = temporaryFolder();
const file = join(folder.path, 'heartbeat.yml');
const builtIn = readFileSync(join(BUILT_IN_DIR, 'heartbeat.yml'), 'utf8');

let world: World;
beforeAll(async () => {
  writeFileSync(file, builtIn);
  world = await startWorld({ env: { PLAYBOOKS_DIR: folder.path } });
});
afterAll(async () => {
  await world?.stop();
  folder.remove();
});

const admin = () => world.slack.as('dana');

/** What the rep reads on the first screen of a new call. */
async function firstScreen(account: string): Promise<string> {
  const rep = world.slack.as('robin');
  const text = (await beginCall(rep, account)).text();
  await (await rep.modal()).closeAll();
  return text;
}

it('a rep reads the old line until an admin previews the new version and uses it; a call under way keeps the old one', async () => {
  // Nobody has used it yet, so nobody has to choose.
  expect(await firstScreen('Acme')).toContain(OLD);
  await admin().slash('/lostdeal help');
  await (await admin().modal('How Lostdeal helps')).close();
  await until(world.sandbox, 'an admin whom Slack has described', async () =>
    (await world.lostdeal.coach.store.workspace.knownAdmins(TENANT, 9)).length > 0 ? true : undefined,
  );

  writeFileSync(file, builtIn.replace(OLD, NEW));
  await world.restart();
  expect(await firstScreen('Bolt')).toContain(OLD);

  const told = await (await admin().dm('Lostdeal')).waitFor(
    "There's a new version of “Checking for a heartbeat”.",
  );
  expect(told.buttons()).toEqual(['Preview', 'Use it']);
  await admin().home().open();
  await admin().home().waitFor('New playbook versions');
  await admin().home().click('Preview', { near: 'has a new version' });
  const preview = await admin().modal("What's new");
  for (const words of [PREVIEW, '1 screen changed.', 'Changed: Thanks and good wishes', 'You say'])
    expect(preview.text()).toContain(words);
  expect(preview.text()).toMatch(new RegExp(`Was: “.*${OLD}”\\n.*Now: “.*${NEW}”`, 'u'));

  await preview.click('Walk through it');
  const step = await admin().modal('Thanks and good wishes');
  for (const words of [PREVIEW, NEW]) expect(step.text()).toContain(words);
  await step.closeAll();
  const { practices } = world.lostdeal.coach.store;
  expect(await practices.met(TENANT, 'U00000DANA', 'heartbeat')).toEqual([]);

  // A restart in between loses nothing and tells nobody twice.
  await world.restart();
  await world.settled();
  expect(await firstScreen('Cobalt')).toContain(OLD);
  await told.click('Use it');
  await (await admin().modal('New calls start with this version.')).closeAll();
  expect(await firstScreen('Delta')).toContain(NEW);
  const messages = await until(world.sandbox, 'a message without buttons', async () => {
    const found = (await (await admin().dm('Lostdeal')).messages()).filter((it) =>
      it.text().includes('a new version of'),
    );
    return found.every((it) => it.buttons().length === 0) ? found : undefined;
  });
  expect(messages.map((it) => it.text())).toEqual([
    expect.stringContaining('New calls start with it. Calls under way keep theirs.'),
  ]);

  const rep = world.slack.as('robin');
  await rep.slash('/lostdeal resume');
  await (await rep.modal('Acme')).click('Resume', { near: 'Acme' });
  expect((await rep.modal('Thanks and good wishes')).text()).toContain(OLD);
  await (await rep.modal()).closeAll();

  await admin().slash('/lostdeal settings');
  await (await admin().modal('Settings')).click('Show', { near: 'History' });
  expect((await admin().modal('History')).text()).toContain('Version in use of “heartbeat”');
});
