/** The metrics as Prometheus reads them. Loaded by metrics.ts when they are first needed. */
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

/** One duration, for a histogram. */
export interface Observation {
  readonly name: 'lostdeal_ack_seconds' | 'lostdeal_database_seconds';
  readonly labels: Readonly<Record<string, string>>;
  readonly seconds: number;
}

/** Labels of `lostdeal_build_info`. */
export type Build = Readonly<Record<string, string>>;

export interface MetricsPage {
  readonly contentType: string;
  readonly text: string;
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

export interface MetricsRegistry {
  observe(observation: Observation): void;
  page(readings: Readings): Promise<MetricsPage>;
}

export function createRegistry(build: Build): MetricsRegistry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const histograms: Record<Observation['name'], Histogram> = {
    lostdeal_ack_seconds: new Histogram({
      ...named('lostdeal_ack_seconds'),
      labelNames: ['surface', 'outcome'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3],
      registers,
    }),
    lostdeal_database_seconds: new Histogram({
      ...named('lostdeal_database_seconds'),
      labelNames: ['kind'],
      buckets: [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 1, 5],
      registers,
    }),
  };
  new Gauge({ ...named('lostdeal_build_info'), labelNames: Object.keys(build), registers }).set(build, 1);

  const counters = new Map<MetricName, Counter>();
  const gauges = new Map<MetricName, Gauge>();
  for (const name of Object.keys(METRICS) as MetricName[]) {
    if (registry.getSingleMetric(name) !== undefined) continue;
    const made = { ...named(name), labelNames: [...(LABELS[name] ?? [])], registers };
    if (name.endsWith('_total')) counters.set(name, new Counter(made));
    else gauges.set(name, new Gauge(made));
  }

  async function read(readings: Readings): Promise<void> {
    for (const counter of counters.values()) counter.reset();
    for (const { name, labels, value } of readings.counters()) counters.get(name)?.inc({ ...labels }, value);
    const values = await readings.gauges();
    // Gauges start empty: a stage without deals, say, must not keep its last figure.
    for (const gauge of gauges.values()) gauge.reset();
    for (const { name, labels, value } of values) gauges.get(name)?.set({ ...labels }, value);
  }

  return {
    observe: ({ name, labels, seconds }) => histograms[name].observe({ ...labels }, seconds),
    async page(readings) {
      await read(readings);
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}

const named = (name: MetricName) => ({ name, help: METRICS[name].help });
