/** A row of figures as columns. Money is an amount and a currency; sets have commas on both sides. */
import type { Tenant } from '../../deal/model/deal';
import type { Money } from '../../deal/model/money';
import { companyKey } from '../records/companyKey';
import { flag } from '../records/dealColumns';
import { ofDeal } from '../records/tenancy';
import type { InsightsTable } from '../schema';
import type { InsightRow } from './insightsStore';

export function insightColumns(
  row: InsightRow & { readonly tenant: Tenant },
  version: number,
): InsightsTable {
  return {
    ...ofDeal(row.tenant, row.dealId),
    version,
    revision: row.revision,
    counts: flag(row.counts),
    rep: row.rep,
    manager: row.manager,
    asked: setColumn(row.asked),
    approver: row.approver,
    account: plain(row.account),
    business: row.business,
    competitor: row.competitor === null ? null : plain(row.competitor),
    competitor_key: companyKey(row.competitor),
    started_at: row.startedAt,
    was_reached: flag(row.wasReached),
    would_have: maybe(row.wouldHave),
    was_asked: flag(row.wasAsked),
    was_decided: flag(row.wasDecided),
    was_in_time: maybe(row.wasInTime),
    decided_in: row.decidedIn,
    was_tried: flag(row.wasTried),
    was_yes: flag(row.wasYes),
    was_given: flag(row.wasGiven),
    is_back: flag(row.isBack),
    is_lost: flag(row.isLost),
    call_back_kept: maybe(row.callBackKept),
    reasons: setColumn(row.reasons),
    given: setColumn(row.given),
    reasons_differ: maybe(row.reasonsDiffer),
    ...moneyColumns('worth', row.worth),
    ...moneyColumns('back', row.back),
    ...moneyColumns('cost', row.cost),
  };
}

/** PostgreSQL's text cannot hold NUL. */
const plain = (text: string): string => text.replaceAll('\u0000', '');

const maybe = (value: boolean | null) => (value === null ? null : flag(value));

/** Null: the set is empty. */
const setColumn = (set: readonly string[]): string | null =>
  set.length === 0 ? null : `,${[...new Set(set)].sort().join(',')},`;

export const readSet = (column: string | null): readonly string[] => column?.split(',').slice(1, -1) ?? [];

type MoneyColumns<Name extends string> = Record<`${Name}_minor`, number | null> &
  Record<`${Name}_currency`, string | null>;

const moneyColumns = <Name extends string>(name: Name, money: Money | null): MoneyColumns<Name> =>
  ({
    [`${name}_minor`]: money?.minor ?? null,
    [`${name}_currency`]: money?.currency ?? null,
  }) as MoneyColumns<Name>;
