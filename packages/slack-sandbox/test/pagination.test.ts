/** Lists in pages: cursors, limits, and the order of messages. */
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { codeOf, type Harness, startHarness } from './support/harness';

const COUNT = 25;
const number = (index: number) => String(index).padStart(3, '0');

/** A workspace with COUNT people and COUNT channels; the first channel has everybody and the app. */
const SEED = `
team: { id: T000CROWDS, name: Crowds, domain: crowds }
people:
${Array.from({ length: COUNT }, (_, index) => `  - { id: U00000P${number(index)}, name: p${number(index)} }`).join('\n')}
channels:
${Array.from({ length: COUNT }, (_, index) => `  - { id: C00000C${number(index)}, name: c${number(index)}, app: ${index === 0}, members: [p000${index === 0 ? `, ${Array.from({ length: COUNT - 1 }, (_each, other) => `p${number(other + 1)}`).join(', ')}` : ''}] }`).join('\n')}
`;
const CHANNEL = 'C00000C000';

let directory: string;
let harness: Harness;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'crowds-'));
  const seed = join(directory, 'seed.yml');
  writeFileSync(seed, SEED);
  harness = await startHarness({ seed });
  for (let index = 0; index < COUNT; index += 1)
    await harness.web.chat.postMessage({ channel: CHANNEL, text: `m${number(index)}` });
});
afterAll(async () => {
  await harness.stop();
  await rm(directory, { recursive: true });
});

/** Every item that WebClient.paginate yields, and the number of pages. */
async function readAll(method: string, args: object, key: string) {
  const items: unknown[] = [];
  let pages = 0;
  for await (const page of harness.web.paginate(method, { limit: 10, ...args })) {
    pages += 1;
    items.push(...((page as unknown as Readonly<Record<string, readonly unknown[]>>)[key] ?? []));
  }
  return { pages, items };
}

it.each([
  ['conversations.list', {}, 'channels', COUNT, 3],
  ['users.conversations', { user: 'U00000P000' }, 'channels', COUNT, 3],
  // The bot is a member too.
  ['users.list', {}, 'members', COUNT + 1, 3],
  ['conversations.members', { channel: CHANNEL }, 'members', COUNT + 1, 3],
  ['conversations.history', { channel: CHANNEL }, 'messages', COUNT, 3],
])('WebClient.paginate reads %s to its end', async (method, args, key, count, pages) => {
  const read = await readAll(method, args, key);
  expect(read.pages).toBe(pages);
  expect(new Set(read.items.map((item) => JSON.stringify(item))).size).toBe(count);
});

it('history is newest first over all pages', async () => {
  const { items } = await readAll('conversations.history', { channel: CHANNEL }, 'messages');
  const texts = items.map((item) => (item as { readonly text: string }).text);
  expect(texts).toEqual([...texts].sort().reverse());
});

it('every page of replies begins with the root', async () => {
  const { ts = '' } = await harness.web.chat.postMessage({ channel: 'C00000C000', text: 'root' });
  for (let index = 0; index < 5; index += 1)
    await harness.web.chat.postMessage({ channel: CHANNEL, text: `r${index}`, thread_ts: ts });
  const { pages, items } = await readAll(
    'conversations.replies',
    { channel: CHANNEL, ts, limit: 2 },
    'messages',
  );
  expect(pages).toBe(3);
  expect(items.filter((item) => (item as { readonly text: string }).text === 'root')).toHaveLength(3);
  await harness.web.chat.delete({ channel: CHANNEL, ts });
});

it('without a limit a page holds a hundred items, of users.list everybody', async () => {
  expect((await harness.web.users.list({})).members).toHaveLength(COUNT + 1);
  expect((await harness.web.conversations.list()).channels).toHaveLength(COUNT);
});

it.each([
  'conversations.list',
  'users.conversations',
  'users.list',
  'conversations.members',
  'conversations.history',
  'chat.scheduledMessages.list',
])('%s refuses a cursor of another list', async (method) => {
  const cursor = Buffer.from('user:U404').toString('base64');
  expect(await codeOf(harness.web.apiCall(method, { channel: CHANNEL, cursor }))).toBe('invalid_cursor');
});

it.each([
  ['conversations.list', 1000],
  ['conversations.list', 0],
  ['users.conversations', 1000],
  ['conversations.members', 0],
  ['conversations.history', 1000],
])('%s refuses a limit of %d', async (method, limit) => {
  expect(await codeOf(harness.web.apiCall(method, { channel: CHANNEL, limit }))).toBe('invalid_limit');
});
