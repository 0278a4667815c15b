/** A row of figures as columns. Money is an amount and a currency; sets have commas on both sides. */
import { PLEDGE_KEPT, type PledgeKept, type Tenant } from '../../deal/model/deal';
import type { Money } from '../../deal/model/money';
import { companyKey } from '../records/companyKey';
import { flag } from '../records/dealColumns';
import { ofDeal } from '../records/tenancy';
import type { Flag, InsightsTable } from '../schema';
import type { InsightRow, ListedDeal } from './insightsStore';

export function insightColumns(row: InsightRow & { readonly tenant: Tenant }, version: number) {
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
    is_signed: flag(row.isSigned),
    is_lost: flag(row.isLost),
    call_back_kept: maybe(row.callBackKept),
    reasons: setColumn(row.reasons),
    given: setColumn(row.given),
    reasons_differ: maybe(row.reasonsDiffer),
    confirmed: setColumn(row.confirmed),
    confirmed_differs: maybe(row.confirmedDiffers),
    lost_at: row.lostAt,
    ...moneyColumns('worth', row.worth),
    ...moneyColumns('back', row.back),
    ...moneyColumns('cost', row.cost),
    playbook_hash: row.playbookHash,
    steps: setColumn(row.steps),
    left_at: row.leftAt,
    was_pledged: flag(row.wasPledged),
    pledge_asked: flag(row.pledgeAsked),
    pledge_kept: row.pledgeKept,
    has_return: flag(row.hasReturn),
  } satisfies InsightsTable;
}

/** PostgreSQL's text cannot hold NUL. */
const plain = (text: string): string => text.replaceAll('\u0000', '');

const maybe = (value: boolean | null) => (value === null ? null : flag(value));

/** Null: the set is empty. */
const setColumn = (set: readonly string[]): string | null =>
  set.length === 0 ? null : `,${[...new Set(set)].sort().join(',')},`;

/** A later release may record more answers than this one knows. */
export const keptIn = (column: string | null): PledgeKept | null =>
  PLEDGE_KEPT.find((kept) => kept === column) ?? null;

export const readSet = (column: string | null): readonly string[] => column?.split(',').slice(1, -1) ?? [];

type MoneyColumns<Name extends string> = Record<`${Name}_minor`, number | null> &
  Record<`${Name}_currency`, string | null>;

const moneyColumns = <Name extends string>(name: Name, money: Money | null): MoneyColumns<Name> =>
  ({
    [`${name}_minor`]: money?.minor ?? null,
    [`${name}_currency`]: money?.currency ?? null,
  }) as MoneyColumns<Name>;

/** The columns that {@link listedDeal} reads. */
export const LISTED = [
  'deal_id',
  'rep',
  'manager',
  'account',
  'business',
  'competitor',
  'started_at',
  'was_reached',
  'would_have',
  'was_asked',
  'was_decided',
  'was_in_time',
  'decided_in',
  'was_tried',
  'was_yes',
  'was_given',
  'is_back',
  'is_lost',
  'call_back_kept',
  'reasons',
  'given',
  'reasons_differ',
  'confirmed',
  'confirmed_differs',
  'worth_minor',
  'worth_currency',
  'back_minor',
  'back_currency',
  'cost_minor',
  'cost_currency',
] as const satisfies readonly (keyof InsightsTable)[];

export function listedDeal(row: Pick<InsightsTable, (typeof LISTED)[number]>): ListedDeal {
  return {
    dealId: row.deal_id,
    rep: row.rep,
    manager: row.manager,
    account: row.account,
    business: row.business,
    competitor: row.competitor,
    startedAt: row.started_at,
    wasReached: row.was_reached === 1,
    wouldHave: known(row.would_have),
    wasAsked: row.was_asked === 1,
    wasDecided: row.was_decided === 1,
    wasInTime: known(row.was_in_time),
    decidedIn: row.decided_in,
    wasTried: row.was_tried === 1,
    wasYes: row.was_yes === 1,
    wasGiven: row.was_given === 1,
    isBack: row.is_back === 1,
    isLost: row.is_lost === 1,
    callBackKept: known(row.call_back_kept),
    reasons: readSet(row.reasons),
    given: readSet(row.given),
    reasonsDiffer: known(row.reasons_differ),
    confirmed: readSet(row.confirmed),
    confirmedDiffers: known(row.confirmed_differs),
    worth: readMoney(row.worth_minor, row.worth_currency),
    back: readMoney(row.back_minor, row.back_currency),
    cost: readMoney(row.cost_minor, row.cost_currency),
  };
}

const known = (flagged: Flag | null): boolean | null => (flagged === null ? null : flagged === 1);

const readMoney = (minor: number | null, currency: string | null): Money | null =>
  minor === null || currency === null ? null : { minor, currency };
