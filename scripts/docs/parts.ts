/** Which parts of docs/operations.md are made from the code. */
import { errorTable } from './errorTable';
import { metricTable } from './metricTable';

export const OPERATIONS_PARTS: Readonly<Record<string, () => string>> = {
  'errors of Slack': errorTable,
  metrics: metricTable,
};
