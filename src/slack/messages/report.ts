/** A report: figures as a direct message to whoever asked for it. */
import type { Learned } from '../../coach/learn';
import type { Notice } from '../../store/store';
import { ACTIONS } from '../ids';
import { buttons, fallbackText, figureBlocks, headline, paragraph } from '../text';
import { dm, type Slot } from './slot';

const UNKNOWN =
  "Slack didn't confirm your role in time, so this report stays empty. Type /lostdeal report once more.";

/** @param learned null: its reader may not see figures now */
export function reportSlot({ id, to }: Notice, learned: Learned | null): Slot {
  const shown =
    learned === null
      ? { text: fallbackText([UNKNOWN]), blocks: [paragraph([UNKNOWN])] }
      : {
          text: fallbackText([headline(learned)]),
          blocks: [
            ...figureBlocks(learned),
            ...(learned.figures.funnel.lost === 0
              ? []
              : [buttons({ action: ACTIONS.figureDeals, label: 'Show the deals', ref: { item: id } })]),
          ],
        };
  return { key: id, place: dm(to), ...shown, notifies: true, overtaken: false };
}
