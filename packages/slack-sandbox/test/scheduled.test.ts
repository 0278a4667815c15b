/** Messages that the app schedules. */
import { codeOf, type Harness, startHarness } from './support/harness';

const CHANNEL = 'C0REQUESTS';
let harness: Harness;
beforeEach(async () => {
  harness = await startHarness();
});
afterEach(() => harness.stop());

/** So many seconds after the start of the sandbox, in epoch seconds. */
const secondsLater = (seconds: number) => Math.floor(harness.startedAt / 1000) + seconds;
const schedule = (post_at: number, more: object = {}) =>
  harness.web.chat.scheduleMessage({ channel: CHANNEL, text: 'later', post_at, ...more } as never);
const pending = async (args: object = {}) =>
  (await harness.web.chat.scheduledMessages.list(args)).scheduled_messages ?? [];

describe('a scheduled message', () => {
  it('is in the list until its time, and in the channel after that', async () => {
    const post_at = secondsLater(3600);
    const { scheduled_message_id: id, message } = await schedule(post_at);
    expect(message).toMatchObject({ type: 'delayed_message', text: 'later', bot_id: 'B0SANDBOX1' });
    expect(await pending()).toEqual([
      { id, channel_id: CHANNEL, post_at, date_created: expect.any(Number), text: 'later' },
    ]);
    const robin = harness.client.as('robin');
    await harness.client.clock.advance(3_590_000);
    await robin.channel('#requests').waitForNone('later');
    await harness.client.clock.advance(11_000);
    expect((await robin.channel('#requests').waitFor('later')).from).toBe('probe');
    expect(await pending()).toEqual([]);
  });

  it('can go into a thread', async () => {
    const { ts = '' } = await harness.web.chat.postMessage({ channel: CHANNEL, text: 'root' });
    await schedule(secondsLater(60), { thread_ts: ts });
    await harness.client.clock.advance(61_000);
    const { messages = [] } = await harness.web.conversations.replies({ channel: CHANNEL, ts });
    expect(messages.map((message) => message.text)).toEqual(['root', 'later']);
  });

  it('can be deleted until a minute before its time', async () => {
    const first = await schedule(secondsLater(120));
    const args = { channel: CHANNEL, scheduled_message_id: first.scheduled_message_id ?? '' };
    await harness.web.chat.deleteScheduledMessage(args);
    expect(await codeOf(harness.web.chat.deleteScheduledMessage(args))).toBe('invalid_scheduled_message_id');
    const second = await schedule(secondsLater(59));
    const late = { channel: CHANNEL, scheduled_message_id: second.scheduled_message_id ?? '' };
    expect(await codeOf(harness.web.chat.deleteScheduledMessage(late))).toBe('invalid_scheduled_message_id');
    await harness.client.clock.advance(60_000);
    await harness.client.as('robin').channel('#requests').waitFor('later');
  });

  it.each([
    ['in the past', -1, 'time_in_past'],
    ['over 120 days away', 121 * 86_400, 'time_too_far'],
  ])('cannot be %s', async (_when, seconds, code) => {
    expect(await codeOf(schedule(secondsLater(seconds)))).toBe(code);
  });

  it('needs a time, a text and a channel of the bot', async () => {
    expect(await codeOf(schedule('soon' as never))).toBe('invalid_time');
    const at = secondsLater(60);
    expect(await codeOf(schedule(at, { text: '' }))).toBe('no_text');
    expect(await codeOf(schedule(at, { channel: 'C0000SALES' }))).toBe('not_in_channel');
    expect(await codeOf(schedule(at, { channel: 'C404' }))).toBe('channel_not_found');
    expect(await codeOf(harness.web.chat.scheduledMessages.list({ channel: 'C404' }))).toBe(
      'invalid_channel',
    );
  });

  it('is one of at most thirty within five minutes', async () => {
    const at = secondsLater(3600);
    for (let count = 0; count < 30; count += 1) await schedule(at + count);
    expect(await codeOf(schedule(at + 299))).toBe('restricted_too_many');
    expect((await schedule(at + 300)).ok).toBe(true);
    expect((await schedule(at, { channel: 'C0ANNOUNCE' })).ok).toBe(true);
    const first = await harness.web.chat.scheduledMessages.list({ channel: CHANNEL, limit: 30 });
    expect(first.scheduled_messages).toHaveLength(30);
    expect(
      await pending({ channel: CHANNEL, limit: 30, cursor: first.response_metadata?.next_cursor }),
    ).toHaveLength(1);
    expect(await pending({ latest: at })).toHaveLength(2);
  });

  it('is dropped silently if the bot cannot post any more, or if it has metadata (a bug of Slack)', async () => {
    const at = secondsLater(60);
    await schedule(at, { text: 'too late' });
    await schedule(at, {
      channel: 'C0ANNOUNCE',
      text: 'with metadata',
      metadata: { event_type: 'deal', event_payload: {} },
    });
    await harness.client.admin({ do: 'archive_channel', channel: '#requests', archived: true });
    await harness.client.clock.advance(61_000);
    const robin = harness.client.as('robin');
    await robin.channel('#requests').waitForNone('too late');
    await robin.channel('#announcements').waitForNone('with metadata');
    expect(await pending()).toEqual([]);
  });
});
