import { codeOf, type Harness, startHarness, webClient } from './support/harness';
import { MANIFEST } from './support/manifest';

const CHANNEL = 'C0REQUESTS';
const CSV = 'deal,amount\nAcme,5000\n';
let harness: Harness;
beforeEach(async () => {
  harness = await startHarness({ manifest: MANIFEST });
});
afterEach(() => harness.stop());

const download = (url: string, token?: string) =>
  fetch(url, {
    redirect: 'manual',
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });

/** Asks for an upload URL and sends the bytes there. @returns the file's id */
async function upload(content: string, filename = 'deals.csv'): Promise<string> {
  const { upload_url = '', file_id = '' } = await harness.web.files.getUploadURLExternal({
    filename,
    length: Buffer.byteLength(content),
  });
  expect((await fetch(upload_url, { method: 'POST', body: content })).status).toBe(200);
  return file_id;
}

it('filesUploadV2 brings a file into a thread, and its bytes back to who may read it', async () => {
  const { ts = '' } = await harness.web.chat.postMessage({ channel: CHANNEL, text: 'Here it comes' });
  await harness.web.filesUploadV2({
    channel_id: CHANNEL,
    thread_ts: ts,
    filename: 'deals.csv',
    title: 'All deals',
    content: CSV,
    initial_comment: 'Last quarter',
  });
  const { messages = [] } = await harness.web.conversations.replies({ channel: CHANNEL, ts });
  expect(messages[1]).toMatchObject({ subtype: 'file_share', text: 'Last quarter', thread_ts: ts });
  const file = messages[1]?.files?.[0];
  expect(file).toMatchObject({
    name: 'deals.csv',
    title: 'All deals',
    mimetype: 'text/csv',
    size: CSV.length,
  });

  expect((await harness.web.files.info({ file: file?.id ?? '' })).file?.title).toBe('All deals');
  const url = file?.url_private ?? '';
  expect(await (await download(url, harness.sandbox.botToken)).text()).toBe(CSV);
  // Slack sends strangers to its sign-in page instead of refusing.
  expect((await download(url)).status).toBe(302);
  expect((await download(url, 'xoxb-other')).status).toBe(302);
  const seen = await harness.client.as('robin').channel('#requests').waitFor('Here it comes');
  const [reply] = await seen.thread().messages();
  expect(await (await fetch(reply?.files[0]?.url ?? '')).text()).toBe(CSV);
});

it('several files make one message', async () => {
  const files = [
    { id: await upload('a', 'a.txt'), title: 'A' },
    { id: await upload('b', 'b.txt'), title: 'B' },
  ];
  await harness.web.files.completeUploadExternal({
    files: files as [{ id: string; title: string }],
    channel_id: CHANNEL,
  });
  const { messages = [] } = await harness.web.conversations.history({ channel: CHANNEL });
  expect(messages[0]?.files?.map((file) => file.title)).toEqual(['A', 'B']);
});

it('without a channel the file stays the bot’s own', async () => {
  const id = await upload(CSV);
  const { files } = await harness.web.files.completeUploadExternal({ files: [{ id }] });
  expect(files?.[0]).toMatchObject({ id, title: 'deals.csv' });
  expect((await harness.web.conversations.history({ channel: CHANNEL })).messages).toEqual([]);
  expect((await harness.web.files.info({ file: id })).file?.id).toBe(id);
});

it('refuses what Slack refuses', async () => {
  const ask = (more: object) =>
    codeOf(harness.web.apiCall('files.getUploadURLExternal', { filename: 'x.txt', length: 1, ...more }));
  expect(await ask({ length: 0 })).toBe('missing_argument');
  expect(await ask({ filename: '' })).toBe('invalid_arguments');
  expect(await ask({ alt_txt: 'x'.repeat(1001) })).toBe('alt_txt_too_large');

  const finish = (more: Record<string, unknown>) =>
    codeOf(harness.web.apiCall('files.completeUploadExternal', more));
  const { file_id: empty } = await harness.web.files.getUploadURLExternal({ filename: 'x.txt', length: 1 });
  expect(await finish({ files: [{ id: empty }], channel_id: CHANNEL })).toBe('file_not_found');
  expect(await finish({ files: [{ id: 'F404' }], channel_id: CHANNEL })).toBe('file_not_found');
  const id = await upload(CSV);
  expect(await finish({ files: [{ id }], channel_id: 'C404' })).toBe('channel_not_found');
  expect(await finish({ files: [{ id }], channel_id: 'C0000SALES' })).toBe('not_in_channel');
  const many = Array(101).fill(CHANNEL).join(',');
  expect(await finish({ files: [{ id }], channels: many })).toBe('channels_limit_exceeded');
  expect(await codeOf(harness.web.files.info({ file: 'F404' }))).toBe('file_not_found');
});

it('needs files:write to bring and files:read to fetch', async () => {
  const poor = await startHarness({ manifest: MANIFEST.replace('files:write, ', '') });
  expect(await codeOf(webClient(poor.sandbox).files.getUploadURLExternal({ filename: 'x', length: 1 }))).toBe(
    'missing_scope',
  );
  await poor.stop();
  const writer = await startHarness({ manifest: MANIFEST.replace(' files:read,', '') });
  const { upload_url = '', file_id = '' } = await writer.web.files.getUploadURLExternal({
    filename: 'x.txt',
    length: 1,
  });
  await fetch(upload_url, { method: 'POST', body: 'x' });
  const { files = [] } = await writer.web.files.completeUploadExternal({ files: [{ id: file_id }] });
  const url = (files[0] as { url_private?: string } | undefined)?.url_private ?? '';
  expect((await download(url, writer.sandbox.botToken)).status).toBe(302);
  await writer.stop();
});
