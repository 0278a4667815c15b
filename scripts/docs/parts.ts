/** The parts of the pages that are made from the code, by page and by name. */
import { errorTable } from './errorTable';
import { metricTable } from './metricTable';
import { stageDrawing } from './stageDrawing';

export const PARTS: Readonly<Record<string, Readonly<Record<string, () => string>>>> = {
  'docs/architecture.md': { 'stages of a deal': stageDrawing },
  'docs/operations.md': { 'errors of Slack': errorTable, metrics: metricTable },
};
