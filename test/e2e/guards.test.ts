/**
 * The screens that people see when they may not act, when they were too late or too quick, and when Slack or the
 * database says no.
 */
import type { MessageHandle, Modal } from 'slack-sandbox';
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
import { until } from './support/until';
import { startWorld, type World } from './support/world';

const MINUTE = 60_000;
const DECIDE = ['Match it', 'Counter', 'Decline', 'Ask Robin'];
const NOT_SAVED =
  /^(⚠ )?That didn't save\. Your words are still here, try again\. \(reference [0-9a-f]{8}\)$/u;

let world: World;
afterEach(() => jest.restoreAllMocks());

const rep = () => world.slack.as('robin');
const manager = () => world.slack.as('maya');

/** The ask as this person sees it in the thread. */
const askSeenBy = (person: string, account: string): Promise<MessageHandle> =>
  world.slack
    .as(person)
    .channel(LOST_DEALS)
    .waitFor(beginning(`${account} (`, 'would have'));

/** Waits until Lostdeal knows this person: picking a person makes it ask Slack. */
async function met(person: string): Promise<void> {
  const { people } = await world.slack.workspace();
  const id = people.find(({ name }) => name === person)?.id ?? '';
  const { store } = world.lostdeal.coach;
  const [{ tenant } = { tenant: { enterpriseId: '', teamId: '' } }] = await store.workspace.installations();
  await until(
    world.sandbox,
    `word of ${person}`,
    async () => (await store.workspace.person(tenant, id)) ?? undefined,
  );
}

async function fillCounter(person: string, terms: string): Promise<Modal> {
  const screen = await world.slack.as(person).modal('Make a counter-offer');
  return screen.fill({ "Here's what we can do for you: …": terms });
}

describe('in the private channel', () => {
  beforeAll(async () => {
    // One of them loses an event, which comes again after Slack's own time.
    world = await startWorld({ realAckTimeout: true });
  });
  afterAll(() => world.stop());

  describe('who may not', () => {
    it('a colleague who is not asked reads so in private, and decides nothing', async () => {
      await asked(world, 'Others Ltd');
      const ask = await askSeenBy('sam', 'Others Ltd');
      for (const button of DECIDE) {
        await ask.click(button);
        const notice = await world.slack.as('sam').modal('Not yours to decide');
        expect(notice.text()).toContain('Only @robin’s team can open this deal. Your view is welcome');
        expect(notice.text()).not.toContain('@maya');
        await notice.close();
      }
      await (await summaryOf(world, 'Others Ltd', 'sam')).click('Details');
      const details = await world.slack.as('sam').modal('Not for you to see');
      await details.close();
      await (await summaryOf(world, 'Others Ltd', 'sam')).click("They've signed");
      const signed = await world.slack.as('sam').modal('Only the rep of this deal or an admin can do this.');
      await signed.close();
      await world.settled();
      expect((await ask.latest()).buttons()).toEqual(DECIDE);
    });

    it('the rep cannot decide on their own deal', async () => {
      await asked(world, 'Own Ltd');
      await (await askSeenBy('robin', 'Own Ltd')).click('Match it');
      await (await rep().modal('Not yours to decide')).close();
    });

    it('nobody but the rep fills in or reports', async () => {
      await asked(world, 'Report Ltd');
      const details = await detailsOf(world, 'Report Ltd', 'maya');
      expect(details.buttons()).not.toContain("Fill in while it's fresh");
      await details.closeAll();
      await (await summaryOf(world, 'Report Ltd', 'maya')).click("They've signed");
      await (await manager().modal('Only @robin or an admin can do this.')).closeAll();
    });

    it('an admin who has never used the app can decide with the first click', async () => {
      await asked(world, 'Admin Ltd');
      await (await askSeenBy('dana', 'Admin Ltd')).click('Counter');
      const screen = await fillCounter('dana', 'Thirty days');
      await screen.submit();
      await world.slack.as('dana').noModal();
      await (await dmOf(world, 'robin')).waitFor('Admin Ltd. @dana: counter-offer.');
    });

    it.each([
      { who: 'robin', why: 'Nobody decides about a deal that was ever theirs. Name somebody else.' },
      { who: 'kim', why: "Kim Varga belongs to another workspace and can't decide." },
    ])('$who cannot be named to decide; the other notes stay on the screen', async ({ who, why }) => {
      const screen = await afterScreen(rep(), `Named ${who}`);
      await fillNotes(screen, {
        'How did it end?': 'Open to it, OK to ask',
        'What they liked most': 'Ninety days',
        'Who can say yes?': who,
      });
      await met(who);
      await screen.submit();
      expect(screen.errors()['Who can say yes?']).toContain(why);
      expect(screen.value('What they liked most')).toBe('Ninety days');
      await screen.fill({ 'Who can say yes?': 'maya' });
      await saveNaming(rep(), screen);
      await askSeenBy('maya', `Named ${who}`);
    });
  });

  describe('too late, or too quick', () => {
    it('of two managers one wins; the other reads who did, and sees their own typed words', async () => {
      await asked(world, 'Race Ltd');
      await (await askSeenBy('maya', 'Race Ltd')).click('Counter');
      await (await askSeenBy('dana', 'Race Ltd')).click('Counter');
      const [mayas, danas] = [
        await fillCounter('maya', 'Sixty days'),
        await fillCounter('dana', 'Forty days'),
      ];
      await mayas.submit();
      await manager().noModal();
      await danas.submit();
      const told = await world.slack.as('dana').modal("It's already decided. @maya was faster.");
      expect(told.title).toBe('Already decided');
      expect(told.text()).toContain("Here's what you typed:");
      expect(told.text()).toContain('Forty days');
      await told.close();
      const dm = await dmOf(world, 'robin');
      await dm.waitFor(saying('Race Ltd. @maya: counter-offer.', 'Sixty days'));
      expect(await allAbout(dm, 'Race Ltd. @dana: ')).toEqual([]);
    });

    it('at the same moment exactly one of them wins', async () => {
      await asked(world, 'Tie Ltd');
      await (await askSeenBy('maya', 'Tie Ltd')).click('Counter');
      await (await askSeenBy('dana', 'Tie Ltd')).click('Counter');
      const screens = [await fillCounter('maya', 'Sixty days'), await fillCounter('dana', 'Forty days')];
      await Promise.all(screens.map((screen) => screen.submit()));
      await world.settled();
      expect(await allAbout(await dmOf(world, 'robin'), 'Tie Ltd. @maya: ')).toHaveLength(1);
      const modals = await Promise.all(['maya', 'dana'].map((who) => world.slack.as(who).view()));
      expect(modals.map((view) => view.modals.length).sort()).toEqual([0, 1]);
      for (const who of ['maya', 'dana']) {
        const [open] = (await world.slack.as(who).view()).modals;
        if (open !== undefined) await (await world.slack.as(who).modal("Here's what you typed")).close();
      }
    });

    it('a modal of a withdrawn ask says so, and shows the typed words', async () => {
      const ask = await asked(world, 'Stale Ltd');
      await ask.click('Decline');
      const screen = await manager().modal("Here's why: …");
      await screen.fill({ "Here's why: …": 'Too dear for us' });
      await (await summaryOf(world, 'Stale Ltd')).click("They've signed");
      await ask.waitFor("They've signed with the other company.");
      await screen.submit();
      const told = await manager().modal("They've signed with somebody else. That ends the rescue.");
      expect(told.text()).toContain('Too dear for us');
      await told.close();
    });

    it('a modal of an ask that went to somebody else says so', async () => {
      const ask = await asked(world, 'Moved Ltd');
      await ask.click('Decline');
      const screen = await manager().modal("Here's why: …");
      await screen.fill({ "Here's why: …": 'Too dear for us' });
      const details = await detailsOf(world, 'Moved Ltd');
      await details.click('Change who decides');
      const naming = await rep().modal('Who decides?');
      await naming.fill({ Manager: 'dana' });
      await naming.submit();
      await rep().noModal();
      await screen.submit();
      const told = await manager().modal('Not yours to decide');
      expect(told.text()).toContain('Too dear for us');
      await told.close();
      await noteCall(world, 'Maya again', { how: "Wouldn't say" });
    });

    it('two taps on one answer move one screen on', async () => {
      await beginCall(rep(), 'Twice Ltd');
      const screen = await tapThrough(rep(), ['submit', 'submit', 'submit']);
      await Promise.all([screen.click('Yes'), screen.click('Yes')]);
      const next = await rep().modal('Have they signed');
      await world.settled();
      expect((await next.look()).text()).toContain('Have they signed');
      await (await tapThrough(rep(), ['Not yet', 'No'])).close();
      const transcript = await rep()
        .channel(LOST_DEALS)
        .waitFor(saying('Would have won it yes', 'Signed not yet'));
      expect(transcript.text().match(/Would have won it/gu)).toHaveLength(1);
    });

    it('the first screen sent twice starts one deal; an outcome sent twice is one', async () => {
      await rep().slash('/lostdeal Double Ltd');
      const intake = await rep().modal();
      await intake.fill({ 'New business or a customer?': "New business we didn't win" });
      await Promise.all([intake.submit(), intake.submit()]);
      await rep().modal('Thank you');
      await (await rep().modal()).closeAll();
      await rep().slash('/lostdeal list');
      const list = await rep().modal('Your open deals');
      expect(list.text().match(/Double Ltd/gu)).toHaveLength(1);
      await list.close();

      await asked(world, 'Twofold Ltd');
      await (await detailsOf(world, 'Twofold Ltd')).close();
      await (await askSeenBy('maya', 'Twofold Ltd')).click('Match it');
      const match = await manager().modal('Match their offer');
      await match.fill({ "Here's what we can do for you: …": 'Sixty days' });
      await Promise.all([match.submit(), match.submit()]);
      const told = await (await dmOf(world, 'robin')).waitFor('Twofold Ltd. @maya: ');
      await told.click('Won back');
      const won = await rep().modal('Twofold Ltd is back.');
      await Promise.all([won.submit(), won.submit()]);
      await rep().noModal();
      await world.settled();
      expect(await allAbout(rep().channel(LOST_DEALS), 'Twofold Ltd is back!')).toHaveLength(1);
      expect(await allAbout(await dmOf(world, 'robin'), 'Twofold Ltd. @maya: ')).toHaveLength(1);
    });

    it('an event that Slack delivers again is kept once', async () => {
      const ask = await asked(world, 'Again Ltd');
      await ask.reply('Kept only once');
      const delivery = await world.slack.waitForTraffic(
        'reply',
        (entry) =>
          entry.kind === 'delivery' &&
          entry.type === 'events_api' &&
          JSON.stringify(entry.payload).includes('Kept only once'),
      );
      await world.slack.admin({ do: 'redeliver', seq: delivery.seq });
      await world.slack.admin({ do: 'redeliver', seq: delivery.seq });
      await world.settled();
      expect(await allAbout(await dmOf(world, 'maya'), 'You wrote about Again Ltd')).toHaveLength(1);
      const details = await detailsOf(world, 'Again Ltd');
      await details.click('Show all');
      const all = await rep().modal('All that was kept');
      expect(all.text().match(/Kept only once/gu)).toHaveLength(1);
      await all.closeAll();
    });
  });

  describe('what is typed', () => {
    it('a past day or hour is refused at its input, until the rep picks a later one', async () => {
      const now = world.lostdeal.coach.clock.now();
      const DAY = 24 * 60 * MINUTE;
      await beginCall(rep(), 'Passed Ltd');
      const signing = await tapThrough(rep(), [
        'submit',
        'submit',
        'submit',
        'Yes',
        'Not yet',
        'Yes, check',
        'Nothing else',
      ]);
      const wrongYear = new Date(now - 365 * DAY).toISOString().slice(0, 10);
      await signing.fill({ 'When they plan to sign': wrongYear });
      await signing.submit();
      const passed = (what: string) => `That ${what} has passed. Pick a later one.`;
      expect(signing.errors()).toEqual({ 'When they plan to sign': passed('day') });
      expect(signing.value('When they plan to sign')).toBe(wrongYear);
      const promise = await tapThrough(rep(), [
        {
          type: { 'When they plan to sign': new Date(now + 5 * DAY).toISOString().slice(0, 10) },
          tap: 'submit',
        },
        'Another time…',
      ]);
      await promise.fill({ 'Call back by': new Date(now - 60 * MINUTE) });
      await promise.submit();
      expect(promise.errors()).toEqual({ 'Call back by': passed('time') });
      await promise.fill({ 'Call back by': new Date(now + 60 * MINUTE) });
      await promise.submit();
      // The call goes on; the app asks for the decider only if nobody has decided for this rep before.
      await (await rep().modal(/First, who decides\?|There's a heartbeat/u)).closeAll();
    });

    it.each(['lots', '12.34.56', '-5', '48k zzz'])(
      '"%s" is no amount: said at the input, all else stays',
      async (typed) => {
        const screen = await afterScreen(rep(), 'Amount Ltd');
        await fillNotes(screen, {
          'How did it end?': "Wouldn't say",
          'What is it worth?': typed,
          'Anything else worth keeping': 'My notes',
        });
        await screen.submit();
        expect(Object.keys(screen.errors())).toEqual(['What is it worth?']);
        expect(screen.value('What is it worth?')).toBe(typed);
        expect(screen.value('Anything else worth keeping')).toBe('My notes');
        await screen.closeAll();
      },
    );

    const ODD = [
      '<!channel> <@U000000SAM> <#C00GENERAL> @here',
      '*bold* _slanted_ ~struck~ `code` :tada: :+1:',
      '<https://example.com|a link> https://example.com &amp; & < >',
      '> quoted',
      '{prospect} [, {rep}] {won|kept}',
      'שלום \u202eabc\u202c 🎉 \u0000null',
    ].map((text) => text.replace('\u0000', ''));

    it('any text stands in thread, DM copy and details as typed', async () => {
      const words = ODD.join('\n');
      await noteCall(world, 'Odd *Ltd* <!here>', {
        heard: { 'What they liked most': words, 'What do you recommend?': words },
      });
      const room = manager().channel(LOST_DEALS);
      const ask = await room.waitFor(beginning('Odd *Ltd* <!here> (', 'would have'));
      const twin = await (await dmOf(world, 'maya')).waitFor(beginning('Odd *Ltd* <!here> ('));
      const transcript = await room.waitFor(beginning('They said', ODD[0] ?? ''));
      for (const message of [ask, twin, transcript]) {
        for (const line of ODD) expect(message.text()).toContain(line);
        expect(message.seen.text).not.toMatch(/<!channel>|<!here>|<@U000000SAM>|<https:/u);
      }
      const details = await detailsOf(world, 'Odd *Ltd* <!here>');
      for (const line of ODD) expect(details.text()).toContain(line);
      await details.close();
      await ask.click('Decline');
      const screen = await manager().modal("Here's why: …");
      await screen.fill({ "Here's why: …": words });
      await screen.submit();
      const decided = await room.waitFor(saying('Maya Lindqvist decided: decline', ODD.at(-1) ?? ''));
      for (const line of ODD) expect(decided.text()).toContain(line);
      // The rep reads it out, so it is on one line there.
      const told = await (await dmOf(world, 'robin')).waitFor('Odd *Ltd* <!here>. @maya: no.');
      expect(told.text()).toContain("Here's why: <!channel> <@U000000SAM> <#C00GENERAL> @here, *bold* ");
      expect(told.seen.text).not.toMatch(/<!channel>|<!here>|<@U000000SAM>|<https:/u);
    });
  });

  describe('when the database does not answer', () => {
    const failOnce = () =>
      jest.spyOn(world.lostdeal.coach.store.deals, 'commit').mockRejectedValueOnce(new Error('disk full'));

    it('on the call, every kind of screen says so, keeps the typed words, and works the second time', async () => {
      await rep().slash('/lostdeal Disk Ltd');
      const intake = await rep().modal();
      await intake.fill({ 'New business or a customer?': "A customer who's leaving" });
      failOnce();
      await intake.submit();
      expect(intake.errors().Account).toMatch(NOT_SAVED);
      expect(intake.value('Account')).toBe('Disk Ltd');
      await intake.submit();

      // A screen without inputs.
      const thanks = await rep().modal('Thanks and good wishes');
      failOnce();
      await thanks.submit();
      expect(
        thanks
          .text()
          .split('\n')
          .find((line) => line.startsWith('⚠')),
      ).toMatch(NOT_SAVED);
      expect(thanks.text()).toContain('Thanks and good wishes');
      await thanks.submit();

      // A screen with inputs, and the buttons beside them.
      const attraction = await rep().modal('What they liked most');
      expect(attraction.text()).not.toContain("didn't save");
      await attraction.fill({ 'What they liked most': 'Ninety days' });
      failOnce();
      await attraction.submit();
      expect(attraction.errors()['What they liked most']).toMatch(NOT_SAVED);
      expect(attraction.value('What they liked most')).toBe('Ninety days');
      failOnce();
      await attraction.click('Rather not say');
      await attraction.waitFor("That didn't save.");
      expect(attraction.value('What they liked most')).toBe('Ninety days');
      await attraction.submit();
      await (await rep().modal('The whole picture')).submit();

      // A screen of buttons.
      const question = await rep().modal('If we had offered that');
      failOnce();
      await question.click('No');
      await question.waitFor("That didn't save.");
      expect(question.buttons()).toEqual(expect.arrayContaining(['Yes', 'No', 'Not sure']));
      await question.click('No');
      const last = await rep().modal('What would have changed it');
      expect(last.text()).not.toContain("didn't save");
      await last.submit();
      await (await rep().modal('Nothing would have changed it')).close();
      await rep().channel(LOST_DEALS).waitFor(saying('They said Ninety days', 'Would have kept them no'));
    });

    it("the manager's decision: the input says so, the words stay, and the second try works", async () => {
      const ask = await asked(world, 'Disk Two Ltd');
      await ask.click('Decline');
      const screen = await manager().modal("Here's why: …");
      await screen.fill({ "Here's why: …": 'Too dear' });
      failOnce();
      await screen.submit();
      expect(screen.errors()["Here's why: …"]).toMatch(NOT_SAVED);
      expect(screen.value("Here's why: …")).toBe('Too dear');
      await screen.submit();
      await manager().noModal();
      await (await dmOf(world, 'robin')).waitFor('Disk Two Ltd. @maya: no.');
    });

    it('a button in a message: a small screen says so, and the second click works', async () => {
      await asked(world, 'Disk Three Ltd');
      const summary = await summaryOf(world, 'Disk Three Ltd');
      failOnce();
      await summary.click("They've signed");
      const notice = await rep().modal("That didn't save.");
      expect(notice.title).toBe('Not saved');
      await notice.close();
      await (await summary.latest()).click("They've signed");
      await summary.waitFor('they signed with the other company');
    });

    it('Slack sends an event that we could not keep again, and we keep it then', async () => {
      const ask = await asked(world, 'Disk Four Ltd');
      failOnce();
      await ask.reply('Thirty days, then');
      await (await dmOf(world, 'maya')).waitFor(
        saying('You wrote about Disk Four Ltd:', 'Thirty days, then'),
      );
    });
  });
});

describe('the channel', () => {
  afterEach(() => world.stop());

  it.each([
    {
      name: 'archived',
      breaks: () => world.slack.admin({ do: 'archive_channel', channel: LOST_DEALS, archived: true }),
      mends: () => world.slack.admin({ do: 'archive_channel', channel: LOST_DEALS, archived: false }),
    },
    {
      name: 'private, and the app was removed from it',
      breaks: () => world.slack.admin({ do: 'remove_member', channel: LOST_DEALS, user: 'lostdeal' }),
      mends: () => world.slack.admin({ do: 'add_member', channel: LOST_DEALS, user: 'lostdeal' }),
    },
  ])(
    '$name: the rep is told, the ask goes by message, the thread comes when it is mended',
    async ({ breaks, mends }) => {
      world = await startWorld();
      await breaks();
      await noteCall(world, 'Shut Ltd');
      const twin = await (await dmOf(world, 'maya')).waitFor(beginning('Shut Ltd (new) would have'));
      const told = await (await dmOf(world, 'robin')).waitFor("so your deal's thread is on hold.");
      expect(told.text()).toContain('Nothing you recorded is lost');
      await twin.click('Counter');
      await (await fillCounter('maya', 'Sixty days')).submit();
      await manager().noModal();
      await (await dmOf(world, 'robin')).waitFor('Shut Ltd. @maya: counter-offer.');
      expect(await allAbout(rep().channel(LOST_DEALS), 'Shut Ltd')).toEqual([]);

      await mends();
      const summary = await summaryOf(world, 'Shut Ltd');
      expect(summary.text()).toContain('Maya Lindqvist decided: counter');
      await summary.thread().waitFor('Maya Lindqvist decided: counter');
      expect(await allAbout(await dmOf(world, 'robin'), 'is on hold')).toHaveLength(1);
    },
  );

  it('archived while a deal stands in it: the same', async () => {
    world = await startWorld();
    const ask = await asked(world, 'Midway Ltd');
    await world.slack.admin({ do: 'archive_channel', channel: LOST_DEALS, archived: true });
    await (await (await dmOf(world, 'maya')).waitFor(beginning('Midway Ltd ('))).click('Counter');
    await (await fillCounter('maya', 'Sixty days')).submit();
    await (await dmOf(world, 'robin')).waitFor('Midway Ltd. @maya: counter-offer.');
    await (await dmOf(world, 'robin')).waitFor("so your deal's thread is on hold.");
    await world.slack.admin({ do: 'archive_channel', channel: LOST_DEALS, archived: false });
    await ask.waitFor('Maya Lindqvist decided: counter');
  });

  it('deleted: a message tells the rep, and rep and manager go on by direct message', async () => {
    world = await startWorld();
    await asked(world, 'Gone Ltd');
    await world.slack.admin({ do: 'delete_channel', channel: LOST_DEALS });
    await (await (await dmOf(world, 'maya')).waitFor(beginning('Gone Ltd ('))).click('Counter');
    await (await fillCounter('maya', 'Sixty days')).submit();
    const told = await (await dmOf(world, 'robin')).waitFor('Gone Ltd. @maya: counter-offer.');
    await (await dmOf(world, 'robin')).waitFor("so your deal's thread is on hold.");
    await told.click('Won back');
    await (await rep().modal('Gone Ltd is back.')).submit();
    await rep().noModal();
    await (await dmOf(world, 'robin')).waitFor('Gone Ltd is back. Words to welcome them:');
  });

  it('public, and the app is not in it: it joins', async () => {
    world = await startWorld({ channel: 'C0000SALES' });
    await noteCall(world, 'Join Ltd');
    await rep().channel('#sales').waitFor('Maya Lindqvist decides.');
  });

  it('private, and the manager is not in it: the app invites them before the ask', async () => {
    world = await startWorld();
    await world.slack.admin({ do: 'remove_member', channel: LOST_DEALS, user: 'maya' });
    await noteCall(world, 'Invite Ltd');
    const ask = await askSeenBy('maya', 'Invite Ltd');
    expect(ask.buttons()).toEqual(DECIDE);
  });

  it('private, and the app cannot invite the manager: the DM copy is enough', async () => {
    world = await startWorld();
    await world.slack.admin({ do: 'remove_member', channel: LOST_DEALS, user: 'maya' });
    await world.slack.faults({
      method: 'conversations.invite',
      times: 9,
      effect: { do: 'error', error: 'cant_invite' },
    });
    await noteCall(world, 'Alone Ltd');
    const twin = await (await dmOf(world, 'maya')).waitFor(beginning('Alone Ltd ('));
    await askSeenBy('robin', 'Alone Ltd');
    await twin.click('Counter');
    await (await fillCounter('maya', 'Sixty days')).submit();
    await (await dmOf(world, 'robin')).waitFor('Alone Ltd. @maya: counter-offer.');
  });
});

describe('in a public channel', () => {
  const ROOM = '#northlight-partners';
  beforeAll(async () => {
    world = await startWorld({ channel: 'C00PARTNER' });
  });
  afterAll(() => world.stop());

  const SECRETS = ['Secret', '48,000', 'Globex', 'Ines', 'Ninety', 'Sixty', 'Go along'];
  const everything = async () =>
    (await rep().channel(ROOM).messages()).map((m) => `${m.text()}\n${m.seen.text}`).join('\n');

  it('the thread says what happened and who acted, but no name, word, term or amount; Details does, for people who may see', async () => {
    await noteCall(world, 'Secret Ltd', {
      heard: {
        'What they liked most': 'Ninety days to pay',
        'What is it worth?': '48k',
        'Who did they choose?': 'Globex',
        'Who did you speak with?': 'Ines',
        'What do you recommend?': 'Go along',
      },
    });
    const ask = await manager().channel(ROOM).waitFor('Maya Lindqvist decides.');
    expect(ask.text()).toContain("They're open to it. Please decide by ");
    expect(ask.buttons()).toEqual([...DECIDE, 'Details']);
    await world.settled();
    for (const secret of SECRETS) expect(await everything()).not.toContain(secret);

    await ask.click('Details');
    const details = await manager().modal('The deal');
    for (const words of ['Secret Ltd  ·  new, $48,000', 'Ninety days to pay', 'Globex', 'Ines', 'Go along'])
      expect(details.text()).toContain(words);
    await details.close();
  });

  it('somebody of another workspace reads, and can neither decide nor see more', async () => {
    const kim = world.slack.as('kim');
    const ask = await kim.channel(ROOM).waitFor('Maya Lindqvist decides.');
    await ask.click('Match it');
    await (await kim.modal('Not yours to decide')).close();
    await ask.click('Details');
    const details = await kim.modal('Not for you to see');
    expect(details.text()).not.toContain('Secret');
    await details.close();
    await kim.post('We would match it', { in: ROOM, thread: ask.threadTs ?? ask.ts });
    await world.settled();
    const [root] = await rep().channel(ROOM).messages();
    await root?.click('Details');
    const deal = await rep().modal('The deal');
    await deal.click('Show all');
    expect((await rep().modal('All that was kept')).text()).not.toContain('We would match it');
    await (await rep().modal()).closeAll();
  });

  it('nor does the rest of its life', async () => {
    const ask = await manager().channel(ROOM).waitFor('Maya Lindqvist decides.');
    await ask.click('Ask Robin');
    const question = await manager().modal('What do you need to know?');
    await question.fill({ 'What do you need to know?': 'Is Ines the one who signs?' });
    await question.submit();
    await manager().channel(ROOM).waitFor('Maya Lindqvist asked the rep a question.');
    await ask.click('Counter');
    await (await fillCounter('maya', 'Sixty days')).submit();
    await manager().channel(ROOM).waitFor('Maya Lindqvist decided: counter');
    const told = await (await dmOf(world, 'robin')).waitFor('Secret Ltd. @maya: counter-offer.');
    expect(told.text()).toContain('Sixty days');
    await told.click('Won back');
    await (await rep().modal('Secret Ltd is back.')).submit();
    await rep().channel(ROOM).waitFor('Won back.');
    await world.settled();
    for (const secret of SECRETS) expect(await everything()).not.toContain(secret);
  });
});
