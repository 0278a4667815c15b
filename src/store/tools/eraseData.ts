/** What `npm run erase` does, and what it reports. */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Tenant } from '../../deal/model/deal';
import { erasePerson } from '../erasing/erasePerson';
import { countWorkspace, eraseDeal, eraseWorkspace } from '../erasing/eraseWorkspace';
import { findDeals, findPerson, messagesOf, type StandingMessage, tenantsOf } from '../erasing/find';
import { type OpenedTables, openTables } from './openTables';

export type Scope =
  | { readonly what: 'account'; readonly account: string }
  | { readonly what: 'person'; readonly user: string }
  | { readonly what: 'workspace' };

export interface EraseAsked {
  readonly url: string;
  readonly teamId: string;
  readonly scope: Scope;
  /** Erases nothing, and may run while Lostdeal works. */
  readonly isDryRun: boolean;
}

/** @returns the report, line by line */
export async function eraseData({ url, teamId, scope, isDryRun }: EraseAsked): Promise<readonly string[]> {
  const tables = await openTables(url, isDryRun ? 'beside' : 'alone');
  try {
    const tenants = await tenantsOf(tables.db, teamId);
    if (tenants.length === 0) throw new Error(`Nothing is kept of a workspace ${teamId}.`);
    const lines: string[] = [isDryRun ? 'Would be erased for good:' : 'Erased for good:'];
    for (const tenant of tenants) lines.push(...(await eraseIn(tables, tenant, scope, isDryRun)));
    if (!isDryRun) await tables.settle();
    return [...lines, ...aboutCopies(tables.file)];
  } finally {
    await tables.close();
  }
}

function eraseIn(tables: OpenedTables, tenant: Tenant, scope: Scope, isDryRun: boolean): Promise<string[]> {
  switch (scope.what) {
    case 'account':
      return eraseAccount(tables, tenant, scope.account, isDryRun);
    case 'person':
      return eraseOnePerson(tables, tenant, scope.user, isDryRun);
    case 'workspace':
      return eraseAll(tables, tenant, isDryRun);
  }
}

async function eraseAccount(
  { db }: OpenedTables,
  tenant: Tenant,
  account: string,
  isDryRun: boolean,
): Promise<string[]> {
  const { ids, mentionedIn } = await findDeals(db, tenant, account);
  const messages = await messagesOf(db, tenant, ids);
  if (!isDryRun) {
    for (const id of ids) await db.transaction().execute((trx) => eraseDeal(trx, tenant, id));
  }
  return [
    `  ${ids.length} deals of “${account}”, with their answers, events, replies and plans: ${ids.join(', ') || 'none'}`,
    ...(mentionedIn.length === 0
      ? []
      : [
          `The name also stands in the words of these deals of others, which stay: ${mentionedIn.join(', ')}`,
        ]),
    ...aboutMessages(messages),
  ];
}

async function eraseOnePerson(
  { db }: OpenedTables,
  tenant: Tenant,
  user: string,
  isDryRun: boolean,
): Promise<string[]> {
  const found = await findPerson(db, tenant, user);
  const { known, replies, drafts, practices, directMessages, deals, inSettings } = found;
  if (!isDryRun) await erasePerson(db, tenant, user);
  return [
    `  the words of ${replies} replies of ${user}`,
    `  what ${user} typed on ${drafts} screens and did not save`,
    ...(practices === 0 ? [] : [`  ${practices} practice calls of ${user}`]),
    ...(directMessages === 0
      ? []
      : [`  the words of ${directMessages} direct messages of ${user} that have no deal yet`]),
    ...(known ? [`  the name, the time zone and the direct-message channel of ${user}`] : []),
    `What stays: the id ${user} in ${deals} deals as rep or manager, and what they wrote in these as such. Erase the accounts for that.`,
    ...(inSettings
      ? [
          `The settings name ${user}: an admin takes them out with /lostdeal settings. Their history keeps the id.`,
        ]
      : []),
  ];
}

async function eraseAll({ db }: OpenedTables, tenant: Tenant, isDryRun: boolean): Promise<string[]> {
  const messages = await messagesOf(db, tenant, null);
  const rows = isDryRun ? await countWorkspace(db, tenant) : await eraseWorkspace(db, tenant);
  const installed = (rows?.get('installations') ?? 0) > 0;
  return [
    ...[...(rows ?? [])].map(([table, count]) => `  ${table.padEnd(18)} ${String(count).padStart(8)} rows`),
    ...(installed
      ? ['The app was installed there: uninstall it in Slack, or what people do is kept anew.']
      : []),
    ...aboutMessages(messages),
  ];
}

const aboutMessages = (messages: readonly StandingMessage[]): string[] =>
  messages.length === 0
    ? ['No message of it stands in Slack.']
    : [
        `These ${messages.length} messages stay in Slack, until people or its retention delete them (deal, channel, ts):`,
        ...messages.map(({ deal, channel, ts }) => `  ${deal} ${channel} ${ts}`),
      ];

/** A copy of the database is not touched. */
function aboutCopies(file: string | null): string[] {
  const backups = file === null ? [] : backupsBeside(file);
  return [
    'Backups made before hold it still: delete them, or erase in each (DATABASE_URL=file:… npm run erase …).',
    ...backups.map((path) => `  ${path}`),
    ...(file === null
      ? ['So do archived logs and replicas of PostgreSQL, for as long as you keep them.']
      : []),
  ];
}

function backupsBeside(file: string): string[] {
  const folder = join(dirname(file), 'backup');
  return existsSync(folder)
    ? readdirSync(folder)
        .sort()
        .map((name) => join(folder, name))
    : [];
}
