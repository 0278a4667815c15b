/** Reads what became of earlier deals lost to the same competitor, from the index alone. */
import type { DealId, Tenant } from '../../deal/model/deal';
import type { Money } from '../../deal/model/money';
import { companyKey } from '../records/companyKey';
import { readRescueCase } from '../records/dealColumns';
import { tenantColumns } from '../records/tenancy';
import type { Db } from '../schema';
import type { CaseGroup } from './dealsStore';

/** Reads one row for each set of kinds, case and currencies, a handful. The index also holds `id`, so no deal is read. */
export async function readCases(
  db: Db,
  tenant: Tenant,
  competitor: string,
  except: DealId,
): Promise<CaseGroup[]> {
  const key = companyKey(competitor);
  if (key === null) return [];
  const rows = await db
    .selectFrom('deals')
    .select(({ fn }) => [
      'offer_kinds',
      'rescue_case',
      'cost_currency',
      'won_currency',
      fn.countAll().as('deals'),
      fn.sum('cost_minor').as('cost'),
      fn.sum('won_minor').as('won'),
    ])
    .where(({ and }) => and({ ...tenantColumns(tenant), competitor_key: key, counts_as_lost: 1 }))
    .where('id', '!=', except)
    .groupBy(['offer_kinds', 'rescue_case', 'cost_currency', 'won_currency'])
    .execute();
  return rows.map((row) => {
    const words = readRescueCase(row.rescue_case);
    const cameBack = words.end === 'whole' || words.end === 'part';
    return {
      ...words,
      kinds: row.offer_kinds?.split(',').filter((kind) => kind !== '') ?? [],
      deals: Number(row.deals),
      won: sumIn(row.won_currency, row.won),
      // The column holds the cost of every yes that stands.
      cost: cameBack ? sumIn(row.cost_currency, row.cost) : null,
    };
  });
}

/** PostgreSQL returns sums as text. */
function sumIn(currency: string | null, minor: unknown): Money | null {
  return currency === null ? null : { minor: Number(minor ?? 0), currency };
}
