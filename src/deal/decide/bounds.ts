/**
 * How much one deal may hold, so that nobody's clicks become slow by what others added. Bounds refuse growth only: a deal
 * that is past one, from an earlier release, goes on. The clock is not bound, because its events end by themselves.
 */
import type { Command } from '../model/commands';
import type { Ask, Deal } from '../model/deal';
import type { PlainCode } from '../model/refusals';

interface Bound {
  readonly most: number;
  readonly count: (deal: Deal) => number;
  readonly code: PlainCode;
}

const asksOf = ({ pastAsks, ask }: Deal): readonly Ask[] => (ask === null ? pastAsks : [...pastAsks, ask]);
const sum = (deal: Deal, count: (ask: Ask) => number): number =>
  asksOf(deal).reduce((total, ask) => total + count(ask), 0);

/** Counts of one deal, over all its asks. An answer belongs to its question, which has one. */
export const BOUNDS: readonly Bound[] = [
  { most: 15, count: (deal) => sum(deal, ({ questions }) => questions.length), code: 'questions_full' },
  { most: 20, count: ({ pastAsks }) => pastAsks.length, code: 'asks_full' },
  { most: 40, count: (deal) => sum(deal, ({ decisions }) => decisions.length), code: 'decisions_full' },
];

/** Characters of a state as JSON: a dozen of the longest answers. Every click writes the state once. */
export const MOST_OF_STATE = 40_000;
/** More, for what brings a deal to its end. */
export const MOST_AT_THE_END = 56_000;

const ENDS: readonly Command['type'][] = [
  'decide',
  'approve',
  'report_signed',
  'withdraw',
  'report_outcome',
  'note_next_time',
  'report_pledge',
  'confirm_reason',
  'edit_remark',
  'delete_remark',
];

/** @returns the refusal of a command that lets the deal grow past a bound; null: it may be written */
export function pastBound(before: Deal | null, after: Deal, type: Command['type']): PlainCode | null {
  const passed = BOUNDS.find(
    ({ most, count }) => count(after) > most && count(after) > (before === null ? 0 : count(before)),
  );
  if (passed !== undefined) return passed.code;
  const most = ENDS.includes(type) ? MOST_AT_THE_END : MOST_OF_STATE;
  const size = sizeOf(after);
  return size > most && size > (before === null ? 0 : sizeOf(before)) ? 'deal_full' : null;
}

/** Answers that the rep took back are there for a moment, and are answers of before. */
const sizeOf = (deal: Deal): number => JSON.stringify({ ...deal, takenBack: null }).length;
