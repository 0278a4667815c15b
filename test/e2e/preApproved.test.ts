/** A manager says once what reps may give alone; a rep gives it on the call, wins, and the next ask counts it. */
import { beginCall, fillNotes, type Tap, tapThrough } from '../../scripts/play';
import { allAbout, asked, dmOf, LOST_DEALS, saying } from './support/shortcuts';
import { startWorld, type World } from './support/world';

const TO_MAY_CHECK: readonly Tap[] = ['submit', 'submit', 'submit', 'Yes', 'Not yet'];

describe('what was pre-approved', () => {
  let world: World;
  beforeAll(async () => {
    const reps = ['U0000ROBIN', 'U000000SAM'];
    const north = { id: 'north', name: 'North', channel: null, manager: 'U00000MAYA', reps };
    world = await startWorld({ settings: { teams: [north] } });
  });
  afterAll(() => world.stop());
  const [rep, manager] = [() => world.slack.as('robin'), () => world.slack.as('maya')];

  it('is said by the manager of a team, for the reps of that team and for nobody else', async () => {
    await manager().slash('/lostdeal settings');
    const list = await manager().modal('Reps ask about everything.');
    await list.click('Pre-approve an offer');
    const form = await manager().modal('Whose reps?');
    expect(form.options('Whose reps?')).toEqual(['North']);
    await form.fill({
      "Here's what we can do for you: …": '60 days to pay',
      'For which loss reason?': 'Payment terms',
      'Whose reps?': 'North',
      'Only for deals worth up to': '50,000',
      'How often a quarter?': '1',
    });
    await form.submit();
    await manager().modal('60 days to pay, for deals up to $50,000, once a quarter.');
    await (await manager().modal('60 days to pay')).closeAll();
    await rep().slash('/lostdeal settings');
    const refused = await rep().modal('Admins choose these for the team');
    await refused.closeAll();
  });

  it('is one tap on the call once its worth fits, with the words to say, and asks nobody', async () => {
    await beginCall(rep(), 'Acme');
    const screen = await tapThrough(rep(), TO_MAY_CHECK);
    await screen.click('What can I offer?');
    const offers = await rep().modal('Nothing fits yet.');
    expect(offers.buttons()).toEqual(['Ask my manager instead']);
    await offers.fill({ "What's the deal worth?": '60k' });
    await offers.submit();
    expect((await rep().modal('Nothing fits yet.')).buttons()).toEqual(['Ask my manager instead']);
    await offers.fill({ "What's the deal worth?": '48k' });
    await offers.submit();
    const fits = await rep().modal('You can say yes to this yourself.');
    expect(fits.text()).toContain('Payment terms');
    await fits.click('Offer it now');
    const words = await rep().modal('You can say yes yourself');
    expect(words.text()).toContain('I can do that for you. Would you like to hear it?');
    expect(words.text()).toContain("Here's what we can do for you: 60 days to pay.");
    expect(words.text()).not.toContain('thanks for waiting');
    expect(words.inputs()).not.toContain('Who can say yes?');
    await fillNotes(words, { 'Who did they choose?': 'Globex' });
    await words.submit();
    await rep().noModal();
    await rep()
      .channel(LOST_DEALS)
      .waitFor(saying('Robin Adeyemi said yes on the call. Maya Lindqvist had pre-approved it.'));
    await world.settled();
    expect(await allAbout(await dmOf(world, 'maya'), 'Acme')).toEqual([]);
    const mine = await dmOf(world, 'robin');
    await (await mine.waitFor('Acme. You said yes on the call. @maya had pre-approved it.')).click(
      'Won back',
    );
    await (await rep().modal('Acme is back')).submit();
    const told = await manager().channel(LOST_DEALS).waitFor('Acme is back: $48,000!');
    expect(told.broadcast).toBe(true);
    expect(told.text()).toContain('Robin Adeyemi said yes on the call, @maya had pre-approved it.');
  });

  it('is gone for everybody once it was given as often as it may be, and the next ask counts it', async () => {
    const sam = world.slack.as('sam');
    await beginCall(sam, 'Later Ltd');
    const screen = await tapThrough(sam, TO_MAY_CHECK);
    expect(screen.buttons()).not.toContain('What can I offer?');
    await screen.closeAll();
    const ask = await asked(world, 'Next Ltd', { heard: { 'Who did they choose?': 'GLOBEX' } });
    expect(ask.text()).toContain('Against GLOBEX: 1 rescue tried, 1 won back ($48,000).');
    expect(ask.text()).toContain('We gave it in 1.');
  });
});
