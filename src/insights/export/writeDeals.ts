/** Writes deals to a temporary file in bounded memory: one page at a time, read outside the thread that answers Slack. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FiguresAsked, ListedDeal, Store } from '../../store/store';
import type { ExportNames } from './columns';
import { csvPage } from './csv';
import type { TemporaryFiles } from './temporaryFiles';

/** Deals of one read. */
const PAGE = 250;
/** Rows made at one go: a millisecond or two, the longest that a click in between waits. */
const SLICE = 25;

export interface WrittenDeals {
  readonly path: string;
  readonly bytes: number;
  readonly deals: number;
}

interface Writing {
  readonly store: Pick<Store, 'insights'>;
  readonly files: TemporaryFiles;
  /** The names that these deals need. */
  readonly namesFor: (deals: readonly ListedDeal[]) => Promise<ExportNames>;
  /** Called before each page; ends the writing by throwing. */
  readonly goesOn: () => Promise<void>;
}

/** The caller removes the file. @throws what `goesOn` throws; nothing is left then */
export async function writeDeals(
  { store, files, namesFor, goesOn }: Writing,
  asked: FiguresAsked,
): Promise<WrittenDeals> {
  const { path, handle } = await files.create();
  try {
    let deals = 0;
    let bytes = 0;
    let after: ListedDeal | null = null;
    for (;;) {
      await goesOn();
      const page: ListedDeal[] = await store.insights.listDeals(asked, after, PAGE);
      if (page.length === 0) break;
      for (let from = 0; from < page.length; from += SLICE) {
        await nextTurn();
        const slice = page.slice(from, from + SLICE);
        const text = Buffer.from(csvPage(slice, await namesFor(slice), deals === 0));
        await handle.appendFile(text);
        deals += slice.length;
        bytes += text.length;
      }
      after = page.at(-1) ?? null;
      if (page.length < PAGE) break;
    }
    await handle.close();
    return { path, bytes, deals };
  } catch (error) {
    await handle.close();
    await files.remove(path);
    throw error;
  }
}
