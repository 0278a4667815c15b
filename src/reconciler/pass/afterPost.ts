/** What a post came to: the message stands, or Slack refused it. */
import type { StoredSlot } from '../../store/store';
import type { SlackFailure } from '../slackApi/slackFailure';
import { applyPolicy, loseRoot } from './applyPolicy';
import { openDm } from './conversations';
import type { PassContext } from './passContext';
import { LOOKS_BEFORE_REPOST, type Operation } from './plan';

export type Post = Extract<Operation, { do: 'post' }>;

/**
 * Stores the posted message. If our own `message` event has already stored another one, an earlier post of this slot
 * has appeared late, and the younger message is deleted.
 */
export async function standing(
  pass: PassContext,
  intent: StoredSlot,
  ts: string | null,
  again: boolean,
): Promise<void> {
  const known = await pass.storedSlot(intent.key);
  if (known?.state === 'posted' && known.ts !== null && known.ts !== ts && known.channel === intent.channel) {
    // The search for duplicates finds both and keeps the stored one.
    await pass.save({ ...known, hash: null, intentAt: intent.intentAt, lookups: 0 });
    return;
  }
  await pass.save({ ...intent, ts, state: 'posted', intentAt: again ? intent.intentAt : null, lookups: 0 });
}

export async function refused(
  pass: PassContext,
  { key, wanted, threadTs, again }: Post,
  intent: StoredSlot,
  channel: string,
  failure: SlackFailure,
): Promise<void> {
  const subject = { key, wanted, hash: intent.hash, channel };
  if (failure.mayHaveWorked) {
    // The intent stays, so that the plan looks for the message before it posts again.
    pass.log(
      'warn',
      { slot: key, channel, code: failure.code },
      'it is not known whether a message was posted',
    );
    return;
  }
  // Certainly not posted: withdraws the intent, unless an earlier post has appeared meanwhile.
  const known = await pass.storedSlot(key);
  if (known?.state === 'posted') return;
  await pass.save({ ...intent, intentAt: null, lookups: again ? LOOKS_BEFORE_REPOST : 0 });
  if (wanted.place.in === 'dm' && (failure.policy === 'channel_unusable' || failure.policy === 'join')) {
    return reopen(pass, key, wanted.place.user, channel, failure);
  }
  // The thread is elsewhere and goes on without this message.
  if (wanted.place.in === 'channel' && failure.policy === 'channel_unusable') {
    return pass.drop(key, failure.code);
  }
  if (failure.policy === 'thread_gone' && threadTs !== null && pass.retryState.mayRenewThread()) {
    return loseRoot(pass, channel);
  }
  return applyPolicy(pass, subject, failure);
}

/** Opens the DM again, since the stored one is unusable; the person is unreachable if Slack returns the same one. */
async function reopen(
  pass: PassContext,
  key: string,
  user: string,
  before: string,
  failure: SlackFailure,
): Promise<void> {
  const opened = await openDm(pass, key, user, { afresh: true });
  if (opened.ok && opened.channel === before) await pass.refuse(key, failure.code);
}
