import type { Deal } from '../../deal/model/deal';
import {
  buttons,
  cut,
  detailEntries,
  detailsButton,
  type Entry,
  encodedLength,
  transcript as entriesOf,
  entryPieces,
  type Part,
  paragraph,
  rich,
  shares,
  showAllButton,
} from '../text';
import { IN_THREAD, type Message, messageKind, SINGLE, type Single } from './kind';
import { whyNoThread } from './lastWords';
import type { RenderContext } from './slot';

/** Slack refuses messages of about 12,000 characters without saying by how much; a phone is tired long before. */
const TOTAL = 5_000;
const MOST_ENTRIES = 30;

/** What was said, screen by screen, and what was filled in afterwards; nothing while nothing is recorded. */
export const transcript = messageKind({
  kind: 'transcript',
  key: SINGLE,
  place: IN_THREAD,
  notifies: false,
  phases: ['thread'],
  messages: transcriptOf,
  lastWords: (deal) => [whyNoThread(deal) ?? 'Nothing is recorded.'],
});

function transcriptOf(deal: Deal, context: RenderContext): readonly Message<Single>[] {
  const all = [
    ...entriesOf(deal, context),
    ...detailEntries(deal).filter(({ title }) => title !== 'Competitor'),
  ];
  if (all.length === 0) return [];
  if (context.privacy === 'short') {
    // Only to take back what an earlier, longer version said: never posted by itself.
    const text: Part[] = [
      `The conversation is kept: ${all.length === 1 ? '1 entry' : `${all.length} entries`}.`,
    ];
    const blocks = [paragraph(text), buttons(detailsButton(deal))];
    return [{ key: {}, overtaken: true, fallback: text, blocks }];
  }
  const entries = all.slice(0, MOST_ENTRIES);
  const room = shares(entries.map(lengthOf), TOTAL);
  let shortened = all.length > entries.length;
  const pieces = entries.flatMap((entry, index) => {
    const parts = fitted(entry.parts, room[index] ?? 0);
    shortened ||= parts.some((part, at) => part !== entry.parts[at]);
    return entryPieces(entry, parts);
  });
  return [
    {
      key: {},
      fallback: ['What was said, from the first question to the last.'],
      blocks: [rich(...pieces), ...(shortened ? [buttons(showAllButton(deal))] : [])],
    },
  ];
}

function lengthOf(entry: Entry): number {
  return entry.parts.reduce((sum, part) => sum + (typeof part === 'string' ? encodedLength(part) : 30), 0);
}

function fitted(parts: readonly Part[], room: number): Part[] {
  return parts.map((part) => (typeof part === 'string' ? cut(part, Math.max(room, 1)) : part));
}
