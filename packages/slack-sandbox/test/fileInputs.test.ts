import type { App } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import { modalView, plainText } from './support/blockKit';
import { codeOf, type Harness, newTriggerId, startHarness } from './support/harness';
import { MANIFEST } from './support/manifest';

const papers = (more: object = {}, optional = false): KnownBlock => ({
  type: 'input',
  block_id: 'papers',
  optional,
  label: plainText('Papers'),
  element: { type: 'file_input', action_id: 'papers', ...more },
});
const view = (...blocks: KnownBlock[]) => modalView('Form', { callback_id: 'form', blocks });

interface Paper {
  readonly id: string;
  readonly name: string;
  readonly mimetype: string;
  readonly size: number;
  readonly url_private: string;
  readonly user: string;
}
let harness: Harness;
let submitted: readonly Paper[] | undefined;
const listen = (app: App) =>
  app.view('form', async ({ ack, view: { state } }) => {
    await ack();
    submitted = state.values.papers?.papers?.files as readonly Paper[] | undefined;
  });

beforeEach(async () => {
  harness = await startHarness({ manifest: MANIFEST });
  submitted = undefined;
});
afterEach(() => harness.stop());

async function open(block: KnownBlock) {
  await harness.web.views.open({ trigger_id: await newTriggerId(harness), view: view(block) });
  await harness.startApp(listen);
  return harness.client.as('robin').modal('Form');
}

it('the submission carries what was chosen, as file objects that the app can read', async () => {
  const modal = await open(papers());
  await modal.attach('Papers', { name: 'offer.txt', content: 'Ours' });
  await modal.attach('Papers', { name: 'theirs.PDF', content: Buffer.from('%PDF') });
  expect(modal.value('Papers')).toEqual(['offer.txt', 'theirs.PDF']);
  const before = (modal.state.papers?.papers?.files as readonly Paper[] | undefined)?.[0];
  // As long as it is not submitted, it is nobody else's.
  expect(await codeOf(harness.web.files.info({ file: before?.id ?? '' }))).toBe('file_not_found');

  await modal.submit();
  expect(submitted).toMatchObject([
    { name: 'offer.txt', filetype: 'txt', mimetype: 'text/plain', size: 4, user: 'U0000ROBIN' },
    { name: 'theirs.PDF', filetype: 'pdf', mimetype: 'application/pdf' },
  ]);
  const [offer] = submitted ?? [];
  expect((await harness.web.files.info({ file: offer?.id ?? '' })).file?.name).toBe('offer.txt');
  const headers = { authorization: `Bearer ${harness.sandbox.botToken}` };
  expect(await (await fetch(offer?.url_private ?? '', { headers })).text()).toBe('Ours');
});

it('a required one must have a file, an optional one need not', async () => {
  const modal = await open(papers());
  await modal.submit();
  expect(modal.errors()).toEqual({ Papers: 'Please complete this required field.' });
  await modal.attach('Papers', { name: 'a.txt', content: 'a' });
  await modal.submit();
  expect(submitted).toHaveLength(1);
});

it('an optional one that is empty is an empty list', async () => {
  const modal = await open(papers({}, true));
  await modal.submit();
  expect(submitted).toEqual([]);
});

it.each<[string, object, string]>([
  ['more files than max_files', { max_files: 1 }, 'too_many_files'],
  ['files of another type', { filetypes: ['pdf'] }, 'wrong_file_type'],
])('nobody can choose %s', async (_, limits, code) => {
  const modal = await open(papers(limits));
  const file = (name: string) => ({ name, content: 'x' });
  await expect(modal.attach('Papers', file('a.pdf'), file('b.txt'))).rejects.toThrow(code);
});

it('nobody can choose somebody else’s file, or one of more than 10 MB', async () => {
  const modal = await open(papers());
  const act = (body: object) =>
    fetch(`${harness.sandbox.url}/control/act`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }).then((answer) => answer.json() as Promise<{ readonly fileId?: string; readonly error?: string }>);
  const base64 = Buffer.from('secret').toString('base64');
  const { fileId } = await act({ as: 'maya', type: 'upload', name: 'a.txt', base64 });
  const state = { papers: { papers: { type: 'file_input', files: [{ id: fileId }] } } };
  const taken = await act({ as: 'robin', type: 'input', viewId: modal.id, state });
  expect(taken.error).toBe('file_not_found');
  const big = Buffer.alloc(10_000_001).toString('base64');
  expect((await act({ as: 'robin', type: 'upload', name: 'a.bin', base64: big })).error).toBe(
    'file_too_large',
  );
});

it('a file input stays as it is when the view is updated under the same ids', async () => {
  const { view: opened } = await harness.web.views.open({
    trigger_id: await newTriggerId(harness),
    view: view(papers()),
  });
  const modal = await harness.client.as('robin').modal('Form');
  await modal.attach('Papers', { name: 'a.txt', content: 'a' });
  const more = { type: 'header' as const, text: plainText('More') };
  await harness.web.views.update({ view_id: opened?.id ?? '', view: view(more, papers()) });
  await modal.look();
  expect(modal.value('Papers')).toEqual(['a.txt']);
});
