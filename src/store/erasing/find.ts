/** What is kept of an account or a person, for erasing it and for showing it to somebody who asks. */
import type { Tenant } from '../../deal/model/deal';
import { nameKey } from '../../deal/model/typed';
import { tenantColumns, tenantOf } from '../records/tenancy';
import type { Db } from '../schema';

/** A message of ours that stays in Slack. */
export interface StandingMessage {
  /** Or of a notice. */
  readonly deal: string;
  readonly channel: string;
  readonly ts: string;
}

export interface FoundDeals {
  /** Deals of this account. */
  readonly ids: readonly string[];
  /** Deals of other accounts in whose words the name stands. */
  readonly mentionedIn: readonly string[];
}

/** Deals of one read. */
const BATCH = 200;

/** The workspaces with this team id: one, unless it moved to an Enterprise organisation. */
export async function tenantsOf(db: Db, teamId: string): Promise<Tenant[]> {
  const tables = ['deals', 'installations', 'settings', 'people', 'uninstalled'] as const;
  const found = new Map<string, Tenant>();
  for (const table of tables) {
    const rows = await db
      .selectFrom(table)
      .select(['enterprise_id', 'team_id'])
      .distinct()
      .where('team_id', '=', teamId)
      .execute();
    for (const row of rows) found.set(row.enterprise_id, tenantOf(row));
  }
  return [...found.values()];
}

/** JSON without the backslashes in front of quotes, which typed names lack. */
const unescaped = (json: string): string => json.replace(/\\(["\\])/gu, '$1');

/** Reads every deal of the workspace, a batch at a time. Compares names as people read them. */
export async function findDeals(db: Db, tenant: Tenant, account: string): Promise<FoundDeals> {
  const wanted = nameKey(account);
  const ids: string[] = [];
  const mentionedIn: string[] = [];
  let last = '';
  for (;;) {
    const rows = await db
      .selectFrom('deals')
      .select(['id', 'account', 'state'])
      .where(({ and }) => and(tenantColumns(tenant)))
      .where('id', '>', last)
      .orderBy('id')
      .limit(BATCH)
      .execute();
    for (const row of rows) {
      if (nameKey(row.account) === wanted) ids.push(row.id);
      else if (nameKey(unescaped(row.state)).includes(wanted)) mentionedIn.push(row.id);
    }
    const end = rows.at(-1);
    if (end === undefined) return { ids, mentionedIn };
    last = end.id;
  }
}

/** Null: of all deals of the workspace. */
export async function messagesOf(
  db: Db,
  tenant: Tenant,
  ids: readonly string[] | null,
): Promise<StandingMessage[]> {
  const found: StandingMessage[] = [];
  const take = async (some: readonly string[] | null): Promise<void> => {
    const rows = await db
      .selectFrom('slots')
      .select(['deal_id', 'channel', 'ts'])
      .where(({ and }) => and(tenantColumns(tenant)))
      .where('ts', 'is not', null)
      .where('state', '!=', 'gone')
      .$if(some !== null, (query) => query.where('deal_id', 'in', some ?? []))
      .orderBy('deal_id')
      .orderBy('key')
      .execute();
    for (const { deal_id: deal, channel, ts } of rows) {
      if (channel !== null && ts !== null) found.push({ deal, channel, ts });
    }
  };
  if (ids === null) {
    await take(null);
    const notices = await db
      .selectFrom('notices')
      .select(['id', 'channel', 'ts'])
      .where(({ and }) => and(tenantColumns(tenant)))
      .where('ts', 'is not', null)
      .where('state', '!=', 'gone')
      .execute();
    for (const { id: deal, channel, ts } of notices) {
      if (channel !== null && ts !== null) found.push({ deal, channel, ts });
    }
  } else for (let at = 0; at < ids.length; at += BATCH) await take(ids.slice(at, at + BATCH));
  return found;
}

export interface FoundPerson {
  readonly known: boolean;
  /** Replies whose words are kept. */
  readonly replies: number;
  /** Screens on which they typed and which they did not save. */
  readonly drafts: number;
  readonly practices: number;
  /** Direct messages whose deal nobody knows yet. */
  readonly directMessages: number;
  /** Deals of which they are the rep or the manager; their id stays there. */
  readonly deals: number;
  /** Whether the settings name them. */
  readonly inSettings: boolean;
}

export async function findPerson(db: Db, tenant: Tenant, user: string): Promise<FoundPerson> {
  const ours = tenantColumns(tenant);
  const person = await db
    .selectFrom('people')
    .select('user_id')
    .where(({ and }) => and({ ...ours, user_id: user }))
    .executeTakeFirst();
  const replies = await db
    .selectFrom('remarks')
    .select(({ fn }) => fn.countAll().as('count'))
    .where(({ and }) => and({ ...ours, by_user: user }))
    .where('text', 'is not', null)
    .executeTakeFirstOrThrow();
  const drafts = await db
    .selectFrom('drafts')
    .select('form')
    .where(({ and }) => and({ ...ours, user_id: user }))
    .where('body', 'is not', null)
    .execute();
  const directMessages = drafts.filter(({ form }) => form.startsWith('dm:')).length;
  const practices = await db
    .selectFrom('practices')
    .select(({ fn }) => fn.countAll().as('count'))
    .where(({ and }) => and({ ...ours, user_id: user }))
    .executeTakeFirstOrThrow();
  const deals = await db
    .selectFrom('deals')
    .select(({ fn }) => fn.countAll().as('count'))
    .where(({ and }) => and(ours))
    .where(({ or, eb }) => or([eb('rep', '=', user), eb('manager', '=', user)]))
    .executeTakeFirstOrThrow();
  const settings = await db
    .selectFrom('settings')
    .select('body')
    .where(({ and }) => and(ours))
    .executeTakeFirst();
  return {
    known: person !== undefined,
    replies: Number(replies.count),
    drafts: drafts.length - directMessages,
    practices: Number(practices.count),
    directMessages,
    deals: Number(deals.count),
    inSettings: settings?.body.includes(JSON.stringify(user)) ?? false,
  };
}
