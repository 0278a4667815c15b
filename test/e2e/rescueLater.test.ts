/** A rescue from the decision to its end and the years after, with a moving clock: one test for each way. */
import { asks, counters, DAY, HOUR, now, passTo, TUESDAY } from './support/clock';
import { allAbout, beginning, detailsOf, dmOf, LOST_DEALS, noteCall, saying } from './support/shortcuts';
import { until } from './support/until';
import { startWorld, TENANT, type World } from './support/world';

let world: World;
beforeEach(async () => {
  world = await startWorld({ calendar: 'office' });
  await passTo(world, TUESDAY, 14);
});
afterEach(() => world.stop());
const rep = () => world.slack.as('robin');
const robin = () => dmOf(world, 'robin');
const maya = () => dmOf(world, 'maya');
const thread = () => world.slack.as('maya').channel(LOST_DEALS);

it('a counter that runs out: the rep gets a reminder in time, with the words, and reports the outcome', async () => {
  await asks(world, 'Expiring Ltd');
  await counters(world, 'maya', 'Expiring Ltd', { 'Good until': new Date(now(world) + 6 * DAY) });
  await (await robin()).waitFor('Expiring Ltd. @maya: counter-offer.');
  await world.pass(4.5 * DAY);
  expect(await allAbout(await robin(), 'Our offer to Expiring Ltd expires')).toEqual([]);
  await world.pass(1.4 * DAY);
  const soon = await (await robin()).waitFor('Our offer to Expiring Ltd expires');
  expect(soon.text()).toContain("here's what we can do: Sixty days to pay.");
  expect(soon.buttons()).toEqual([
    'Won back',
    'Still lost',
    "Haven't reached them",
    'Remind me',
    'They say…',
    'Copy the mail',
  ]);
  await soon.click('Still lost');
  const lost = await rep().modal('stays with the other company');
  await lost.fill({
    'What did they say?': 'Two weeks too late',
    'May we call before their next decision?': 'Yes, they agreed',
  });
  await lost.submit();
  await rep().noModal();
  await thread().waitFor(saying('Stays lost: Expiring Ltd.', 'Two weeks too late'));
});

it('a verbal yes: the rep is asked on the day they sign, and the deal is told and counted once it is signed', async () => {
  await asks(world, 'Verbal Ltd');
  await counters(world, 'maya', 'Verbal Ltd', {});
  const told = await (await robin()).waitFor('Verbal Ltd. @maya: counter-offer.');
  await told.click('Won back');
  const form = await rep().modal('Verbal Ltd is back.');
  await form.fill({ 'Is it signed?': 'Not yet, but they said yes' });
  await form.submit();
  expect(form.errors()['If not yet, when do they sign?']).toContain('Pick the day they sign');
  const day = new Date(now(world) + 9 * DAY).toISOString().slice(0, 10);
  await form.fill({ 'If not yet, when do they sign?': day, 'What is it worth now?': '40k' });
  await form.submit();
  await rep().noModal();
  const yes = await told.waitFor('They said yes and sign on ');
  expect(yes.buttons()).toEqual(["It's signed", 'Still lost', 'Remind me']);
  expect(yes.text()).not.toContain('Words to go back with');
  await world.pass(8 * DAY);
  expect(await allAbout(await robin(), 'Is it signed?')).toEqual([]);
  expect(await allAbout(thread(), 'is back')).toEqual([]);
  await world.pass(1 * DAY);
  const asked = await (await robin()).waitFor('Verbal Ltd said yes and wanted to sign on ');
  await asked.click("It's signed");
  const signed = await rep().modal('Verbal Ltd is back.');
  expect(signed.value('What is it worth now?')).toBe('40,000 USD');
  await signed.submit();
  await rep().noModal();
  await thread().waitFor('Verbal Ltd is back: $40,000!');
});

it('asking again says what has changed: the yes holds until there is a new answer, with words for what they say', async () => {
  await asks(world, 'Again Ltd');
  await counters(world, 'maya', 'Again Ltd', {});
  const told = await (await robin()).waitFor('Again Ltd. @maya: counter-offer.');
  await told.click('They say…');
  const replies = await rep().modal('They say…');
  expect(replies.text()).toContain("“It's not enough.”");
  expect(replies.text()).toContain("What's the one thing still missing?");
  await replies.close();
  const details = await detailsOf(world, 'Again Ltd');
  await details.click('Ask again');
  const form = await rep().modal("What's changed?");
  expect(form.text()).toContain("@maya’s yes holds until there's a new answer.");
  await form.fill({ "What's changed?": 'They want 45 days' });
  await form.submit();
  const asked = await (await maya()).waitFor("What's changed: “They want 45 days”");
  expect(asked.text()).toContain("@maya’s yes holds until there's a new answer.");
  const held = await told.waitFor("Asked again. This holds until there's a new answer.");
  expect(held.text()).toContain("here's what we can do: Sixty days to pay.");
  expect(held.buttons().slice(0, 3)).toEqual(['Won back', 'Still lost', 'They say…']);
  await asked.click('Decline');
  const no = await world.slack.as('maya').modal("Here's why: …");
  await no.fill({ "Here's why: …": 'Sixty is all we have' });
  await no.submit();
  await (await robin()).waitFor('Again Ltd. @maya: no.');
  await told.waitFor('Replaced by a later decision.');
});

it('a changed decision: the rep gets a new message, and the thread shows both', async () => {
  await asks(world, 'Changed Ltd');
  await counters(world, 'maya', 'Changed Ltd', {});
  const first = await (await robin()).waitFor('Changed Ltd. @maya: counter-offer.');
  const details = await detailsOf(world, 'Changed Ltd', 'maya');
  await details.click('Decline');
  const screen = await world.slack.as('maya').modal("Here's why: …");
  await screen.fill({ "Here's why: …": 'Finance said no after all' });
  await screen.submit();
  const second = await (await robin()).waitFor('Changed Ltd. @maya: no.');
  expect(second.ts).not.toBe(first.ts);
  expect(second.text()).toContain("Here's why: Finance said no after all.");
  await first.waitFor('Replaced by a later decision.');
  await thread().waitFor(saying('Maya Lindqvist decided: counter', 'Replaced by a later decision.'));
  await thread().waitFor(saying('Maya Lindqvist decided: decline', 'Finance said no after all'));
});

it('silence closes the deal as no answer, and the thread says so', async () => {
  await asks(world, 'Silent Ltd');
  await counters(world, 'maya', 'Silent Ltd', {});
  await world.pass(20 * DAY);
  const end = await thread().waitFor('Silent Ltd was closed. No answer.');
  await world.slack.as('robin').channel(LOST_DEALS).waitFor('Silent Ltd was closed. No answer.');
  await (await rep().channel(LOST_DEALS).waitFor('Silent Ltd was closed.')).click('The next time');
  const next = await rep().modal('One day Silent Ltd decides again');
  await next.fill({ 'May we call before their next decision?': 'Rather not' });
  await next.submit();
  await rep().noModal();
  expect(end.text()).toContain('It can be opened again from its details.');
});

it('signed, and called again fifteen months later, before a contract of eighteen ends', async () => {
  await noteCall(world, 'Signed Ltd', {
    how: 'Signed with them',
    manager: null,
    heard: { 'What they liked most': 'Ninety days to pay', 'Who did they choose?': 'Globex' },
  });
  const details = await detailsOf(world, 'Signed Ltd');
  await details.click('The next time');
  const next = await rep().modal('One day Signed Ltd decides again');
  await next.fill({
    'Or for how many months from signing?': '18',
    'May we call before their next decision?': 'Yes, they agreed',
  });
  await next.submit();
  await rep().noModal();
  await world.pass(445 * DAY);
  expect(await allAbout(await robin(), 'Time to call Signed Ltd')).toEqual([]);
  await world.pass(20 * DAY);
  const again = await (await robin()).waitFor('Time to call Signed Ltd again. Their contract with the other');
  for (const words of ['Ninety days to pay', 'Words to open with', 'You said I could call about now.']) {
    expect(again.text()).toContain(words);
  }
  expect(again.text()).toContain('You chose Globex for ninety days to pay. Did that hold?');
  await again.click('Broken');
  const recorded = await again.waitFor("Globex's promise: broken.");
  expect(recorded.buttons()).toEqual(['Change', 'Start again', 'Copy the mail', 'Details']);
  const { store } = world.lostdeal.coach;
  const figures = {
    tenant: TENANT,
    sight: 'all',
    from: null,
    until: null,
    reps: null,
    competitor: 'Globex',
  } as const;
  await until(world.sandbox, 'figure of the broken promise', async () => {
    const [deal] = await store.insights.dealsBehind(figures, {
      of: { kind: 'pledge', state: 'broken' },
      limit: 1,
      offset: 0,
    });
    return deal;
  });
  await rep().slash('/lostdeal vs Globex');
  const page = await rep().modal('Against Globex');
  expect(page.text()).toContain('They promised something in 1 deal. We asked in 1: 1 broken.');
  expect(page.text()).toContain("Globex's promise: broken.");
  await page.closeAll();
  await recorded.click('Start again');
  const intake = await rep().modal('New business or a customer?');
  expect(intake.value('Account')).toBe('Signed Ltd');
});

it('the rep leaves: their manager gets the deal, and decides it or hands it on', async () => {
  await asks(world, 'Left Ltd');
  await world.slack.admin({ do: 'deactivate', user: 'robin' });
  const held = await (await maya()).waitFor('@robin has left. Left Ltd is with you now.');
  expect(held.buttons()).toEqual(['Hand it on', 'Details']);
  await held.click('Hand it on');
  const hand = await world.slack.as('maya').modal('Rep from now on');
  await hand.fill({ 'Rep from now on': 'sam' });
  await hand.submit();
  await world.slack.as('maya').noModal();
  const sam = await dmOf(world, 'sam');
  const yours = await sam.waitFor('Left Ltd is yours now. @maya handed it on from @robin.');
  expect(yours.text()).toContain('Waiting for @maya, due');
  await counters(world, 'maya', 'Left Ltd', {});
  const told = await sam.waitFor('Left Ltd. @maya: counter-offer.');
  expect(told.buttons()).toContain('Won back');
  await world.pass(HOUR);
  await thread().waitFor(beginning('Left Ltd  ·  '));
});

it('the manager leaves while the ask waits: it goes to an admin, who reads why, and the rep hears from them', async () => {
  await world.slack.as('dana').home().open();
  await world.settled();
  await asks(world, 'Leaver Ltd');
  const first = await (await maya()).waitFor(beginning('Leaver Ltd ('));
  await world.slack.admin({ do: 'deactivate', user: 'maya' });
  const ask = await (await dmOf(world, 'dana')).waitFor(beginning('Leaver Ltd ('));
  expect(ask.text()).toContain('@maya has left, so it came to you.');
  await rep().channel(LOST_DEALS).waitFor(saying('Dana Ito decides. ', 'has left, so it came to Dana Ito.'));
  await counters(world, 'dana', 'Leaver Ltd', {});
  await (await robin()).waitFor('Leaver Ltd. @dana: counter-offer.');
  expect(first.ts).not.toBe(ask.ts);
});
