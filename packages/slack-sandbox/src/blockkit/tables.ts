import { isObject, type JsonObject, objectsOf } from '../json';
import { byType, type Check, integer, list, number, object, oneOf, type Report, string } from './checks';
import { elementIn } from './elements';
import { richText } from './richText';

/**
 * Rows and cells: https://docs.slack.dev/reference/block-kit/blocks/table-block and
 * https://docs.slack.dev/reference/block-kit/blocks/data-table-block. As of September 2026 a data table takes 200
 * rows below its header; copies of the page from before August say 100.
 */

const plainCells = {
  raw_text: object({ type: oneOf('raw_text'), text: string({ min: 1 }) }),
  raw_number: object({ type: oneOf('raw_number'), value: number }, { text: string({ min: 1 }) }),
};
const cell = byType({ ...plainCells, rich_text: richText });
const headerCell = byType(plainCells);

/**
 * A button in a cell, and the fallback for clients that draw no button. From slackapi/slack-skills-plugin, which is
 * newer than the page.
 */
const actionCell = object(
  { type: oneOf('action_cell'), element: elementIn('cell') },
  { fallback: byType(plainCells) },
);
const dataCell = byType({ ...plainCells, rich_text: richText, action_cell: actionCell });

const columns = { min: 1, max: 20 };

export const tableRows: Check = list(list(cell, columns), { min: 1, max: 100 });

/** The first row is the header. It takes neither rich text nor buttons. */
export const dataTableRows: Check = (value, at, report) => {
  list(() => undefined, { min: 2, max: 201 })(value, at, report);
  if (!Array.isArray(value)) return;
  value.forEach((row, index) => {
    list(index === 0 ? headerCell : dataCell, columns)(row, `${at}/${index}`, report);
  });
};

export const dataTableFields = {
  page_size: integer({ min: 1, max: 100 }),
  row_header_column_index: integer({ min: 0, max: 19 }),
};

/** Checks that all rows are as wide as the header and that the row header is one of its columns. */
export function checkWidths(table: JsonObject, at: string, report: Report): void {
  if (!Array.isArray(table.rows)) return;
  const widths = table.rows.map((row) => (Array.isArray(row) ? row.length : 0));
  const width = widths[0] ?? 0;
  widths.forEach((other, index) => {
    if (other !== width) report.add('all rows must have the same number of cells', `${at}/rows/${index}`);
  });
  const { row_header_column_index: column } = table;
  if (typeof column === 'number' && column >= width) {
    report.add(`must be at most ${width - 1}`, `${at}/row_header_column_index`);
  }
}

const CELL_CHARACTERS: Readonly<Record<string, number>> = { table: 10_000, data_table: 20_000 };

/** Checks the total of characters in the cells of each kind of table, and that a message has at most one `table`. */
export function checkTables(blocks: readonly JsonObject[], at: string, report: Report): void {
  for (const [type, max] of Object.entries(CELL_CHARACTERS)) {
    const sum = blocks
      .filter((block) => block.type === type)
      .reduce((total, block) => total + textLength(block.rows), 0);
    if (sum > max) report.add(`the cells of all tables must have less than ${max + 1} characters`, at);
  }
  const isMessage = report.surface === 'message';
  if (isMessage && blocks.filter((block) => block.type === 'table').length > 1) report.add(ONE_TABLE, at);
}

/** Slack's message for a second table. Slack refuses it with invalid_attachments. */
export const ONE_TABLE = 'only_one_table_allowed';

/** Counts characters under `text`, at any depth. */
function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + textLength(item), 0);
  if (!isObject(value)) return 0;
  const own = typeof value.text === 'string' ? value.text.length : 0;
  return (
    own + objectsOf(Object.values(value)).reduce((sum, item) => sum + textLength(item), 0) + lists(value)
  );
}

function lists(value: JsonObject): number {
  return Object.values(value)
    .filter(Array.isArray)
    .reduce<number>((sum, item) => sum + textLength(item), 0);
}
