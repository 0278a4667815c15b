/** Deals as CSV: UTF-8 with a byte order mark, RFC 4180. The library guards cells that a spreadsheet takes for formulas. */
import { stringify } from 'csv-stringify/sync';
import type { ListedDeal } from '../../store/store';
import { EXPORT_COLUMNS, type ExportNames } from './columns';

/**
 * @param isFirst with the byte order mark and the row of names
 * @returns one page of the file; only strings are guarded, so that negative numbers stay numbers
 */
export function csvPage(deals: readonly ListedDeal[], names: ExportNames, isFirst: boolean): string {
  return stringify(
    deals.map((deal) => EXPORT_COLUMNS.map(({ cell }) => cell(deal, names))),
    {
      header: isFirst,
      bom: isFirst,
      columns: EXPORT_COLUMNS.map(({ name }) => name),
      record_delimiter: 'windows',
      escape_formulas: true,
      // The library quotes CRLF only. Spreadsheets end a row at either character alone, and some also split at these signs.
      quoted_match: ['\r', '\n', ';', '\t'],
    },
  );
}
