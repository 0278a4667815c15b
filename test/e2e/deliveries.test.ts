/**
 * A request that Slack delivers twice, late, in another order or first as a retry has one effect. Of two people who act
 * at once one wins, and the other is told. On one instance, and on two that share the deliveries between them.
 */
import type { DeliveryFault, MessageHandle, PersonDriver, Traffic } from 'slack-sandbox';
import { beginCall, fillNotes, tapThrough } from '../../scripts/play';
import { describeOnPostgres } from '../postgres/database';
import { type Several, startSeveral } from './support/instances';
import { afterScreen, asked, beginning, dmOf, LOST_DEALS, noteCall, summaryOf } from './support/shortcuts';
import { until } from './support/until';

let world: Several;
const rep = () => world.slack.as('robin');
const manager = () => world.slack.as('maya');
const next = (delivery: string, effect: DeliveryFault['effect'], times = 1) =>
  world.slack.faults({ delivery, times, effect });

/** The events of one kind, of this account's deal. */
async function events(account: string, type: string) {
  return (await world.told(account)).events.filter((event) => event.type === type);
}

/** Waits until the app has taken this many deliveries of this name with these words. */
async function taken(name: string, words: string, count: number): Promise<readonly Traffic[]> {
  return until(world.sandbox, `${count} deliveries of ${name}`, async () => {
    const found = (await world.slack.traffic()).filter(
      (entry) =>
        entry.kind === 'delivery' &&
        entry.name === name &&
        entry.outcome === 'acked' &&
        JSON.stringify(entry.payload).includes(words),
    );
    return found.length >= count ? found : undefined;
  });
}

/** A decided deal, as the rep's direct message shows it. */
async function decided(account: string): Promise<MessageHandle> {
  const ask = await asked(world, account);
  await ask.click('Match it');
  const match = await manager().modal("Here's what we can do for you: …");
  await match.fill({ "Here's what we can do for you: …": 'Ninety days to pay' });
  await match.submit();
  return (await dmOf(world, 'robin')).waitFor(`${account}. @maya: yes.`);
}

/** On the call, at the first question that words are typed to. */
async function onTheCall(account: string, who: PersonDriver = rep()) {
  await (await beginCall(who, account)).submit();
  return who.modal('What they liked most');
}

function deliveriesOn(instances: 1 | 2): void {
  beforeAll(async () => {
    world = await startSeveral(instances);
  });
  afterEach(async () => {
    await world.slack.faults();
    // Messages that change late would use up the faults of the next test.
    await world.settled();
    for (const who of [rep(), manager(), world.slack.as('dana')])
      if ((await who.view()).modals.length > 0) await (await who.modal()).closeAll();
  });
  afterAll(() => world.stop());

  describe('a command', () => {
    it('that comes twice starts one deal', async () => {
      await next('slash_commands', { do: 'twice' });
      await rep().slash('/lostdeal Echo Ltd');
      await taken('/lostdeal', 'Echo Ltd', 2);
      const intake = await rep().modal('New business or a customer?');
      await intake.fill({ 'New business or a customer?': "A customer who's leaving" });
      await intake.submit();
      await rep().modal('Thank you');
      expect(await events('Echo Ltd', 'started')).toHaveLength(1);
    });

    it('that comes too late for its screen asks the person to type it again', async () => {
      await next('slash_commands', { do: 'delay', ms: 3_500 });
      const typing = rep().slash('/lostdeal Slow Ltd', { in: LOST_DEALS });
      await world.slack.clock.advance(3_600);
      await typing;
      await rep().channel(LOST_DEALS).waitFor('Type /lostdeal once more');
      await (await onTheCall('Slow Ltd')).closeAll();
      expect(await events('Slow Ltd', 'started')).toHaveLength(1);
    });
  });

  describe('a submission', () => {
    it('that comes twice is one answer, and one decision', async () => {
      const screen = await onTheCall('Pair Ltd');
      await screen.fill({ 'What they liked most': 'Ninety days' });
      await next('view_submission step', { do: 'twice' });
      await screen.submit();
      await rep().modal('The whole picture');
      await taken('view_submission step', 'Ninety days', 2);
      expect(await events('Pair Ltd', 'answered')).toHaveLength(2);
      expect((await world.told('Pair Ltd')).deal.position?.stepId).toBe('picture');

      const ask = await asked(world, 'Couple Ltd');
      await ask.click('Decline');
      const decline = await manager().modal("Here's why: …");
      await decline.fill({ "Here's why: …": 'Too dear for us' });
      await next('view_submission decline', { do: 'twice' });
      await decline.submit();
      await taken('view_submission decline', 'Too dear for us', 2);
      await ask.waitFor('decided: decline');
      expect(await events('Couple Ltd', 'decided')).toHaveLength(1);
    });

    it('whose ack was lost is sent again by the person, and kept once', async () => {
      const screen = await onTheCall('Unacked Ltd');
      await screen.fill({ 'What they liked most': 'Ninety days' });
      await next('view_submission step', { do: 'lose_ack' });
      await screen.submit();
      expect(screen.failure).toContain('Try again?');
      await screen.submit();
      await rep().modal('The whole picture');
      expect(await events('Unacked Ltd', 'answered')).toHaveLength(2);
    });

    it('that a tap overtook says so, and shows the typed words', async () => {
      const screen = await onTheCall('Overtaken Ltd');
      await screen.fill({ 'What they liked most': 'Ninety days' });
      await next('view_submission step', { do: 'delay', ms: 60_000 });
      const late = screen.submit();
      await screen.click('Rather not say');
      await rep().modal("They'd rather not say");
      await world.slack.clock.advance(60_000);
      await late;
      const told = await rep().modal("We didn't keep what you typed: “Ninety days”");
      expect(told.text()).toContain("They'd rather not say");
      expect((await events('Overtaken Ltd', 'answered')).map(({ by }) => by)).toHaveLength(2);
      expect((await world.told('Overtaken Ltd')).deal.verdict).toBe('declined_to_say');
    });
  });

  describe('a tap', () => {
    it('that comes twice goes back one screen, not two', async () => {
      const screen = await onTheCall('Back Ltd');
      await tapThrough(rep(), ['submit', 'submit']);
      await next('block_actions back', { do: 'twice' });
      await (await rep().modal('If we had offered that')).click('Back');
      await rep().modal('The whole picture');
      await taken('block_actions back', screen.id, 2);
      expect(screen.id).toBe((await rep().modal()).id);
      expect(await events('Back Ltd', 'went_back')).toHaveLength(1);
    });

    it('in a message that comes twice, or is tapped twice, counts once', async () => {
      const told = await decided('Knock Ltd');
      await next('block_actions no_answer', { do: 'twice' });
      await Promise.all([told.click("Haven't reached them"), told.click("Haven't reached them")]);
      await taken('block_actions no_answer', 'no_answer', 3);
      expect(await events('Knock Ltd', 'outcome_reported')).toHaveLength(1);

      await world.settled();
      const summary = await summaryOf(world, 'Knock Ltd');
      await Promise.all([summary.click("They've signed"), summary.click("They've signed")]);
      await summary.waitFor('they signed with the other company');
      expect(await events('Knock Ltd', 'signed_reported')).toHaveLength(1);
    });
  });

  describe('an event', () => {
    /** A deal all of whose messages are posted, so that Slack's next delivery is a person's words. */
    async function stands(account: string): Promise<void> {
      await noteCall(world, account);
      await summaryOf(world, account);
      await world.settled();
    }

    /** A reply beneath the summary of a new deal, with this fault on its delivery. */
    async function reply(account: string, words: string): Promise<MessageHandle> {
      const summary = await summaryOf(world, account);
      const { ts = '' } = await summary.reply(words);
      const thread = await rep().channel(LOST_DEALS).messages();
      const said = thread.find((message) => message.ts === ts);
      if (said === undefined) throw new Error('what was said does not stand there');
      return said;
    }
    const remarks = async (account: string) =>
      (await world.told(account)).remarks.map(({ text }) => text ?? 'deleted');
    const kept = (account: string, ...texts: readonly string[]) =>
      until(
        world.sandbox,
        `remarks ${texts.join(', ')} of ${account}`,
        async () => (JSON.stringify(await remarks(account)) === JSON.stringify(texts) ? true : undefined),
        async () => JSON.stringify(await remarks(account)),
      );

    it('that comes to everybody at once is kept once', async () => {
      await stands('Chorus Ltd');
      await next('message', { do: 'twice' });
      await reply('Chorus Ltd', 'They called back');
      await taken('message', 'They called back', 2);
      expect(await events('Chorus Ltd', 'remarked')).toHaveLength(1);
    });

    it('that is first seen as the second retry is kept', async () => {
      await stands('Third Ltd');
      await next('message', { do: 'lose' }, 2);
      await reply('Third Ltd', 'They wrote a letter');
      await world.slack.waitForTraffic(
        'first retry',
        (it) => it.kind === 'delivery' && it.attempt === 1 && JSON.stringify(it).includes('wrote a letter'),
      );
      await world.slack.clock.advance(60_000);
      await kept('Third Ltd', 'They wrote a letter');
    });

    it('of a change or a deletion that comes before its message has the last word', async () => {
      await stands('Shuffle Ltd');
      await next('message', { do: 'delay', ms: 60_000 }, 2);
      const changed = await reply('Shuffle Ltd', 'Thirty days');
      const withdrawn = await reply('Shuffle Ltd', 'Forget them');
      await changed.edit('Sixty days');
      await withdrawn.delete();
      await kept('Shuffle Ltd', 'Sixty days', 'deleted');
      await world.slack.clock.advance(60_000);
      await taken('message', 'Thirty days', 1);
      await taken('message', 'Forget them', 1);
      expect(await remarks('Shuffle Ltd')).toEqual(['Sixty days', 'deleted']);
    });

    it('of two changes of a message, the newer has the last word though it comes first', async () => {
      await stands('Reverse Ltd');
      const changed = await reply('Reverse Ltd', 'Forty days');
      await kept('Reverse Ltd', 'Forty days');
      await next('message', { do: 'delay', ms: 60_000 });
      await changed.edit('Fifty days');
      await changed.edit('Seventy days');
      await kept('Reverse Ltd', 'Seventy days');
      await world.slack.clock.advance(60_000);
      await taken('message.message_changed', 'Fifty days', 2);
      expect(await remarks('Reverse Ltd')).toEqual(['Seventy days']);
    });

    it('of a reply to our message is kept as soon as we know that the message is ours', async () => {
      await world.slack.faults(
        { method: 'chat.postMessage', times: 1, effect: { do: 'drop_reply' } },
        { delivery: 'message', times: 1, effect: { do: 'delay', ms: 60_000 } },
        { method: 'conversations.history', times: 3, effect: { do: 'http_500' } },
      );
      await noteCall(world, 'Early Ltd', { how: "Wouldn't say" });
      await reply('Early Ltd', 'They sounded relieved');
      await world.slack.clock.advance(60_000);
      // Slack's second delivery may meet our own post on its way; the one after it comes a minute later.
      await taken('message', "Wouldn't say", 1);
      let told = 0;
      await until(world.sandbox, 'the reply', async () => {
        if ((await remarks('Early Ltd')).length > 0) return true;
        const tellings = (await world.slack.traffic()).filter(
          (entry) =>
            entry.kind === 'delivery' && JSON.stringify(entry.payload).includes('They sounded relieved'),
        );
        if (tellings.length > told) await world.slack.clock.advance(60_000);
        told = tellings.length;
        return undefined;
      });
      expect(await remarks('Early Ltd')).toEqual(['They sounded relieved']);
    });

    it('of our own post that comes twice or late makes us delete nothing', async () => {
      await next('message', { do: 'twice' }, 20);
      const ask = await asked(world, 'Mirror Ltd');
      await taken('message', ask.ts, 2);
      await next('message', { do: 'delay', ms: 60_000 }, 20);
      const late = await asked(world, 'Mirage Ltd');
      await world.slack.clock.advance(60_000);
      await taken('message', late.ts, 1);
      for (const account of ['Mirror Ltd', 'Mirage Ltd']) {
        const { deal } = await world.told(account);
        const all = await manager().channel(LOST_DEALS).messages();
        const slots = all
          .map(({ seen }) => seen.metadata?.event_payload ?? {})
          .filter((it) => it.deal === deal.id);
        expect(slots.map(({ slot }) => slot)).toEqual([
          'summary',
          'transcript',
          `ask:${deal.ask?.addressedBy}:${deal.manager}`,
        ]);
      }
      expect(
        (await world.slack.traffic()).some((it) => it.kind === 'call' && it.method === 'chat.delete'),
      ).toBe(false);
    });

    it('of an opened Home that comes twice and again shows it as it is', async () => {
      await next('app_home_opened', { do: 'twice' });
      await rep().home().open();
      await next('app_home_opened', { do: 'lose' });
      await rep().home().open();
      await rep().home().waitFor('Mirror Ltd');
    });
  });

  describe('two at once', () => {
    it('one step sent from two devices: the deal keeps one answer, and the rep can copy the other', async () => {
      const screen = await onTheCall('Devices Ltd');
      await screen.fill({ 'What they liked most': 'Said on the phone' });
      // Both are on their way when the first arrives.
      await next('view_submission step', { do: 'delay', ms: 60_000 }, 2);
      const fromPhone = screen.submit();
      await screen.fill({ 'What they liked most': 'Said at the desk' });
      const fromDesk = screen.submit();
      await world.slack.clock.advance(60_000);
      await Promise.all([fromPhone, fromDesk]);
      const both = [
        ...(await taken('view_submission step', 'Said on the phone', 1)),
        ...(await taken('view_submission step', 'Said at the desk', 1)),
      ];
      const [, answered, ...more] = await events('Devices Ltd', 'answered');
      expect(more).toEqual([]);
      const won = JSON.stringify(answered).includes('Said on the phone')
        ? 'Said on the phone'
        : 'Said at the desk';
      const lost = won === 'Said on the phone' ? 'Said at the desk' : 'Said on the phone';
      expect(JSON.stringify(both)).toContain(`We didn't keep what you typed: “${lost}”`);
      expect(JSON.stringify(both)).not.toContain(`We didn't keep what you typed: “${won}”`);
    });

    it('one finished call noted on two devices: the deal keeps one, and the rep can copy the other', async () => {
      const screen = await afterScreen(rep(), 'Notes Ltd');
      await fillNotes(screen, {
        'How did it end?': 'Nothing would have changed it',
        'Anything else worth keeping': 'At the desk',
      });
      await next('view_submission after', { do: 'delay', ms: 60_000 }, 2);
      const fromDesk = screen.submit();
      await screen.fill({ 'What they liked most': 'On the phone' });
      const fromPhone = screen.submit();
      await world.slack.clock.advance(60_000);
      await Promise.allSettled([fromDesk, fromPhone]);
      const both = JSON.stringify(await taken('view_submission after', 'At the desk', 2));
      const [recorded, ...more] = await events('Notes Ltd', 'recorded_after');
      expect(more).toEqual([]);
      // Both show the notes from the desk; only one has the words from the phone.
      const phoneWon = JSON.stringify(recorded).includes('On the phone');
      const lost = both.slice(both.indexOf("Here's what you typed:"));
      expect(lost).toContain(phoneWon ? 'At the desk' : 'On the phone');
    });

    it('manager and admin decide in the same second: one wins, the other reads who did and keeps their words', async () => {
      await asked(world, 'Race Ltd');
      const terms = { maya: 'Sixty days', dana: 'Forty days' } as const;
      const screens = await Promise.all(
        (['maya', 'dana'] as const).map(async (name) => {
          const ask = await world.slack
            .as(name)
            .channel(LOST_DEALS)
            .waitFor(beginning('Race Ltd (', 'would have'));
          await ask.click('Counter');
          const screen = await world.slack.as(name).modal('Make a counter-offer');
          return screen.fill({ "Here's what we can do for you: …": terms[name] });
        }),
      );
      await Promise.all(screens.map((screen) => screen.submit()));
      const [decision, ...more] = await events('Race Ltd', 'decided');
      expect(more).toEqual([]);
      const [won, lost] = JSON.stringify(decision).includes('Sixty days')
        ? (['maya', 'dana'] as const)
        : (['dana', 'maya'] as const);
      await world.slack.as(won).noModal();
      const told = await world.slack.as(lost).modal(`@${won} was faster`);
      expect(told.text()).toContain(terms[lost]);
      await (await dmOf(world, 'robin')).waitFor(`Race Ltd. @${won}: counter-offer.`);
    });
  });
}

describe('on one instance', () => deliveriesOn(1));
describeOnPostgres('on two instances with one PostgreSQL', () => deliveriesOn(2));
