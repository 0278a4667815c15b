/** The main job, as a rep and a manager live it: the real app over Socket Mode and over signed HTTP. */
import { beginCall, TO_A_PULSE, tapThrough } from '../../scripts/play';
import { startWorld, type World } from './support/world';

describe.each(['socket', 'http'] as const)('a deal with a heartbeat, over %s', (delivery) => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ delivery });
  });
  afterAll(() => world.stop());

  it('is coached, asked, countered in the thread and won back', async () => {
    const rep = world.slack.as('robin');
    const manager = world.slack.as('maya');

    const first = await beginCall(rep, 'Acme');
    expect(first.text()).toContain('Thank you');
    expect(first.text()).toContain('I wish you every success with the choice');

    const fresh = await tapThrough(rep, TO_A_PULSE);
    expect(fresh.text()).toContain("You asked; most don't.");
    expect(fresh.text()).toContain('who decides?');

    // The ask does not wait for the notes: without a manager the rep is asked who decides.
    const whoDecides = await (await rep.dm('Lostdeal')).waitFor('Who decides about Acme?');
    expect(whoDecides.buttons().length).toBe(1);

    await fresh.fill({
      'Who decides?': 'maya',
      'What attracted them most': 'Ninety days to pay',
      'What is it worth?': '48k',
      'Who did they choose?': 'Globex',
      'What do you recommend?': 'Match it, they pay on time',
    });
    await fresh.submit();
    await rep.noModal();

    const room = manager.channel('#lost-deals');
    const ask = await room.waitFor('will reconsider if we');
    expect(ask.text()).toMatch(
      /^Acme \(new, \$48,000\) will reconsider if we .*Ninety days to pay.*; answer by /u,
    );
    expect(ask.text()).toContain('Match it, they pay on time');
    expect(ask.buttons()).toEqual(['Match', 'Counter', 'Decline', 'Ask the rep']);
    const dmCopy = await (await manager.dm('Lostdeal')).waitFor('Acme (new, $48,000) will reconsider');
    expect(dmCopy.buttons()).toEqual(['Match', 'Counter', 'Decline', 'Ask the rep']);

    await ask.click('Counter');
    const counter = await manager.modal();
    await counter.fill({
      'What do we move?': ['Service', 'Term'],
      'What do we offer?': 'Sixty days to pay, and a named contact',
    });
    await counter.submit();
    await manager.noModal();

    const told = await (await rep.dm('Lostdeal')).waitFor('decided about Acme: Counter');
    expect(told.text()).toContain('Sixty days to pay, and a named contact');
    expect(told.text()).toContain('thank you for waiting');
    const decidedAsk = await ask.waitFor('Decided: Counter, by @maya');
    expect(decidedAsk.buttons()).not.toContain('Match');

    await told.click('Called – won back');
    const won = await rep.modal('Acme is back');
    await won.submit();
    await rep.noModal();
    const credit = await room.waitFor('Won back: Acme, $48,000.');
    expect(credit.text()).toContain('@robin');
    expect(credit.text()).toContain('@maya');
  });
});
