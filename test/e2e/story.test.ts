/** The main job, as a rep and a manager live it: the real app over Socket Mode and over signed HTTP. */
import { beginCall, tapThrough } from '../../scripts/play';
import {
  ACCOUNT,
  findAsk,
  findDecision,
  findEnd,
  makeOffer,
  reportWonBack,
  SAID,
  TO_A_PULSE,
  writeNotes,
} from '../../scripts/story';
import { expectVoice } from './support/shownWords';
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

    const first = await beginCall(rep, ACCOUNT);
    expect(first.text()).toContain('Thank you');
    expect(first.text()).toContain('I hope it works out really well');

    const fresh = await tapThrough(rep, TO_A_PULSE);
    expect(fresh.text()).toContain('You asked. Most people never do.');
    expect(fresh.inputs()).toEqual([
      'What they liked most',
      'Loss reasons',
      'What is it worth?',
      'Who can say yes?',
      'What do you recommend?',
    ]);

    await writeNotes(rep, fresh);
    const ask = await findAsk(manager);
    expect(ask.text()).toMatch(
      /^Acme \(new, \$48,000\) would have chosen us with .*Ninety days to pay.*\.\nPlease decide by /u,
    );
    expect(ask.text()).toContain(SAID.recommendation);
    expect(ask.buttons()).toEqual(['Match it', 'Counter', 'Decline', 'Ask Robin']);
    const dmCopy = await (await manager.dm('Lostdeal')).waitFor('Acme (new, $48,000) would have');
    expect(dmCopy.buttons()).toEqual(['Match it', 'Counter', 'Decline', 'Ask Robin']);

    await makeOffer(manager, ask);
    const decision = await findDecision(rep);
    expect(decision.text()).toContain(SAID.terms);
    expect(decision.text()).toContain('thanks for waiting');
    const decidedAsk = await ask.waitFor('Maya Lindqvist decided: counter');
    expect(decidedAsk.buttons()).not.toContain('Match it');

    await reportWonBack(rep, decision);
    const credit = await findEnd(manager);
    expect(credit.text()).toContain('Robin Adeyemi');
    expect(credit.text()).toContain('@maya');
  });

  expectVoice(() => world, Object.values(SAID));
});
