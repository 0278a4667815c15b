/** Notices of commands that fail, and the events of an app. */
import { deliveries, type Harness, startHarness, until, waitForDelivery } from './support/harness';

let harness: Harness;
afterEach(() => harness.stop());

it('tells a person that a command is unknown, finds no app, or gets no answer', async () => {
  harness = await startHarness({ ackTimeoutMs: 50 });
  const robin = harness.client.as('robin');
  await robin.slash('/prob');
  await robin.waitForNotice('/prob is not a valid command');
  expect((await robin.slash('/probe')).delivery).toBe('not_connected');
  await robin.waitForNotice('/probe failed with the error "dispatch_failed"');
  await harness.startApp(() => undefined);
  expect((await robin.slash('/probe')).delivery).toBe('timeout');
  await robin.waitForNotice('/probe failed with the error "operation_timeout"');
  expect(await deliveries(harness)).toHaveLength(2);
});

describe('events', () => {
  beforeEach(async () => {
    harness = await startHarness();
  });
  /** The `event` of each payload, retries left out. */
  const events = async () =>
    (await deliveries(harness))
      .filter(({ attempt }) => attempt === 0)
      .map(({ payload }) => (payload as { readonly event: { readonly type: string } }).event);

  it('carry the app’s own posts, edits and deletions, as Slack writes them', async () => {
    const { ts = '' } = await harness.web.chat.postMessage({ channel: 'C0REQUESTS', text: 'one' });
    await harness.web.chat.update({ channel: 'C0REQUESTS', ts, text: 'two' });
    await harness.client.as('robin').post('reply', { in: '#requests', thread: ts });
    await harness.web.chat.delete({ channel: 'C0REQUESTS', ts });
    const { ts: alone = '' } = await harness.web.chat.postMessage({ channel: 'C0REQUESTS', text: 'alone' });
    await harness.web.chat.delete({ channel: 'C0REQUESTS', ts: alone });
    const found = await events();
    expect(found).toMatchObject([
      {
        type: 'message',
        channel_type: 'group',
        text: 'one',
        user: harness.sandbox.botUserId,
        bot_id: 'B0SANDBOX1',
        app_id: harness.sandbox.appId,
      },
      {
        subtype: 'message_changed',
        hidden: true,
        message: { text: 'two' },
        previous_message: { text: 'one' },
      },
      { text: 'reply', thread_ts: ts, parent_user_id: harness.sandbox.botUserId, user: 'U0000ROBIN' },
      {
        subtype: 'message_changed',
        message: {
          subtype: 'tombstone',
          user: 'USLACKBOT',
          text: 'This message was deleted.',
          hidden: true,
          ts,
          thread_ts: ts,
          reply_count: 1,
        },
        previous_message: { text: 'two', bot_id: 'B0SANDBOX1' },
      },
      { text: 'alone' },
      { subtype: 'message_deleted', deleted_ts: alone, previous_message: { text: 'alone' } },
    ]);
    expect(found[0]).not.toHaveProperty('subtype');
  });

  it.each([
    { channel: '#announcements', family: 'channel' },
    { channel: '#requests', family: 'group' },
  ])('say who joined $channel, and who archived and unarchived it', async ({ channel, family }) => {
    await harness.client.admin({ do: 'remove_member', channel, user: 'probe' });
    await harness.client.admin({ do: 'add_member', channel, user: 'probe' });
    for (const archived of [true, false])
      await harness.client.admin({ do: 'archive_channel', channel, archived });
    const bot = harness.sandbox.botUserId;
    const base = { type: 'message', channel_type: family };
    expect((await events()).filter(({ type }) => type === 'message')).toMatchObject([
      { ...base, subtype: `${family}_join`, user: bot, inviter: 'U00000DANA' },
      { ...base, subtype: `${family}_archive`, user: 'U00000DANA' },
      { ...base, subtype: `${family}_unarchive`, text: `<@U00000DANA> un-archived the ${family}` },
    ]);
  });

  it('do not come from channels that the bot is not in', async () => {
    expect((await harness.client.as('robin').post('hi', { in: '#sales' })).delivery).toBe('none');
  });

  it('come again on an administrator’s request, with the same event id', async () => {
    const ids: string[] = [];
    await harness.startApp((app) => {
      app.message(async ({ body }) => {
        ids.push(body.event_id);
      });
    });
    await harness.client.as('robin').post('once', { in: '#requests' });
    const sent = await waitForDelivery(harness, { name: 'message' });
    expect((await harness.client.admin({ do: 'redeliver', seq: sent.seq })).delivery).toBe('acked');
    await until(() => ids.length === 2);
    expect(new Set(ids).size).toBe(1);
  });
});
