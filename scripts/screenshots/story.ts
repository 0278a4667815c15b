/** The story of the pictures: one deal from the call to the day it is won back, and what stands beside it. */
import { afterScreen } from '../../test/e2e/support/rescue';
import { PRIVATE_CHANNEL, type World } from '../../test/e2e/support/world';
import { beginCall, tapThrough } from '../play';
import type { Camera, Moment } from './moment';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const HOME = '/home';
const MESSAGES = '/messages';

/** The story both cameras follow: a call to a pulse, the ask, a counter-offer, won back. */
export async function play(world: World, camera: Camera): Promise<void> {
  const rep = world.slack.as('robin');
  const manager = world.slack.as('maya');
  const robin = (name: string, seen: Moment['seen'], place?: string) =>
    camera({ who: 'robin', name, seen, ...(place === undefined ? {} : { place }) });
  const maya = (name: string, seen: Moment['seen'], place: string, more: Partial<Moment> = {}) =>
    camera({ who: 'maya', name, seen, place, ...more });

  await rep.slash('/lostdeal Acme');
  await robin('intake', 'Who is it?');
  await (await rep.modal()).close();
  await beginCall(rep, 'Acme');
  await robin('thanks', 'I wish you every success');
  await tapThrough(rep, ['submit']);
  await robin('attraction', 'would you mind sharing');
  await tapThrough(rep, [
    {
      type: { 'What attracted them most': 'Ninety days to pay, and live within two weeks.' },
      tap: 'submit',
    },
  ]);
  await robin('picture', 'What else made a difference?');
  await (await rep.modal()).click('Whole script');
  await robin('script', /you are here/);
  await (await rep.modal('Whole script')).close();
  await tapThrough(rep, [{ type: { Reasons: ['Payment terms'] }, tap: 'submit' }]);
  await robin('pulse', 'would we have won your business?');
  await tapThrough(rep, ['Yes']);
  await robin('obstacle', 'would anything else still stand');
  await tapThrough(rep, ['Nothing else']);
  await robin('signed', 'have you signed anything yet');
  await tapThrough(rep, ['Not yet']);
  await robin('may-check', 'check with my manager whether');
  await tapThrough(rep, ['Yes, check']);
  await robin('signing-date', 'when do you plan to sign?');
  const signing = new Date(Date.now() + 4 * DAY).toISOString().slice(0, 10);
  await tapThrough(rep, [{ type: { 'When they plan to sign': signing }, tap: 'submit' }]);
  await robin('promise', 'could you hold off signing');
  // Four in the afternoon for the rep in Berlin, the morning for the manager in New York.
  const tomorrow = (Math.floor(Date.now() / DAY) * DAY + DAY + 15 * HOUR) / 1000;
  const fresh = await tapThrough(rep, [{ type: { 'Call back by': tomorrow }, tap: 'submit' }]);
  await robin('fill-in', "You asked; most don't.");
  await fresh.fill({
    'Who decides?': 'maya',
    'What is it worth?': '48k',
    'Who did they choose?': 'Globex',
    'Who did you speak with?': 'Ms Ferreira',
    'What do you recommend?': 'Match the ninety days. They have always paid on time.',
  });
  await fresh.submit();
  await rep.noModal();
  await fillTheLists(world);

  const room = manager.channel('#lost-deals');
  const ask = await room.waitFor('Acme (new, $48,000) will reconsider if we');
  const thread = `/in/${PRIVATE_CHANNEL}/${(await room.waitFor(/^Acme {2}·/u)).ts}`;
  await maya('thread', /will reconsider if we/, thread);
  await maya('inspector', /will reconsider if we/, thread, { inspector: true });
  await maya('ask-dm', 'A reply in words counts too', MESSAGES);
  await maya('home-manager', 'Waiting for you', HOME);
  await rep.slash('/lostdeal list');
  await robin('list', 'Your open deals');
  await (await rep.modal()).close();
  await robin('home-rep', 'Blue Harbour Hotels', HOME);

  await ask.click('Counter');
  const counter = await manager.modal();
  await counter.fill({
    'What do we move?': ['Service', 'Term'],
    'What do we offer?': 'Sixty days to pay, and a named contact for the first year',
    'What does it cost us?': 'quite a lot',
  });
  await counter.submit();
  await maya('counter-refused', /as an amount/, HOME, { modal: true });
  await counter.fill({ 'What does it cost us?': '4,000' });
  await counter.submit();
  await manager.noModal();
  const told = await (await rep.dm('Lostdeal')).waitFor('decided about Acme: Counter');
  await robin('decision-dm', 'Words to go back with', MESSAGES);
  await told.click('Called – won back');
  await camera({ who: 'robin', name: 'won-back', seen: 'How much of it?', place: MESSAGES, modal: true });
  await (await rep.modal()).submit();
  await rep.noModal();
  await room.waitFor('Won back: Acme');
  await maya('thread-won-back', 'Won back:', thread);
  await choose(world, camera);
}

/** What an admin chooses for the team, and what people set for themselves. */
async function choose(world: World, camera: Camera): Promise<void> {
  const admin = world.slack.as('dana');
  const dana = (name: string, seen: Moment['seen']) => camera({ who: 'dana', name, seen });
  await admin.slash('/lostdeal settings');
  const settings = await admin.modal('Settings');
  await dana('settings', 'Threads and sight');
  await settings.click('Open', { near: 'Teams' });
  await (await admin.modal('There are no teams yet')).click('Add a team');
  const team = await admin.modal('New team');
  await team.fill({ Name: 'North', Manager: 'maya', Reps: ['robin', 'sam'] });
  await dana('settings-team', 'A rep is in one team.');
  await team.submit();
  await dana('settings-teams', 'Reps:');
  await (await admin.modal('Manager:')).close();
  await (await admin.modal('North')).click('Change', { near: 'Working calendar' });
  const calendar = await admin.modal('Working days');
  await calendar.fill({ Holidays: '2026-12-25\n24.12.2026' });
  await calendar.submit();
  await dana('settings-refused', /Line 2/u);
  await calendar.close();
  await (await admin.modal('North')).click('Show', { near: 'History' });
  await dana('settings-history', 'Team');
  await (await admin.modal('History')).closeAll();

  const rep = world.slack.as('robin');
  await afterwards(world, 'Harbour Optics');
  await rep.slash('/lostdeal upcoming');
  await camera({ who: 'robin', name: 'upcoming', seen: 'Coming up' });
  await (await rep.modal()).closeAll();
  const manager = world.slack.as('maya');
  await manager.slash('/lostdeal out');
  await camera({ who: 'maya', name: 'out', seen: 'Who is asked meanwhile?' });
  await (await manager.modal()).closeAll();
}

/** A deal that was lost, whose prospect may be called again. */
async function afterwards(world: World, account: string): Promise<void> {
  const screen = await afterScreen(world.slack.as('robin'), account);
  const end = new Date(Date.now() + 300 * DAY).toISOString().slice(0, 10);
  await screen.fill({
    'How did it end?': 'Has signed with the other company',
    'Their contract runs until': end,
    'Who did they choose?': 'Globex',
  });
  await screen.submit();
  await world.slack.as('robin').noModal();
}

/** Another ask, and a call that was not finished. */
async function fillTheLists(world: World): Promise<void> {
  const sam = world.slack.as('sam');
  await beginCall(sam, 'Northwind Freight', { business: 'Our customer' });
  const fresh = await tapThrough(sam, [
    'submit',
    { type: { 'What attracted them most': 'A price fixed for three years' }, tap: 'submit' },
    'submit',
    'Yes',
    'Nothing else',
    'Promised verbally',
    'Yes, check',
    "Don't know",
    "Don't know",
  ]);
  await fresh.fill({
    'Who decides?': 'maya',
    'What is it worth?': '120,000',
    'Who did they choose?': 'Initech',
  });
  await fresh.submit();
  await sam.noModal();
  const third = await afterScreen(sam, 'Tidewater Labs');
  await third.fill({
    'How did it end?': 'Would reconsider, and we may check',
    'What attracted them most': 'A pilot of three months, free of charge',
    'What is it worth?': '36,500',
    'Who did they choose?': 'Hooli',
    'What do you recommend?': 'Two months; they hardly need the third.',
    'Who decides?': 'maya',
  });
  await third.submit();
  await sam.noModal();
  const robin = world.slack.as('robin');
  await beginCall(robin, 'Blue Harbour Hotels', { business: 'Our customer' });
  await tapThrough(robin, ['submit']);
  await (await robin.modal()).close();
  await world.settled();
}
