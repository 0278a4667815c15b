/** *While it's fresh*: what counts stands first, typed words stay, and a rep who typed nothing gets one reminder. */
import { beginCall, fillNotes, tapThrough } from '../../scripts/play';
import { TO_A_PULSE } from '../../scripts/story';
import { allAbout, detailsOf, dmOf, LOST_DEALS, saying } from './support/shortcuts';
import { startWorld, type World } from './support/world';

const MINUTE = 60_000;
const NORTH = { id: 't1', name: 'North', manager: 'U00000MAYA', reps: ['U0000ROBIN'], channel: null };

let world: World;
afterEach(() => world?.stop());
const rep = () => world.slack.as('robin');
const robin = () => dmOf(world, 'robin');

it('More shows the rest and keeps what was typed; words behind it are shown when the rep comes back', async () => {
  world = await startWorld();
  await beginCall(rep(), 'Fresh Ltd');
  const fresh = await tapThrough(rep(), TO_A_PULSE);
  expect(fresh.inputs()).not.toContain('Who did they choose?');
  await fresh.fill({ 'What do you recommend?': 'Give them sixty', 'Loss reasons': ['Payment terms'] });
  await fillNotes(fresh, { 'Who did they choose?': 'Globex', 'What is it worth?': '48k' });
  expect(fresh.value('What do you recommend?')).toBe('Give them sixty');
  expect(fresh.value('Loss reasons')).toEqual(['Payment terms']);
  expect(fresh.text()).toContain('Saved as you type. You can close this.');
  await fresh.closeAll();

  await (await detailsOf(world, 'Fresh Ltd')).click("Fill in while it's fresh");
  const again = await rep().modal("While it's fresh");
  expect(again.value('Who did they choose?')).toBe('Globex');
  expect(again.value('What do you recommend?')).toBe('Give them sixty');
  await again.submit();
  await rep().noModal();
  const transcript = await rep().channel(LOST_DEALS).waitFor(saying('Rep recommends', 'Give them sixty'));
  expect(transcript.text()).toContain('Reasons Payment terms');
  await rep().channel(LOST_DEALS).waitFor('Against: Globex');
});

it('the manager of the team decides, so the rep is not asked who does; a rep who typed nothing hears so once', async () => {
  world = await startWorld({ settings: { teams: [NORTH] } });
  await beginCall(rep(), 'Silent Ltd');
  const fresh = await tapThrough(rep(), TO_A_PULSE);
  expect(fresh.text()).toContain('@maya decides.');
  expect(fresh.inputs()).not.toContain('Who can say yes?');
  await fresh.close();
  await world.pass(9 * MINUTE);
  expect(await allAbout(await robin(), 'Silent Ltd')).toEqual([]);
  await world.pass(2 * MINUTE);
  const missing = '@maya has your ask about Silent Ltd but not the facts. Add them, it takes a minute.';
  const reminder = await (await robin()).waitFor(missing);
  await reminder.click("Fill in while it's fresh");
  const form = await rep().modal("While it's fresh");
  await form.fill({ 'What is it worth?': '12k' });
  await form.submit();
  await rep().noModal();
  await reminder.waitFor('You wrote it down. Thank you.');
  await world.pass(2 * 60 * MINUTE);
  const said = await allAbout(await robin(), 'Silent Ltd');
  expect(
    said.filter((text) => text.includes('wrote it down') || text.includes('not the facts')),
  ).toHaveLength(1);
});

it('a call that closed the deal: the rep hears on the next working morning that nothing is written down', async () => {
  world = await startWorld({ calendar: 'office' });
  await beginCall(rep(), 'Closed Ltd');
  await (await tapThrough(rep(), ['submit', 'Rather not say'])).close();
  for (let halfDays = 0; halfDays < 8; halfDays++) await world.pass(12 * 60 * MINUTE);
  const reminder = await (await robin()).waitFor('What did Closed Ltd say?');
  expect(reminder.buttons()).toEqual(["Fill in while it's fresh"]);
});
