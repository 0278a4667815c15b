/** Response URLs: what may be done with one, on which message, and who sees it. */
import type { KnownBlock } from '@slack/types';
import type { MessageHandle } from '../src';
import { type Harness, startHarness } from './support/harness';

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness();
});
afterEach(() => harness.stop());

const CHANNEL = '#lost-deals';
const blocks: KnownBlock[] = [
  { type: 'section', text: { type: 'mrkdwn', text: 'Choose' } },
  {
    type: 'actions',
    elements: [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } }],
  },
];
const room = (name: string) => harness.client.as(name).channel(CHANNEL);

/** The response URL of the newest delivery. */
async function responseUrl(): Promise<string> {
  const sent = (await harness.client.traffic()).findLast((entry) => entry.kind === 'delivery');
  return sent?.kind === 'delivery' ? (sent.payload as { response_url: string }).response_url : '';
}

async function send(url: string, body: object): Promise<readonly [number, string]> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  return [response.status, await response.text()];
}

/** Posts a message with a button, taps it, and hands over what the tap brought. */
async function tapped(): Promise<{ readonly message: MessageHandle; readonly url: string }> {
  await harness.web.chat.postMessage({ channel: 'C000LOSTDL', text: 'Choose', blocks });
  const message = await room('maya').waitFor('Choose');
  await message.click('Go');
  return { message, url: await responseUrl() };
}

it('answers only the one who acted, unless told otherwise', async () => {
  const { url } = await tapped();
  await send(url, { text: 'for you' });
  await send(url, { text: 'for all', response_type: 'in_channel' });
  expect((await room('maya').waitFor('for you')).ephemeral).toBe(true);
  expect((await room('robin').waitFor('for all')).ephemeral).toBe(false);
  await room('robin').waitForNone('for you');
});

it('replaces the message it came from, or takes it away', async () => {
  const { message, url } = await tapped();
  await send(url, { text: 'Chosen', replace_original: true, blocks: [] });
  expect((await message.latest()).fallback).toBe('Chosen');
  await send(url, { delete_original: true });
  await message.waitUntilGone();
  expect(await send(url, { text: 'again', replace_original: true })).toEqual([
    404,
    JSON.stringify({ ok: false, error: 'message_not_found' }),
  ]);
});

it('replaces an ephemeral message, which stays what it is', async () => {
  await harness.web.chat.postEphemeral({ channel: 'C000LOSTDL', user: 'U00000MAYA', text: 'Choose', blocks });
  const message = await room('maya').waitFor('Choose');
  await message.click('Go');
  await send(await responseUrl(), {
    text: 'Chosen',
    replace_original: true,
    response_type: 'in_channel',
    blocks: [],
  });
  expect(await message.latest()).toMatchObject({ fallback: 'Chosen', ephemeral: true });
  await room('robin').waitForNone('Chosen');
});

it('answers in the thread it is told', async () => {
  const { message, url } = await tapped();
  await send(url, {
    text: 'below',
    thread_ts: message.ts,
    response_type: 'in_channel',
    replace_original: false,
  });
  expect((await room('robin').waitFor('below')).threadTs).toBe(message.ts);
});

it('leaves a person’s message alone', async () => {
  await harness.client.as('robin').post('mine', { in: CHANNEL });
  const message = await room('robin').waitFor('mine');
  await harness.client.as('robin').shortcut('Keep', { on: message });
  const url = await responseUrl();
  expect((await send(url, { delete_original: true }))[1]).toContain('cant_delete_message');
  expect((await send(url, { text: 'ours', replace_original: true }))[1]).toContain('cant_update_message');
  expect((await message.latest()).text()).toBe('mine');
});

it('needs no membership, takes nothing broken, and knows no made-up address', async () => {
  await harness.client.as('robin').slash('/probe', { in: '#sales' });
  const url = await responseUrl();
  expect(await send(url, { text: 'in a room the app is not in', response_type: 'in_channel' })).toEqual([
    200,
    'ok',
  ]);
  expect((await send(url, {}))[1]).toContain('no_text');
  expect((await send(url, { blocks: [{ type: 'nonsense' }] }))[1]).toContain('invalid_blocks');
  expect((await send(`${url}x`, { text: 'hi' }))[0]).toBe(404);
});
