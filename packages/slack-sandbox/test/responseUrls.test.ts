/** Answers at response URLs: new, replaced and deleted messages, and the people who see them. */
import type { KnownBlock } from '@slack/types';
import type { MessageHandle } from '../src';
import { actionsBlock, button, mrkdwnText } from './support/blockKit';
import { type Harness, newestResponseUrl, startHarness } from './support/harness';

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness();
});
afterEach(() => harness.stop());

const CHANNEL = '#requests';
const blocks: KnownBlock[] = [{ type: 'section', text: mrkdwnText('Choose') }, actionsBlock(button('Go'))];
const channelOf = (name: string) => harness.client.as(name).channel(CHANNEL);

async function send(url: string, body: object): Promise<readonly [number, string]> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  return [response.status, await response.text()];
}

/** Posts a message with a button, clicks it as Maya, and returns the response URL of the click. */
async function clickedMessage(): Promise<{ readonly message: MessageHandle; readonly url: string }> {
  await harness.web.chat.postMessage({ channel: 'C0REQUESTS', text: 'Choose', blocks });
  const message = await channelOf('maya').waitFor('Choose');
  await message.click('Go');
  return { message, url: await newestResponseUrl(harness) };
}

it('answers the person who acted, and everybody only on request', async () => {
  const { url } = await clickedMessage();
  await send(url, { text: 'for you' });
  await send(url, { text: 'for all', response_type: 'in_channel' });
  expect((await channelOf('maya').waitFor('for you')).ephemeral).toBe(true);
  expect((await channelOf('robin').waitFor('for all')).ephemeral).toBe(false);
  await channelOf('robin').waitForNone('for you');
});

it('replaces or deletes the message that was clicked', async () => {
  const { message, url } = await clickedMessage();
  await send(url, { text: 'Chosen', replace_original: true, blocks: [] });
  expect((await message.latest()).fallback).toBe('Chosen');
  await send(url, { delete_original: true });
  await message.waitUntilGone();
  expect(await send(url, { text: 'again', replace_original: true })).toEqual([
    404,
    JSON.stringify({ ok: false, error: 'message_not_found' }),
  ]);
});

it('replaces an ephemeral message, which stays ephemeral', async () => {
  await harness.web.chat.postEphemeral({ channel: 'C0REQUESTS', user: 'U00000MAYA', text: 'Choose', blocks });
  const message = await channelOf('maya').waitFor('Choose');
  await message.click('Go');
  await send(await newestResponseUrl(harness), {
    text: 'Chosen',
    replace_original: true,
    response_type: 'in_channel',
    blocks: [],
  });
  expect(await message.latest()).toMatchObject({ fallback: 'Chosen', ephemeral: true });
  await channelOf('robin').waitForNone('Chosen');
});

it('answers in a thread', async () => {
  const { message, url } = await clickedMessage();
  await send(url, {
    text: 'below',
    thread_ts: message.ts,
    response_type: 'in_channel',
    replace_original: false,
  });
  expect((await channelOf('robin').waitFor('below')).threadTs).toBe(message.ts);
});

it('neither deletes nor replaces a person’s message', async () => {
  await harness.client.as('robin').post('mine', { in: CHANNEL });
  const message = await channelOf('robin').waitFor('mine');
  await harness.client.as('robin').shortcut('Keep', { on: message });
  const url = await newestResponseUrl(harness);
  expect((await send(url, { delete_original: true }))[1]).toContain('cant_delete_message');
  expect((await send(url, { text: 'ours', replace_original: true }))[1]).toContain('cant_update_message');
  expect((await message.latest()).text()).toBe('mine');
});

it('needs no membership, refuses broken messages, and answers 404 at an unknown URL', async () => {
  await harness.client.as('robin').slash('/probe', { in: '#sales' });
  const url = await newestResponseUrl(harness);
  expect(await send(url, { text: 'in a channel without the app', response_type: 'in_channel' })).toEqual([
    200,
    'ok',
  ]);
  expect((await send(url, {}))[1]).toContain('no_text');
  expect((await send(url, { blocks: [{ type: 'nonsense' }] }))[1]).toContain('invalid_blocks');
  expect((await send(`${url}x`, { text: 'hi' }))[0]).toBe(404);
});
