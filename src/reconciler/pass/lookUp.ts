/**
 * Looks up a post whose response was lost, by the metadata that all our messages carry. History returns complete
 * metadata only with `include_all_metadata` (docs.slack.dev, "Message metadata").
 *
 * Our own `message` event comes first: it resolves a post while the look-up waits for its turn. That matters where
 * Slack gives 15 messages once a minute, to apps that are distributed commercially outside the Marketplace.
 */
import type { MessageElement } from '@slack/web-api/dist/types/response/ConversationsHistoryResponse';
import type { StoredSlot } from '../../store/store';
import type { ErrorPolicy } from '../slackApi/errorPolicy';
import { isOfThread, type WantedFile } from '../types';
import { applyPolicy, loseRoot } from './applyPolicy';
import { canonicalJson } from './canonicalJson';
import { compareTs, tsOf } from './messageTs';
import { isThreaded, type PassContext } from './passContext';
import { LOOKS_BEFORE_REPOST, type Operation } from './plan';

type LookUp = Extract<Operation, { do: 'look_up' | 'look_for_duplicate' }>;

/** Allowed difference between Slack's clock and ours, ms. */
const CLOCK_SKEW_MS = 60_000;
const PAGE = 200;
/** The most that Slack gives an app that is distributed commercially outside the Marketplace. */
const SMALLEST_PAGE = 15;
const UNREADABLE: ReadonlySet<ErrorPolicy> = new Set(['channel_unusable', 'join', 'person_unreachable']);

export async function lookUpSlot(pass: PassContext, operation: LookUp): Promise<void> {
  const { key, stored } = operation;
  if (stored.channel === null) {
    // Without a channel nothing was sent.
    await pass.save({ ...stored, intentAt: null });
    return;
  }
  const found = await find(pass, operation, stored.channel);
  if (found === null) return;
  await pass.at('look_up.after_call');
  const standing = (stored.state === 'posted' ? stored.ts : null) ?? found[0] ?? null;
  for (const ts of found) {
    if (ts !== standing && !(await deleteDuplicate(pass, operation, stored.channel, ts))) return;
  }
  // Our own `message` event may have resolved it meanwhile.
  const known = await pass.storedSlot(key);
  if (known === null || known.state !== stored.state || known.intentAt !== stored.intentAt) return;
  await pass.save(
    standing === null
      ? notFound(stored)
      : { ...stored, ts: standing, state: 'posted', intentAt: null, lookups: 0 },
  );
  if (standing !== null && stored.state === 'intended') {
    pass.shared.counts.found += 1;
    pass.log('info', { slot: key }, 'a message whose reply was lost was found again');
  }
  pass.retryState.succeeded(key, isThreaded(operation.wanted));
  // Keeps the pause before the second look also when the first one came late.
  const looksAgain = standing === null && stored.lookups + 1 < LOOKS_BEFORE_REPOST;
  if (looksAgain) pass.retryState.wait(key, pass.now() + pass.timing.settleMs);
  await pass.at('look_up.after_saved');
}

/** After enough failed looks the intent counts as not sent; `lookups` then says that a duplicate may appear. */
function notFound(stored: StoredSlot): StoredSlot {
  const lookups = stored.lookups + 1;
  return { ...stored, lookups, intentAt: lookups >= LOOKS_BEFORE_REPOST ? null : stored.intentAt };
}

/**
 * Timestamps of our messages for this slot, oldest first; null: the search is not complete, and the slot is held or
 * resolved.
 */
async function find(pass: PassContext, operation: LookUp, channel: string): Promise<string[] | null> {
  const { key, stored, wanted } = operation;
  const rootTs = await threadOf(pass, operation, channel);
  const method = rootTs === null ? 'conversations.history' : 'conversations.replies';
  const options = {
    channel,
    oldest: tsOf((stored.intentAt ?? pass.now()) - CLOCK_SKEW_MS),
    inclusive: true,
    include_all_metadata: true,
  };
  const { conversations } = pass.slack.client;
  const metadata = canonicalJson(pass.deps.slotMetadata(pass.claim.owner, key));
  const { searches } = pass.retryState;
  const search = [key, channel, rootTs].join(' ');
  const { pageSizes } = pass.shared;
  const before = searches.get(search);
  const found = new Set(before?.found);
  let cursor = before?.cursor;
  do {
    if (!(await pass.admit(key, method, channel))) {
      if (cursor !== undefined) searches.set(search, { cursor, found: [...found] });
      return null;
    }
    const limit = pageSizes.get(pass.tenantKey) ?? PAGE;
    const page = { ...options, limit, ...(cursor === undefined ? {} : { cursor }) };
    const sent = await pass.send(method, channel, () =>
      rootTs === null ? conversations.history(page) : conversations.replies({ ...page, ts: rootTs }),
    );
    if (!sent.ok) {
      // A rate limit keeps the cursor, as a search that began anew each time would never end. After another failure
      // the next search starts again, since Slack may have dropped the cursor.
      if (sent.failure.policy !== 'rate_limited') searches.delete(search);
      else if (cursor !== undefined) searches.set(search, { cursor, found: [...found] });
      if (sent.failure.policy === 'thread_gone' || sent.failure.policy === 'message_gone') {
        // A reply beneath a root that is gone counts as not sent.
        await pass.save({ ...stored, intentAt: null });
        await loseRoot(pass, channel);
      } else if (wanted === null && stored.state === 'posted' && UNREADABLE.has(sent.failure.policy)) {
        // Nobody can search the channel of this finished thread.
        await pass.save({ ...stored, intentAt: null });
      } else {
        await applyPolicy(pass, { key, wanted, hash: stored.hash, channel }, sent.failure);
      }
      return null;
    }
    for (const message of sent.value.messages ?? []) {
      if (message.ts === undefined) continue;
      if (isOurs(message, pass.slack.botId, metadata) || hasFile(message, pass.slack.botUserId, wanted?.file))
        found.add(message.ts);
    }
    cursor = sent.value.response_metadata?.next_cursor || undefined;
    const given = sent.value.messages?.length ?? 0;
    if (cursor !== undefined && given < limit) pageSizes.set(pass.tenantKey, Math.max(SMALLEST_PAGE, given));
    // The other pages may take hours where they are small. Our own event tells of a duplicate there.
    if (operation.do === 'look_up' && found.size > 0 && pageSizes.has(pass.tenantKey)) break;
  } while (cursor !== undefined);
  searches.delete(search);
  return [...found].sort(compareTs);
}

const isOurs = (
  message: Pick<MessageElement, 'bot_id' | 'metadata'>,
  botId: string,
  metadata: string,
): boolean =>
  message.bot_id === botId &&
  message.metadata !== undefined &&
  canonicalJson({
    event_type: message.metadata.event_type,
    event_payload: message.metadata.event_payload,
  }) === metadata;

/** The message of a file has no metadata. */
const hasFile = (
  { user, files }: Pick<MessageElement, 'user' | 'files'>,
  botUserId: string,
  wanted: WantedFile | undefined,
): boolean =>
  wanted !== undefined && user === botUserId && files?.some(({ name }) => name === wanted.name) === true;

/** Timestamp of the root that it would be a reply to; null: it would be no reply. */
async function threadOf(pass: PassContext, { key, wanted }: LookUp, channel: string): Promise<string | null> {
  if (pass.rootKey === null || key === pass.rootKey) return null;
  if (wanted !== null && !isOfThread(wanted.place)) return null;
  const root = await pass.storedSlot(pass.rootKey);
  return root?.channel === channel && root.state === 'posted' ? root.ts : null;
}

/** @returns false if it is not deleted yet; the slot is then held */
async function deleteDuplicate(
  pass: PassContext,
  operation: LookUp,
  channel: string,
  ts: string,
): Promise<boolean> {
  const { key, wanted, stored } = operation;
  if (!(await pass.admit(key, 'chat.delete', channel))) return false;
  const sent = await pass.send('chat.delete', channel, () => pass.slack.client.chat.delete({ channel, ts }));
  if (sent.ok) {
    pass.shared.counts.duplicatesDeleted += 1;
    pass.log('info', { slot: key }, 'a late duplicate of a message was deleted');
    await pass.at('duplicate.after_delete');
    return true;
  }
  if (sent.failure.policy === 'message_gone') return true;
  await applyPolicy(pass, { key, wanted, hash: stored.hash, channel }, sent.failure);
  return false;
}
