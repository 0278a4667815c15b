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

  test('stays as it is while the deal does not change, and is edited in place where the deal changes', async () => {
    world.begin();
    await world.show('D1', [root(), reply('transcript')]);
    await world.settled();
    await world.show('D1', [root('decided'), reply('transcript')]);
    await world.settled();

    expect(await world.seen('D1')).toEqual(['root decided', 'reply transcript']);
    expect(await world.calls('chat.postMessage')).toHaveLength(2);
    expect(await world.calls('chat.update')).toHaveLength(1);
  });

  test('a win is posted so that the channel shows it, and only edited where it stands', async () => {
    world.begin();
    const win = (words: string) => reply('outcome:1', words, { broadcast: true });
    await world.show('D1', [root(), reply('transcript'), win('back')]);
    await world.settled();
    await world.show('D1', [root(), reply('transcript'), win('opened again')]);
    await world.settled();

    expect(await world.seen('D1')).toEqual(['root summary', 'reply transcript', 'reply opened again']);
    expect((await world.standing('D1', 'outcome:1')).map(({ broadcast }) => broadcast)).toEqual([true]);
    expect((await world.standing('D1', 'transcript')).map(({ broadcast }) => broadcast)).toEqual([undefined]);
    expect(await world.calls('chat.postMessage')).toHaveLength(3);
  });

  test.each(['cant_broadcast_message', 'restricted_action_thread_only_channel'])(
    'a win that Slack refuses for the channel, %s, stands in the thread alone',
    async (error) => {
      world.begin();
      await world.show('D1', [root()]);
      await world.settled();
      await world.faults({ method: 'chat.postMessage', times: 1, effect: { do: 'error', error } });
      await world.show('D1', [root(), reply('outcome:1', 'back', { broadcast: true }), reply('after')]);
      await world.settled();

      expect(await world.seen('D1')).toEqual(['root summary', 'reply back', 'reply after']);
      expect((await world.standing('D1', 'outcome:1')).map(({ broadcast }) => broadcast)).toEqual([
        undefined,
      ]);
    },
  );

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

  test('all deals are shown, also more than the reconciler works on at once and those that change meanwhile', async () => {
    const deals = Array.from({ length: 12 }, (_, number) => `D${number + 1}`);
    for (const deal of deals) await world.show(deal, [root(deal)]);
    const { wake } = world.begin({ concurrency: 2 });
    // A wake while every worker is busy must not keep the loop from noticing that one has finished.
    for (const deal of deals) await world.show(deal, [root(`${deal} changed`)]);
    wake();
    await world.settled();

    for (const deal of deals) expect(await world.seen(deal)).toEqual([`root ${deal} changed`]);
  });

  test('posts go before edits, because only posts alert people', async () => {
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

  test('an overtaken notification is dropped if it was not posted yet, and edited if it was', async () => {
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

  test('that the deal wants, drops before it is posted and wants again is posted once', async () => {
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

  test('says the least in a public channel and everything in a private one', async () => {
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
  ])('begins in full, because it waits until Slack can say who reads the channel (%j)', async (effect) => {
    await world.faults({ method: 'conversations.info', times: 2, effect });
    world.begin();
    await world.show('D1', (_deal, privacy) => [root(privacy), reply('transcript')]);
    await world.settled();

    expect(await world.seen('D1')).toEqual(['root full', 'reply transcript']);
    expect(await world.calls('chat.update')).toEqual([]);
  });

  test('says the least if Slack refuses to say who reads the channel', async () => {
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

  test('shows what is due, because the reconciler records that before it renders', async () => {
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

  test('gets the words of a new release only where the deal changes', async () => {
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

  test('shows the latest state of a deal that changed and changed back around a crash', async () => {
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

  test('of a closed deal shows how it was closed, and never the words of a new release', async () => {
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

describe('a message that people delete', () => {
  const ask = anAsk({ id: 3, addressedBy: 3, manager: MANAGER });

  const deleteMessage = async (key: string) => {
    const [message] = await world.standing('D1', key);
    if (!message) throw new Error(`${key} is not in Slack`);
    await world.admin({ do: 'delete_message', channel: message.channel, ts: message.ts });
    return message;
  };

  test('stays deleted, whether Slack reports it or an edit finds out', async () => {
    world.begin();
    await world.show('D1', [root(), reply('transcript'), reply('question:5')]);
    await world.settled();
    const transcript = await deleteMessage('transcript');
    await world.store.work.markGone(
      { enterpriseId: '', teamId: 'T000BRIGHT' },
      transcript.channel,
      transcript.ts,
    );
    await deleteMessage('question:5');
    await world.show('D1', [root(), reply('transcript'), reply('question:5', 'answered')]);
    await world.settled();
    await world.show('D1', [root(), reply('transcript', 'more'), reply('question:5', 'answered twice')]);
    await world.settled();

    expect(await world.seen('D1')).toEqual(['root summary']);
  });

  test('is posted again if it is the pending ask', async () => {
    world.begin();
    const slots = [root(), reply('ask:3:UM'), direct('ask-dm:3:UM', MANAGER)];
    await world.show('D1', slots, { ask });
    await world.settled();
    for (const key of ['ask:3:UM', 'ask-dm:3:UM']) {
      const { channel, ts } = await deleteMessage(key);
      await world.store.work.markGone({ enterpriseId: '', teamId: 'T000BRIGHT' }, channel, ts);
    }
    await world.settled();

    expect((await world.seen('D1')).sort()).toEqual(['dm ask-dm:3:UM', 'reply ask:3:UM', 'root summary']);
  });

  test('begins a new thread with summary, transcript and pending ask if it is the root', async () => {
    world.begin();
    const slots = [root(), reply('transcript'), reply('ask:3:UM'), reply('question:5')];
    await world.show('D1', slots, { ask });
    await world.settled();
    const old = await deleteMessage('summary');
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
    'begins a new thread also if an edit finds out that the root is gone (%s)',
    async (error) => {
      world.begin();
      await world.show('D1', [root(), reply('transcript')]);
      await world.settled();
      const old = await deleteMessage('summary');
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

  test('begins no new thread if it is still there and Slack only refuses to change it', async () => {
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

  test('begins no new thread if the deal is closed', async () => {
    world.begin();
    await world.show('D1', [root(), reply('transcript')]);
    await world.settled();
    const { channel, ts } = await deleteMessage('summary');
    await world.store.work.markGone({ enterpriseId: '', teamId: 'T000BRIGHT' }, channel, ts);
    await world.show('D1', [root('closed'), reply('transcript'), reply('closed:1')], { stage: 'closed' });
    await world.settled();

    expect(await world.standing('D1', 'summary')).toEqual([]);
    expect(await world.standing('D1', 'closed:1')).toEqual([]);
  });
});

describe('a place that cannot be written to', () => {
  test('the bot joins a public channel and posts the thread there', async () => {
    world.channel = 'C0000SALES';
    world.begin();
    await world.show('D1', [root(), reply('transcript')]);
    await world.settled();

    expect(await world.standing('D1', 'transcript')).toHaveLength(1);
  });

  test('an archived channel: direct messages go out, the rep gets one notice, and the thread follows later', async () => {
    await world.admin({ do: 'archive_channel', channel: PRIVATE, archived: true });
    world.begin();
    await world.show('D1', [root(), reply('ask:3:UM'), direct('ask-dm:3:UM', MANAGER)]);
    await world.show('D2', [root()]);
    await world.settled();

    const [notice, ...others] = await world.notices();
    expect(notice?.text).toContain(", so your deal's thread is on hold");
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

  test('a direct message that the deal wants while its thread waits for the channel goes out', async () => {
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

  test('a direct message goes out although the channel of the thread has a rate limit', async () => {
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

  test('the thread begins in another channel that somebody chooses while the first one is tried', async () => {
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

  test('the message to a person who left is dropped, and the rest goes out', async () => {
    await world.admin({ do: 'deactivate', user: 'maya' });
    world.begin();
    await world.show('D1', [root(), direct('ask-dm:3:UM', MANAGER), direct('resume:1', REP)]);
    await world.settled();

    expect(await world.seen('D1')).toEqual(['root summary', 'dm resume:1']);
    expect(world.reconciler.status().counts.dropped).toBe(1);
  });

  test('an ask that Slack refuses to deliver by direct message is tried once, and the thread mentions them', async () => {
    await world.admin({ do: 'deactivate', user: 'maya' });
    const asked: string[][] = [];
    world.begin({
      renderUnreached: async (_deal, refused) => {
        asked.push([...refused]);
        return refused.map((key) => reply(`unreached-dm:${key}`));
      },
    });
    const ask = anAsk({ id: 3, addressedBy: 3, manager: MANAGER });
    await world.show('D1', [root(), reply('ask:3:UM'), direct('ask-dm:3:UM', MANAGER)], { ask });
    await world.settled();

    expect(await world.calls('conversations.open')).toHaveLength(1);
    expect(await world.seen('D1')).toEqual([
      'root summary',
      'reply ask:3:UM',
      'reply unreached-dm:ask-dm:3:UM',
    ]);
    expect(asked.at(-1)).toEqual(['ask-dm:3:UM']);
  });

  test('the bot invites the manager to the private channel before it posts the ask', async () => {
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
