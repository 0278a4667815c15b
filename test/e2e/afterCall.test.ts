/** `/lostdeal after`: how it ended comes first, then only what that ending leaves open; *Save* begins the deal. */
import { fillNotes } from '../../scripts/play';
import {
  afterScreen,
  allAbout,
  beginning,
  dmOf,
  LOST_DEALS,
  saveNaming,
  saying,
  summaryOf,
} from './support/shortcuts';
import { expectVoice } from './support/shownWords';
import { startWorld, TENANT, type World } from './support/world';

const ROBIN = 'U0000ROBIN';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
const rep = () => world.slack.as('robin');

const dealsOfRobin = async (): Promise<readonly string[]> => {
  const { deals } = world.lostdeal.coach.store;
  const open = await deals.openOfRep(TENANT, ROBIN, 50);
  const closed = await deals.recentlyClosedOfRep(TENANT, ROBIN, 50);
  return [...open, ...closed].map(({ account }) => account);
};

it('opening the form and closing it makes no deal; what was typed is there when the rep comes back', async () => {
  const screen = await afterScreen(rep(), 'Looked Ltd');
  expect(screen.inputs()).toEqual(['How did it end?']);
  await fillNotes(screen, {
    'How did it end?': 'Signed with them',
    'Anything else worth keeping': 'They were kind',
  });
  expect(screen.text()).toContain('You can close this, and type /lostdeal after Looked Ltd to go on.');
  await screen.closeAll();
  expect(await dealsOfRobin()).not.toContain('Looked Ltd');
  await rep().slash('/lostdeal list');
  expect((await rep().modal()).text()).not.toContain('Looked Ltd');
  await (await rep().modal()).close();

  const again = await afterScreen(rep(), 'Looked Ltd');
  expect(again.value('How did it end?')).toBe('Signed with them');
  expect(again.value('Anything else worth keeping')).toBe('They were kind');
  await again.submit();
  await rep().noModal();
  await (await summaryOf(world, 'Looked Ltd')).waitFor('Closed. Signed with them.');
  // A form that was saved is empty the next time.
  const next = await afterScreen(rep(), 'Looked Ltd');
  expect(next.inputs()).toEqual(['How did it end?']);
  await next.closeAll();
});

it('another ending shows its own fields, and words typed for the first one come back with it', async () => {
  const screen = await afterScreen(rep(), 'Changed Ltd');
  await fillNotes(screen, {
    'How did it end?': 'Open to it, OK to ask',
    'What they liked most': 'Ninety days',
    'What do you recommend?': 'Give them sixty',
  });
  await screen.fill({ 'How did it end?': 'Signed with them' });
  await screen.waitFor('When the agreement ends');
  expect(screen.inputs()).not.toContain('What do you recommend?');
  expect(screen.value('What they liked most')).toBe('Ninety days');
  await screen.fill({ 'What is it worth?': '5k' });
  await screen.fill({ 'How did it end?': 'Open to it, OK to ask' });
  await screen.waitFor('What do you recommend?');
  expect(screen.value('What do you recommend?')).toBe('Give them sixty');
  expect(screen.value('What is it worth?')).toBe('5k');
  await screen.closeAll();
});

it('what contradicts itself is told at its field; a refused form keeps its words and saves nothing', async () => {
  const screen = await afterScreen(rep(), 'Refused Ltd');
  await fillNotes(screen, {
    'How did it end?': 'Open to it, OK to ask',
    'What they liked most': 'Ninety days',
    'Have they signed?': 'Signed',
    'Who can say yes?': 'maya',
  });
  await screen.submit();
  expect(screen.errors()).toEqual({
    'Have they signed?': expect.stringContaining("They've signed, so it can't have ended"),
  });
  await screen.fill({ 'Have they signed?': 'Not yet', 'Who can say yes?': 'robin' });
  await screen.submit();
  expect(Object.keys(screen.errors())).toEqual(['Who can say yes?']);
  expect(screen.value('What they liked most')).toBe('Ninety days');
  expect(await dealsOfRobin()).not.toContain('Refused Ltd');
  // The manager of a refused form gets no later ask.
  expect(await world.lostdeal.coach.store.deals.lastManagerOfRep(TENANT, ROBIN)).toBeNull();
  await screen.fill({ 'Who can say yes?': 'maya' });
  await saveNaming(rep(), screen);
  const ask = await world.slack.as('maya').channel(LOST_DEALS).waitFor(beginning('Refused Ltd ('));
  expect(ask.text()).toContain('Ninety days');
  await (await dmOf(world, 'maya')).waitFor(beginning('Refused Ltd ('));
});

it('nobody was reached: the next try is planned, and the rep hears of it', async () => {
  const screen = await afterScreen(rep(), 'Silent Ltd');
  await fillNotes(screen, { 'How did it end?': "Couldn't reach them" });
  expect(screen.inputs()).not.toContain('What they liked most');
  await screen.submit();
  await rep().noModal();
  await (await summaryOf(world, 'Silent Ltd')).waitFor('Not reached yet, next try ');
});

it('not lost: nothing is posted and nobody is asked', async () => {
  const screen = await afterScreen(rep(), 'Alive Ltd');
  await fillNotes(screen, { 'How did it end?': 'Not lost', 'Anything else worth keeping': 'Keep selling' });
  await screen.submit();
  await rep().noModal();
  await world.settled();
  expect(await allAbout(await dmOf(world, 'robin'), 'Alive Ltd')).toEqual([]);
  expect((await rep().channel(LOST_DEALS).messages()).filter(saying('Alive Ltd', 'asked'))).toEqual([]);
});

expectVoice(() => world);
