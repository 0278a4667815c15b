/** Reads figures from the rows of deals, never from deals. Runs on a connection of its own, beside those that people wait for. */
import { type RawBuilder, sql } from 'kysely';
import type { UserId } from '../../deal/model/deal';
import type { Money } from '../../deal/model/money';
import { companyKey } from '../records/companyKey';
import { tenantColumns, tenantOf } from '../records/tenancy';
import type { Db } from '../schema';
import { keptIn, LISTED, listedDeal, readSet } from './insightColumns';
import type {
  Dimension,
  FigureOf,
  FigureStep,
  FiguresAsked,
  InsightGroup,
  InsightsStore,
  PledgeState,
  Sight,
} from './insightsStore';

const COLUMNS = {
  rep: 'rep',
  competitor: 'competitor_key',
  business: 'business',
  reasons: 'reasons',
  given: 'given',
  confirmed: 'confirmed',
  decidedIn: 'decided_in',
  callBackKept: 'call_back_kept',
  playbook: 'playbook_hash',
  steps: 'steps',
  leftAt: 'left_at',
  pledgeKept: 'pledge_kept',
} as const satisfies Readonly<Record<Dimension, string>>;

/** Enough to see three of one team and reason. */
const MOST_LOSSES = 5_000;

const CURRENCIES = ['worth_currency', 'back_currency', 'cost_currency'] as const;

export function createFiguresStore(
  db: Db,
): Pick<
  InsightsStore,
  'groups' | 'firstUse' | 'dealsBehind' | 'countDeals' | 'listDeals' | 'recentLosses' | 'lossesTo'
> {
  const rowsOf = ({ tenant, sight, from, until, reps, competitor, among }: FiguresAsked) =>
    db
      .selectFrom('insights')
      .where(({ and }) => and({ ...tenantColumns(tenant), counts: 1 }))
      .$if(from !== null, (query) => query.where('started_at', '>=', from))
      .$if(until !== null, (query) => query.where('started_at', '<', until))
      .$if(competitor !== null, (query) => query.where('competitor_key', '=', companyKey(competitor)))
      .$if(among !== undefined, (query) => query.where(isAmong(among ?? [])))
      .$if(reps !== null, (query) => query.where(oneOf('rep', reps ?? [])))
      .$if(sight !== 'all', (query) => query.where(seenBy(sight)));

  return {
    async recentLosses(since) {
      const rows = await db
        .selectFrom('insights')
        .select(['enterprise_id', 'team_id', 'competitor_key'])
        .distinct()
        .where('lost_at', '>=', since)
        .where('competitor_key', 'is not', null)
        .where('counts', '=', 1)
        .execute();
      return rows.flatMap((row) =>
        row.competitor_key === null ? [] : [{ tenant: tenantOf(row), competitorKey: row.competitor_key }],
      );
    },

    async lossesTo(tenant, competitorKey, since) {
      const rows = await db
        .selectFrom('insights')
        .select(['deal_id', 'account', 'rep', 'competitor', 'reasons', 'confirmed', 'lost_at'])
        .select(['worth_minor', 'worth_currency'])
        .where(({ and }) => and({ ...tenantColumns(tenant), competitor_key: competitorKey, counts: 1 }))
        .where('lost_at', '>=', since)
        .orderBy('lost_at', 'desc')
        .orderBy('deal_id', 'desc')
        .limit(MOST_LOSSES)
        .execute();
      return rows.toReversed().map((row) => ({
        dealId: row.deal_id,
        account: row.account,
        rep: row.rep,
        competitor: row.competitor ?? '',
        reasons: readSet(row.confirmed ?? row.reasons),
        worth: sumIn(row.worth_currency, row.worth_minor),
        lostAt: row.lost_at ?? 0,
      }));
    },

    async firstUse(tenant, playbookHash) {
      const row = await db
        .selectFrom('insights')
        .select(({ fn }) => fn.min('started_at').as('since'))
        .where(({ and }) => and({ ...tenantColumns(tenant), playbook_hash: playbookHash }))
        .executeTakeFirst();
      return row?.since ?? null;
    },

    async groups(asked, by, periods = []) {
      const period = periodOf(periods);
      const columns = by.map((dimension) => COLUMNS[dimension]);
      const rows = await rowsOf(asked)
        .select(({ fn }) => [
          ...CURRENCIES,
          fn.countAll().as('deals'),
          fn.sum('was_reached').as('reached'),
          fn.sum('would_have').as('would_have'),
          fn.count('would_have').as('would_have_known'),
          fn.sum('was_asked').as('asked'),
          fn.sum('was_decided').as('decided'),
          fn.sum('was_in_time').as('in_time'),
          fn.sum('was_tried').as('tried'),
          fn.sum('was_yes').as('yes'),
          fn.sum('was_given').as('given_deals'),
          fn.sum('is_back').as('back'),
          fn.sum('is_signed').as('signed'),
          fn.sum('is_lost').as('lost'),
          fn.sum('reasons_differ').as('differ'),
          fn.count('reasons_differ').as('differ_known'),
          fn.count('confirmed').as('confirmed_deals'),
          fn.sum('confirmed_differs').as('confirmed_differ'),
          fn.count('confirmed_differs').as('confirmed_differ_known'),
          fn.sum('was_pledged').as('pledged'),
          fn.sum('pledge_asked').as('pledge_asked'),
          fn.sum('has_return').as('in_return'),
          fn.sum('worth_minor').as('worth_minor'),
          fn.sum('back_minor').as('back_minor'),
          sql`sum(case when is_signed = 1 then back_minor end)`.as('signed_minor'),
          fn.sum('cost_minor').as('cost_minor'),
          // The spelling of a company that most rows would agree on is not worth a second read.
          fn.max('competitor').as('competitor'),
        ])
        .select(columns)
        .select(period.as('period'))
        .groupBy([...columns, ...CURRENCIES])
        .$if(periods.length > 0, (query) => query.groupBy(period))
        .execute();
      return rows.map((row): InsightGroup => {
        const named = row as Partial<Record<(typeof COLUMNS)[Dimension], string | number | null>>;
        const has = (dimension: Dimension): boolean => by.includes(dimension);
        return {
          period: Number(row.period),
          rep: has('rep') ? text(named.rep) : null,
          competitor: has('competitor') && named.competitor_key !== null ? row.competitor : null,
          competitorKey: has('competitor') ? text(named.competitor_key) : null,
          business: has('business') ? (text(named.business) as InsightGroup['business']) : null,
          reasons: has('reasons') ? readSet(text(named.reasons)) : [],
          given: has('given') ? readSet(text(named.given)) : [],
          confirmed: has('confirmed') ? readSet(text(named.confirmed)) : [],
          decidedIn: has('decidedIn') ? (text(named.decided_in) as InsightGroup['decidedIn']) : null,
          callBackKept: named.call_back_kept == null ? null : Number(named.call_back_kept) === 1,
          playbookHash: has('playbook') ? text(named.playbook_hash) : null,
          steps: has('steps') ? readSet(text(named.steps)) : [],
          leftAt: has('leftAt') ? text(named.left_at) : null,
          pledgeKept: has('pledgeKept') ? keptIn(text(named.pledge_kept)) : null,
          deals: Number(row.deals),
          reached: Number(row.reached),
          wouldHave: Number(row.would_have ?? 0),
          wouldHaveKnown: Number(row.would_have_known),
          asked: Number(row.asked),
          decided: Number(row.decided),
          inTime: Number(row.in_time ?? 0),
          tried: Number(row.tried),
          yes: Number(row.yes),
          gave: Number(row.given_deals),
          back: Number(row.back),
          signed: Number(row.signed),
          lost: Number(row.lost),
          differ: Number(row.differ ?? 0),
          differKnown: Number(row.differ_known),
          confirmedDeals: Number(row.confirmed_deals),
          confirmedDiffer: Number(row.confirmed_differ ?? 0),
          confirmedDifferKnown: Number(row.confirmed_differ_known),
          pledged: Number(row.pledged),
          pledgeAsked: Number(row.pledge_asked),
          inReturn: Number(row.in_return),
          worth: sumIn(row.worth_currency, row.worth_minor),
          backMoney: sumIn(row.back_currency, row.back_minor),
          signedMoney: sumIn(row.back_currency, row.signed_minor),
          cost: sumIn(row.cost_currency, row.cost_minor),
        };
      });
    },

    async dealsBehind(asked, { of, limit, offset }) {
      const rows = await rowsOf(asked)
        .select(['deal_id', 'account', 'rep', 'started_at', 'was_tried', 'is_back', 'is_signed', 'is_lost'])
        .select(['back_minor', 'back_currency'])
        .$if(of !== null, (query) => query.where(isOf(of)))
        .orderBy('started_at', 'desc')
        .orderBy('deal_id')
        .limit(limit)
        .offset(offset)
        .execute();
      return rows.map((row) => ({
        dealId: row.deal_id,
        account: row.account,
        rep: row.rep,
        startedAt: row.started_at,
        wasTried: row.was_tried === 1,
        isBack: row.is_back === 1,
        isSigned: row.is_signed === 1,
        isLost: row.is_lost === 1,
        back: sumIn(row.back_currency, row.back_minor),
      }));
    },

    async countDeals(asked) {
      const { deals } = await rowsOf(asked)
        .select(({ fn }) => fn.countAll().as('deals'))
        .executeTakeFirstOrThrow();
      return Number(deals);
    },

    async listDeals(asked, after, limit) {
      const rows = await rowsOf(asked)
        .select(LISTED)
        // The first condition is the one that the index serves.
        .$if(after !== null, (query) =>
          query
            .where('started_at', '>=', after?.startedAt ?? 0)
            .where(({ or, eb }) =>
              or([eb('started_at', '>', after?.startedAt ?? 0), eb('deal_id', '>', after?.dealId ?? '')]),
            ),
        )
        .orderBy('started_at')
        .orderBy('deal_id')
        .limit(limit)
        .execute();
      return rows.map(listedDeal);
    },
  };
}

const STEP_COLUMNS = {
  reached: 'was_reached',
  wouldHave: 'would_have',
  asked: 'was_asked',
  inTime: 'was_in_time',
  tried: 'was_tried',
  yes: 'was_yes',
  back: 'is_back',
  signed: 'is_signed',
} as const satisfies Readonly<Record<FigureStep, string>>;

function isOf(of: FigureOf): RawBuilder<boolean> {
  if (of === null) return sql`1 = 1`;
  if (of.kind === 'step') return sql`${sql.ref(STEP_COLUMNS[of.step])} = 1`;
  if (of.kind === 'pledge') return ofPledge(of.state);
  return of.kind === 'said' ? countsFor(of.reason) : holds('given', of.reason);
}

/** The index of the period that the deal began in; `bounds` are the first moments of all but the first, ms UTC. */
function periodOf(bounds: readonly number[]): RawBuilder<number> {
  // The bounds are literals: PostgreSQL takes two parameters for two values, and would not group by what it selects.
  const cases = bounds.map((bound, index) => sql`when started_at < ${sql.lit(bound)} then ${sql.lit(index)}`);
  return cases.length === 0
    ? sql`0`
    : sql`case ${sql.join(cases, sql` `)} else ${sql.lit(bounds.length)} end`;
}

function ofPledge(state: PledgeState): RawBuilder<boolean> {
  if (state === 'promised') return sql`was_pledged = 1`;
  return state === 'asked' ? sql`pledge_asked = 1` : sql`pledge_kept = ${state}`;
}

/** As `maySee` says of one deal. */
function seenBy(sight: Sight): RawBuilder<boolean> {
  if (sight === 'all') return sql`1 = 1`;
  const { userId, manages, standsInFor } = sight;
  return sql`(${oneOf('rep', [userId, ...manages])} or ${oneOf('manager', [userId, ...standsInFor])}
    or ${oneOf('approver', standsInFor)} or ${holds('asked', userId)})`;
}

/** Nobody is one of no people. */
function oneOf(column: string, people: readonly UserId[]): RawBuilder<boolean> {
  return people.length === 0 ? sql`1 = 0` : sql`${sql.ref(column)} in (${sql.join(people)})`;
}

/** The reason that a manager confirmed counts before those that the buyer and the rep named. */
const countsFor = (reason: string): RawBuilder<boolean> =>
  sql`(${holds('confirmed', reason)} or (confirmed is null and ${holds('reasons', reason)}))`;

function isAmong(keys: readonly (string | null)[]): RawBuilder<boolean> {
  const named = oneOf(
    'competitor_key',
    keys.filter((key) => key !== null),
  );
  return keys.includes(null) ? sql`(${named} or competitor_key is null)` : named;
}

/** Whether a set column holds this. An underscore of an id would stand for any character. */
function holds(column: string, one: string): RawBuilder<boolean> {
  return sql`${sql.ref(column)} like ${`%,${one.replace(/[%_!]/gu, '!$&')},%`} escape '!'`;
}

const text = (value: string | number | null | undefined): string | null =>
  typeof value === 'string' ? value : null;

/** PostgreSQL returns sums as text. */
const sumIn = (currency: string | null, minor: unknown): Money | null =>
  currency === null ? null : { currency, minor: Number(minor ?? 0) };
