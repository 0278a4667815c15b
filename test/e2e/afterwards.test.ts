/**
 * From the ask to the end: the manager's and the rep's messages and screens on every way of a deal, and the reminders
 * as time passes.
 */
import { beginCall, fillNotes, tapThrough } from '../../scripts/play';
import {
  afterScreen,
  allAbout,
  asked,
  beginning,
  detailsOf,
  dmOf,
  LOST_DEALS,
  noteCall,
  saveNaming,
  saying,
  summaryOf,
} from './support/shortcuts';
import { expectVoice } from './support/shownWords';
import { startWorld, type World } from './support/world';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const DECIDE = ['Match it', 'Counter', 'Decline', 'Ask Robin'];

/** Maya declines, wherever the ask stands. */
async function declines(
  world: World,
  account: string,
  reason = 'Our margin does not carry it',
): Promise<void> {
  const maya = world.slack.as('maya');
  await (await maya.channel(LOST_DEALS).waitFor(beginning(`${account} (`))).click('Decline');
  const screen = await maya.modal("Here's why: …");
  await screen.fill({ "Here's why: …": reason });
  await screen.submit();
  await maya.noModal();
}

describe('deciding', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.stop());
  const rep = () => world.slack.as('robin');
  const manager = () => world.slack.as('maya');

  it('the rep notes a finished call on one screen, and the manager has the facts to decide', async () => {
    const screen = await afterScreen(rep(), 'Noted Ltd', "A customer who's leaving");
    expect(screen.text()).toContain('Noted Ltd  ·  customer');
    expect(screen.inputs()).toEqual(['How did it end?']);
    await fillNotes(screen, {
      'How did it end?': 'Open to it, OK to ask',
      'What they liked most': 'Ninety days to pay',
      'Loss reasons': ['Payment terms', 'Relationship'],
      'What else they said': 'Their auditor likes it',
      'What else is in the way': 'The board has to agree',
      'Have they signed?': 'Verbal yes',
      'What is it worth?': '1.2m eur',
      'Who did they choose?': 'Globex',
      'Who did you speak with?': 'Ines',
      'What do you recommend?': 'Match it',
      'Who can say yes?': 'maya',
    });
    await saveNaming(rep(), screen);
    const ask = await manager().channel(LOST_DEALS).waitFor(beginning('Noted Ltd ('));
    for (const words of [
      'Noted Ltd (customer, €1,200,000) would have stayed with “Ninety days to pay”.\nPlease decide by ',
      'Maya Lindqvist decides. Asked by Robin Adeyemi.',
      'Their auditor likes it',
      'Payment terms · Relationship',
      'The board has to agree',
      'Not signed, but promised to the other company verbally.',
      'Match it',
    ]) {
      expect(ask.text()).toContain(words);
    }
    expect(ask.buttons()).toEqual(DECIDE);
    const dmCopy = await (await dmOf(world, 'maya')).waitFor(beginning('Noted Ltd ('));
    expect(dmCopy.buttons()).toEqual(DECIDE);
    expect(dmCopy.text()).toContain('Tap, or just reply.');
    await world.settled();
    expect(await allAbout(await dmOf(world, 'robin'), 'Noted Ltd')).toEqual([]);
    const transcript = await rep().channel(LOST_DEALS).waitFor(saying('Ninety days to pay', 'Ines'));
    expect(transcript.text()).not.toContain('prospect said');
  });

  it('the manager confirms Match from the DM copy: terms, cost, our return and the deadline', async () => {
    const ask = await asked(world, 'Match Ltd', {
      heard: { 'What they liked most': 'Ninety days to pay' },
    });
    await (await (await dmOf(world, 'maya')).waitFor(beginning('Match Ltd ('))).click('Match it');
    const screen = await manager().modal('Match their offer');
    expect(screen.text()).toContain('Match Ltd  ·  new');
    expect(screen.value("Here's what we can do for you: …")).toBe('Ninety days to pay');
    await screen.fill({
      "Here's what we can do for you: …": 'Ninety days to pay, from the first invoice',
      'Good until': new Date(Date.now() + 3 * DAY),
      'What does it cost us?': '2k',
      "In return, we'd need …": 'Two years',
    });
    await screen.submit();
    await manager().noModal();
    const told = await (await dmOf(world, 'robin')).waitFor('Match Ltd. @maya: yes.');
    for (const words of [
      'Ninety days to pay, from the first invoice',
      "In return, we'd need Two years. It's good until ",
      'Words to go back with',
      "Good news, it's a yes.",
      'You told me that would have won your business.',
      'Call them, then say here how it went.',
    ]) {
      expect(told.text()).toContain(words);
    }
    expect(told.buttons()).toEqual([
      'Won back',
      'Still lost',
      "Haven't reached them",
      'Remind me',
      'They say…',
      'Copy the mail',
    ]);
    expect((await ask.waitFor('Maya Lindqvist decided: match')).buttons()).toEqual([]);
    const dmCopy = await (await dmOf(world, 'maya')).waitFor(saying('Match Ltd (', '@maya decided: match'));
    expect(dmCopy.buttons()).toEqual(['Change decision']);
    await manager()
      .channel(LOST_DEALS)
      .waitFor(
        saying(
          'Maya Lindqvist decided: match',
          'What it costs us: $2,000',
          'What we get in return: Two years',
        ),
      );
    expect((await summaryOf(world, 'Match Ltd')).text()).toContain('Maya Lindqvist decided: match');
  });

  it('Counter, then changed by its maker before the rep has gone back', async () => {
    const ask = await asked(world, 'Counter Ltd');
    await ask.click('Counter');
    const screen = await manager().modal('Make a counter-offer');
    await screen.fill({
      'What do we move on?': ['Price', 'Payment terms'],
      "In return, we'd need …": 'a start in March',
      "Here's what we can do for you: …": 'Delivered in a week',
      'What does it cost us?': '1,500',
    });
    await screen.submit();
    await manager().noModal();
    const dm = await dmOf(world, 'robin');
    const first = await dm.waitFor('Counter Ltd. @maya: counter-offer.');
    for (const words of ['Delivered in a week', "In return, we'd need a start in March."])
      expect(first.text()).toContain(words);
    await manager()
      .channel(LOST_DEALS)
      .waitFor(saying('We move on: Payment terms · Price', 'What it costs us: $1,500', 'a start in March'));

    const dmCopy = await (await dmOf(world, 'maya')).waitFor(
      saying('Counter Ltd (', '@maya decided: counter'),
    );
    await dmCopy.click('Change decision');
    const details = await manager().modal('The deal');
    expect(details.text()).toContain('You can change the decision until the rep has called');
    await details.click('Counter');
    const again = await manager().modal('Make a counter-offer');
    expect(again.value("Here's what we can do for you: …")).toBe('Delivered in a week');
    await again.fill({ "Here's what we can do for you: …": 'Delivered in three days' });
    await again.submit();
    await manager().noModal();
    await first.waitFor('Replaced by a later decision.');
    const second = await dm.waitFor(saying('Counter Ltd. @maya: counter-offer.', 'Delivered in three days'));
    expect(second.ts).not.toBe(first.ts);
    expect((await first.latest()).buttons()).toEqual([]);
  });

  it('Decline: the rep gets words to repeat, and reports that it stays lost', async () => {
    await asked(world, 'Decline Ltd', { business: "A customer who's leaving" });
    await declines(world, 'Decline Ltd');
    const told = await (await dmOf(world, 'robin')).waitFor('Decline Ltd. @maya: no.');
    expect(told.text()).toContain("I asked, and I'm sorry, it's a no this time.");
    expect(told.text()).toContain("Here's why: Our margin does not carry it");
    await told.click('Still lost');
    const lost = await rep().modal('stays with the other company');
    await lost.fill({ 'What did they say?': 'They understood' });
    await lost.submit();
    await rep().noModal();
    const end = await manager().channel(LOST_DEALS).waitFor('Stays lost: Decline Ltd.');
    expect(end.text()).toContain('They understood');
    expect(end.text()).toContain('Robin Adeyemi went back and asked. Thank you.');
    expect((await told.waitFor('Reported: lost.')).buttons()).toEqual(['Change outcome']);
    await (await dmOf(world, 'maya')).waitFor(saying('Decline Ltd (', '@maya decided: decline'));
    expect((await summaryOf(world, 'Decline Ltd')).text()).toContain('Closed. Lost.');
  });

  it('a no can be reconsidered until the rep has gone back, and the rep hears of it at once', async () => {
    await asked(world, 'Second Ltd');
    await declines(world, 'Second Ltd');
    const robin = await dmOf(world, 'robin');
    const first = await robin.waitFor('Second Ltd. @maya: no.');
    const ask = await (await dmOf(world, 'maya')).waitFor(saying('Second Ltd (', '@maya decided: decline'));
    await ask.click('Reconsider');
    await (await manager().modal('The deal')).click('Match it');
    const match = await manager().modal('Match their offer');
    await match.fill({ "Here's what we can do for you: …": 'Ninety days' });
    await match.submit();
    await manager().noModal();
    await first.waitFor('Replaced by a later decision.');
    const second = await robin.waitFor(saying('Second Ltd. @maya: yes.', 'Ninety days'));
    await second.click('Won back');
    await (await rep().modal('Second Ltd is back.')).submit();
    await rep().noModal();
    await world.settled();
    expect((await ask.waitFor('@maya decided: match')).buttons()).toEqual([]);
  });

  it('Ask Robin: the question reaches the rep, and the answer reaches the manager and the ask', async () => {
    const ask = await asked(world, 'Question Ltd');
    await ask.click('Ask Robin');
    const screen = await manager().modal('What do you need to know?');
    await screen.fill({ 'What do you need to know?': 'Who signs there?' });
    await screen.submit();
    await manager().noModal();
    const question = await (await dmOf(world, 'robin')).waitFor(saying('@maya asks about Question Ltd:'));
    expect(question.text()).toContain('Who signs there?');
    await ask.waitFor('Asked: Who signs there?\nAnswer: not yet');
    await question.click('Answer');
    const answer = await rep().modal('Your answer');
    await answer.fill({ 'Your answer': 'Their CFO, on Friday' });
    await answer.submit();
    await rep().noModal();
    const back = await (await dmOf(world, 'maya')).waitFor(
      '@robin answers your question about Question Ltd:',
    );
    expect(back.text()).toContain('Their CFO, on Friday');
    expect(back.buttons()).toEqual(DECIDE);
    await ask.waitFor('Asked: Who signs there?\nAnswer: Their CFO, on Friday');
    expect((await question.waitFor('Their CFO, on Friday')).buttons()).toEqual([]);
    await back.click('Decline');
    expect((await manager().modal()).title).toBe('Decline');
    await (await manager().modal()).close();
  });

  it.each([
    { account: 'Thread Ltd', where: 'in the thread', place: async () => manager().channel(LOST_DEALS) },
    { account: 'Twin Ltd', where: 'beneath the dmCopy', place: async () => dmOf(world, 'maya') },
  ])(
    'an answer in words $where is kept, offered as the decision, and recorded',
    async ({ account, place }) => {
      await asked(world, account);
      const ask = await (await place()).waitFor(beginning(`${account} (`));
      await ask.reply('Sixty days is fine by me');
      const offer = await (await dmOf(world, 'maya')).waitFor(`You wrote about ${account}:`);
      expect(offer.text()).toContain('Sixty days is fine by me');
      expect(offer.text()).toContain("It's saved with the deal. Record it as …");
      expect(offer.buttons()).toEqual(['Match it', 'Counter', 'Decline', 'Question']);
      await offer.click('Counter');
      const screen = await manager().modal('Make a counter-offer');
      expect(screen.text()).toContain('You wrote:\n> Sixty days is fine by me');
      expect(screen.value("Here's what we can do for you: …")).toBeNull();
      await screen.fill({ "Here's what we can do for you: …": 'Sixty days to pay' });
      await screen.submit();
      await manager().noModal();
      const told = await (await dmOf(world, 'robin')).waitFor(`${account}. @maya: counter-offer.`);
      expect(told.text()).toContain("here's what we can do: Sixty days to pay.");
      expect(told.text()).not.toContain('fine by me');
      expect((await offer.waitFor('Recorded as your decision.')).buttons()).toEqual([]);
    },
  );

  it('a decision in words that mentions people is quoted with their names', async () => {
    const ask = await asked(world, 'Mentions Ltd');
    await ask.reply('@robin, sixty days & no setup fee, as in #lost-deals');
    const words = '@Robin Adeyemi, sixty days & no setup fee, as in #lost-deals';
    const offer = await (await dmOf(world, 'maya')).waitFor('You wrote about Mentions Ltd:');
    expect(offer.text()).toContain(words);
    await offer.click('Counter');
    const screen = await manager().modal('Make a counter-offer');
    expect(screen.text()).toContain(words);
    await screen.close();
  });

  it('the deal follows the edits of a reply, and forgets a deleted one', async () => {
    const ask = await asked(world, 'Edit Ltd');
    await ask.reply('Yes');
    const offer = await (await dmOf(world, 'maya')).waitFor('You wrote about Edit Ltd:');
    const reply = await manager()
      .channel(LOST_DEALS)
      .waitFor((message) => message.text() === 'Yes');
    await reply.edit('Yes, for two years');
    await offer.waitFor('Yes, for two years');
    await reply.delete();
    const end = await offer.waitFor('You deleted this message, and nothing was recorded.');
    expect(end.text()).not.toContain('two years');
    expect(end.buttons()).toEqual([]);
  });

  it('the deal keeps other people’s replies beneath the ask, and offers none of them as a decision', async () => {
    const ask = await asked(world, 'Chorus Ltd');
    await world.slack.as('sam').channel(LOST_DEALS).waitFor(beginning('Chorus Ltd ('));
    await world.slack.as('sam').post('They asked me too', { in: LOST_DEALS, thread: ask.threadTs ?? ask.ts });
    await rep().post('I will find out', { in: LOST_DEALS, thread: ask.threadTs ?? ask.ts });
    await world.settled();
    expect(await allAbout(await dmOf(world, 'sam'), 'Chorus Ltd')).toEqual([]);
    expect(await allAbout(await dmOf(world, 'robin'), 'You wrote about Chorus Ltd')).toEqual([]);
    const details = await detailsOf(world, 'Chorus Ltd');
    await details.click('Show all');
    const all = await rep().modal('All that was kept');
    expect(all.text()).toContain('They asked me too');
    expect(all.text()).toContain('I will find out');
    await all.closeAll();
  });

  it("They've signed withdraws the ask, and notifies the people who were asked", async () => {
    const ask = await asked(world, 'Signed Ltd');
    await (await summaryOf(world, 'Signed Ltd')).click("They've signed");
    const told = await (await dmOf(world, 'maya')).waitFor('Signed Ltd has signed with the other company');
    expect(told.text()).toContain("There's nothing left to decide. Thanks for looking at it.");
    const end = await ask.waitFor("They've signed with the other company. There's nothing left to decide.");
    expect(end.buttons()).toEqual([]);
    const dmCopy = await (await dmOf(world, 'maya')).waitFor(
      saying('Signed Ltd (', 'nothing left to decide'),
    );
    expect(dmCopy.buttons()).toEqual([]);
    await manager()
      .channel(LOST_DEALS)
      .waitFor('Signed Ltd has signed with the other company. The rescue ends here');
    expect((await summaryOf(world, 'Signed Ltd')).buttons()).not.toContain("They've signed");
  });

  it('a part is won back: less than the whole, with credit to both', async () => {
    await asked(world, 'Part Ltd', { heard: { 'What is it worth?': '48k eur' } });
    await (await (await dmOf(world, 'maya')).waitFor(beginning('Part Ltd ('))).click('Match it');
    const match = await manager().modal('Match their offer');
    await match.fill({ "Here's what we can do for you: …": 'Sixty days' });
    await match.submit();
    await (await (await dmOf(world, 'robin')).waitFor('Part Ltd. @maya: yes.')).click('Won back');
    const won = await rep().modal('Part Ltd is back.');
    expect(won.value('What is it worth now?')).toBe('48,000 EUR');
    await won.fill({ 'How much of it?': 'Part of it' });
    await won.submit();
    expect(won.errors()).toEqual({
      'What is it worth now?': 'A part has to be worth less than the whole deal.',
    });
    expect(won.value('How much of it?')).toBe('Part of it');
    // An amount without a currency takes the deal's.
    await won.fill({ 'What is it worth now?': '20k' });
    await won.submit();
    await rep().noModal();
    const credit = await manager().channel(LOST_DEALS).waitFor('Part of Part Ltd is back: €20,000!');
    expect(credit.broadcast).toBe(true);
    expect(credit.text()).toMatch(/Robin Adeyemi asked, @maya answered in \d+ minutes?\./u);
    const welcome = await (await dmOf(world, 'robin')).waitFor('Part Ltd is back. Words to welcome them:');
    expect(welcome.text()).toContain("We're really glad to be working with Part Ltd.");
  });

  it('the rep changes a wrong outcome with one tap, where they reported it', async () => {
    await asked(world, 'Wrong Ltd');
    await declines(world, 'Wrong Ltd');
    const told = await (await dmOf(world, 'robin')).waitFor('Wrong Ltd. @maya: ');
    await told.click('Won back');
    await (await rep().modal('Wrong Ltd is back.')).submit();
    await rep().noModal();
    const welcome = await (await dmOf(world, 'robin')).waitFor('Wrong Ltd is back. Words to welcome them:');
    const win = await rep().channel(LOST_DEALS).waitFor('Wrong Ltd is back!');
    expect(win.broadcast).toBe(true);
    await (await told.waitFor('Reported: won back.')).click('Change outcome');
    await welcome.waitFor('Wrong Ltd was opened again after this.');
    expect((await win.waitFor('The deal was opened again after this.')).broadcast).toBe(true);
    await (await told.waitFor('Call them, then say here how it went.')).click('Still lost');
    await (await rep().modal('Wrong Ltd stays')).submit();
    await rep().noModal();
    await rep().channel(LOST_DEALS).waitFor(beginning('Stays lost: Wrong Ltd.'));
  });

  it('the rep opens a deal closed by mistake again, and its end says so', async () => {
    await asked(world, 'Reopen Ltd');
    await declines(world, 'Reopen Ltd');
    await (await (await dmOf(world, 'robin')).waitFor('Reopen Ltd. @maya: ')).click('Still lost');
    await (await rep().modal('Reopen Ltd stays')).submit();
    await rep().noModal();
    const end = await rep().channel(LOST_DEALS).waitFor('Stays lost: Reopen Ltd.');
    const details = await detailsOf(world, 'Reopen Ltd');
    await details.click('Reopen');
    expect((await details.waitFor('Call them back')).buttons()).toContain('Won back');
    await details.close();
    await end.waitFor('The deal was opened again after this.');
    expect((await summaryOf(world, 'Reopen Ltd')).text()).toContain('Call them back');
    await (await detailsOf(world, 'Reopen Ltd')).click('Won back');
    await (await rep().modal('Reopen Ltd is back.')).submit();
    await rep().noModal();
    await rep().channel(LOST_DEALS).waitFor(beginning('🎉 Reopen Ltd is back!'));
  });

  it("after They've signed the rep still owes a call of thanks, and reports it", async () => {
    const ask = await asked(world, 'Thanks Ltd');
    await (await summaryOf(world, 'Thanks Ltd')).click("They've signed");
    await ask.waitFor("They've signed with the other company.");
    const details = await detailsOf(world, 'Thanks Ltd');
    expect(details.text()).toContain('Call them back');
    await details.click('Still lost');
    await (await rep().modal('Thanks Ltd stays')).submit();
    await rep().noModal();
    await rep().channel(LOST_DEALS).waitFor('Stays lost: Thanks Ltd.');
  });

  it('the ask goes to another manager, who is alerted; the first one reads where it went', async () => {
    const ask = await asked(world, 'Handed Ltd');
    const details = await detailsOf(world, 'Handed Ltd');
    await details.click('Change who decides');
    const naming = await rep().modal('Who decides?');
    expect(naming.value('Manager')).toBe('maya');
    await naming.fill({ Manager: 'sam' });
    await naming.submit();
    await rep().noModal();
    const next = await rep().channel(LOST_DEALS).waitFor('Sam Okafor decides. Asked by Robin Adeyemi.');
    expect(next.ts).not.toBe(ask.ts);
    expect((await ask.waitFor('Maya Lindqvist was asked. It is with Sam Okafor now.')).buttons()).toEqual([]);
    await (await dmOf(world, 'maya')).waitFor('Handed Ltd: It is with @sam now.');
    const dmCopy = await (await dmOf(world, 'sam')).waitFor(beginning('Handed Ltd ('));
    await dmCopy.click('Decline');
    const screen = await world.slack.as('sam').modal("Here's why: …");
    await screen.fill({ "Here's why: …": 'We have no people for it' });
    await screen.submit();
    await (await dmOf(world, 'robin')).waitFor('Handed Ltd. @sam: no.');
    // The form suggests the person named last; the other tests mean maya.
    await noteCall(world, 'Back to maya', { how: "Wouldn't say" });
  });

  expectVoice(() => world);
});

describe('on the call', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.stop());
  const rep = () => world.slack.as('robin');
  const told = ['submit', 'submit', 'submit'] as const;

  it('Back shows the typed words, and going on again keeps them', async () => {
    await beginCall(rep(), 'Back Ltd');
    let screen = await tapThrough(rep(), ['submit']);
    await screen.fill({ 'What they liked most': 'Ninety days' });
    await screen.submit();
    screen = await rep().modal('The whole picture');
    await screen.fill({ Reasons: ['Price'], 'What else they said': 'Half typed' });
    await screen.click('Back');
    screen = await rep().modal('What they liked most');
    expect(screen.value('What they liked most')).toBe('Ninety days');
    await screen.submit();
    screen = await rep().modal('The whole picture');
    expect(screen.value('What else they said')).toBe('Half typed');
    expect(screen.value('Reasons')).toEqual(['Price']);
    await screen.click('Ask once more');
    await world.settled();
    await screen.look();
    expect((await rep().modal('The whole picture')).value('What else they said')).toBe(null);
    await (await rep().modal()).closeAll();
  });

  it('an answer that the rep taps keeps the text that stood beside it', async () => {
    await beginCall(rep(), 'Typed Ltd');
    const fresh = await tapThrough(rep(), [
      'submit',
      { type: { 'What they liked most': 'Typed, then told' }, tap: 'submit' },
      'submit',
      'Yes',
      'Not yet',
      'Yes, check',
      { type: { 'What else is in the way': 'Typed, then tapped' }, tap: 'Nothing else' },
      'No date yet',
      'No time agreed',
    ]);
    await fresh.close();
    const transcript = await rep().channel(LOST_DEALS).waitFor('Typed, then told');
    expect(transcript.text()).toContain('Typed, then tapped');
    await beginCall(rep(), 'Said Ltd');
    await (
      await tapThrough(rep(), [
        'submit',
        { type: { 'What they liked most': 'Said too much' }, tap: 'Rather not say' },
      ])
    ).close();
    await rep().channel(LOST_DEALS).waitFor('Said too much');
  });

  it('the whole script lies on top, and the call is still there below', async () => {
    await beginCall(rep(), 'Script Ltd');
    const screen = await tapThrough(rep(), ['submit']);
    await screen.click('Whole script');
    const script = await rep().modal('Checking for a heartbeat. Thank them');
    expect(script.text()).toContain('What they liked most (you are here)');
    expect(script.text()).toContain('The call-back');
    await script.close();
    expect((await rep().modal()).id).toBe(screen.id);
    await (await rep().modal()).closeAll();
  });

  it('Finish later keeps the typed words, and offers the way back at once', async () => {
    await beginCall(rep(), 'Later Ltd');
    const screen = await tapThrough(rep(), ['submit']);
    await screen.fill({ 'What they liked most': 'Not yet sent' });
    expect(screen.text()).toContain('[Finish later]');
    await screen.close();
    const offer = await (await dmOf(world, 'robin')).waitFor('You were on with Later Ltd.');
    await offer.click('Resume');
    const again = await rep().modal('What they liked most');
    expect(again.value('What they liked most')).toBe('Not yet sent');
    await offer.waitFor('You picked the call with Later Ltd up again.');
    await (await tapThrough(rep(), ['Rather not say'])).close();
    await rep().channel(LOST_DEALS).waitFor('Not yet sent');
  });

  it('after ten idle minutes a message offers the way back; /lostdeal resume and list find it too', async () => {
    await beginCall(rep(), 'Idle Ltd');
    await tapThrough(rep(), told);
    await world.pass(9 * MINUTE);
    const dm = await dmOf(world, 'robin');
    expect(await allAbout(dm, 'Idle Ltd')).toEqual([]);
    await world.pass(2 * MINUTE);
    const offer = await dm.waitFor('You were on with Idle Ltd. Pick up where you left off?');
    await (await rep().modal()).closeAll();

    await rep().slash('/lostdeal resume');
    const several = await rep().modal('Idle Ltd');
    expect(several.title).toBe('Your open deals');
    await several.click('Resume', { near: 'Idle Ltd' });
    await rep().modal('If we had offered that');
    await (await tapThrough(rep(), ['No', 'submit'])).close();
    await offer.waitFor('You picked the call with Idle Ltd up again.');

    await rep().slash('/lostdeal list');
    const list = await rep().modal('Your open deals');
    expect(list.text()).not.toContain('Idle Ltd');
    expect(list.text()).toContain('Back Ltd');
    expect(list.text()).toContain('Call not finished. Everything so far is kept.');
    await list.close();
  });

  it('a finished call without notes still fits on its one screen', async () => {
    await (await beginCall(rep(), 'Unsaved Ltd')).closeAll();
    await rep().slash('/lostdeal list');
    await (await rep().modal('Unsaved Ltd')).click('Log the call', { near: 'Unsaved Ltd' });
    const screen = await rep().modal('How did it end?');
    await fillNotes(screen, { 'How did it end?': "Wouldn't say" });
    await screen.submit();
    await rep().noModal();
    await (await summaryOf(world, 'Unsaved Ltd')).waitFor("Closed. Wouldn't say.");
  });

  it('with one unfinished call, /lostdeal resume goes straight to it; with none it says so', async () => {
    const sam = world.slack.as('sam');
    await sam.slash('/lostdeal resume');
    const none = await sam.modal('Nothing to resume');
    await none.close();
    await beginCall(sam, 'Only Ltd');
    await (await tapThrough(sam, ['submit'])).closeAll();
    await sam.slash('/lostdeal resume');
    await sam.modal('What they liked most');
    await (await tapThrough(sam, ['Rather not say'])).close();
    await sam.slash('/lostdeal list');
    const list = await sam.modal('Nothing is open.');
    await list.click('Start');
    await (await sam.modal('They said no?')).closeAll();
  });

  it('/lostdeal help says what to type', async () => {
    await rep().slash('/lostdeal help');
    const help = await rep().modal('How Lostdeal helps');
    for (const words of ['/lostdeal after Acme', '/lostdeal resume', '/lostdeal list'])
      expect(help.text()).toContain(words);
    await help.close();
  });

  it('App Home shows my open deals, and the asks that wait for me', async () => {
    await rep().home().open();
    await rep().home().waitFor('Your open deals');
    await asked(world, 'Home Ltd', { heard: { 'What they liked most': 'Ninety days' } });
    await rep()
      .home()
      .waitFor(/Home Ltd[\s\S]*Waiting for @maya, due /u);
    const home = world.slack.as('maya').home();
    await home.open();
    const waiting = await home.waitFor('Waiting for you');
    expect(waiting).toContain('Home Ltd (new) would have chosen us with “Ninety days”');
    await home.click('Decline', { near: 'Home Ltd' });
    const screen = await world.slack.as('maya').modal("Here's why: …");
    await screen.fill({ "Here's why: …": 'No' });
    await screen.submit();
    await home.waitFor(/^(?![\s\S]*Waiting for you)/u);
    await rep().home().open();
    await rep()
      .home()
      .waitFor(/Home Ltd[\s\S]*Call them back/u);
  });

  expectVoice(() => world);
});

describe('as time passes', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ calendar: 'office' });
    // A Tuesday at 14:00 UTC: working time in Berlin and in New York, summer and winter.
    const now = new Date();
    const tuesday = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 7, 14);
    await world.pass(tuesday + ((9 - new Date(tuesday).getUTCDay()) % 7) * DAY - Date.now());
  });
  afterAll(() => world.stop());
  const rep = () => world.slack.as('robin');
  const appNow = () => world.lostdeal.coach.clock.now();

  it('the manager gets reminders at half time and at the deadline, and the rep gets words to hold the line', async () => {
    // The rep promised a call in three hours, so the manager has until half an hour before.
    const ask = await asked(world, 'Nudge Ltd', { heard: { 'Call back by': new Date(appNow() + 3 * HOUR) } });
    const [maya, robin] = [await dmOf(world, 'maya'), await dmOf(world, 'robin')];
    await world.pass(70 * MINUTE);
    expect(await allAbout(maya, 'Nudge Ltd still needs')).toEqual([]);
    await world.pass(8 * MINUTE);
    const half = await maya.waitFor('Nudge Ltd still needs your answer, due ');
    expect(half.buttons()).toEqual(DECIDE);
    await rep().channel(LOST_DEALS).waitFor('Nudge Ltd still needs an answer from Maya Lindqvist, due ');
    await world.pass(80 * MINUTE);
    const due = await maya.waitFor("Time's up on Nudge Ltd");
    expect(due.buttons()).toEqual(DECIDE);
    expect((await half.waitFor("There's a later reminder.")).buttons()).toEqual([]);
    const holding = await robin.waitFor('No decision on Nudge Ltd yet.');
    expect(holding.text()).toContain("I don't have the answer yet, and I didn't want to leave you guessing.");
    expect((await ask.latest()).buttons()).toEqual(DECIDE);

    const before = (await maya.messages()).length;
    await declines(world, 'Nudge Ltd');
    expect((await due.waitFor('Settled.')).buttons()).toEqual([]);
    await world.pass(HOUR);
    const call = await robin.waitFor('Nudge Ltd is expecting your call. You said ');
    expect(call.text()).toContain("Here's why: Our margin does not carry it.");
    await world.pass(4 * DAY);
    await robin.waitFor('How did it go with Nudge Ltd?');
    expect((await maya.messages()).length).toBe(before);
  });

  it('a decision before half time brings nobody a reminder', async () => {
    await asked(world, 'Early Ltd', { heard: { 'Call back by': new Date(appNow() + 3 * HOUR) } });
    await declines(world, 'Early Ltd');
    await world.settled();
    const before = await allAbout(await dmOf(world, 'maya'), 'Early Ltd');
    await world.pass(3 * HOUR);
    expect(await allAbout(await dmOf(world, 'maya'), 'Early Ltd')).toEqual(before);
    expect(await allAbout(rep().channel(LOST_DEALS), 'to decide about Early Ltd')).toEqual([]);
  });

  it('No answer yet brings a reminder the next working day, with the same buttons', async () => {
    await asked(world, 'Wait Ltd');
    await declines(world, 'Wait Ltd');
    const dm = await dmOf(world, 'robin');
    const told = await dm.waitFor('Wait Ltd. @maya: ');
    await told.click("Haven't reached them");
    await told.waitFor("No answer yet. I'll remind you ");
    await world.pass(4 * DAY);
    const again = await dm.waitFor('How did it go with Wait Ltd?');
    expect(again.buttons()).toEqual(['Won back', 'Still lost', "Haven't reached them", 'Remind me']);
    await again.click('Remind me');
    const remind = await rep().modal("We'll message you about Wait Ltd");
    await remind.fill({ 'When?': new Date(appNow() - HOUR) });
    await remind.submit();
    expect(remind.errors()).toEqual({ 'When?': 'That time has passed. Pick a later one.' });
    await remind.fill({ 'When?': new Date(appNow() + 500 * DAY) });
    await remind.submit();
    expect(remind.errors()).toEqual({ 'When?': 'Pick a time within the next year.' });
    await remind.fill({ 'When?': new Date(appNow() + 10 * DAY) });
    await remind.submit();
    await rep().noModal();
    await world.pass(9 * DAY);
    const so = await allAbout(dm, 'How did it go with Wait Ltd?');
    await world.pass(2 * DAY);
    expect((await allAbout(dm, 'How did it go with Wait Ltd?')).length).toBe(so.length + 1);
  });

  it('the rep gets a reminder before an offer runs out', async () => {
    await asked(world, 'Expiry Ltd');
    const maya = world.slack.as('maya');
    await (await maya.channel(LOST_DEALS).waitFor(beginning('Expiry Ltd ('))).click('Match it');
    const screen = await maya.modal('Match their offer');
    await screen.fill({
      "Here's what we can do for you: …": 'All of it',
      'Good until': new Date(appNow() - DAY),
    });
    await screen.submit();
    expect(screen.errors()).toEqual({ 'Good until': 'The offer has to expire in the future.' });
    expect(screen.value("Here's what we can do for you: …")).toBe('All of it');
    await screen.fill({ 'Good until': new Date(appNow() + 7 * DAY) });
    await screen.submit();
    await maya.noModal();
    const dm = await dmOf(world, 'robin');
    await dm.waitFor('Expiry Ltd. @maya: yes.');
    await world.pass(6.9 * DAY);
    const soon = await dm.waitFor('Our offer to Expiry Ltd expires');
    expect(soon.text()).toContain("Here's what we can do for you: All of it.");
  });

  it('silence for two weeks closes the deal, and its thread says how to open it again', async () => {
    await asked(world, 'Silent Ltd');
    await world.pass(20 * DAY);
    const end = await rep().channel(LOST_DEALS).waitFor('Silent Ltd was closed. No decision came.');
    expect(end.text()).toContain('It can be opened again from its details.');
    const ask = await rep().channel(LOST_DEALS).waitFor(beginning('Silent Ltd ('));
    expect(ask.text()).toContain("There's nothing left to decide.");
    const details = await detailsOf(world, 'Silent Ltd');
    await details.click('Reopen');
    await details.waitFor('Waiting for @maya, due ');
    await details.close();
    const anew = await rep()
      .channel(LOST_DEALS)
      .waitFor((message) => beginning('Silent Ltd (')(message) && message.buttons().includes('Match it'));
    expect(anew.ts).not.toBe(ask.ts);
  });

  it('a call left in the middle is closed after two weeks, without a thread', async () => {
    await beginCall(rep(), 'Forgot Ltd');
    await (await tapThrough(rep(), ['submit', 'submit'])).closeAll();
    const offer = await (await dmOf(world, 'robin')).waitFor('You were on with Forgot Ltd.');
    await world.pass(15 * DAY);
    await offer.waitFor('The call with Forgot Ltd was not finished, so the deal is closed.');
    expect(await allAbout(rep().channel(LOST_DEALS), 'Forgot Ltd')).toEqual([]);
  });

  expectVoice(() => world);
});
