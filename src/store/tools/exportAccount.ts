/** Everything that is kept of an account, for somebody who asks for it. */
import { findDeals, messagesOf, tenantsOf } from '../erasing/find';
import { readRemark } from '../records/remarkRow';
import { tenantColumns } from '../records/tenancy';
import { openTables } from './openTables';

/** @returns JSON; times are ms UTC, people are Slack ids, money is in minor units */
export async function exportAccount(url: string, teamId: string, account: string): Promise<object> {
  const { db, close } = await openTables(url, 'beside');
  try {
    const deals: object[] = [];
    for (const tenant of await tenantsOf(db, teamId)) {
      const { ids } = await findDeals(db, tenant, account);
      for (const id of ids) {
        const ours = { ...tenantColumns(tenant), deal_id: id };
        const deal = await db
          .selectFrom('deals')
          .select('state')
          .where(({ and }) => and({ ...tenantColumns(tenant), id }))
          .executeTakeFirstOrThrow();
        const events = await db
          .selectFrom('events')
          .select('body')
          .where(({ and }) => and(ours))
          .orderBy('seq')
          .execute();
        const replies = await db
          .selectFrom('remarks')
          .selectAll()
          .where(({ and }) => and(ours))
          .orderBy('id')
          .execute();
        const figures = await db
          .selectFrom('insights')
          .selectAll()
          .where(({ and }) => and(ours))
          .executeTakeFirst();
        deals.push({
          deal: parsed(deal.state),
          events: events.map(({ body }) => parsed(body)),
          replies: replies.map(readRemark),
          figures: figures ?? null,
          messagesInSlack: await messagesOf(db, tenant, [id]),
        });
      }
    }
    return { team: teamId, account, deals };
  } finally {
    await close();
  }
}

/** A record that cannot be read is handed out as it stands. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
