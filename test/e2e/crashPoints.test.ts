/**
 * The app is killed at each named moment, around every commit, ack, view and message. Each life is armed with
 * one moment and dies when it gets there; the next life goes on, armed with the next. However often it dies, the
 * stories end as they would have.
 */
import type { DeliveryFault, Fault } from 'slack-sandbox';
import { beginCall } from '../../scripts/play';
import { CRASH_POINTS as RECONCILER_POINTS } from '../../src/reconciler/crashPoints';
import { CRASH_POINTS } from '../../src/slack/bolt/crashPoints';
import { playStory, type Witness } from './support/actors';
import { endAll, startQuickApp } from './support/process';
import { reckon } from './support/reckoning';
import { type Supervised, startSupervised } from './support/supervised';
import { until } from './support/until';

type Point = (typeof CRASH_POINTS)[number] | (typeof RECONCILER_POINTS)[number];

/** Moments that need something to go wrong before. */
const LOST_REPLY: readonly Point[] = ['look_up.after_call', 'look_up.after_saved'];
const DUPLICATE: readonly Point[] = ['duplicate.after_delete'];
const BY_THE_CLOCK: readonly Point[] = ['ticked'];
const special = new Set([...LOST_REPLY, ...DUPLICATE, ...BY_THE_CLOCK]);
const ALL: readonly Point[] = [...CRASH_POINTS, ...RECONCILER_POINTS];

/** At which moments it was killed, in order. */
const killedAt: Point[] = [];
const nobody: Witness = {
  before: async () => undefined,
  sent: () => undefined,
  acked: async () => undefined,
};

/** Lives that die one after the other at these moments; the last one lives. Those after the first may be ahead of time. */
async function livesDyingAt(
  points: readonly (Point | null)[],
  { aheadMs = 0 }: { readonly aheadMs?: number } = {},
): Promise<Supervised> {
  const left = [...points];
  let armed: Point | null = null;
  let lives = 0;
  return startSupervised({
    start: (common) => {
      armed = left.shift() ?? null;
      lives += 1;
      return startQuickApp({
        ...common,
        ...(armed === null ? {} : { LOSTDEAL_CRASH_AT: armed }),
        ...(lives === 1 ? {} : { LOSTDEAL_CLOCK_AHEAD_MS: String(aheadMs) }),
      });
    },
    revives: ({ signal }) => {
      if (signal === 'SIGKILL' && armed !== null) killedAt.push(armed);
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
  const life = await livesDyingAt(points);
  try {
    await life.up();
    if (faults.length > 0) await life.slack.faults(...faults);
    await playStory(life, nobody, () => 1);
    await life.up();
    await life.slack.faults();
    // What was told while it was dead, Slack tells again.
    const deal = await reckon(life, (told) => (told.remarks.length < remarks ? ['remark'] : []));
    expect(deal.stage).toBe('closed');
    expect(deal.ask?.decisions).toHaveLength(1);
    expect(deal.remarks).toHaveLength(remarks);
  } finally {
    await life.stop();
  }
}

// Two stories at once: while one waits for the next life, the other one goes on.
test('whole stories, killed around each commit, ack, view and message, end as they should', async () => {
  // A deal that dies too often in a row would be set aside, so each has half of them.
  const points = ALL.filter((point) => !special.has(point));
  const half = (rest: number) => points.filter((_, index) => index % 2 === rest);
  await Promise.all([play(half(0)), play(half(1))]);
});

test('so they do when replies are lost or messages turn up twice, and it is killed while it clears that up', async () => {
  await Promise.all([
    play(LOST_REPLY, {
      faults: [
        { method: 'chat.postMessage', times: 2, effect: { do: 'drop_reply' } },
        // Our own messages do not tell us either, and the manager's words are lost with them.
        { delivery: 'message', times: 200, effect: { do: 'lose' } },
      ],
      remarks: 0,
    }),
    play(DUPLICATE, { faults: [{ method: 'chat.postMessage', times: 1, effect: { do: 'twice' } }] }),
  ]);
});

test('what is due by the clock is told once, though it is killed after it noted it', async () => {
  const life = await livesDyingAt([null, 'ticked'], { aheadMs: nextWednesdayAfternoon() - Date.now() });
  try {
    await life.up();
    const rep = life.slack.as('robin');
    await beginCall(rep, 'Acme');
    await life.end('SIGKILL');
    const dm = await rep.dm('Lostdeal');
    await dm.waitFor('Your call with Acme is not finished');
    await until(life.sandbox, 'death', async () => (killedAt.includes('ticked') ? true : undefined));
    await life.up();
    await reckon(life);
    const told = (await dm.messages()).filter((message) => message.text().includes('is not finished'));
    expect(told).toHaveLength(1);
  } finally {
    await life.stop();
  }
});

/** Working hours for everybody in the sandbox, some days from now. */
function nextWednesdayAfternoon(): number {
  const day = new Date();
  day.setUTCDate(day.getUTCDate() + 3 + ((3 - (day.getUTCDay() + 3) + 14) % 7));
  return day.setUTCHours(15, 0, 0, 0);
}

test.each(ALL)('was killed at %s', (point) => {
  expect(killedAt).toContain(point);
});
