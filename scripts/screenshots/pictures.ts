/** What the pictures show: the story of one deal, and the deals and settings beside it. */
import { afterScreen } from '../../test/e2e/support/shortcuts';
import { PRIVATE_CHANNEL, type World } from '../../test/e2e/support/world';
import { beginCall, fillNotes, type Tap, tapThrough } from '../play';
import {
  ACCOUNT,
  CALL,
  findAsk,
  findDecision,
  findEnd,
  makeOffer,
  NOTES,
  OFFER,
  type Screen,
  writeNotes,
} from '../story';
import type { Camera, Moment } from './moment';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The call as far as the question whether we may check. */
const TO_MAY_CHECK: readonly Tap[] = ['submit', 'submit', 'submit', 'Yes', 'Not yet'];
const HOME = '/home';
const MESSAGES = '/messages';

/** The story that both cameras follow, and what stands beside it. */
export async function takePictures(world: World, camera: Camera): Promise<void> {
  const rep = world.slack.as('robin');
  const manager = world.slack.as('maya');
  const robin = (name: string, seen: Moment['seen'], place?: string) =>
    camera({ who: 'robin', name, seen, ...(place === undefined ? {} : { place }) });
  const maya = (name: string, seen: Moment['seen'], place: string, more: Partial<Moment> = {}) =>
    camera({ who: 'maya', name, seen, place, ...more });

  await rep.slash(`/lostdeal ${ACCOUNT}`);
  await robin('intake', 'New business or a customer?');
  await (await rep.modal()).close();
  let screen = await beginCall(rep, ACCOUNT);
  for (const { step, says, tap, types } of call()) {
    await robin(step.replaceAll('_', '-'), says);
    if (step === 'picture') {
      await screen.click('Whole script');
      await robin('script', /you are here/);
      await (await rep.modal('Whole script')).close();
    }
    if (step === 'would_have_kept') {
      await screen.click('They say…');
      await robin('they-say', 'Are you offering it?');
      await (await rep.modal('They say…')).close();
    }
    if (step === 'promise') {
      await screen.click('Another time…');
      await robin('another-time', 'Call back by');
      screen = await rep.modal('Call back by');
    }
    screen = await tapThrough(rep, [types === undefined ? tap : { type: types, tap: 'submit' }]);
  }
  await robin('fill-in', 'You asked. Most people never do.');
  await screen.click('More');
  await screen.waitFor('What would a yes cost us?');
  await robin('fill-in-more', 'What would a yes cost us?');
  await writeNotes(rep, screen, NOTES);
  await fillTheLists(world);

  const room = manager.channel('#lost-deals');
  const ask = await findAsk(manager);
  const thread = `/in/${PRIVATE_CHANNEL}/${(await room.waitFor(/^Acme {2}·/u)).ts}`;
  await maya('thread', /would have/, thread);
  await maya('inspector', /would have/, thread, { inspector: true });
  await maya('ask-dm', 'Tap, or just reply', MESSAGES);
  await maya('home-manager', 'Waiting for you', HOME);
  const words = await manager.dm('Lostdeal');
  await words.post('Sixty days is fine, if they sign for two years');
  await words.waitFor('Which one is this for?');
  await maya('which-one', 'Which one is this for?', MESSAGES);
  await rep.slash('/lostdeal list');
  await robin('list', 'Your open deals');
  await (await rep.modal()).close();
  await robin('home-rep', 'Blue Harbour Hotels', HOME);
  const finished = await afterScreen(rep, 'Birch & Co');
  await robin('after', 'How did it end?');
  await fillNotes(finished, {
    'How did it end?': 'Open to it, OK to ask',
    'Have they signed?': 'Signed',
  });
  await finished.submit();
  await robin('after-refused', 'Change one of the two.');
  await finished.closeAll();

  await ask.click('Counter');
  const counter = await manager.modal();
  await counter.fill({ ...OFFER, 'What does it cost us?': 'quite a lot' });
  await counter.submit();
  await maya('counter-refused', /as an amount/, HOME, { modal: true });
  await counter.closeAll();
  await makeOffer(manager, ask);
  const decision = await findDecision(rep);
  await robin('decision-dm', 'Words to go back with', MESSAGES);
  await decision.click('Won back');
  await camera({ who: 'robin', name: 'won-back', seen: 'How much of it?', place: MESSAGES, modal: true });
  await (await rep.modal()).submit();
  await rep.noModal();
  await findEnd(manager);
  await maya('thread-won-back', 'is back', thread);
  await choose(world, camera);
}

/** The call with all that can be typed; its dates follow today. */
function call(): readonly Screen[] {
  const today = Math.floor(Date.now() / DAY) * DAY;
  const dates: Readonly<Record<string, NonNullable<Screen['types']>>> = {
    signing_date: { 'When they plan to sign': new Date(today + 4 * DAY).toISOString().slice(0, 10) },
    // Four in the afternoon for the rep in Berlin, the morning for the manager in New York.
    promise: { 'Call back by': (today + DAY + 15 * HOUR) / 1000 },
  };
  return CALL.map((screen) => ({ ...screen, ...(dates[screen.step] ? { types: dates[screen.step] } : {}) }));
}

/** What an admin chooses for the team, and what people set for themselves. */
async function choose(world: World, camera: Camera): Promise<void> {
  const admin = world.slack.as('dana');
  const dana = (name: string, seen: Moment['seen']) => camera({ who: 'dana', name, seen });
  await admin.slash('/lostdeal settings');
  const settings = await admin.modal('Settings');
  await dana('settings', 'Threads & visibility');
  await settings.click('Open', { near: 'Teams' });
  await (await admin.modal('There are no teams yet')).click('Add a team');
  const team = await admin.modal('New team');
  await team.fill({ Name: 'North', Manager: 'maya', Reps: ['robin', 'sam'] });
  await dana('settings-team', 'A rep is in one team.');
  await team.submit();
  await dana('settings-teams', 'Reps:');
  await (await admin.modal('Manager:')).close();
  await (await admin.modal('North')).click('Change', { near: 'Working hours & holidays' });
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
  await offerAlone(world, camera);
  const manager = world.slack.as('maya');
  await manager.slash('/lostdeal out');
  await camera({ who: 'maya', name: 'out', seen: "Who decides while you're out?" });
  await (await manager.modal()).closeAll();
}

/** A yes that the rep may give alone, on the call, and a Home with three things to do. */
async function offerAlone(world: World, camera: Camera): Promise<void> {
  const rep = world.slack.as('robin');
  const manager = world.slack.as('maya');
  await manager.slash('/lostdeal settings');
  await (await manager.modal('Reps ask about everything.')).click('Pre-approve an offer');
  const form = await manager.modal('Whose reps?');
  await form.fill({
    "Here's what we can do for you: …": '60 days to pay',
    'For which loss reason?': 'Payment terms',
    'Whose reps?': 'North',
    'Only for deals worth up to': '50,000',
    'How often a quarter?': '3',
  });
  await form.submit();
  await (await manager.modal('60 days to pay')).closeAll();
  await beginCall(rep, 'Lakeside Clinics');
  const screen = await tapThrough(rep, TO_MAY_CHECK);
  await screen.click('What can I offer?');
  const asked = await rep.modal('Nothing fits yet.');
  await asked.fill({ "What's the deal worth?": '30k' });
  await asked.submit();
  const offers = await rep.modal('You can say yes to this yourself.');
  await camera({ who: 'robin', name: 'offers', seen: 'You can say yes to this yourself.' });
  await offers.click('Offer it now');
  await rep.modal('You can say yes yourself');
  await camera({ who: 'robin', name: 'offered', seen: /60 days to pay/u });
  await (await rep.modal()).closeAll();
  const third = await afterScreen(rep, 'Ridge & Vale');
  await fillNotes(third, {
    'How did it end?': 'Open to it, OK to ask',
    'What they liked most': 'A named contact in their time zone',
    'What is it worth?': '22,000',
  });
  await third.submit();
  await rep.noModal();
  await world.settled();
  await camera({ who: 'robin', name: 'home-three', seen: 'Ridge & Vale', place: HOME });
}

/** A deal that was lost, whose prospect may be called again. */
async function afterwards(world: World, account: string): Promise<void> {
  const screen = await afterScreen(world.slack.as('robin'), account);
  const end = new Date(Date.now() + 300 * DAY).toISOString().slice(0, 10);
  await fillNotes(screen, {
    'How did it end?': 'Signed with them',
    'When the agreement ends': end,
    'Who did they choose?': 'Globex',
  });
  await screen.submit();
  await world.slack.as('robin').noModal();
}

/** Another ask, and a call that was not finished. */
async function fillTheLists(world: World): Promise<void> {
  const sam = world.slack.as('sam');
  await beginCall(sam, 'Northwind Freight', { business: "A customer who's leaving" });
  const fresh = await tapThrough(sam, [
    'submit',
    { type: { 'What they liked most': 'A price fixed for three years' }, tap: 'submit' },
    'submit',
    'Yes',
    'Verbal yes',
    'Yes, check',
    'Nothing else',
    'No date yet',
    'No time agreed',
  ]);
  await fillNotes(fresh, {
    'Who can say yes?': 'maya',
    'What is it worth?': '120,000',
    'Who did they choose?': 'Initech',
  });
  await fresh.submit();
  await sam.noModal();
  const third = await afterScreen(sam, 'Tidewater Labs');
  await fillNotes(third, {
    'How did it end?': 'Open to it, OK to ask',
    'What they liked most': 'A pilot of three months, free of charge',
    'What is it worth?': '36,500',
    'Who did they choose?': 'Hooli',
    'What do you recommend?': 'Two months; they hardly need the third.',
    'Who can say yes?': 'maya',
  });
  await third.submit();
  await sam.noModal();
  const robin = world.slack.as('robin');
  await beginCall(robin, 'Blue Harbour Hotels', { business: "A customer who's leaving" });
  await tapThrough(robin, ['submit']);
  await (await robin.modal()).close();
  await world.settled();
}
