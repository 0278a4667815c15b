/**
 * Deals by stage, counted a slice of an index at a time: SQLite counts in the thread that answers clicks, and all of a
 * million at once would take it for 70 ms. What changes its stage meanwhile may be counted twice or not at all; the next
 * count is right about it.
 */
import { setImmediate as turn } from 'node:timers/promises';
import { STAGES, type Stage } from '../../deal/model/deal';
import type { DealsByStage } from '../work/workStore';
import type { Direct } from './direct';

/** About a millisecond. */
const SLICE = 10_000;

const OF_STAGE = 'from deals where stage = ? and rowid > ?';
const END_OF_SLICE = `select rowid as last ${OF_STAGE} order by rowid limit 1 offset ${SLICE - 1}`;
const REST = `select count(*) as deals ${OF_STAGE}`;

export async function countInSlices(direct: Pick<Direct, 'first'>): Promise<DealsByStage> {
  const counted: [Stage, number][] = [];
  for (const stage of STAGES) counted.push([stage, await count(direct, stage)]);
  return Object.fromEntries(counted.filter(([, deals]) => deals > 0));
}

async function count(direct: Pick<Direct, 'first'>, stage: Stage): Promise<number> {
  let slices = 0;
  let after = 0;
  for (;;) {
    const end = await direct.first<{ last: number }>(END_OF_SLICE, [stage, after]);
    if (end === undefined) break;
    slices += 1;
    after = end.last;
    // Whoever came meanwhile is answered.
    await turn();
  }
  const rest = await direct.first<{ deals: number }>(REST, [stage, after]);
  return slices * SLICE + (rest?.deals ?? 0);
}
