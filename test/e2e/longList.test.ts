/** More open deals than one screen holds. */
import type { Modal } from 'slack-sandbox';
import { aDeal, commitOf } from '../store/builder';
import { startWorld, TENANT, type World } from './support/world';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

const ROBIN = 'U0000ROBIN';
const COUNT = 60;

/** Unfinished calls, of which nothing stands in Slack. */
async function calls(): Promise<void> {
  const { store, playbooks, clock } = world.lostdeal.coach;
  const playbook = playbooks.latest(playbooks.default);
  if (playbook === null) throw new Error('there is no playbook');
  const { id, hash, start } = playbook;
  const now = clock.now();
  for (let index = 0; index < COUNT; index++) {
    const deal = aDeal({
      id: `many${index}`,
      tenant: TENANT,
      rep: ROBIN,
      account: `Account ${index} Ltd`,
      playbook: { id, hash },
      firstStep: start,
      position: { stepId: start, visit: 1 },
      startedAt: now,
      stageSince: now,
      lastActiveAt: now,
      quietSince: now,
    });
    await store.deals.commit({ ...commitOf(deal), changesNoMessage: true });
  }
}

const accounts = (modal: Modal): string[] => modal.text().match(/Account \d+ Ltd/gu) ?? [];

it('the list has pages, and every deal is on one of them', async () => {
  await calls();
  const rep = world.slack.as('robin');
  await rep.slash('/lostdeal list');
  const first = await rep.modal('1 to 25 of 60.');
  const seen = accounts(first);
  await first.click('Next page');
  const second = await rep.modal('26 to 50 of 60.');
  seen.push(...accounts(second));
  await second.click('Next page');
  const third = await rep.modal('51 to 60 of 60.');
  seen.push(...accounts(third));
  expect(third.buttons()).not.toContain('Next page');
  expect(seen).toHaveLength(COUNT);
  expect(new Set(seen).size).toBe(COUNT);
  await third.click('Previous page');
  await (await rep.modal('26 to 50 of 60.')).closeAll();
});

it('Home shows the first, and says where the rest is', async () => {
  const home = world.slack.as('robin').home();
  await home.open();
  await home.waitFor('There are more. Type /lostdeal list.');
});
