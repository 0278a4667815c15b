/** A report: figures as a direct message to whoever asked for it. */
import type { Learned } from '../../coach/learn';
import type { Notice } from '../../store/store';
import { ACTIONS } from '../ids';
import { buttons, chartBlocks, dealsRow, fallbackText, figureBlocks, headline, paragraph } from '../text';
import { dm, type Slot } from './slot';

const UNKNOWN =
  "Slack didn't confirm your role in time, so this report stays empty. Type /lostdeal report once more.";

/** @param learned null: its reader may not see figures now */
export function reportSlot({ id, to }: Notice, learned: Learned | null): Slot {
  const slot = { key: id, place: dm(to), notifies: true, overtaken: false };
  if (learned === null) return { ...slot, text: fallbackText([UNKNOWN]), blocks: [paragraph([UNKNOWN])] };
  const row = dealsRow(learned, { item: id });
  const behind =
    row === null ? [] : [row, buttons({ action: ACTIONS.reportExport, label: 'Export', ref: { item: id } })];
  const charts = chartBlocks(learned);
  return {
    ...slot,
    text: fallbackText([headline(learned)]),
    blocks: [...figureBlocks(learned), ...behind],
    ...(charts === null ? {} : { richer: [...charts, ...behind] }),
  };
}
