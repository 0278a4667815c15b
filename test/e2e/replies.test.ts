/**
 * Other people's replies beneath a deal: bounded, so that nobody's clicks become slow, and gone when their authors
 * delete them.
 */
import { act } from '../../src/coach/act';
import { aPerson } from '../store/builder';
import { type Several, startSeveral } from './support/instances';
import { asked, LOST_DEALS, noteCall, summaryOf } from './support/shortcuts';
import { until } from './support/until';

let world: Several;
beforeAll(async () => {
  world = await startSeveral(1);
});
afterAll(() => world?.stop());

const rep = () => world.slack.as('robin');
const kept = async (account: string) => (await world.told(account)).remarks.map(({ text }) => text);
const expectKept = (account: string, texts: readonly (string | null)[]) =>
  until(
    world.sandbox,
    `replies ${texts.join(', ')} of ${account}`,
    async () => (JSON.stringify(await kept(account)) === JSON.stringify(texts) ? true : undefined),
    async () => JSON.stringify(await kept(account)),
  );

it('the old words of a reply are nowhere after its author deletes or changes it', async () => {
  await noteCall(world, 'Gone Ltd', { how: "Wouldn't say" });
  const summary = await summaryOf(world, 'Gone Ltd');
  const said = async (words: string) => {
    const { ts = '' } = await summary.reply(words);
    const found = (await rep().channel(LOST_DEALS).messages()).find((message) => message.ts === ts);
    if (found === undefined) throw new Error('what was said does not stand there');
    return found;
  };
  const deleted = await said('Our secret floor is 12');
  const changed = await said('Their secret ceiling is 90');
  await expectKept('Gone Ltd', ['Our secret floor is 12', 'Their secret ceiling is 90']);
  await deleted.delete();
  await changed.edit('They have a ceiling');
  await expectKept('Gone Ltd', [null, 'They have a ceiling']);
  const { deal, events } = await world.told('Gone Ltd');
  expect(JSON.stringify([deal, events])).not.toMatch(/secret|ceiling/u);
  await world.coach.store.forgetErased();
  expect(world.bytes()).not.toContain('secret');
});

it('a root that is deleted though it has replies begins the thread anew, and Slackbot says nothing about the deal', async () => {
  await asked(world, 'Tombstone Ltd');
  const summary = await summaryOf(world, 'Tombstone Ltd');
  await summary.reply('They sounded open');
  await expectKept('Tombstone Ltd', ['They sounded open']);
  await world.slack.admin({ do: 'delete_message', channel: LOST_DEALS, ts: summary.ts });
  await rep().channel(LOST_DEALS).waitFor('This message was deleted.');
  const anew = await summaryOf(world, 'Tombstone Ltd');
  expect(anew.ts).not.toBe(summary.ts);
  await anew.reply('Still there');
  await expectKept('Tombstone Ltd', ['They sounded open', 'Still there']);
});

it('five hundred long replies by somebody without a part leave the deal small, and its list opens as before', async () => {
  await asked(world, 'Flooded Ltd');
  const { deal } = await world.told('Flooded Ltd');
  const before = JSON.stringify(deal).length;
  const who = { tenant: deal.tenant, userId: 'U000000SAM', teamId: deal.tenant.teamId };
  await world.coach.store.workspace.savePerson(deal.tenant, aPerson(who.userId));
  for (let ts = 1; ts <= 500; ts += 1) {
    const text = `${ts} `.padEnd(40_000, 'long words ');
    await act(world.coach, who, deal.id, { type: 'remark', text, channel: 'C1', ts: `${ts}.1` });
  }
  const flooded = await world.told('Flooded Ltd');
  expect(flooded.remarks).toHaveLength(100);
  expect(flooded.remarks.every(({ text, isCut }) => isCut && text?.length === 3_000)).toBe(true);
  expect(JSON.stringify(flooded.deal).length).toBeLessThan(before + 100);
  await rep().slash('/lostdeal list');
  expect((await rep().modal()).text()).toContain('Flooded Ltd');
});
