/** What a person types is kept while they type it, whatever they do then. */
import { beginCall, tapThrough } from '../../scripts/play';
import { afterScreen, detailsOf, dmOf } from './support/shortcuts';
import { startWorld, TENANT, type World } from './support/world';

const DAY = 24 * 60 * 60_000;

const ROBIN = 'U0000ROBIN';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
const rep = () => world.slack.as('robin');

const dealIdOf = async (account: string): Promise<string> => {
  const deals = await world.lostdeal.coach.store.deals.openOfRep(TENANT, ROBIN, 20);
  const closed = await world.lostdeal.coach.store.deals.recentlyClosedOfRep(TENANT, ROBIN, 20);
  return [...deals, ...closed].find((deal) => deal.account === account)?.id ?? '';
};

it('a screen closed with X shows what was typed when the rep comes back, and no event has it', async () => {
  await beginCall(rep(), 'Kept Ltd');
  const screen = await tapThrough(rep(), ['submit']);
  await screen.fill({ 'What attracted them most': 'Ninety days, half said' });
  await screen.closeAll();
  const offer = await (await dmOf(world, 'robin')).waitFor('Your call with Kept Ltd is not finished.');
  const events = await world.lostdeal.coach.store.deals.events(TENANT, await dealIdOf('Kept Ltd'));
  expect(JSON.stringify(events)).not.toContain('half said');
  await offer.click('Resume');
  const again = await rep().modal('What attracted them most');
  expect(again.value('What attracted them most')).toBe('Ninety days, half said');
  await (await tapThrough(rep(), ['Rather not say'])).close();
});

it('the notes after a call show what was typed before Later, and nothing of it once they are saved', async () => {
  await beginCall(rep(), 'Notes Ltd');
  const notes = await tapThrough(rep(), ['submit', 'Rather not say']);
  await notes.fill({ 'Who did they choose?': 'Globex', 'What is it worth?': '48,000' });
  await notes.close();
  const openNotes = async () => {
    await (await detailsOf(world, 'Notes Ltd')).click("Fill in while it's fresh");
    return rep().modal("While it's fresh");
  };
  const again = await openNotes();
  expect(again.value('Who did they choose?')).toBe('Globex');
  expect(again.value('What is it worth?')).toBe('48,000');
  await again.submit();
  await rep().noModal();
  const key = { tenant: TENANT, userId: ROBIN, dealId: await dealIdOf('Notes Ltd'), form: 'fill_in' };
  expect(await world.lostdeal.coach.store.drafts.values(key)).toBeNull();
});

it('the one screen after a call keeps texts and choices, for 14 days', async () => {
  const screen = await afterScreen(rep(), 'Form Ltd');
  await screen.fill({
    'What attracted them most': 'A shorter contract',
    Reasons: ['Payment terms'],
    'Have they signed with somebody else?': 'Promised verbally',
    'Who decides?': 'maya',
  });
  await screen.closeAll();
  const key = { tenant: TENANT, userId: ROBIN, dealId: await dealIdOf('Form Ltd'), form: 'after' };
  expect(JSON.stringify(await world.lostdeal.coach.store.drafts.values(key))).toContain('A shorter contract');
  expect(await world.lostdeal.coach.store.drafts.deleteBefore(Date.now() - DAY)).toBe(0);
});
