/** An export: the deals of a period as a file, as a direct message to whoever asked for it. */
import { createHash } from 'node:crypto';
import type { MadeExport } from '../../coach/exporting';
import type { PeriodName } from '../../coach/learn';
import type { Notice } from '../../store/store';
import { fallbackText, line, lostWords, paragraph, periodWords, rich } from '../text';
import { dm, type Slot } from './slot';

const FAILED =
  "Your export didn't work. I tried for half an hour and then stopped. Type /lostdeal export again. If that fails too, ask the people who run Lostdeal to look at its log.";
const AGAIN = 'Then type /lostdeal export again.';
const UNCONFIRMED =
  "Slack didn't confirm your role in time, so there's no export. Type /lostdeal export once more.";

interface Made {
  readonly period: PeriodName;
  /** Writes the file; called by the instance that sends it. */
  readonly make: (goesOn: () => Promise<void>) => Promise<MadeExport>;
  readonly discard: (path: string) => Promise<void>;
  /** Whether it has had its last try. */
  readonly hasFailed: () => boolean;
}

export function exportSlot({ id, to }: Notice, { period, make, discard, hasFailed }: Made): Slot {
  return {
    key: id,
    place: dm(to),
    ...words('Your export'),
    notifies: true,
    overtaken: false,
    file: {
      name: `lostdeal-${periodSlug(period)}-${createHash('sha256').update(id).digest('hex').slice(0, 8)}.csv`,
      title: `Lost deals, ${lowerFirst(periodWords(period))}`,
      make: async (goesOn) => {
        const made = await make(goesOn);
        switch (made.kind) {
          case 'unconfirmed':
            return { kind: 'words', ...words(UNCONFIRMED) };
          case 'empty':
            return { kind: 'words', ...words(`${lostWords(made, 0)}, so there's no file.`) };
          case 'file': {
            const { path, bytes } = made;
            return { kind: 'file', path, bytes, blocks: comment(made), discard: () => discard(path) };
          }
        }
      },
      refused: (code) => words(refusedText(code)),
      givesUp: () => (hasFailed() ? words(FAILED) : null),
    },
  };
}

const words = (text: string) => ({ text: fallbackText([text]), blocks: [paragraph([text])] });

type File = Extract<MadeExport, { kind: 'file' }>;

function comment(made: File): Slot['blocks'] {
  const whose = made.seesAll ? 'It has every deal of the workspace.' : 'It has the deals that you can see.';
  const first = `Here's your export. ${lostWords(made, made.deals)}.`;
  return [rich(line({ bold: first }), line(`${whose} Nobody else got it.`))];
}

function refusedText(code: string): string {
  return code === 'missing_scope'
    ? `I can't send you files yet, so your export isn't here. Ask an admin to install Lostdeal once more, which lets it send files. ${AGAIN}`
    : `Slack doesn't take the file here (${code}). Ask the people who run your Slack to allow files, or to make room for them. ${AGAIN}`;
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

const periodSlug = (period: PeriodName): string =>
  lowerFirst(periodWords(period))
    .replace(/^in (the )?/u, '')
    .replace(/[^a-z0-9]+/gu, '-');
