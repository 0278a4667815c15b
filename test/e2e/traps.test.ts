/** Traps that catch Slack apps out in production (see the sandbox's own traps), and Lostdeal's answer to each. */
import type { ModalView } from '@slack/types';
import { WebClient } from '@slack/web-api';
import type { DeliveryFault, Fault, MessageHandle, Traffic } from 'slack-sandbox';
import { beginCall, tapThrough } from '../../scripts/play';
import { type FrontDoor, openFrontDoor } from './support/reverseProxy';
import { allAbout, asked, beginning, detailsOf, LOST_DEALS, noteCall, summaryOf } from './support/shortcuts';
import { startWorld, type World } from './support/world';

let world: World;
let client: WebClient;
beforeAll(async () => {
  world = await startWorld({
    realAckTimeout: true,
    timing: { callTimeoutMs: 400, settleMs: 100, duplicateMs: 500, pollMs: 100, backoffMs: 20 },
  });
  client = new WebClient(world.sandbox.botToken, { slackApiUrl: world.sandbox.apiUrl });
});
afterEach(() => world.slack.faults());
afterAll(() => world.stop());

const faults = (...pending: readonly (Fault | DeliveryFault)[]) => world.slack.faults(...pending);
const room = () => world.slack.as('robin').channel(LOST_DEALS);
/** Roots of a deal's thread; more than one is a double post. */
const roots = async (account: string) =>
  (await allAbout(room(), account)).filter((text) => text.startsWith(`${account}  ·  `));

const attempt = (name: string, number: number, words: string) => (entry: Traffic) =>
  entry.kind === 'delivery' &&
  entry.name === name &&
  entry.attempt === number &&
  entry.outcome === 'acked' &&
  JSON.stringify(entry.payload).includes(words);

/** The number of times that the deal keeps these words. */
async function times(account: string, words: string, { slack } = world): Promise<number> {
  await (await detailsOf({ slack }, account)).click('Show all');
  const all = await slack.as('robin').modal('All that was kept');
  const count = all.text().split(words).length - 1;
  await all.closeAll();
  return count;
}

describe('1. an ack that was lost', () => {
  it('of a submission: the rep sees that it failed, sends it again, and there is one deal', async () => {
    const rep = world.slack.as('robin');
    await rep.slash('/lostdeal Ackless');
    const intake = await rep.modal('New business or a customer?');
    await intake.fill({ 'New business or a customer?': "New business we didn't win" });
    await faults({ delivery: 'interactive', times: 1, effect: { do: 'lose_ack' } });
    expect((await intake.submit()).delivery).toBe('timeout');
    expect(intake.failure).toContain('Try again?');
    await intake.submit();
    await (await rep.modal('Thank you')).closeAll();
    await rep.slash('/lostdeal list');
    const list = await rep.modal('Ackless');
    expect(list.text().split('Ackless')).toHaveLength(2);
    await list.closeAll();
  });
});

describe('1. a 404 of the proxy that lost its way to Lostdeal', () => {
  let behind: World;
  let door: FrontDoor;
  beforeAll(async () => {
    behind = await startWorld({ delivery: 'http', realAckTimeout: true });
    door = await openFrontDoor(behind.lostdeal.port);
    await behind.sandbox.setRequestUrl(`${door.url}/slack/events`);
  });
  afterAll(async () => {
    await behind.stop();
    await door.stop();
  });

  it('is no ack: of a command the rep sees that it failed, and what was said in a thread comes again', async () => {
    const { slack } = behind;
    const rep = slack.as('robin');
    await noteCall(behind, 'Pathless');
    const summary = await summaryOf(behind, 'Pathless');

    door.lead(false);
    expect((await rep.slash('/lostdeal list')).delivery).toBe('failed');
    await rep.waitForNotice('dispatch_failed');
    await summary.reply('They moved offices');
    await slack.waitForTraffic(
      'a retry that leads nowhere',
      (entry) =>
        entry.kind === 'delivery' &&
        entry.attempt === 1 &&
        entry.outcome === 'failed' &&
        JSON.stringify(entry.payload).includes('They moved offices'),
    );

    door.lead(true);
    await slack.clock.advance(60_000);
    await slack.waitForTraffic('a retry that arrives', attempt('message', 2, 'They moved offices'));
    await behind.settled();
    expect(await times('Pathless', 'They moved offices', behind)).toBe(1);
    await rep.slash('/lostdeal list');
    await (await rep.modal('Pathless')).closeAll();
  });
});

describe('2. a trigger that is too old', () => {
  it('of a command: the rep reads that they should type it once more', async () => {
    const rep = world.slack.as('robin');
    const { deals } = world.lostdeal.coach.store;
    const openOfRep = deals.openOfRep.bind(deals);
    // The database takes so long that the trigger has aged past its three seconds when the screen is opened.
    jest.spyOn(deals, 'openOfRep').mockImplementationOnce(async (...args) => {
      await world.slack.clock.advance(3_500);
      return openOfRep(...args);
    });
    await rep.slash('/lostdeal list', { in: LOST_DEALS });
    await world.slack.waitForTraffic(
      'screen that Slack refused',
      (entry) => entry.kind === 'call' && entry.response.error === 'expired_trigger_id',
    );
    const told = await room().waitFor('Type /lostdeal once more');
    expect(told.ephemeral).toBe(true);
    await rep.slash('/lostdeal list', { in: LOST_DEALS });
    await (await rep.modal()).closeAll();
  });
});

describe('3. an event that comes again', () => {
  const replyTo = async (account: string, words: string, fault: DeliveryFault['effect']) => {
    await noteCall(world, account);
    const summary = await summaryOf(world, account);
    // Otherwise the fault would meet the echo of a post that is still under way.
    await world.settled();
    await faults({ delivery: 'message', times: 1, effect: fault });
    await summary.reply(words);
    await world.slack.waitForTraffic(`retry of "${words}"`, attempt('message', 1, words));
    await world.settled();
  };

  it('because its ack was lost is kept once', async () => {
    await replyTo('Twice', 'They called me back', { do: 'lose_ack' });
    expect(await times('Twice', 'They called me back')).toBe(1);
  });

  it('at the same moment, as two, is kept once', async () => {
    await replyTo('Doubled', 'They wrote to me', { do: 'twice' });
    expect(await times('Doubled', 'They wrote to me')).toBe(1);
  });

  it('and is first seen as a retry is kept', async () => {
    await replyTo('Retried', 'They sent a letter', { do: 'lose' });
    expect(await times('Retried', 'They sent a letter')).toBe(1);
  });
});

it('4. words that people write while Slack renews the socket arrive afterwards', async () => {
  await noteCall(world, 'Gap');
  const summary = await summaryOf(world, 'Gap');
  await world.settled();
  await faults({ delivery: 'message', times: 2, effect: { do: 'lose' } });
  await world.slack.admin({ do: 'disconnect_sockets', reason: 'refresh_requested' });
  await summary.reply('Said in between');
  await world.slack.waitForTraffic(
    'the first retry',
    (entry) =>
      entry.kind === 'delivery' &&
      entry.attempt === 1 &&
      JSON.stringify(entry.payload).includes('Said in between'),
  );
  await world.slack.connected();
  await world.slack.clock.advance(60_000);
  await world.slack.waitForTraffic('the second retry', attempt('message', 2, 'Said in between'));
  await world.settled();
  expect(await times('Gap', 'Said in between')).toBe(1);
});

describe('5. a post whose reply was lost', () => {
  it('stands once: it is recognised when it comes back as an event', async () => {
    await faults({ method: 'chat.postMessage', times: 1, effect: { do: 'drop_reply' } });
    await noteCall(world, 'Unheard');
    await summaryOf(world, 'Unheard');
    await world.settled();
    expect(await roots('Unheard')).toHaveLength(1);
  });

  it('stands once, even if Slack posted it twice and reported neither', async () => {
    await faults(
      { method: 'chat.postMessage', times: 1, effect: { do: 'twice' } },
      { delivery: 'message', times: 2, effect: { do: 'lose' } },
    );
    await noteCall(world, 'Twins');
    await summaryOf(world, 'Twins');
    await room().waitFor(beginning('Twins (', 'would have'));
    await world.settled();
    expect(await roots('Twins')).toHaveLength(1);
  });
});

it('6. told to wait, it waits, and then everything is there', async () => {
  await faults({ method: 'chat.postMessage', times: 2, effect: { do: 'rate_limit', retryAfter: 1 } });
  await noteCall(world, 'Patience');
  await summaryOf(world, 'Patience');
  await room().waitFor(beginning('Patience (', 'would have'));
  expect(await roots('Patience')).toHaveLength(1);
});

describe('7. a screen that changed meanwhile', () => {
  it('is shown as the deal now is', async () => {
    const rep = world.slack.as('robin');
    await beginCall(rep, 'Hash');
    const before = await tapThrough(rep, ['submit', 'submit', 'submit']);
    const { deals } = world.lostdeal.coach.store;
    const commit = deals.commit.bind(deals);
    // Another request changes the screen between the tap and our answer, so the hash in the tap is an old one.
    jest.spyOn(deals, 'commit').mockImplementationOnce(async (change) => {
      const result = await commit(change);
      const { type, title, submit, blocks, callback_id, private_metadata } = before.view as ModalView;
      const view = { type, title, submit, blocks, callback_id, private_metadata } as ModalView;
      await client.views.update({ view_id: before.id, view });
      return result;
    });
    await before.click('No');
    await world.slack.waitForTraffic(
      'refused update',
      (entry) => entry.kind === 'call' && entry.response.error === 'hash_conflict',
    );
    await (await rep.modal(/changed/u)).closeAll();
  });

  it('never stacks a fourth one: each screen on the way fits', async () => {
    const rep = world.slack.as('robin');
    await noteCall(world, 'Deep');
    const details = await detailsOf(world, 'Deep');
    await details.click('Show all');
    await rep.modal('All that was kept');
    expect((await rep.view()).modals.length).toBeLessThanOrEqual(3);
    await (await rep.modal()).closeAll();
  });
});

it('8. its own posts, which come back as events, are nobody’s words', async () => {
  const ask: MessageHandle = await asked(world, 'Echo');
  await world.slack.waitForTraffic(
    'echo of the ask',
    (entry) =>
      entry.kind === 'delivery' && entry.name === 'message' && JSON.stringify(entry.payload).includes(ask.ts),
  );
  await world.settled();
  const details = await detailsOf(world, 'Echo');
  expect(details.text()).not.toContain('@lostdeal');
  expect(details.text()).not.toContain('would have');
  await details.closeAll();
});

it('9. it finds its posts in history by their metadata, which it asks for in full', async () => {
  await faults(
    { method: 'chat.postMessage', times: 1, effect: { do: 'drop_reply' } },
    { delivery: 'message', times: 10, effect: { do: 'lose' } },
  );
  await noteCall(world, 'Searched');
  await summaryOf(world, 'Searched');
  const call = await world.slack.waitForTraffic(
    'look into history',
    (entry) => entry.kind === 'call' && entry.method === 'conversations.history',
  );
  expect(call).toMatchObject({ args: { include_all_metadata: 'true' } });
  await room().waitFor(beginning('Searched (', 'would have'));
  expect(await roots('Searched')).toHaveLength(1);
});

it('10. half an hour later, and at the sixth tap, its messages still answer: none needs a response URL', async () => {
  const ask = await asked(world, 'Patient');
  await world.slack.clock.advance(31 * 60_000);
  const manager = world.slack.as('maya');
  for (let tap = 1; tap <= 6; tap += 1) {
    await ask.click('Decline');
    await (await manager.modal('Decline')).closeAll();
  }
  await ask.click('Match it');
  const match = await manager.modal("Here's what we can do for you: …");
  await match.fill({ "Here's what we can do for you: …": 'Ninety days to pay' });
  await match.submit();
  await ask.waitFor('Maya Lindqvist decided: match');
});

it('11. a command does not wait for Slack’s API: nothing is asked before its screen is opened', async () => {
  await faults({ method: 'auth.test', times: 5, effect: { do: 'hang', ms: 3_000 } });
  const before = (await world.slack.traffic()).at(-1)?.seq ?? 0;
  const rep = world.slack.as('robin');
  const taken = await rep.slash('/lostdeal Away');
  expect(taken.delivery).toBe('acked');
  await (await rep.modal('Away')).closeAll();
  const calls = (await world.slack.traffic(before)).flatMap((entry) =>
    entry.kind === 'call' ? [entry.method] : [],
  );
  expect(calls[0]).toBe('views.open');
  expect(calls).not.toContain('auth.test');
});
