/**
 * What operators scrape. Figures are counted where they arise, or read at the scrape. None names a workspace, a person
 * or a deal, so the number of series is bounded. The library that makes the page is loaded when it is first needed: a
 * start does not wait for it, and a process that nobody scrapes hardly pays for it.
 */
import type { Build, MetricsPage, MetricsRegistry, Observation, Readings } from './registry';

export interface Metrics {
  /** @param payloadKind one of a few words */
  acked(payloadKind: string, outcome: 'acked' | 'unacked', ms: number): void;
  /** A statement of the database ran. */
  queried(sql: string, ms: number): void;
  /** Names what is read at a scrape; called once. */
  reads(readings: Readings): void;
  page(): Promise<MetricsPage>;
}

const STATEMENTS = new Set(['select', 'insert', 'update', 'delete']);

/** Observations kept until the library is loaded; more of them would take more memory than the library. */
const MOST_KEPT = 2_000;

export function createMetrics(build: Build): Metrics {
  let readings: Readings = { counters: () => [], gauges: () => [] };
  let kept: Observation[] = [];
  let registry: MetricsRegistry | null = null;
  let loading: Promise<MetricsRegistry> | null = null;

  async function load(): Promise<MetricsRegistry> {
    const { createRegistry } = await import('./registry.ts');
    registry = createRegistry(build);
    for (const observation of kept) registry.observe(observation);
    kept = [];
    return registry;
  }
  const loaded = () => {
    loading ??= load();
    return loading;
  };

  function observe(observation: Observation): void {
    if (registry !== null) {
      registry.observe(observation);
      return;
    }
    kept.push(observation);
    if (kept.length === MOST_KEPT) loaded();
  }

  return {
    acked: (surface, outcome, ms) =>
      observe({ name: 'lostdeal_ack_seconds', labels: { surface, outcome }, seconds: ms / 1000 }),
    queried(sql, ms) {
      const verb = sql.slice(0, 6).toLowerCase();
      const kind = STATEMENTS.has(verb) ? verb : 'other';
      observe({ name: 'lostdeal_database_seconds', labels: { kind }, seconds: ms / 1000 });
    },
    reads(given) {
      readings = given;
    },
    page: async () => (await loaded()).page(readings),
  };
}
