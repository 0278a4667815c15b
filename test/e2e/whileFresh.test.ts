/** *While it's fresh*: what counts stands first, typed words stay, and a rep who typed nothing gets one reminder. */
import { beginCall, fillNotes, tapThrough } from '../../scripts/play';
import { TO_A_PULSE } from '../../scripts/story';
import { allAbout, beginning, detailsOf, dmOf, LOST_DEALS, saying } from './support/shortcuts';
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
  expect(fresh.text()).toContain('@maya gets this when you save, or in 5 minutes.');
  expect(fresh.buttons()).toContain('Ask now');
  await fresh.close();
  await world.pass(4 * MINUTE);
  const maya = await dmOf(world, 'maya');
  expect(await allAbout(maya, 'Silent Ltd')).toEqual([]);
  await world.pass(2 * MINUTE);
  const ask = await maya.waitFor(
    beginning('Silent Ltd (new) would have', '@robin is still adding the facts.'),
  );
  expect(ask.buttons()).toEqual(['Ask Robin', 'Match it', 'Counter', 'Decline']);
  await world.pass(3 * MINUTE);
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
  const room = world.slack.as('maya').channel(LOST_DEALS);
  await room.waitFor('@maya, new facts about Silent Ltd: $12,000.');
  const complete = await ask.waitFor('Silent Ltd (new, $12,000) would have');
  expect(complete.text()).not.toContain('still adding');
  expect(complete.buttons()).toEqual(['Match it', 'Counter', 'Decline', 'Ask Robin']);
  const details = await detailsOf(world, 'Silent Ltd');
  await details.click("Fill in while it's fresh");
  const more = await rep().modal("While it's fresh");
  await more.fill({ 'What do you recommend?': 'Give them sixty' });
  await more.submit();
  await ask.waitFor('Give them sixty');
  await world.settled();
  expect(await allAbout(room, 'new facts about Silent Ltd')).toHaveLength(1);
  await world.pass(2 * 60 * MINUTE);
  const said = await allAbout(await robin(), 'Silent Ltd');
  expect(
    said.filter((text) => text.includes('wrote it down') || text.includes('not the facts')),
  ).toHaveLength(1);
});

it('what is saved goes out with the ask at once; a call-back within the hour waits for no facts', async () => {
  world = await startWorld({ settings: { teams: [NORTH] } });
  const maya = await dmOf(world, 'maya');
  await beginCall(rep(), 'Saved Ltd');
  const fresh = await tapThrough(rep(), TO_A_PULSE);
  await fresh.fill({ 'What is it worth?': '48k' });
  await world.settled();
  expect(await allAbout(maya, 'Saved Ltd')).toEqual([]);
  await fresh.submit();
  const saved = await maya.waitFor(beginning('Saved Ltd (new, $48,000) would have'));
  expect(saved.text()).not.toContain('still adding');
  expect(saved.text()).toContain('No call-back agreed, so you have your usual four hours.');
  expect(saved.text()).toContain("@robin hasn't written it down yet.");
  expect(saved.text()).toContain('This is your first ask');

  await beginCall(rep(), 'Soon Ltd');
  const promise = await tapThrough(rep(), [...TO_A_PULSE.slice(0, -1), 'Another time…']);
  await promise.fill({ 'Call back by': new Date(world.lostdeal.coach.clock.now() + 50 * MINUTE) });
  await promise.submit();
  const form = await rep().modal('@maya has your ask. What you add here goes with it.');
  const soon = await maya.waitFor(
    beginning('Soon Ltd (new) would have', '@robin is still adding the facts.'),
  );
  expect(soon.text()).toContain('@robin promised to call back ');
  expect(soon.text()).not.toContain('This is your first ask');
  await form.close();
});

it('a call that closed the deal: the rep hears on the next working morning that nothing is written down', async () => {
  world = await startWorld({ calendar: 'office' });
  await beginCall(rep(), 'Closed Ltd');
  await (await tapThrough(rep(), ['submit', 'Rather not say'])).close();
  for (let halfDays = 0; halfDays < 8; halfDays++) await world.pass(12 * 60 * MINUTE);
  const reminder = await (await robin()).waitFor('What did Closed Ltd say?');
  expect(reminder.buttons()).toEqual(["Fill in while it's fresh"]);
});
