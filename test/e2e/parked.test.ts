/** A deal that Slack refuses: an admin sees it in App Home and has it tried again; others see nothing of it. */
import { beginCall, tapThrough } from '../../scripts/play';
import { TO_A_PULSE } from '../../scripts/story';
import { startWorld, type World } from './support/world';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

it('an admin sees a parked deal, and its messages stand in Slack after another try', async () => {
  const rep = world.slack.as('robin');
  const admin = world.slack.as('dana');
  await world.slack.faults({
    method: 'chat.postMessage',
    times: 50,
    effect: { do: 'error', error: 'invalid_blocks' },
  });
  await beginCall(rep, 'Acme');
  await tapThrough(rep, TO_A_PULSE);
  await world.settled();

  await rep.home().open();
  await rep.home().waitFor('Acme');
  expect(await rep.home().text()).not.toContain('Not shown in Slack');
  await admin.home().open();
  await admin.home().waitFor('Not shown in Slack');
  expect(await admin.home().text()).toContain('invalid_blocks');

  await world.slack.faults();
  await admin.home().click('Try again');
  await admin.modal('Trying again');
  await rep.channel('#lost-deals').waitFor('Acme');
  await world.settled();
  await admin.home().open();
  await admin.home().waitFor(/^(?![\s\S]*Not shown in Slack)/u);
});
