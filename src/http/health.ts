/** What the parts say of themselves, put together for `/readyz` and `/metrics`. */
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

/** What health reads of the parts; it imports none of them. */
export interface HealthParts {
  readonly store: {
    ping(): Promise<unknown>;
    readonly work: { figures(): Promise<WorkFigures> };
  };
  readonly reconciler: { status(): ReconcilerStatus };
  /** Whether a failure's code is in our table; others count as `unknown`, so that a metric has few labels. */
  readonly isKnownError: (code: string) => boolean;
  /** `ok`, or what is wrong. */
  readonly slack: () => string;
  readonly clock: { now(): number };
  /** A stop has begun. */
  readonly isStopping: () => boolean;
}

const PING_WITHIN_MS = 2_000;
/** The loop looks every few seconds, whatever happens. */
const STUCK_AFTER_MS = 30_000;
/** Counting every deal by its stage reads them all. */
const FIGURES_EVERY_MS = 60_000;

export interface Health {
  readiness(): Promise<Readiness>;
  readonly readings: Readings;
}

/** Before the database was reached for the first time. */
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
    const said = {
      database: await answers(store),
      slack: parts.slack(),
      reconciler: reconcilerSays(reconciler, clock.now()),
      ...(parts.isStopping() ? { process: 'stopping' } : {}),
    };
    return { ready: Object.values(said).every((word) => word === 'ok'), parts: said };
  }

  async function figuresNow(): Promise<WorkFigures | null> {
    if (figures !== null && clock.now() - figures.at < FIGURES_EVERY_MS) return figures.value;
    try {
      figures = { value: await store.work.figures(), at: clock.now() };
    } catch {
      // `lostdeal_ready` says that the database does not answer.
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
            ([part, says]): Reading => ({
              name: 'lostdeal_ready',
              labels: { part },
              value: says === 'ok' ? 1 : 0,
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

async function answers(store: HealthParts['store']): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, PING_WITHIN_MS, 'not answering');
  });
  const answer = store.ping().then(
    () => 'ok',
    () => 'not answering',
  );
  const said = await Promise.race([answer, late]);
  clearTimeout(timer);
  return said;
}

function reconcilerSays(reconciler: HealthParts['reconciler'], now: number): string {
  const { state, storeFailing, lastLookAt } = reconciler.status();
  if (state === 'new') return 'waiting for Slack';
  if (state !== 'running') return state;
  if (storeFailing) return 'cannot reach the database';
  if (lastLookAt !== null && now - lastLookAt > STUCK_AFTER_MS) {
    return `has not looked for ${Math.round((now - lastLookAt) / 1000)} s`;
  }
  return 'ok';
}
