import { METRICS, type MetricText } from '../../src/http/metricNames';

/** One row a metric, with the rule that calls somebody. */
export function metricTable(): string {
  const rows = Object.entries<MetricText>(METRICS).map(
    ([name, { help, alert }]) =>
      `| \`${name}\` | ${help} | ${alert === null ? '' : `\`${alert.replaceAll('|', '\\|')}\``} |`,
  );
  return ['| metric | says | call somebody when |', '|---|---|---|', ...rows].join('\n');
}
