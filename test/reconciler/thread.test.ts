import type { Fault } from 'slack-sandbox';
import { anAsk } from '../store/builder';
import { direct, reply, root } from './slots';
import { deathAt, MANAGER, openWorld, PRIVATE, PUBLIC, REP, TENANT, type World } from './world';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.dispose());

describe('a deal’s thread', () => {
  test('is posted in order: root, replies beneath it, direct messages', async () => {
    world.begin();
    await world.show('D1', [root(), reply('transcript'), reply('ask:3:U1'), direct('ask-dm:3', MANAGER)]);
    await world.settled();

    const seen = await world.seen('D1');
    expect(seen.filter((line) => !line.startsWith('dm'))).toEqual([
      'root summary',
      'reply transcript',
      'reply ask:3:U1',
    ]);
    expect(seen).toContain('dm ask-dm:3');
  });

  test('is left alone while nothing in it changes, and edited in place where it does', async () => {
    world.begin();
    await world.show('D1', [root(), reply('transcript')]);
    await world.settled();
    await world.show('D1', [root('decided'), reply('transcript')]);
    await world.settled();

    expect(await world.seen('D1')).toEqual(['root decided', 'reply transcript']);
    expect(await world.calls('chat.postMessage')).toHaveLength(2);
    expect(await world.calls('chat.update')).toHaveLength(1);
  });

  test('ten quick changes cost one update', async () => {
    world.begin();
    await world.show('D1', [root('0')]);
    await world.settled();
    await world.reconciler.stop();
    for (let change = 1; change <= 10; change++) await world.show('D1', [root(String(change))]);
    world.begin();
    await world.settled();

    expect(await world.seen('D1')).toEqual(['root 10']);
    expect(await world.calls('chat.update')).toHaveLength(1);
  });

  test('more deals than are worked on at once, and changes meanwhile, all get theirs', async () => {
    const deals = Array.from({ length: 12 }, (_, number) => `D${number + 1}`);
    for (const deal of deals) await world.show(deal, [root(deal)]);
    const { wake } = world.begin({ concurrency: 2 });
    // A wake while nobody is free must not keep the loop from letting anybody finish.
    for (const deal of deals) await world.show(deal, [root(`${deal} changed`)]);
    wake();
    await world.settled();

    for (const deal of deals) expect(await world.seen(deal)).toEqual([`root ${deal} changed`]);
  });

  test('posts go before edits, as only posts alert anybody', async () => {
    world.begin();
    await world.show('D1', [root(), reply('transcript')]);
    await world.settled();
    const [before] = (await world.calls('chat.postMessage')).slice(-1);
    await world.show('D1', [root('asked'), reply('transcript', 'more'), reply('ask:3:U1')]);
    await world.settled();

    const [posted] = (await world.calls('chat.postMessage')).slice(-1);
    const [edited] = await world.calls('chat.update');
    expect(posted?.seq).toBeGreaterThan(before?.seq ?? Number.POSITIVE_INFINITY);
    expect(edited?.seq).toBeGreaterThan(posted?.seq ?? Number.POSITIVE_INFINITY);
  });

  test('a notification that was overtaken before it was posted is dropped; one that stands is edited', async () => {
    world.begin();
    await world.show('D1', [root(), reply('nudge:4')]);
    await world.settled();
    await world.show('D1', [
      root(),
      reply('nudge:4', 'see below', { overtaken: true }),
      reply('nudge:5', 'nudge:5', { overtaken: true }),
      reply('nudge:6'),
    ]);
    await world.settled();

    expect(await world.seen('D1')).toEqual(['root summary', 'reply see below', 'reply nudge:6']);
  });

  test('that was taken back before it was posted, and is wanted again, is posted once', async () => {
    await world.faults({ method: 'chat.postMessage', times: 1, effect: { do: 'http_500' } });
    world.begin();
    await world.show('D1', [root(), reply('transcript')]);
    await world.calls('chat.postMessage');
    await world.show('D1', []);
    await world.settled();
    expect(await world.seen('D1')).toEqual([]);

    await world.show('D1', [root('another try'), reply('transcript')]);
    await world.settled();
    expect(await world.seen('D1')).toEqual(['root another try', 'reply transcript']);
    expect(await world.calls('chat.postMessage')).toHaveLength(3);
  });

  test('says no more than a public channel may hear', async () => {
    world.channel = PUBLIC;
    world.begin();
    await world.show('D1', (_deal, privacy) => [root(privacy)]);
    await world.settled();
    world.channel = PRIVATE;
    await world.show('D2', (_deal, privacy) => [root(privacy)]);
    await world.settled();

    expect(await world.seen('D1')).toEqual(['root short']);
    expect(await world.seen('D2')).toEqual(['root full']);
    expect(await world.calls('conversations.info')).toHaveLength(2);
  });

  test.each<Fault['effect']>([
    { do: 'http_500' },
    { do: 'rate_limit', retryAfter: 2 },
    { do: 'error', error: 'internal_error' },
    { do: 'drop_reply' },
  ])('is not begun with too few words while Slack cannot tell who reads the channel (%j)', async (effect) => {
    await world.faults({ method: 'conversations.info', times: 2, effect });
    world.begin();
    await world.show('D1', (_deal, privacy) => [root(privacy), reply('transcript')]);
    await world.settled();

    expect(await world.seen('D1')).toEqual(['root full', 'reply transcript']);
    expect(await world.calls('chat.update')).toEqual([]);
  });

  test('says the least where Slack refuses to tell who reads the channel', async () => {
    await world.faults({
      method: 'conversations.info',
      times: 9,
      effect: { do: 'error', error: 'missing_scope' },
    });
    world.begin();
    await world.show('D1', (_deal, privacy) => [root(privacy)]);
    await world.settled();

    expect(await world.seen('D1')).toEqual(['root short']);
  });

  test('records what is due before it is rendered', async () => {
    const ticked: string[] = [];
    world.begin({
      tick: async (_tenant, id) => {
        ticked.push(id);
        await world.show(id, [root('nudged')]);
      },
    });
    await world.show('D1', [root()], {}, world.clock.now() + 60_000);
    await world.settled();
    expect(ticked).toEqual([]);

    world.clock.advance(60_001);
    await world.settled();
    expect(ticked).toEqual(['D1']);
    expect(await world.seen('D1')).toEqual(['root nudged']);
  });

  test('is not rewritten by a new release, but where the deal changes', async () => {
    world.begin();
    await world.show('D1', [root(), reply('transcript')]);
    await world.settled();
    await world.reconciler.stop();

    world.release('D1', [root('summary, said better'), reply('transcript', 'transcript, said better')]);
    world.begin();
    await world.store.work.touch(TENANT, 'D1');
    await world.settled();
    expect(await world.seen('D1')).toEqual(['root summary', 'reply transcript']);

    await world.show('D1', [root('decided, said better'), reply('transcript', 'transcript, said better')]);
    await world.settled();
    expect(await world.seen('D1')).toEqual(['root decided, said better', 'reply transcript']);
  });

  test('that changes and changes back while a pass was broken off shows how it is', async () => {
    const death = deathAt('edit.after_saved');
    world.begin();
    await world.show('D1', [root('asked')]);
    await world.settled();
    await world.reconciler.stop();
    world.begin({ crashPoint: death.crashPoint });
    await world.show('D1', [root('decided')]);
    await death.reached;
    await world.die();
    expect(await world.seen('D1')).toEqual(['root decided']);

    await world.show('D1', [root('asked')]);
    world.begin();
    await world.settled();
    expect(await world.seen('D1')).toEqual(['root asked']);
  });

  test('of a closed deal is not rewritten by a new release, but shows how it was closed', async () => {
    world.begin();
    await world.show('D1', [root('open')]);
    await world.settled();
    await world.show('D1', [root('closed')], { stage: 'closed' });
    await world.settled();
    expect(await world.seen('D1')).toEqual(['root closed']);

    world.release('D1', [root('closed, said better'), reply('news')]);
    await world.store.work.touch({ enterpriseId: '', teamId: 'T000BRIGHT' }, 'D1');
    await world.settled();
    expect(await world.seen('D1')).toEqual(['root closed']);
  });
});

describe('messages that people delete', () => {
  const ask = anAsk({ id: 3, addressedBy: 3, manager: MANAGER });

  const remove = async (key: string) => {
    const [message] = await world.standing('D1', key);
    if (!message) throw new Error(`${key} does not stand`);
    await world.admin({ do: 'delete_message', channel: message.channel, ts: message.ts });
    return message;
  };

  test('stay gone, whether Slack tells us or an edit finds out', async () => {
    world.begin();
    await world.show('D1', [root(), reply('transcript'), reply('question:5')]);
    await world.settled();
    const transcript = await remove('transcript');
    await world.store.work.markGone(
      { enterpriseId: '', teamId: 'T000BRIGHT' },
      transcript.channel,
      transcript.ts,
    );
    await remove('question:5');
    await world.show('D1', [root(), reply('transcript'), reply('question:5', 'answered')]);
    await world.settled();
    await world.show('D1', [root(), reply('transcript', 'more'), reply('question:5', 'answered twice')]);
    await world.settled();

    expect(await world.seen('D1')).toEqual(['root summary']);
  });

  test('come back when they are the pending ask', async () => {
    world.begin();
    const slots = [root(), reply('ask:3:UM'), direct('ask-dm:3:UM', MANAGER)];
    await world.show('D1', slots, { ask });
    await world.settled();
    for (const key of ['ask:3:UM', 'ask-dm:3:UM']) {
      const { channel, ts } = await remove(key);
      await world.store.work.markGone({ enterpriseId: '', teamId: 'T000BRIGHT' }, channel, ts);
    }
    await world.settled();

    expect((await world.seen('D1')).sort()).toEqual(['dm ask-dm:3:UM', 'reply ask:3:UM', 'root summary']);
  });

  test('take the thread along when they are its root: a new one has summary, transcript and the pending ask', async () => {
    world.begin();
    const slots = [root(), reply('transcript'), reply('ask:3:UM'), reply('question:5')];
    await world.show('D1', slots, { ask });
    await world.settled();
    const old = await remove('summary');
    await world.store.work.markGone({ enterpriseId: '', teamId: 'T000BRIGHT' }, old.channel, old.ts);
    await world.settled();

    const summaries = await world.standing('D1', 'summary');
    expect(summaries).toHaveLength(1);
    const newRoot = summaries[0]?.ts;
    const inNew = async (key: string) =>
      (await world.standing('D1', key)).filter(({ threadTs }) => threadTs === newRoot).length;
    expect(await inNew('transcript')).toBe(1);
    expect(await inNew('ask:3:UM')).toBe(1);
    expect(await inNew('question:5')).toBe(0);

    await world.show('D1', [
      root(),
      reply('transcript'),
      reply('ask:3:UM', 'decided'),
      reply('question:5', 'x'),
    ]);
    await world.settled();
    expect((await world.standing('D1', 'question:5')).map(({ text }) => text)).toEqual(['question:5']);
    expect((await world.standing('D1', 'ask:3:UM')).map(({ text }) => text)).toEqual(['ask:3:UM', 'decided']);
  });

  test.each(['cant_update_message', 'message_not_found'])(
    'take the thread along too when only an edit of the root finds out (%s)',
    async (error) => {
      world.begin();
      await world.show('D1', [root(), reply('transcript')]);
      await world.settled();
      const old = await remove('summary');
      await world.faults({ method: 'chat.update', times: 1, effect: { do: 'error', error } });
      await world.show('D1', [root('decided'), reply('transcript')]);
      await world.settled();

      const [summary, ...others] = await world.standing('D1', 'summary');
      expect(summary?.text).toBe('decided');
      expect(summary?.ts).not.toBe(old.ts);
      expect(others).toEqual([]);
      const replies = await world.standing('D1', 'transcript');
      expect(replies.map(({ threadTs }) => threadTs)).toEqual([old.ts, summary?.ts]);
    },
  );

  test('begin no new thread when a message that stands cannot be changed', async () => {
    world.begin();
    await world.show('D1', [root(), reply('transcript')]);
    await world.settled();
    await world.faults({
      method: 'chat.update',
      times: 1,
      effect: { do: 'error', error: 'cant_update_message' },
    });
    await world.show('D1', [root(), reply('transcript', 'more')]);
    await world.settled();

    expect(await world.seen('D1')).toEqual(['root summary', 'reply transcript']);
  });

  test('begin no new thread when the deal is closed', async () => {
    world.begin();
    await world.show('D1', [root(), reply('transcript')]);
    await world.settled();
    const { channel, ts } = await remove('summary');
    await world.store.work.markGone({ enterpriseId: '', teamId: 'T000BRIGHT' }, channel, ts);
    await world.show('D1', [root('closed'), reply('transcript'), reply('closed:1')], { stage: 'closed' });
    await world.settled();

    expect(await world.standing('D1', 'summary')).toEqual([]);
    expect(await world.standing('D1', 'closed:1')).toEqual([]);
  });
});

describe('places that cannot be written to', () => {
  test('a public channel is joined', async () => {
    world.channel = 'C0000SALES';
    world.begin();
    await world.show('D1', [root(), reply('transcript')]);
    await world.settled();

    expect(await world.standing('D1', 'transcript')).toHaveLength(1);
  });

  test('an archived channel: direct messages go out, the rep is told once, and the thread catches up later', async () => {
    await world.admin({ do: 'archive_channel', channel: PRIVATE, archived: true });
    world.begin();
    await world.show('D1', [root(), reply('ask:3:UM'), direct('ask-dm:3:UM', MANAGER)]);
    await world.show('D2', [root()]);
    await world.settled();

    const [notice, ...others] = await world.notices();
    expect(notice?.text).toContain("any more, so your deal's thread stands still");
    expect(others).toEqual([]);
    expect(await world.standing('D1', 'ask-dm:3:UM')).toHaveLength(1);
    expect(await world.standing('D1', 'summary')).toEqual([]);
    expect(world.reconciler.status().parked.map(({ why }) => why)).toEqual(['is_archived', 'is_archived']);

    await world.admin({ do: 'archive_channel', channel: PRIVATE, archived: false });
    world.clock.advance(5 * 60_000);
    await world.settled();
    expect(await world.standing('D1', 'ask:3:UM')).toHaveLength(1);
    expect(world.reconciler.status().parked).toEqual([]);
  });

  test('what comes while a deal is being held is not held with it', async () => {
    await world.admin({ do: 'archive_channel', channel: PRIVATE, archived: true });
    let met = false;
    world.begin({
      crashPoint: async (point) => {
        if (point !== 'rendered' || met) return;
        met = true;
        await world.show('D1', [root(), direct('ask-dm:3:UM', MANAGER)]);
      },
    });
    await world.show('D1', [root()]);
    await world.settled();

    expect(await world.standing('D1', 'ask-dm:3:UM')).toHaveLength(1);
    expect(await world.standing('D1', 'summary')).toEqual([]);
  });

  test('nor does it wait for a turn that a channel gives the rest', async () => {
    let met = false;
    world.begin({
      crashPoint: async (point) => {
        if (point !== 'post.after_call' || met) return;
        met = true;
        await world.show('D1', [root(), direct('ask-dm:3:UM', MANAGER)]);
      },
    });
    await world.faults({
      method: 'chat.postMessage',
      times: 1,
      effect: { do: 'rate_limit', retryAfter: 600 },
    });
    await world.show('D1', [root()]);
    const limited = world.clock.now();
    while ((await world.standing('D1', 'ask-dm:3:UM')).length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      world.clock.advance(100);
    }
    expect(world.clock.now() - limited).toBeLessThan(300_000);
    expect(await world.standing('D1', 'summary')).toEqual([]);
  });

  test('another channel is chosen while the first is tried: the thread begins there', async () => {
    await world.admin({ do: 'archive_channel', channel: PRIVATE, archived: true });
    let chosen = PRIVATE;
    world.begin({
      threadPlace: async () => ({ channel: chosen, publicThreads: 'full' }),
      crashPoint: async (point) => {
        if (point === 'post.after_call') chosen = PUBLIC;
      },
    });
    await world.show('D1', [root()]);
    await world.settled();

    const [summary] = await world.standing('D1', 'summary');
    expect(summary?.channel).toBe(PUBLIC);
  });

  test('a person who left is not waited for', async () => {
    await world.admin({ do: 'deactivate', user: 'maya' });
    world.begin();
    await world.show('D1', [root(), direct('ask-dm:3:UM', MANAGER), direct('resume:1', REP)]);
    await world.settled();

    expect(await world.seen('D1')).toEqual(['root summary', 'dm resume:1']);
    expect(world.reconciler.status().counts.dropped).toBe(1);
  });

  test('a manager who is not in the private channel is brought in before the ask', async () => {
    await world.admin({ do: 'remove_member', channel: PRIVATE, user: 'maya' });
    world.begin();
    await world.show('D1', [root(), reply('ask:3:UM')], {
      ask: anAsk({ id: 3, addressedBy: 3, manager: MANAGER }),
    });
    await world.settled();

    const [invited] = await world.calls('conversations.invite');
    const [, asked] = await world.calls('chat.postMessage');
    expect(invited?.response.ok).toBe(true);
    expect(asked?.seq).toBeGreaterThan(invited?.seq ?? Number.POSITIVE_INFINITY);
  });
});
