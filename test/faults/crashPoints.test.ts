/**
 * A test kills the app at each named moment, around every commit, ack, view and message. Each process gets one moment and
 * dies there; the next process gets the next moment. The stories end as they do without a kill.
 */
import type { DeliveryFault, Fault } from 'slack-sandbox';
import { beginCall } from '../../scripts/play';
import { CRASH_POINTS as RECONCILER_POINTS } from '../../src/reconciler/crashPoints';
import { CRASH_POINTS } from '../../src/slack/bolt/crashPoints';
import { until } from '../e2e/support/until';
import { waitForAgreement } from './support/agreement';
import { endAll, startQuickApp } from './support/appProcess';
import { playStory } from './support/storyPlayers';
import { type Supervised, startSupervised } from './support/supervised';

type Point = (typeof CRASH_POINTS)[number] | (typeof RECONCILER_POINTS)[number];

/** Moments that need a lost reply, a duplicate or the clock. */
const LOST_REPLY: readonly Point[] = ['look_up.after_call', 'look_up.after_saved'];
const DUPLICATE: readonly Point[] = ['duplicate.after_delete'];
const BY_THE_CLOCK: readonly Point[] = ['ticked'];
const SPECIAL = new Set([...LOST_REPLY, ...DUPLICATE, ...BY_THE_CLOCK]);
const ALL: readonly Point[] = [...CRASH_POINTS, ...RECONCILER_POINTS];

/** The moments at which the app was killed, in order. */
const killedAt: Point[] = [];

/**
 * Starts processes that die one after the other at these moments; the last one goes on. The clock of every process
 * after the first is `aheadMs` ahead.
 */
async function startDyingAt(
  points: readonly (Point | null)[],
  { aheadMs = 0 }: { readonly aheadMs?: number } = {},
): Promise<Supervised> {
  const left = [...points];
  let crashAt: Point | null = null;
  let starts = 0;
  return startSupervised({
    start: (common) => {
      crashAt = left.shift() ?? null;
      starts += 1;
      return startQuickApp({
        ...common,
        ...(crashAt === null ? {} : { LOSTDEAL_CRASH_AT: crashAt }),
        ...(starts === 1 ? {} : { LOSTDEAL_CLOCK_AHEAD_MS: String(aheadMs) }),
      });
    },
    onCrash: ({ signal }) => {
      if (signal === 'SIGKILL' && crashAt !== null) killedAt.push(crashAt);
    },
  });
}

afterAll(() => endAll());

async function play(
  points: readonly Point[],
  {
    faults = [],
    remarks = 1,
  }: { readonly faults?: readonly (Fault | DeliveryFault)[]; readonly remarks?: number } = {},
): Promise<void> {
  const app = await startDyingAt(points);
  try {
    await app.up();
    if (faults.length > 0) await app.slack.faults(...faults);
    await playStory(app);
    await app.up();
    await app.slack.faults();
    // Slack retries what it sent while the app was dead.
    const deal = await waitForAgreement(app, (kept) => (kept.remarkCount < remarks ? ['remark'] : []));
    expect(deal.stage).toBe('closed');
    expect(deal.ask?.decisions).toHaveLength(1);
    expect(deal.remarkCount).toBe(remarks);
  } finally {
    await app.stop();
  }
}

// Two stories at once: one goes on while the other waits for its next process.
test('stories end as they should, though the app is killed around each commit, ack, view and message', async () => {
  // A deal whose process dies too often in a row is parked, so each story has half of the moments.
  const points = ALL.filter((point) => !SPECIAL.has(point));
  const half = (rest: number) => points.filter((_, index) => index % 2 === rest);
  await Promise.all([play(half(0)), play(half(1))]);
});

test('stories end as they should when replies are lost or messages are posted twice, and the app is killed while it repairs that', async () => {
  await Promise.all([
    play(LOST_REPLY, {
      faults: [
        { method: 'chat.postMessage', times: 2, effect: { do: 'drop_reply' } },
        // The events of our own messages are lost too, and the manager's words with them.
        { delivery: 'message', times: 200, effect: { do: 'lose' } },
      ],
      remarks: 0,
    }),
    play(DUPLICATE, { faults: [{ method: 'chat.postMessage', times: 1, effect: { do: 'twice' } }] }),
  ]);
});

test('a reminder comes once, though the app is killed right after it recorded it', async () => {
  const app = await startDyingAt([null, 'ticked'], { aheadMs: nextWednesdayAfternoon() - Date.now() });
  try {
    await app.up();
    const rep = app.slack.as('robin');
    await beginCall(rep, 'Acme');
    await app.end('SIGKILL');
    const dm = await rep.dm('Lostdeal');
    await dm.waitFor('You were on with Acme');
    await until(app.sandbox, 'crash', async () => (killedAt.includes('ticked') ? true : undefined));
    await app.up();
    await waitForAgreement(app);
    const reminders = (await dm.messages()).filter((message) => message.text().includes('You were on with'));
    expect(reminders).toHaveLength(1);
  } finally {
    await app.stop();
  }
});

/** A moment some days from now at which everybody in the sandbox works, ms UTC. */
function nextWednesdayAfternoon(): number {
  const day = new Date();
  day.setUTCDate(day.getUTCDate() + 3 + ((3 - (day.getUTCDay() + 3) + 14) % 7));
  return day.setUTCHours(15, 0, 0, 0);
}

test.each(ALL)('the app was killed at %s', (point) => {
  expect(killedAt).toContain(point);
});
