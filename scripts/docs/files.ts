/** Whole files that are made from the code, by path. */
import { sheetOf } from '../../src/authoring/print/sheet';
import { BUILT_IN_DIR, loadPlaybooks } from '../../src/playbook/checking/loader';
import { SCHEMAS } from './editorSchema';

export const FILES: Readonly<Record<string, () => string>> = {
  ...SCHEMAS,
  ...Object.fromEntries(
    loadPlaybooks({ builtInDir: BUILT_IN_DIR })
      .list()
      .map((playbook) => [`docs/scripts/${playbook.id.replaceAll('_', '-')}.html`, () => sheetOf(playbook)]),
  ),
};
