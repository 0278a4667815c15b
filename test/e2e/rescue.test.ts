/** A rescue from the ask to the decision, with a moving clock: one test for each way it can take. */
import {
  asks,
  counters,
  FRIDAY,
  HOUR,
  MINUTE,
  now,
  passTo,
  SUNDAY,
  TUESDAY,
  WEDNESDAY,
} from './support/clock';
import { allAbout, beginning, dmOf, LOST_DEALS, saying } from './support/shortcuts';
import { expectVoice, stopInVoice } from './support/shownWords';
import { startWorld, type World } from './support/world';

// Robin works in Berlin, maya in New York, sam in Chicago and dana in Tokyo.
const [MAYA, SAM, DANA] = ['U00000MAYA', 'U000000SAM', 'U00000DANA'];
const DECIDE = ['Match it', 'Counter', 'Decline', 'Ask Robin'];
const usd = (amount: number) => ({ minor: amount * 100, currency: 'USD' });

const thread = (world: World) => world.slack.as('maya').channel(LOST_DEALS);

describe('with a manager who is there', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ calendar: 'office' });
  });
  afterAll(() => world.stop());
  const [maya, robin] = [() => dmOf(world, 'maya'), () => dmOf(world, 'robin')];

  it('a decision in time: nobody gets a reminder', async () => {
    await passTo(world, TUESDAY, 14);
    await asks(world, 'Prompt Ltd');
    await counters(world, 'maya', 'Prompt Ltd', {});
    const told = await (await robin()).waitFor('Prompt Ltd. @maya: counter-offer.');
    expect(told.buttons()).toEqual([
      'Won back',
      'Still lost',
      "Haven't reached them",
      'Remind me',
      'They say…',
      'Copy the mail',
    ]);
    await told.click('Copy the mail');
    const mail = await world.slack.as('robin').modal('Mail to copy');
    for (const words of [
      'What we talked about',
      'Here it is in writing: Sixty days to pay.',
      'Robin Adeyemi',
    ]) {
      expect(mail.text()).toContain(words);
    }
    await mail.close();
    const before = (await (await maya()).messages()).length;
    await told.click('Won back');
    const won = await world.slack.as('robin').modal('Prompt Ltd is back.');
    expect(won.value('What did it take?')).toBe('Sixty days to pay');
    await won.submit();
    await thread(world).waitFor(saying('Prompt Ltd is back', '"Sixty days to pay" did it.'));
    await world.pass(6 * HOUR);
    expect((await (await maya()).messages()).length).toBe(before);
  });

  it('a reminder at half the time, and the decision after it', async () => {
    await passTo(world, TUESDAY, 14);
    await asks(world, 'Nudged Ltd');
    await world.pass(2 * HOUR + MINUTE);
    const nudge = await (await maya()).waitFor('Nudged Ltd still needs your answer');
    expect(nudge.buttons()).toEqual(DECIDE);
    const reminded = await thread(world).waitFor('Nudged Ltd still needs an answer from Maya Lindqvist');
    // Only the direct message alerts her.
    for (const { seen } of [
      reminded,
      await thread(world).waitFor(beginning('Nudged Ltd (', 'Maya Lindqvist decides.')),
    ])
      expect(JSON.stringify([seen.text, seen.blocks])).not.toContain(MAYA);
    await nudge.click('Decline');
    const screen = await world.slack.as('maya').modal("Here's why: …");
    await screen.fill({ "Here's why: …": 'We have no people for it' });
    await screen.submit();
    const told = await (await robin()).waitFor('Nudged Ltd. @maya: no.');
    expect(told.text()).toContain('Could I check in with you before you decide again?');
    expect((await nudge.waitFor('Settled.')).buttons()).toEqual([]);
    await world.pass(3 * HOUR);
    expect(await allAbout(await robin(), 'No decision on Nudged Ltd yet')).toEqual([]);
  });

  it('an urgent ask at night goes out at once and says why; other messages wait', async () => {
    await passTo(world, WEDNESDAY, 4);
    await asks(world, 'Patient Ltd');
    await asks(world, 'Urgent Ltd', { heard: { 'Call back by': new Date(now(world) + 5 * HOUR) } });
    const urgent = await (await maya()).waitFor(beginning('Urgent Ltd ('));
    expect(urgent.text()).toContain('Outside your working hours, because they expect our call by ');
    expect(urgent.buttons()).toEqual(DECIDE);

    const waiting = await thread(world).waitFor(beginning('Patient Ltd ('));
    expect(waiting.text()).toContain("We'll ask whoever decides ");
    expect(waiting.text()).not.toMatch(/maya/iu);
    expect(waiting.buttons()).toEqual(DECIDE);
    expect(await allAbout(await maya(), 'Patient Ltd')).toEqual([]);
    await world.pass(11 * HOUR);
    const morning = await (await maya()).waitFor(beginning('Patient Ltd ('));
    expect(morning.text()).not.toContain('Outside your working hours');
    await waiting.waitFor('Maya Lindqvist decides.');
  });

  it('a decision in words: its author gets the offer to record it as what it is', async () => {
    await passTo(world, TUESDAY, 14);
    await asks(world, 'Words Ltd');
    const ask = await thread(world).waitFor(beginning('Words Ltd ('));
    await ask.reply('Tell them we cannot go below cost');
    const offer = await (await maya()).waitFor('You wrote about Words Ltd:');
    expect(offer.buttons()).toEqual(['Match it', 'Counter', 'Decline', 'Question']);
    await offer.click('Question');
    const question = await world.slack.as('maya').modal('Ask Robin');
    expect(question.value('What do you need to know?')).toBe('Tell them we cannot go below cost');
    await question.close();
    await offer.click('Decline');
    const screen = await world.slack.as('maya').modal("Here's why: …");
    expect(screen.text()).toContain('You wrote:\n> Tell them we cannot go below cost');
    expect(screen.value("Here's why: …")).toBeNull();
    await screen.fill({ "Here's why: …": 'This is our cost' });
    await screen.submit();
    const told = await (await robin()).waitFor('Words Ltd. @maya: no.');
    expect(told.text()).toContain("Here's why: This is our cost.");
    expect(await allAbout(await robin(), 'You wrote about Words Ltd')).toEqual([]);
  });

  it('the deal follows the edits of a reply before it is recorded, and after', async () => {
    await passTo(world, TUESDAY, 14);
    await asks(world, 'Edited Ltd');
    await (await thread(world).waitFor(beginning('Edited Ltd ('))).reply('Thirty days');
    const offer = await (await maya()).waitFor('You wrote about Edited Ltd:');
    const reply = await thread(world).waitFor((message) => message.text() === 'Thirty days');
    await reply.edit('Forty days');
    await (await offer.waitFor('Forty days')).click('Counter');
    const counter = await world.slack.as('maya').modal('Make a counter-offer');
    expect(counter.text()).toContain('You wrote:\n> Forty days');
    await counter.fill({ "Here's what we can do for you: …": 'Forty days' });
    await counter.submit();
    const first = await (await robin()).waitFor(saying('Edited Ltd. @maya: counter-offer.', 'Forty days'));
    await offer.waitFor('Recorded as your decision.');

    await reply.edit('Fifty days');
    const changed = await offer.waitFor('You changed these words since. The decision stays as it is.');
    await changed.click('Change the decision');
    const screen = await world.slack.as('maya').modal('Record the decision');
    expect(screen.text()).toContain('> Fifty days');
    await screen.fill({
      'Is that a match, a counter or a decline?': 'Counter',
      'Words the rep can repeat': 'Fifty days',
    });
    await screen.submit();
    const second = await (await robin()).waitFor(saying('Edited Ltd. @maya: counter-offer.', 'Fifty days'));
    expect(second.ts).not.toBe(first.ts);
    await first.waitFor('Replaced by a later decision.');
  });

  expectVoice(() => world);
});

describe('when the manager does not answer, or may not alone', () => {
  let world: World;
  afterEach(() => stopInVoice(world));

  it('an escalation over a weekend: the stand-in gets the ask on their Monday, and decides', async () => {
    world = await startWorld({
      calendar: 'office',
      settings: { standIns: [{ manager: MAYA, standIn: DANA }] },
    });
    await passTo(world, FRIDAY, 17);
    await asks(world, 'Weekend Ltd');
    await world.pass(5 * HOUR + MINUTE);
    const [dana, maya] = [await dmOf(world, 'dana'), await dmOf(world, 'maya')];
    await maya.waitFor("Time's up on Weekend Ltd");
    expect(await allAbout(dana, 'Weekend Ltd')).toEqual([]);
    await passTo(world, SUNDAY, 23);
    expect(await allAbout(dana, 'Weekend Ltd')).toEqual([]);
    await world.pass(2 * HOUR);
    const asked = await dana.waitFor(beginning('Weekend Ltd ('));
    expect(asked.text()).toContain("Nobody has decided yet, so it's your turn.");
    expect(asked.buttons()).toEqual(DECIDE);
    await counters(world, 'dana', 'Weekend Ltd', {});
    await (await dmOf(world, 'robin')).waitFor('Weekend Ltd. @dana: counter-offer.');
    const twin = await maya.waitFor(saying('Weekend Ltd (', '@dana decided: counter'));
    expect(twin.buttons()).toEqual([]);
    expect(await allAbout(await dmOf(world, 'robin'), 'No decision on Weekend Ltd yet')).toEqual([]);
  });

  it('the rep gets words to hold the line, and a channel gets the ask, where a colleague takes it', async () => {
    world = await startWorld({
      calendar: 'office',
      settings: { fallback: { kind: 'channel', channel: 'C000CLPUBL' } },
    });
    const fallback = (await world.slack.as('sam').view()).conversations.find(({ name }) =>
      /public/u.test(name),
    );
    await world.lostdeal.coach.store.workspace.saveSettings(
      { enterpriseId: '', teamId: 'T000BRIGHT' },
      { fallback: { kind: 'channel', channel: fallback?.id ?? '' } },
    );
    await passTo(world, TUESDAY, 14);
    await asks(world, 'Taken Ltd', { heard: { 'Call back by': new Date(now(world) + 2 * HOUR) } });
    await world.pass(91 * MINUTE);
    const holding = await (await dmOf(world, 'robin')).waitFor('No decision on Taken Ltd yet.');
    expect(holding.text()).toContain("I don't have the answer yet, and I didn't want to leave you guessing.");
    const call = await world.slack.as('sam').channel(`#${fallback?.name}`).waitFor('Somebody has to decide');
    expect(call.text()).not.toContain('Taken Ltd');
    await call.click("I'll take it");
    const twin = await (await dmOf(world, 'sam')).waitFor(beginning('Taken Ltd ('));
    expect(twin.buttons()).toEqual(DECIDE);
    expect((await call.waitFor('It is with Sam Okafor now.')).buttons()).toEqual([]);
    await counters(world, 'sam', 'Taken Ltd', {});
    await (await dmOf(world, 'robin')).waitFor('Taken Ltd. @sam: counter-offer.');
  });

  it('stand-in: while the manager is out the ask goes to them at once, and says for whom', async () => {
    world = await startWorld({
      calendar: 'office',
      settings: { standIns: [{ manager: MAYA, standIn: SAM, from: null, until: '2099-12-31' }] },
    });
    await passTo(world, TUESDAY, 16);
    await asks(world, 'Absent Ltd');
    const asked = await (await dmOf(world, 'sam')).waitFor(beginning('Absent Ltd ('));
    expect(asked.text()).toContain('For @maya, who is out until Thursday, 31 Dec 2099.');
    expect(await allAbout(await dmOf(world, 'maya'), 'Absent Ltd')).toEqual([]);
    await counters(world, 'sam', 'Absent Ltd', {});
    await (await dmOf(world, 'robin')).waitFor('Absent Ltd. @sam: counter-offer.');
  });

  it('second approver: above the limit it goes on, with the terms as proposed', async () => {
    const limits = [{ manager: MAYA, amount: usd(5_000), percent: null, approver: SAM }];
    world = await startWorld({ settings: { limits } });
    const robin = await dmOf(world, 'robin');
    await asks(world, 'Small Ltd');
    await counters(world, 'maya', 'Small Ltd', { 'What does it cost us?': '4,000' });
    await robin.waitFor('Small Ltd. @maya: counter-offer.');

    await asks(world, 'Large Ltd');
    const twin = await (await dmOf(world, 'maya')).waitFor(beginning('Large Ltd ('));
    await twin.click('Counter');
    const screen = await world.slack.as('maya').modal('Make a counter-offer');
    expect(screen.text()).toContain(
      'You can decide up to $5,000 on your own. Above that, @sam has to approve it',
    );
    await screen.fill({
      "Here's what we can do for you: …": 'Ninety days',
      'What does it cost us?': '6,000',
    });
    await screen.submit();
    await world.slack.as('maya').noModal();
    const first = " wants to counter with “Ninety days”. That's over their limit of $5,000, so ";
    await thread(world).waitFor(`Maya Lindqvist${first}Sam Okafor has to approve it.`);
    const way = await robin.waitFor('A decision about Large Ltd is on its way.');
    expect(way.text()).not.toContain('Ninety days');
    const proposal = await (await dmOf(world, 'sam')).waitFor(`@maya${first}it needs your OK.`);
    expect(proposal.buttons()).toEqual(['Approve', 'Change', 'Decline']);
    await proposal.click('Change');
    const change = await world.slack.as('sam').modal('Make a counter-offer');
    expect(change.value("Here's what we can do for you: …")).toBe('Ninety days');
    await change.close();
    await proposal.click('Approve');
    const told = await robin.waitFor('Large Ltd. @sam: counter-offer.');
    expect(told.text()).toContain("here's what we can do: Ninety days.");
    await way.waitFor('@sam decided: counter, as @maya proposed');
    await (await dmOf(world, 'maya')).waitFor('@sam decided on your proposal for Large Ltd: counter.');
    expect((await proposal.latest()).buttons()).toEqual([]);
  });
});
