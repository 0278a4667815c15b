/** The parts of the pages that are made from the code, by page and by name. */
import { BUILT_IN_DIR, loadPlaybooks } from '../../src/playbook/checking/loader';
import { columnTable } from './columnTable';
import { errorTable } from './errorTable';
import { metricTable } from './metricTable';
import { prospectTable } from './prospectTable';
import { screenTable } from './screenTable';
import { stageDrawing } from './stageDrawing';

export const PARTS: Readonly<Record<string, Readonly<Record<string, () => string>>>> = {
  'docs/architecture.md': { 'stages of a deal': stageDrawing },
  'docs/export.md': { 'columns of an export': columnTable },
  'docs/operations.md': { 'errors of Slack': errorTable, metrics: metricTable },
  'docs/playbooks.md': Object.fromEntries(
    loadPlaybooks({ builtInDir: BUILT_IN_DIR })
      .list()
      .flatMap((playbook) => [
        [`screens of ${playbook.title}`, () => screenTable(playbook)],
        [`prospects of ${playbook.title}`, () => prospectTable(playbook)],
      ]),
  ),
};
