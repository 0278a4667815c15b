/** The file of an export in a spreadsheet program, cell by cell: LibreOffice opens it as its dialog proposes. */
import { execFile } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import type { Money } from '../../src/deal/model/money';
import { type Cell, EXPORT_COLUMNS, type ExportNames } from '../../src/insights/export/columns';
import { createTemporaryFiles } from '../../src/insights/export/temporaryFiles';
import { writeDeals } from '../../src/insights/export/writeDeals';
import { INSIGHT_VERSION, insightOf } from '../../src/insights/insightOf';
import type { FiguresAsked, ListedDeal } from '../../src/store/store';
import { ACME, aDeal, commitOf, NOON } from '../store/builder';
import { openSqliteForTest } from '../store/harness';
import { temporaryFolder } from '../temporaryFolder';

const run = promisify(execFile);

/** Null: it is not installed. */
function findSoffice(): string | null {
  const paths = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'soffice'));
  return paths.find(isProgram) ?? null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const soffice = findSoffice();
if (soffice === null)
  process.stderr.write(
    'test/faults/spreadsheet.test.ts is skipped: LibreOffice is not installed (Debian: apt-get install --no-install-recommends libreoffice-calc)\n',
  );

const ODD = [
  '=1+1',
  '=HYPERLINK("https://example.com","Acme")',
  '+44 20 7946 0000',
  '-Acme-',
  '@SUM(A1:A9)',
  '|cmd',
  '%PATH%',
  'He said "no", twice',
  '""',
  "O'Neil & Söhne",
  "'quoted'",
  'Acme; Globex',
  'Acme, Inc.',
  'One line\nand another',
  'One line\r\nand another',
  'A\ttab',
  'Zoë 🦄👩‍👩‍👧‍👦',
  'שלום עולם',
  'مرحبا، شركة',
  '‮reversed',
  '株式会社アクメ',
  ' spaces on both sides ',
  'a\\b',
  '<b>&amp;</b>',
  'ﬁ ﷺ Ａ',
  'x'.repeat(3_000),
  'A',
];
/** Text that a spreadsheet takes for a number, a date or a truth value. The page says so. */
const LOOKS_LIKE_MORE = ['0', '007', '1/2', '2026-01-02', '12:30', '1e5', 'TRUE', '10%'];
const MONEY: readonly (Money | null)[] = [
  null,
  { minor: 4_800_000, currency: 'USD' },
  { minor: 1, currency: 'EUR' },
  { minor: 4_800_050, currency: 'GBP' },
  { minor: 123_456_789, currency: 'JPY' },
  { minor: 1_234_567, currency: 'KWD' },
  { minor: Number.MAX_SAFE_INTEGER, currency: 'USD' },
];

const ASKED: FiguresAsked = {
  tenant: ACME,
  sight: 'all',
  from: null,
  until: null,
  reps: null,
  competitor: null,
};
const NAMES: ExportNames = {
  person: (id) => (id === 'UNONE' ? null : `=${id} "the" boss`),
  reason: (id) => (id === 'price' ? 'Price; and more' : id),
  zone: 'America/New_York',
};

/**
 * What its dialog proposes, which nobody sees without a screen: commas, semicolons and tabs apart, and the UTF-8 that the
 * byte order mark says.
 */
const PROPOSED = '44/59/9,34,76,1';
/** Takes days and numbers of any form for what they are, as other programs always do. */
const DETECTING = ',0,false,true';

interface Kept {
  /** LibreOffice's: `string`, `float`, `date` … Empty: the cell is. */
  readonly type: string;
  /** A number or day as it is kept, else the words. */
  readonly text: string;
}

/** The cells of a spreadsheet in LibreOffice's format of one XML file. */
function cellsIn(xml: string): Kept[][] {
  const rows = xml.match(/<table:table-row[ >].*?<\/table:table-row>/gsu) ?? [];
  return rows.map((row) =>
    [...row.matchAll(/<table:table-cell([^>]*?)(?:\/>|>(.*?)<\/table:table-cell>)/gsu)].flatMap(
      ([, attributes = '', inside = '']) => {
        const attribute = (name: string) => new RegExp(` ${name}="([^"]*)"`, 'u').exec(attributes)?.[1];
        const kept = attribute('office:value') ?? attribute('office:date-value') ?? wordsIn(inside);
        const times = Number(attribute('table:number-columns-repeated') ?? 1);
        return Array<Kept>(times).fill({ type: attribute('office:value-type') ?? '', text: kept });
      },
    ),
  );
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function wordsIn(inside: string): string {
  const paragraphs = [...inside.matchAll(/<text:p(?:\/>|[^>]*>(.*?)<\/text:p>)/gsu)];
  return paragraphs
    .map(([, words = '']) =>
      words
        .replaceAll(/<text:s(?: text:c="(\d+)")?\/>/gu, (_, times) => ' '.repeat(Number(times ?? 1)))
        .replaceAll('<text:tab/>', '\t')
        .replaceAll(/<[^>]+>/gu, '')
        .replaceAll(/&(amp|lt|gt|quot|apos);/gu, (_, name: string) => ENTITIES[name] ?? ''),
    )
    .join('\n');
}

const folder = temporaryFolder();
afterAll(() => folder.remove());
let path = '';
let deals: readonly ListedDeal[] = [];

(soffice === null ? describe.skip : describe)('a spreadsheet program', () => {
  beforeAll(async () => {
    const { store, dispose } = await openSqliteForTest();
    const texts = [...ODD, ...LOOKS_LIKE_MORE];
    for (const [index, account] of texts.entries()) {
      const start = aDeal({ id: `d${index}`, account, startedAt: NOON + index * 86_400_000 });
      const competitor = index % 5 === 0 ? null : (texts.at(-index) ?? null);
      const reasons = index % 3 === 0 ? ['price', 'risk'] : null;
      const amount = MONEY[index % MONEY.length] ?? null;
      const deal = { ...start, details: { ...start.details, competitor, reasons, amount } };
      await store.deals.commit(commitOf(deal));
      await store.insights.writeRows(INSIGHT_VERSION, [{ ...insightOf(deal), tenant: ACME }]);
    }
    deals = await store.insights.listDeals(ASKED, null, 1_000);
    expect(deals).toHaveLength(texts.length);
    const files = createTemporaryFiles(join(folder.path, 'exports'));
    const [namesFor, goesOn] = [async () => NAMES, async () => undefined];
    ({ path } = await writeDeals({ store, files, namesFor, goesOn }, ASKED));
    await dispose();
  });

  /** LibreOffice's cells of the file. @param columns how it takes each; absent: as it finds */
  async function opened(columns = ''): Promise<Kept[][]> {
    const out = join(folder.path, columns === '' ? 'asItLikes' : 'asText');
    await run(
      soffice ?? '',
      [
        `-env:UserInstallation=file://${join(folder.path, 'profile')}`,
        '--headless',
        `--infilter=CSV:${PROPOSED},${columns === '' ? DETECTING : columns}`,
        '--convert-to',
        'fods',
        '--outdir',
        out,
        path,
      ],
      { env: { ...process.env, LC_ALL: 'C.UTF-8' } },
    );
    const [name = ''] = (path.split('/').at(-1) ?? '').split('.');
    return cellsIn(readFileSync(join(out, `${name}.fods`), 'utf8'));
  }

  /** As the file has it; LibreOffice ends lines within a cell with one character. */
  const written = (cell: Cell): string =>
    typeof cell === 'string'
      ? `${/^[=+\-@\t\r]/u.test(cell) ? "'" : ''}${cell}`.replaceAll('\r\n', '\n')
      : String(cell ?? '');

  const expected = () => [
    EXPORT_COLUMNS.map(({ name }): Cell => name),
    ...deals.map((deal) => EXPORT_COLUMNS.map(({ cell }) => cell(deal, NAMES))),
  ];

  it('keeps each cell as it was written where it takes the columns as text', async () => {
    const rows = await opened(EXPORT_COLUMNS.map((_, index) => `${index + 1}/2`).join('/'));
    const cells = expected().map((row) => row.map(written));
    expect(
      rows.slice(0, cells.length).map((row) => row.slice(0, EXPORT_COLUMNS.length).map(({ text }) => text)),
    ).toEqual(cells);
  });

  it('takes text for text, amounts for numbers, days for days, and no text for a formula', async () => {
    const rows = await opened();
    for (const [index, row] of expected().entries()) {
      for (const [column, cell] of row.entries()) {
        const { type = '', text = '' } = rows[index]?.[column] ?? {};
        const where = `${EXPORT_COLUMNS[column]?.name} of ${JSON.stringify(row[2])}`;
        const isDay = EXPORT_COLUMNS[column]?.name === 'started_on' && index > 0;
        if (typeof cell === 'number') {
          expect([where, type, Number(text)]).toEqual([where, 'float', cell]);
        } else if (cell === null || cell === '') {
          expect([where, type, text]).toEqual([where, '', '']);
        } else if (!LOOKS_LIKE_MORE.includes(cell)) {
          expect([where, type, text]).toEqual([where, isDay ? 'date' : 'string', written(cell)]);
        }
      }
    }
  });
});
