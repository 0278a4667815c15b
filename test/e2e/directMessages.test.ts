/** Plain direct messages to the app: the answer to the one ask that waits, or to the one its author names. */
import { act } from '../../src/coach/act';
import { asked, beginning, dmOf, noteCall, saying } from './support/shortcuts';
import { until } from './support/until';
import { startWorld, TENANT, type World } from './support/world';

const MAYA = 'U00000MAYA';

describe.each(['socket', 'http'] as const)('over %s', (delivery) => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ delivery });
  });
  afterAll(() => world?.stop());

  const store = () => world.lostdeal.coach.store;
  const manager = () => dmOf(world, 'maya');
  const whichOnes = async () =>
    (await (await manager()).messages()).filter((it) => it.text().includes('Which one is this for?'));
  const repliesTo = async (account: string) => {
    const [deal] = await store().deals.openWith(TENANT, account, 1);
    if (deal === undefined) throw new Error(`no deal with ${account}`);
    return (await store().deals.remarks(TENANT, deal.id)).map(({ text }) => text);
  };
  const expectReplies = (account: string, texts: readonly (string | null)[]) =>
    until(
      world.sandbox,
      `replies ${texts.join(', ')} of ${account}`,
      async () => (JSON.stringify(await repliesTo(account)) === JSON.stringify(texts) ? true : undefined),
      async () => JSON.stringify(await repliesTo(account)),
    );
  const waitingWords = async () => await store().drafts.ofNoDeal(TENANT, MAYA, 'dm:');

  it('one counts for the one ask that waits, offers to be recorded, and never decides by itself', async () => {
    await (await manager()).post('Hello?');
    await (await manager()).waitFor('They said no? Type /lostdeal and the company.');
    await asked(world, 'Acme');
    await world.slack.faults({ delivery: 'message', times: 1, effect: { do: 'twice' } });
    await (await manager()).post('Sixty days is fine');
    const offer = await (await manager()).waitFor(saying('You wrote about Acme:', 'Sixty days is fine'));
    expect(offer.buttons()).toEqual(['Match it', 'Counter', 'Decline', 'Question']);
    await expectReplies('Acme', ['Sixty days is fine']);
    const said = await (await manager()).waitFor((it) => it.text() === 'Sixty days is fine');
    await said.edit('Forty days is fine');
    const edited = await offer.waitFor('Forty days is fine');
    await edited.click('Match it');
    const form = await world.slack.as('maya').modal('Match their offer');
    expect(form.text()).toContain('You wrote:\n> Forty days is fine');
    expect(form.value("Here's what we can do for you: …")).toBeNull();
    await form.close();
    await said.delete();
    await offer.waitFor('You deleted this message, and nothing was recorded.');
    await (await manager()).post('Thanks :+1:');
    await expectReplies('Acme', [null, 'Thanks :+1:']);
    expect(await repliesTo('Acme')).toHaveLength(2);
  });

  it('with several waiting it asks which one, the next message shows it again, and one tap gives it its deal', async () => {
    await asked(world, 'Globex');
    await (await manager()).post('No, not at that price');
    const first = await (await manager()).waitFor('You have two asks waiting. Which one is this for?');
    expect(first.ephemeral).toBe(true);
    expect(first.text()).toContain('> No, not at that price');
    expect(first.buttons()).toEqual(['Acme', 'Globex']);
    expect(await waitingWords()).toHaveLength(1);
    await (await manager()).post('Yes to this one');
    const again = await until(world.sandbox, 'second question', async () => (await whichOnes())[1]);
    expect(again.text()).toContain('> No, not at that price');
    await again.click('Globex');
    await (await manager()).waitFor(saying('You wrote about Globex:', 'No, not at that price'));
    // The question gives way to that of the next message.
    const next = await (await manager()).waitFor(saying('Which one is this for?', '> Yes to this one'));
    await next.click('Acme');
    await (await manager()).waitFor(saying('You wrote about Acme:', 'Yes to this one'));
    await (await manager()).waitFor("It's saved with Acme.");
    await expectReplies('Globex', ['No, not at that price']);
    await expectReplies('Acme', [null, 'Thanks :+1:', 'Yes to this one']);
    expect(await waitingWords()).toEqual([]);
    await first.click('Acme');
    await (await world.slack.as('maya').modal('Already saved')).close();
    expect(await repliesTo('Acme')).toHaveLength(3);
    // Words that nobody claims follow their author, and end by themselves.
    await (await manager()).post('Secret floor');
    await until(world.sandbox, 'words', async () => ((await waitingWords()).length === 1 ? true : undefined));
    await (await (await manager()).waitFor((it) => it.text() === 'Secret floor')).delete();
    await until(world.sandbox, 'deletion', async () =>
      (await waitingWords()).every(({ values }) => values === null) ? true : undefined,
    );
    await (await manager()).post('Thank you!');
    await expectReplies('Globex', ['No, not at that price', 'Thank you!']);
  });

  it('about a deal that is full of replies is not kept in silence: its author reads what to do', async () => {
    await noteCall(world, 'Umbrella', { rep: 'sam', manager: 'dana' });
    await (await dmOf(world, 'dana')).waitFor(beginning('Umbrella ('));
    const [deal] = await store().deals.openWith(TENANT, 'Umbrella', 1);
    if (deal === undefined) throw new Error('no deal with Umbrella');
    const dana = { tenant: TENANT, teamId: TENANT.teamId, userId: 'U00000DANA' };
    for (let reply = 0; reply < 200; reply += 1) {
      const place = { channel: 'D0OTHER', ts: `${reply}.0` };
      await act(world.lostdeal.coach, dana, deal.id, { type: 'remark', text: 'Thanks', ...place });
    }
    await (await dmOf(world, 'dana')).post('Sixty days, but only this year');
    const full = await (await dmOf(world, 'dana')).waitFor(
      "This deal is full of replies, so yours isn't saved with it.",
    );
    expect(full.ephemeral).toBe(true);
    const ask = await (await dmOf(world, 'dana')).waitFor(beginning('Umbrella ('));
    await ask.reply('Sixty days');
    await ask.thread().waitFor("This deal is full of replies, so yours isn't saved with it.");
    await ask.click('Decline');
    const form = await world.slack.as('dana').modal("Here's why: …");
    await form.fill({ "Here's why: …": 'Not this year' });
    await form.submit();
    await world.slack.as('dana').noModal();
  });

  it('a question to the rep counts as an ask: the reply offers to be the answer', async () => {
    await noteCall(world, 'Initech', { rep: 'sam', manager: 'dana' });
    const ask = await (await dmOf(world, 'dana')).waitFor(beginning('Initech ('));
    await ask.click('Ask Sam');
    const form = await world.slack.as('dana').modal('Ask Sam');
    await form.fill({ 'What do you need to know?': 'Who signs?' });
    await form.submit();
    const rep = await dmOf(world, 'sam');
    await rep.waitFor(saying('asks about Initech', 'Who signs?'));
    await rep.post('Their CFO does');
    const offer = await rep.waitFor(saying('You wrote about Initech:', 'Is it your answer to @dana?'));
    await offer.click('Answer');
    const answer = await world.slack.as('sam').modal('Answer');
    expect(answer.value('Your answer')).toBe('Their CFO does');
    await answer.submit();
    await (await dmOf(world, 'dana')).waitFor(
      saying('answers your question about Initech', 'Their CFO does'),
    );
    expect((await offer.waitFor("It's settled")).buttons()).toEqual([]);
    await rep.post('Anything else?');
    await rep.waitFor('They said no? Type /lostdeal and the company.');
  });
});
