/** The message about a failure fits the failure. */
import type { WebClient } from '@slack/web-api';
import { channelAtStart } from '../../../src/slack/listeners/channelCheck';
import { askToRepeat } from '../../../src/slack/listeners/command';
import type { Request } from '../../../src/slack/listeners/request';

test.each([
  ['expired_trigger_id', /took too long .* Type \/lostdeal once more/u],
  [null, /couldn’t reach Slack .* in a minute/u],
  ['ratelimited', /couldn’t reach Slack .* in a minute/u],
  ['invalid_auth', /doesn’t let Lostdeal open its screen \(invalid_auth\)\. Tell the people who run/u],
  ['view_too_large', /\(view_too_large\)/u],
])('a screen that cannot be opened (%s) is explained to whoever typed the command', async (code, words) => {
  let body = '';
  const fetch = async (_url: unknown, init?: { body?: unknown }) => {
    body = String(init?.body);
    return new Response('ok');
  };
  const request = { deps: { fetch }, log: { info: () => undefined }, requestId: 'abcd' };
  await askToRepeat(request as unknown as Request, 'https://hooks.slack.com/commands/1', code);
  expect(body).toMatch(words);
  expect(body).toContain('(reference abcd)');
});

const platformError = (error: string) =>
  Object.assign(new Error(error), { code: 'slack_webapi_platform_error', data: { ok: false, error } });

test.each<[string, string | null, () => Promise<unknown>, string, RegExp]>([
  ['none', null, async () => ({}), 'info', /not set: .* direct messages only/u],
  ['one we can write in', 'C1', async () => ({ channel: {} }), 'info', /threads go to the channel/u],
  [
    'a private one without us',
    'C1',
    async () => ({ channel: { is_private: true, is_member: false } }),
    'warn',
    /\/invite @Lostdeal/u,
  ],
  [
    'an id that does not exist',
    'C1',
    () => Promise.reject(platformError('channel_not_found')),
    'warn',
    /does not exist.*correct the id/u,
  ],
  ['an archived one', 'C1', async () => ({ channel: { is_archived: true } }), 'warn', /is archived/u],
])('the start says what becomes of threads with %s', async (_what, channel, info, level, words) => {
  const client = { conversations: { info } } as unknown as WebClient;
  expect(await channelAtStart(client, channel)).toEqual({ level, words: expect.stringMatching(words) });
});
