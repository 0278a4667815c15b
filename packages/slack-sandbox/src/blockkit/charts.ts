import { type JsonObject, objectsOf } from '../json';
import { byType, type Check, list, number, object, oneOf, type Report, string } from './checks';

/**
 * Charts of a data_visualization block, with up to 12 series as of August 2026:
 * https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block
 */

const label = string({ min: 1, max: 20 });
const axisLabel = string({ max: 50 });

const positive: Check = (value, at, report) => {
  number(value, at, report);
  if (typeof value === 'number' && value <= 0) report.add('must be more than 0', at);
};

const pie = object({
  type: oneOf('pie'),
  segments: list(object({ label, value: positive }), { min: 1, max: 12 }),
});

const series = object({
  name: label,
  data: list(object({ label, value: number }), { min: 1, max: 20 }),
});

function plot(type: string): Check {
  return object(
    {
      type: oneOf(type),
      series: list(series, { min: 1, max: 12 }),
      axis_config: object(
        { categories: list(label, { min: 1, max: 20 }) },
        { x_label: axisLabel, y_label: axisLabel },
      ),
    },
    {},
    checkPoints,
  );
}

/** Checks that series names are unique and that each series has exactly one point for every category. */
function checkPoints(chart: JsonObject, at: string, report: Report): void {
  const [axis] = objectsOf([chart.axis_config]);
  const categories = new Set(Array.isArray(axis?.categories) ? axis.categories : []);
  const names = new Set<unknown>();
  objectsOf(chart.series).forEach((one, index) => {
    if (names.has(one.name)) report.add('series names must be unique', `${at}/series/${index}/name`);
    names.add(one.name);
    const labels = objectsOf(one.data).map((point) => point.label);
    const complete = labels.length === categories.size && new Set(labels).size === labels.length;
    if (!complete || !labels.every((text) => categories.has(text))) {
      report.add('data must have one point for every category', `${at}/series/${index}/data`);
    }
  });
}

export const chart: Check = byType({ pie, bar: plot('bar'), area: plot('area'), line: plot('line') });
