/** Changed deals and their wanted messages: a summary in new words, or a message to a person. */
import type { Deal, Tenant } from '../src/deal/model/deal';
import type { WantedSlot } from '../src/reconciler/types';
import type { Store } from '../src/store/store';
import { aDeal, commitOf, event } from '../test/store/builder';

export const TENANT: Tenant = { enterpriseId: '', teamId: 'T000BENCH' };
export const BOT = { botId: 'B000BOT', botUserId: 'U000BOT' };

export type Change = 'post' | 'edit';

const userOf = (index: number, channels: number) => `U${String(index % channels).padStart(8, '0')}`;

const words = (text: string): WantedSlot['blocks'] => [
  { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }] },
];

/** One message, in the conversation of the deal's rep: there are as many reps as channels. */
export function wantedOf(deal: Deal): WantedSlot[] {
  const text = `Deal ${deal.id}, revision ${deal.revision}: the other company starts two weeks earlier.`;
  return [
    {
      key: 'summary',
      place: { in: 'dm', user: deal.rep },
      text,
      blocks: words(text),
      notifies: true,
      overtaken: false,
    },
  ];
}

/** With `edit`, each message already stands in Slack in other words. */
export async function makeChangedDeals(
  store: Store,
  { deals, channels, change }: { readonly deals: number; readonly channels: number; readonly change: Change },
): Promise<void> {
  for (let index = 0; index < channels; index++) {
    const user = userOf(index, channels);
    await store.workspace.saveDmChannel(TENANT, user, `D${user}`);
  }
  for (let index = 0; index < deals; index++) {
    const deal = aDeal({
      id: `d${index}`,
      tenant: TENANT,
      rep: userOf(index, channels),
      stage: 'winning_back',
    });
    await store.deals.commit(commitOf(deal));
  }
  if (change === 'post') return;
  const shown: Deal[] = [];
  for (;;) {
    const claims = await store.work.claim('bench', Date.now(), 100, 600_000);
    if (claims.length === 0) break;
    for (const claim of claims) {
      const deal = await store.deals.load(TENANT, claim.owner.id);
      if (deal === null) continue;
      await store.work.saveSlot(claim, {
        key: 'summary',
        channel: `D${deal.rep}`,
        ts: `1700000000.${deal.id.slice(1).padStart(6, '0')}`,
        hash: 'other words',
        state: 'posted',
        intentAt: null,
        lookups: 0,
        shows: null,
      });
      await store.work.finish(claim, deal.revision);
      shown.push(deal);
    }
  }
  for (const deal of shown) {
    const next = { ...deal, revision: deal.revision + 1 };
    await store.deals.commit({
      deal: next,
      events: [event(next.revision, { type: 'resumed' })],
      expectedRevision: deal.revision,
      wakeAt: null,
    });
  }
}
