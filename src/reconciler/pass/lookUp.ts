/**
 * Finds out what became of a post whose reply was lost, by the metadata that every message of ours carries.
 * History returns whole metadata only with `include_all_metadata` (docs.slack.dev, "Message metadata").
 */
import type { MessageElement } from '@slack/web-api/dist/types/response/ConversationsHistoryResponse';
import type { StoredSlot } from '../../store/store';
import type { ErrorPolicy } from '../slackApi/errorPolicy';
import { isOfThread } from '../types';
import { applyPolicy, loseRoot } from './applyPolicy';
import { canonicalJson } from './canonicalJson';
import { compareTs, tsOf } from './messageTs';
import { isThreaded, type PassContext } from './passContext';
import { LOOKS_BEFORE_REPOST, type Operation } from './plan';

type LookUp = Extract<Operation, { do: 'look_up' | 'look_for_duplicate' }>;

/** Slack's clock and ours may differ by this much, ms. */
const CLOCK_SKEW_MS = 60_000;
const PAGE = 200;
const UNREADABLE: ReadonlySet<ErrorPolicy> = new Set(['channel_unusable', 'join', 'person_unreachable']);

export async function lookUpSlot(pass: PassContext, operation: LookUp): Promise<void> {
  const { key, stored } = operation;
  if (stored.channel === null) {
    // Nothing was ever sent without a channel.
    await pass.save({ ...stored, intentAt: null });
    return;
  }
  const found = await find(pass, operation, stored.channel);
  if (found === null) return;
  await pass.at('look_up.after_call');
  const standing = stored.state === 'posted' ? stored.ts : (found[0] ?? null);
  for (const ts of found) {
    if (ts !== standing && !(await deleteDuplicate(pass, operation, stored.channel, ts))) return;
  }
  // Our own `message` event may have answered meanwhile.
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
  // After a first look that came late, the second one comes a while later too.
  const looksAgain = standing === null && stored.lookups + 1 < LOOKS_BEFORE_REPOST;
  if (looksAgain) pass.retryState.wait(key, pass.now() + pass.timing.settleMs);
  await pass.at('look_up.after_saved');
}

/** After enough looks in vain the intent counts as never sent, and the count tells that a duplicate may turn up. */
function notFound(stored: StoredSlot): StoredSlot {
  const lookups = stored.lookups + 1;
  return { ...stored, lookups, intentAt: lookups >= LOOKS_BEFORE_REPOST ? null : stored.intentAt };
}

/** Timestamps of our messages for this slot, oldest first; null: not looked through, the slot is held. */
async function find(pass: PassContext, operation: LookUp, channel: string): Promise<string[] | null> {
  const { key, stored, wanted } = operation;
  const rootTs = await threadOf(pass, operation, channel);
  const method = rootTs === null ? 'conversations.history' : 'conversations.replies';
  const options = {
    channel,
    oldest: tsOf((stored.intentAt ?? pass.now()) - CLOCK_SKEW_MS),
    inclusive: true,
    include_all_metadata: true,
    limit: PAGE,
  };
  const { conversations } = pass.slack.client;
  const metadata = canonicalJson(pass.deps.slotMetadata(pass.claim.owner, key));
  const { searches } = pass.retryState;
  const search = [key, channel, rootTs].join(' ');
  const before = searches.get(search);
  const found = new Set(before?.found);
  let cursor = before?.cursor;
  do {
    if (!(await pass.admit(key, method, channel))) {
      if (cursor !== undefined) searches.set(search, { cursor, found: [...found] });
      return null;
    }
    // Whatever fails now, the next search begins anew: Slack may have forgotten the cursor.
    searches.delete(search);
    const page = { ...options, ...(cursor === undefined ? {} : { cursor }) };
    const sent = await pass.send(method, channel, () =>
      rootTs === null ? conversations.history(page) : conversations.replies({ ...page, ts: rootTs }),
    );
    if (!sent.ok) {
      if (sent.failure.policy === 'thread_gone' || sent.failure.policy === 'message_gone') {
        // A reply under a root that is gone: as good as not sent.
        await pass.save({ ...stored, intentAt: null });
        await loseRoot(pass, channel);
      } else if (wanted === null && stored.state === 'posted' && UNREADABLE.has(sent.failure.policy)) {
        // Of a finished thread nobody can look into any more.
        await pass.save({ ...stored, intentAt: null });
      } else {
        await applyPolicy(pass, { key, wanted, hash: stored.hash, channel }, sent.failure);
      }
      return null;
    }
    for (const message of sent.value.messages ?? []) {
      if (message.ts !== undefined && isOurs(message, pass.slack.botId, metadata)) found.add(message.ts);
    }
    cursor = sent.value.response_metadata?.next_cursor || undefined;
  } while (cursor !== undefined);
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

/** The root beneath which it would stand; null: in the conversation itself. */
async function threadOf(pass: PassContext, { key, wanted }: LookUp, channel: string): Promise<string | null> {
  if (pass.rootKey === null || key === pass.rootKey) return null;
  if (wanted !== null && !isOfThread(wanted.place)) return null;
  const root = await pass.storedSlot(pass.rootKey);
  return root?.channel === channel && root.state === 'posted' ? root.ts : null;
}

/** @returns whether it is away */
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
