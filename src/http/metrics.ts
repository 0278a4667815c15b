/**
 * What operators scrape. Counted where it happens, or asked for at the scrape; nothing in here names a workspace, a
 * person or a deal, so the number of series has a bound.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { METRICS, type MetricName } from './metricNames';

/** Read at each scrape. */
export interface Readings {
  /** Totals since the start. */
  readonly counters: () => readonly Reading[];
  readonly gauges: () => Promise<readonly Reading[]> | readonly Reading[];
}

export interface Reading {
  readonly name: MetricName;
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Metrics {
  /** @param surface one of a few words */
  acked(surface: string, outcome: 'acked' | 'unacked', ms: number): void;
  /** A statement of the database. */
  queried(sql: string, ms: number): void;
  /** What is read at a scrape; called once, when there is something to read. */
  reads(readings: Readings): void;
  /** The page. */
  page(): Promise<{ readonly contentType: string; readonly text: string }>;
}

const LABELS: Readonly<Partial<Record<MetricName, readonly string[]>>> = {
  lostdeal_deals: ['stage'],
  lostdeal_slot_writes_total: ['kind', 'result'],
  lostdeal_slack_calls_total: ['method', 'result'],
  lostdeal_slack_failures_total: ['code'],
  lostdeal_rate_limit_waits_total: ['method'],
  lostdeal_rate_limit_wait_seconds_total: ['method'],
  lostdeal_ready: ['part'],
};

const KINDS = new Set(['select', 'insert', 'update', 'delete']);

export function createMetrics(build: Readonly<Record<string, string>>): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const acks = new Histogram({
    ...named('lostdeal_ack_seconds'),
    labelNames: ['surface', 'outcome'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3],
    registers,
  });
  const queries = new Histogram({
    ...named('lostdeal_database_seconds'),
    labelNames: ['kind'],
    buckets: [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 1, 5],
    registers,
  });
  new Gauge({ ...named('lostdeal_build_info'), labelNames: Object.keys(build), registers }).set(build, 1);

  const counters = new Map<MetricName, Counter>();
  const gauges = new Map<MetricName, Gauge>();
  for (const name of Object.keys(METRICS) as MetricName[]) {
    if (registry.getSingleMetric(name) !== undefined) continue;
    const made = { ...named(name), labelNames: [...(LABELS[name] ?? [])], registers };
    if (name.endsWith('_total')) counters.set(name, new Counter(made));
    else gauges.set(name, new Gauge(made));
  }
  let readings: Readings = { counters: () => [], gauges: () => [] };

  async function read(): Promise<void> {
    for (const counter of counters.values()) counter.reset();
    for (const { name, labels, value } of readings.counters()) counters.get(name)?.inc({ ...labels }, value);
    const values = await readings.gauges();
    // Only what was read anew is shown: a stage without deals, say, must not keep its last figure.
    for (const gauge of gauges.values()) gauge.reset();
    for (const { name, labels, value } of values) gauges.get(name)?.set({ ...labels }, value);
  }

  return {
    acked: (surface, outcome, ms) => acks.observe({ surface, outcome }, ms / 1000),
    queried(sql, ms) {
      const verb = sql.slice(0, 6).toLowerCase();
      queries.observe({ kind: KINDS.has(verb) ? verb : 'other' }, ms / 1000);
    },
    reads(given) {
      readings = given;
    },
    async page() {
      await read();
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}

const named = (name: MetricName) => ({ name, help: METRICS[name].help });
