/** Combines the states of the parts for `/readyz` and `/metrics`. */
import type { Readiness } from './adminServer';
import type { Reading, Readings } from './registry';

interface WorkFigures {
  readonly dirty: number;
  /** ms UTC; null when nothing waits. */
  readonly dirtySince: number | null;
  readonly parked: number;
  readonly byStage: Readonly<Partial<Record<string, number>>>;
}

interface ReconcilerStatus {
  readonly state: string;
  readonly running: number;
  /** ms UTC; null: not yet. */
  readonly lastLookAt: number | null;
  readonly storeFailing: boolean;
  readonly counts: {
    readonly dropped: number;
    readonly found: number;
    readonly passes: number;
    readonly failures: ReadonlyMap<string, number>;
    /** By method, a space, and `ok` or `failed`. */
    readonly calls: ReadonlyMap<string, number>;
    readonly waits: ReadonlyMap<string, { readonly times: number; readonly ms: number }>;
  };
}

/** The parts as health reads them; it imports none of them. */
export interface HealthParts {
  readonly store: {
    ping(): Promise<unknown>;
    readonly work: { figures(): Promise<WorkFigures> };
  };
  readonly reconciler: { status(): ReconcilerStatus };
  /** True for a code of our table of errors. Other codes count as `unknown`, so that the metric has few labels. */
  readonly isKnownError: (code: string) => boolean;
  /** `ok`, or what is wrong. */
  readonly slack: () => string;
  readonly clock: { now(): number };
  /** A stop has begun. */
  readonly isStopping: () => boolean;
}

const PING_WITHIN_MS = 2_000;
/** The reconciler's loop looks for work every few seconds in any case. */
const STUCK_AFTER_MS = 30_000;
/** Counting the deals by stage reads all of them. */
const FIGURES_EVERY_MS = 60_000;

export interface Health {
  readiness(): Promise<Readiness>;
  readonly readings: Readings;
}

/** The state until the database has been reached once. */
export const STARTING: Readiness = {
  ready: false,
  parts: {
    database: 'not answering yet',
    slack: 'waiting for the database',
    reconciler: 'waiting for the database',
  },
};

export function createHealth(parts: HealthParts): Health {
  const { store, reconciler, clock } = parts;
  let figures: { readonly value: WorkFigures; readonly at: number } | null = null;

  async function readiness(): Promise<Readiness> {
    const states = {
      database: await databaseState(store),
      slack: parts.slack(),
      reconciler: reconcilerState(reconciler, clock.now()),
      ...(parts.isStopping() ? { process: 'stopping' } : {}),
    };
    return { ready: Object.values(states).every((word) => word === 'ok'), parts: states };
  }

  async function figuresNow(): Promise<WorkFigures | null> {
    if (figures !== null && clock.now() - figures.at < FIGURES_EVERY_MS) return figures.value;
    try {
      figures = { value: await store.work.figures(), at: clock.now() };
    } catch {
      // The metric `lostdeal_ready` reports this.
      return null;
    }
    return figures.value;
  }

  return {
    readiness,
    readings: {
      counters: () => countersOf(parts),
      async gauges() {
        const [state, known] = await Promise.all([readiness(), figuresNow()]);
        return [
          { name: 'lostdeal_reconciler_running', value: reconciler.status().running },
          ...Object.entries(state.parts).map(
            ([part, state]): Reading => ({
              name: 'lostdeal_ready',
              labels: { part },
              value: state === 'ok' ? 1 : 0,
            }),
          ),
          ...(known === null ? [] : workReadings(known, clock.now())),
        ];
      },
    },
  };
}

function workReadings(figures: WorkFigures, now: number): Reading[] {
  const { dirtySince } = figures;
  return [
    {
      name: 'lostdeal_reconciler_lag_seconds',
      value: dirtySince === null ? 0 : Math.max(0, now - dirtySince) / 1000,
    },
    { name: 'lostdeal_deals_waiting', value: figures.dirty },
    { name: 'lostdeal_deals_set_aside', value: figures.parked },
    ...Object.entries(figures.byStage).map(
      ([stage, deals]): Reading => ({ name: 'lostdeal_deals', labels: { stage }, value: deals ?? 0 }),
    ),
  ];
}

const KIND_OF_METHOD: Readonly<Record<string, string>> = {
  'chat.postMessage': 'post',
  'chat.update': 'edit',
  'chat.delete': 'delete_twin',
};

function countersOf({ reconciler, isKnownError }: HealthParts): Reading[] {
  const { counts } = reconciler.status();
  const calls = [...counts.calls].map(([name, value]) => {
    const [method = '', result = ''] = name.split(' ');
    return { method, result, value };
  });
  const failures = new Map<string, number>();
  for (const [code, value] of counts.failures) {
    const known = isKnownError(code) ? code : 'unknown';
    failures.set(known, (failures.get(known) ?? 0) + value);
  }
  return [
    ...calls.map(
      ({ method, result, value }): Reading => ({
        name: 'lostdeal_slack_calls_total',
        labels: { method, result },
        value,
      }),
    ),
    ...calls.flatMap(({ method, result, value }): Reading[] => {
      const kind = KIND_OF_METHOD[method];
      return kind === undefined
        ? []
        : [{ name: 'lostdeal_slot_writes_total', labels: { kind, result }, value }];
    }),
    {
      name: 'lostdeal_slot_writes_total',
      labels: { kind: 'drop', result: 'ok' },
      value: counts.dropped,
    },
    {
      name: 'lostdeal_slot_writes_total',
      labels: { kind: 'found_again', result: 'ok' },
      value: counts.found,
    },
    ...[...failures].map(
      ([code, value]): Reading => ({ name: 'lostdeal_slack_failures_total', labels: { code }, value }),
    ),
    ...[...counts.waits].flatMap(([method, { times, ms }]): Reading[] => [
      { name: 'lostdeal_rate_limit_waits_total', labels: { method }, value: times },
      { name: 'lostdeal_rate_limit_wait_seconds_total', labels: { method }, value: ms / 1000 },
    ]),
    { name: 'lostdeal_reconciler_passes_total', value: counts.passes },
  ];
}

async function databaseState(store: HealthParts['store']): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, PING_WITHIN_MS, 'not answering');
  });
  const answer = store.ping().then(
    () => 'ok',
    () => 'not answering',
  );
  const state = await Promise.race([answer, late]);
  clearTimeout(timer);
  return state;
}

function reconcilerState(reconciler: HealthParts['reconciler'], now: number): string {
  const { state, storeFailing, lastLookAt } = reconciler.status();
  if (state === 'new') return 'waiting for Slack';
  if (state !== 'running') return state;
  if (storeFailing) return 'cannot reach the database';
  if (lastLookAt !== null && now - lastLookAt > STUCK_AFTER_MS) {
    return `has not looked for ${Math.round((now - lastLookAt) / 1000)} s`;
  }
  return 'ok';
}
