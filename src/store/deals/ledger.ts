/** Counts earlier deals lost to the same competitor, from the index alone. */
import type { DealId, Ledger, LedgerCounts, Tenant } from '../../deal/model/deal';
import type { Money } from '../../deal/model/money';
import { companyKey } from '../records/companyKey';
import { tenantColumns } from '../records/tenancy';
import type { Db } from '../schema';

/**
 * Reads one row for each set of kinds and currency, a handful. The index also holds `id`, so that leaving out one deal
 * reads no deal either. This function picks the rows of the same kind, because SQL would compare texts and not sets.
 *
 * @param kinds kinds of the offer in question; none: compare only the competitor
 */
export async function readLedger(
  db: Db,
  tenant: Tenant,
  competitor: string,
  except: DealId,
  kinds: readonly string[],
): Promise<Ledger> {
  const key = companyKey(competitor);
  const rows = key === null ? [] : await groups(db, tenant, key, except);
  const alike = rows.filter(({ offer_kinds }) => kinds.some((kind) => offer_kinds?.includes(`,${kind},`)));
  return { ...sumOf(rows), sameKind: kinds.length === 0 ? null : { ...sumOf(alike), kinds } };
}

type Group = Awaited<ReturnType<typeof groups>>[number];

function groups(db: Db, tenant: Tenant, key: string, except: DealId) {
  return db
    .selectFrom('deals')
    .select(({ fn }) => [
      'offer_kinds',
      'cost_currency',
      fn.countAll().as('lost'),
      fn.sum('was_asked').as('asked'),
      fn.sum('was_matched').as('matched'),
      fn.sum('was_won_back').as('won_back'),
      fn.sum('was_matched_lost').as('matched_lost'),
      fn.sum('cost_minor').as('cost'),
    ])
    .where(({ and }) => and({ ...tenantColumns(tenant), competitor_key: key, counts_as_lost: 1 }))
    .where('id', '!=', except)
    .groupBy(['offer_kinds', 'cost_currency'])
    .execute();
}

/** PostgreSQL returns counts and sums as text; sums over no rows are null. */
function sumOf(rows: readonly Group[]): LedgerCounts {
  const sum = (read: (row: Group) => unknown): number =>
    rows.reduce((total, row) => total + Number(read(row) ?? 0), 0);
  return {
    lost: sum((row) => row.lost),
    asked: sum((row) => row.asked),
    matched: sum((row) => row.matched),
    wonBack: sum((row) => row.won_back),
    matchedLost: sum((row) => row.matched_lost),
    cost: costsOf(rows),
  };
}

function costsOf(rows: readonly Group[]): Money[] {
  const byCurrency = new Map<string, number>();
  for (const { cost_currency: currency, cost } of rows) {
    if (currency !== null) byCurrency.set(currency, (byCurrency.get(currency) ?? 0) + Number(cost ?? 0));
  }
  return [...byCurrency]
    .filter(([, minor]) => minor > 0)
    .map(([currency, minor]) => ({ currency, minor }))
    .sort((a, b) => a.currency.localeCompare(b.currency));
}
