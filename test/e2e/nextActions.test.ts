/** App Home as each person uses it: the next action beside each deal, a nudge by the rep, an absence and its end. */
import { HOUR } from './support/clock';
import { asked, beginning, detailsOf, dmOf, LOST_DEALS, saying } from './support/shortcuts';
import { startWorld, type World } from './support/world';

let world: World;
beforeAll(async () => {
  world = await startWorld({
    settings: {
      teams: [{ id: 'n', name: 'North', channel: null, manager: 'U00000MAYA', reps: ['U0000ROBIN'] }],
    },
  });
});
afterAll(() => world?.stop());

const rep = () => world.slack.as('robin');
const manager = () => world.slack.as('maya');

it('a rep nudges from Home: the manager hears it by direct message and the thread says so, once an hour', async () => {
  await asked(world, 'Acme', { manager: null });
  const home = rep().home();
  await home.open();
  await home.waitFor(/Acme[\s\S]*\[Nudge Maya\] \[Open\]/u);
  await home.click('Nudge Maya', { near: 'Acme' });
  await (await rep().modal('@maya gets your nudge now.')).closeAll();
  const dm = await (await dmOf(world, 'maya')).waitFor(saying('From @robin: Any news on Acme?'));
  expect(dm.buttons()).toEqual(['Match it', 'Counter', 'Decline', 'Ask Robin']);
  await manager()
    .channel(LOST_DEALS)
    .waitFor(beginning('Robin Adeyemi asks Maya Lindqvist for any news on Acme.'));
  await home.waitFor('Nudged. You can nudge again');
  await home.click('Nudge Maya', { near: 'Acme' });
  await (await rep().modal('You can nudge them again')).closeAll();
  await world.pass(HOUR);
  await (await detailsOf(world, 'Acme')).click('Nudge Maya');
  await (await rep().modal('@maya gets your nudge now.')).closeAll();
  await dm.waitFor("There's a later reminder.");
});

it('each person’s row has what they can do next, and what is others’ reads whose it is', async () => {
  await manager().home().open();
  await manager()
    .home()
    .waitFor(/Waiting for you[\s\S]*\[Match it\] \[Counter\] \[Decline\] \[Ask Robin\] \[Open\]/u);
  const ask = await rep().channel(LOST_DEALS).waitFor(beginning('Acme (', 'would have'));
  await ask.click('Match it');
  await (await rep().modal('@maya decides this one. Your view is welcome in the thread.')).closeAll();
  await manager().home().click('Decline', { near: 'Acme' });
  const form = await manager().modal("Here's why: …");
  await form.fill({ "Here's why: …": 'We cannot go lower' });
  await form.submit();
  await manager().noModal();
  await rep()
    .home()
    .waitFor(/Acme[\s\S]*\[Won back\] \[Still lost\] \[Open\]/u);
  const told = await (await dmOf(world, 'robin')).waitFor(saying('Acme', 'We cannot go lower'));
  expect(told.buttons()).toContain('Still lost');
  const colleague = world.slack.as('sam');
  await (await colleague.channel(LOST_DEALS).waitFor(beginning('Acme  ·  '))).click('Details');
  await (await colleague.modal('Only @robin’s team can open this deal.')).closeAll();
  await rep().home().click('Still lost', { near: 'Acme' });
  await (await rep().modal('Acme')).submit();
  await rep().home().waitFor('Nothing is open.');
});

it('an absence stands on Home with who decides, and ends there', async () => {
  await manager().slash('/lostdeal out');
  const form = await manager().modal("When I'm out");
  await form.fill({ "Who decides while you're out?": 'dana' });
  await form.submit();
  await manager().noModal();
  const home = manager().home();
  await home.open();
  await home.waitFor("You're out. @dana decides.");
  await home.click("I'm back");
  await (await manager().modal('Asks come to you again from now on.')).closeAll();
  await home.waitFor(/^(?![\s\S]*You're out)/u);
});
