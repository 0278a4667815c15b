/** A message with a file: made by whoever sends it, shown once, and in nobody's way. */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UploadError } from '../../src/reconciler/slackApi/upload';
import type { MadeFile, WantedFile, WantedSlot } from '../../src/reconciler/types';
import type { Notice } from '../../src/store/store';
import { until } from '../store/harness';
import { temporaryFolder } from '../temporaryFolder';
import { deathAt, openWorld, REP, TENANT, type World } from './world';

const folder = temporaryFolder();
afterAll(() => folder.remove());
let world: World;
let made: string[] = [];
let triedEnough = false;
/** Tries that failed. */
let failures = 0;
beforeEach(async () => {
  made = [];
  triedEnough = false;
  failures = 0;
  world = await openWorld();
});
afterEach(() => world.dispose());

const CSV = 'account\r\nAcme\r\n';
const SAYS: Pick<WantedSlot, 'text' | 'blocks'> = { text: 'No file', blocks: [] };

async function fileOf(): Promise<MadeFile> {
  const path = join(folder.path, `${made.length}.csv`);
  writeFileSync(path, CSV);
  made.push(path);
  return {
    kind: 'file',
    path,
    bytes: CSV.length,
    blocks: [{ type: 'section', text: { type: 'plain_text', text: 'Your file' } }],
    discard: async () => rmSync(path),
  };
}

const slotOf = (notice: Notice, change: Partial<WantedFile> = {}): WantedSlot => ({
  ...SAYS,
  key: notice.id,
  place: { in: 'dm', user: notice.to },
  notifies: true,
  overtaken: false,
  file: {
    name: `deals-${notice.id}.csv`,
    title: 'Deals',
    make: fileOf,
    refused: (code) => ({ text: `Slack says ${code}`, blocks: [] }),
    givesUp: () => {
      failures += 1;
      return triedEnough ? { text: 'It failed', blocks: [] } : null;
    },
    ...change,
  },
});
const exporting = (change: Partial<WantedFile> = {}) => ({
  renderNotice: (notice: Notice) => slotOf(notice, change),
});

async function ask(id = 'e1'): Promise<void> {
  const notice = { tenant: TENANT, id, kind: 'export', about: id, to: REP, followsFrom: null };
  await world.store.work.addNotice(notice, world.clock.now(), 0);
}

it('stands in the direct message of whoever asked, with its words, and is removed here', async () => {
  world.begin(exporting());
  await ask();
  await world.settled();
  const [message, ...others] = await world.withFiles();
  expect(others).toEqual([]);
  expect(message).toMatchObject({
    blocks: [{ text: { text: 'Your file' } }],
    files: [{ name: 'deals-e1.csv' }],
  });
  expect(await (await fetch(message?.files[0]?.url ?? '')).text()).toBe(CSV);
  expect(made.map(existsSync)).toEqual([false]);
});

test.each(['post.before_intent', 'post.after_intent', 'post.after_call', 'post.after_saved'] as const)(
  'comes once, although the process dies at %s',
  async (point) => {
    const death = deathAt(point);
    world.begin({ ...exporting(), crashPoint: death.crashPoint });
    await ask();
    world.reconciler.wake();
    await death.reached;
    await world.die();
    world.begin(exporting());
    await world.settled();
    expect(await world.withFiles()).toHaveLength(1);
  },
);

it('is found and not sent again when Slack’s reply was lost', async () => {
  await world.faults({
    method: 'files.completeUploadExternal',
    times: 1,
    effect: { do: 'drop_reply' },
  });
  world.begin(exporting());
  await ask();
  await world.settled();
  expect(await world.withFiles()).toHaveLength(1);
  expect(made).toHaveLength(1);
});

it.each(['missing_scope', 'file_uploads_disabled'])(
  'gives way to words where Slack answers %s, and other messages go on',
  async (error) => {
    await world.faults({ method: 'files.getUploadURLExternal', times: 9, effect: { do: 'error', error } });
    world.begin(exporting());
    await ask();
    await world.settled();
    expect((await world.notices()).map(({ text }) => text)).toEqual([`Slack says ${error}`]);
    await ask('e2');
    await world.settled();
    expect(await world.notices()).toHaveLength(2);
    expect(await world.withFiles()).toEqual([]);
  },
);

it('gives way to words where there is nothing to send', async () => {
  world.begin(exporting({ make: async () => ({ kind: 'words', ...SAYS }) }));
  await ask();
  await world.settled();
  expect((await world.notices()).map(({ text }) => text)).toEqual(['No file']);
});

it('is tried again after a rate limit, an outage and a failed upload', async () => {
  await world.faults(
    { method: 'files.getUploadURLExternal', times: 1, effect: { do: 'rate_limit', retryAfter: 7 } },
    { method: 'files.completeUploadExternal', times: 1, effect: { do: 'error', error: 'internal_error' } },
  );
  let failed = false;
  world.begin({
    ...exporting(),
    upload: async (url, { path }) => {
      if (!failed) {
        failed = true;
        throw new UploadError(503);
      }
      await fetch(url, { method: 'POST', body: await readFile(path) });
    },
  });
  await ask();
  await world.settled();
  expect(await world.withFiles()).toHaveLength(1);
});

it('keeps its claim while it is made', async () => {
  let ahead = 0;
  let prolonged = 0;
  const { work } = world.store;
  world.begin({
    ...exporting({
      make: async (goesOn) => {
        ahead += 15_000;
        await goesOn();
        await goesOn();
        return fileOf();
      },
    }),
    monotonic: () => performance.now() + ahead,
    work: {
      ...work,
      prolong: async (...asked) => {
        prolonged += 1;
        return work.prolong(...asked);
      },
    },
  });
  await ask();
  await world.settled();
  expect(prolonged).toBe(1);
  expect(await world.withFiles()).toHaveLength(1);
});

it.each([
  ['it cannot be made', { make: async () => Promise.reject(new Error('the disk is full')) }, []],
  [
    'Slack refuses it',
    {},
    [{ method: 'files.getUploadURLExternal', times: 99, effect: { do: 'error', error: 'fatal_error' } }],
  ],
  [
    'Slack refuses to show it',
    {},
    [
      {
        method: 'files.completeUploadExternal',
        times: 99,
        effect: { do: 'error', error: 'invalid_arguments' },
      },
    ],
  ],
] as const)('gives way to words after long enough, and no sooner, where %s', async (_, change, faults) => {
  await world.faults(...faults);
  world.begin(exporting(change));
  await ask();
  await until(async () => failures > 0 || null);
  expect(await world.notices()).toEqual([]);
  triedEnough = true;
  await until(async () => {
    // Else the claim of a running pass would end.
    if (world.reconciler.status().running === 0) world.clock.advance(60_000);
    world.reconciler.wake();
    return (await world.notices()).length > 0 || null;
  });
  expect((await world.notices()).map(({ text }) => text)).toEqual(['It failed']);
  expect(await world.withFiles()).toEqual([]);
  expect(made.map(existsSync)).not.toContain(true);
  // It is settled, so the next one is taken.
  await ask('e2');
  expect(await world.store.work.notice(TENANT, 'e2')).not.toBeNull();
});

it('is replaced by words when its upload never works, and is not made again after it ended a process', async () => {
  const noWay = async () => {
    throw new UploadError(null);
  };
  world.begin({ ...exporting(), upload: noWay });
  await ask();
  await until(async () => failures > 0 || null);
  const death = deathAt('post.before_intent');
  triedEnough = true;
  world.clock.advance(3_600_000);
  await world.reconciler.stop();
  world.begin({ ...exporting(), crashPoint: death.crashPoint });
  world.reconciler.wake();
  await death.reached;
  const before = made.length;
  await world.die();
  world.begin(exporting());
  await world.settled();
  expect((await world.notices()).map(({ text }) => text)).toEqual(['It failed']);
  expect(made).toHaveLength(before);
});
