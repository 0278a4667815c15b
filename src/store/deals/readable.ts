/**
 * Deals of a list. A record that cannot be read is the trouble of its own deal: the others are shown, to admins above
 * all, who see in App Home what is wrong with the one.
 */
import type { Deal } from '../../deal/model/deal';
import { STORE_ERRORS, StoreError } from '../errors';
import type { StoreLogger } from '../openOptions';
import { readDeal } from '../records/dealJson';

export type ReadDeals = (rows: readonly Parameters<typeof readDeal>[0][]) => Deal[];

export function readingDeals(logger: StoreLogger | undefined): ReadDeals {
  return (rows) =>
    rows.flatMap((row) => {
      try {
        return [readDeal(row)];
      } catch (error) {
        if (!(error instanceof StoreError) || error.code !== STORE_ERRORS.UNREADABLE) throw error;
        const deal = { deal: row.id, team: row.team_id, err: error };
        logger?.warn?.(deal, 'a deal cannot be read and is left out of a list');
        return [];
      }
    });
}
