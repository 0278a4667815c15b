import { EXPORT_COLUMNS } from '../../src/insights/export/columns';

/** One row a column of an export, in the order of the file. */
export function columnTable(): string {
  const rows = EXPORT_COLUMNS.map(({ name, holds }) => `| \`${name}\` | ${holds} |`);
  return ['| column | holds |', '|---|---|', ...rows].join('\n');
}
