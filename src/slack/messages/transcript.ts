import type { Deal } from '../../deal/model/deal';
import {
  buttons,
  COMPETITOR,
  detailEntries,
  detailsButton,
  transcript as entriesOf,
  entryPieces,
  fitted,
  type Part,
  paragraph,
  rich,
  showAllButton,
} from '../text';
import { IN_THREAD, type Message, messageKind, SINGLE, type Single } from './kind';
import { whyNoThread } from './lastWords';
import type { RenderContext } from './slot';

/** Slack refuses messages of about 12,000 characters without saying by how much; a phone is tired long before. */
const TOTAL = 5_000;
const MOST_ENTRIES = 30;

/** The last answer to each question and what the rep wrote down; nothing while nobody answered anything. */
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
    // The summary names the competitor.
    ...detailEntries(deal).filter(({ title }) => title !== COMPETITOR),
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
  const { entries, cut } = fitted(all.slice(0, MOST_ENTRIES), TOTAL);
  return [
    {
      key: {},
      fallback: ['What they said.'],
      blocks: [
        rich(...entryPieces(entries)),
        ...(cut || all.length > entries.length ? [buttons(showAllButton(deal))] : []),
      ],
    },
  ];
}
