/** Files: uploads of the app, and file inputs that people fill. */
import type { App } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import { modalView, plainText } from './support/blockKit';
import { codeOf, type Harness, newTriggerId, startHarness } from './support/harness';
import { manifestWithout } from './support/manifest';

const CHANNEL = 'C0REQUESTS';
const CSV = 'deal,amount\nAcme,5000\n';
let harness: Harness;
beforeEach(async () => {
  harness = await startHarness();
});
afterEach(() => harness.stop());

const download = (url: string, token?: string) =>
  fetch(url, {
    redirect: 'manual',
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });

describe('an upload', () => {
  /** Asks for an upload URL and sends the bytes there. @returns the file's id */
  async function upload(
    content: string,
    filename = 'deals.csv',
    { web }: Harness = harness,
  ): Promise<string> {
    const { upload_url = '', file_id = '' } = await web.files.getUploadURLExternal({
      filename,
      length: Buffer.byteLength(content),
    });
    expect((await fetch(upload_url, { method: 'POST', body: content })).status).toBe(200);
    return file_id;
  }

  it('by filesUploadV2 puts a file into a thread, where members and the app can read it', async () => {
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
    // Slack redirects others to its sign-in page instead of refusing.
    expect((await download(url)).status).toBe(302);
    expect((await download(url, 'xoxb-other')).status).toBe(302);
    const root = await harness.client.as('robin').channel('#requests').waitFor('Here it comes');
    const [reply] = await root.thread().messages();
    expect(await (await fetch(reply?.files[0]?.url ?? '')).text()).toBe(CSV);
  });

  it('of several files is one message', async () => {
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

  it('without a channel is visible to the bot only', async () => {
    const id = await upload(CSV);
    const { files } = await harness.web.files.completeUploadExternal({ files: [{ id }] });
    expect(files?.[0]).toMatchObject({ id, title: 'deals.csv' });
    expect((await harness.web.conversations.history({ channel: CHANNEL })).messages).toEqual([]);
    expect((await harness.web.files.info({ file: id })).file?.id).toBe(id);
  });

  it('is refused with Slack’s codes', async () => {
    const begin = (more: object) =>
      codeOf(harness.web.apiCall('files.getUploadURLExternal', { filename: 'x.txt', length: 1, ...more }));
    expect(await begin({ length: 0 })).toBe('missing_argument');
    expect(await begin({ filename: '' })).toBe('invalid_arguments');
    expect(await begin({ alt_txt: 'x'.repeat(1001) })).toBe('alt_txt_too_large');

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

  it('needs the scope files:write, and its download files:read', async () => {
    const reader = await startHarness({ manifest: manifestWithout('files:write, ') });
    const begin = reader.web.files.getUploadURLExternal({ filename: 'x', length: 1 });
    expect(await codeOf(begin)).toBe('missing_scope');
    await reader.stop();
    const writer = await startHarness({ manifest: manifestWithout(' files:read,') });
    const id = await upload('x', 'x.txt', writer);
    const { files = [] } = await writer.web.files.completeUploadExternal({ files: [{ id }] });
    const url = (files[0] as { url_private?: string } | undefined)?.url_private ?? '';
    expect((await download(url, writer.sandbox.botToken)).status).toBe(302);
    await writer.stop();
  });
});

describe('a file input', () => {
  const papers = (more: object = {}, optional = false): KnownBlock => ({
    type: 'input',
    block_id: 'papers',
    optional,
    label: plainText('Papers'),
    element: { type: 'file_input', action_id: 'papers', ...more },
  });
  const form = (...blocks: KnownBlock[]) => modalView('Form', { callback_id: 'form', blocks });

  interface SlackFile {
    readonly id: string;
    readonly url_private: string;
  }
  let submitted: readonly SlackFile[] | undefined;
  beforeEach(() => {
    submitted = undefined;
  });
  const addListeners = (app: App) =>
    app.view('form', async ({ ack, view: { state } }) => {
      submitted = state.values.papers?.papers?.files as readonly SlackFile[] | undefined;
      await ack();
    });
  async function openForm(block: KnownBlock) {
    await harness.web.views.open({ trigger_id: await newTriggerId(harness), view: form(block) });
    await harness.startApp(addListeners);
    return harness.client.as('robin').modal('Form');
  }

  it('submits its files as objects, and only then can the app read them', async () => {
    const modal = await openForm(papers());
    await modal.attach('Papers', { name: 'offer.txt', content: 'Ours' });
    await modal.attach('Papers', { name: 'theirs.PDF', content: Buffer.from('%PDF') });
    expect(modal.value('Papers')).toEqual(['offer.txt', 'theirs.PDF']);
    const [chosen] = (modal.state.papers?.papers?.files ?? []) as readonly SlackFile[];
    expect(await codeOf(harness.web.files.info({ file: chosen?.id ?? '' }))).toBe('file_not_found');

    await modal.submit();
    expect(submitted).toMatchObject([
      { name: 'offer.txt', filetype: 'txt', mimetype: 'text/plain', size: 4, user: 'U0000ROBIN' },
      { name: 'theirs.PDF', filetype: 'pdf', mimetype: 'application/pdf' },
    ]);
    const [offer] = submitted ?? [];
    expect((await harness.web.files.info({ file: offer?.id ?? '' })).file?.name).toBe('offer.txt');
    const url = offer?.url_private ?? '';
    expect(await (await download(url, harness.sandbox.botToken)).text()).toBe('Ours');
  });

  it('needs a file if it is required', async () => {
    const modal = await openForm(papers());
    await modal.submit();
    expect(modal.errors()).toEqual({ Papers: 'Please complete this required field.' });
    await modal.attach('Papers', { name: 'a.txt', content: 'a' });
    await modal.submit();
    expect(submitted).toHaveLength(1);
  });

  it('submits an empty list if it is optional and empty', async () => {
    const modal = await openForm(papers({}, true));
    await modal.submit();
    expect(submitted).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['more files than max_files', { max_files: 1 }, 'too_many_files'],
    ['files of another type', { filetypes: ['pdf'] }, 'wrong_file_type'],
  ])('refuses %s', async (_, limits, code) => {
    const modal = await openForm(papers(limits));
    const file = (name: string) => ({ name, content: 'x' });
    await expect(modal.attach('Papers', file('a.pdf'), file('b.txt'))).rejects.toThrow(code);
  });

  it('refuses the file of another person, and files above 10 MB', async () => {
    const modal = await openForm(papers());
    const act = (body: object) =>
      fetch(`${harness.sandbox.url}/control/act`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }).then((answer) => answer.json() as Promise<{ readonly fileId?: string; readonly error?: string }>);
    const base64 = Buffer.from('secret').toString('base64');
    const { fileId } = await act({ as: 'maya', type: 'upload', name: 'a.txt', base64 });
    const state = { papers: { papers: { type: 'file_input', files: [{ id: fileId }] } } };
    const input = await act({ as: 'robin', type: 'input', viewId: modal.id, state });
    expect(input.error).toBe('file_not_found');
    const big = Buffer.alloc(10_000_001).toString('base64');
    expect((await act({ as: 'robin', type: 'upload', name: 'a.bin', base64: big })).error).toBe(
      'file_too_large',
    );
  });

  it('keeps its files when an update keeps its ids', async () => {
    const { view } = await harness.web.views.open({
      trigger_id: await newTriggerId(harness),
      view: form(papers()),
    });
    const modal = await harness.client.as('robin').modal('Form');
    await modal.attach('Papers', { name: 'a.txt', content: 'a' });
    const header = { type: 'header' as const, text: plainText('More') };
    await harness.web.views.update({ view_id: view?.id ?? '', view: form(header, papers()) });
    await modal.look();
    expect(modal.value('Papers')).toEqual(['a.txt']);
  });
});
