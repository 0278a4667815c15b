/**
 * Posts a message so that Slack shows it once, whatever crashes in between: stores the intent, makes the call, stores
 * its result. `chat.postMessage` has no idempotency key, so the metadata names owner and slot for a later look-up.
 */
import type { StoredSlot } from '../../store/store';
import type { SlackFailure } from '../slackApi/slackFailure';
import { applyPolicy, loseRoot } from './applyPolicy';
import { contentHash } from './contentHash';
import { inviteManager, openDm } from './conversations';
import { isThreaded, type PassContext } from './passContext';
import { isPendingAsk, LOOKS_BEFORE_REPOST, type Operation } from './plan';

type Post = Extract<Operation, { do: 'post' }>;

export async function postSlot(pass: PassContext, operation: Post): Promise<void> {
  const { key, wanted, threadTs, again } = operation;
  const channel = await channelFor(pass, operation);
  if (channel === null) return;
  if (wanted.place.in === 'thread' && isPendingAsk(wanted, pass.owner))
    await inviteManager(pass, key, channel);
  if (!(await pass.admit(key, 'chat.postMessage', channel))) return;

  const hash = contentHash(wanted);
  const intent: StoredSlot = {
    key,
    channel,
    ts: null,
    hash,
    state: 'intended',
    intentAt: pass.now(),
    lookups: 0,
    shows: pass.shows,
  };
  await pass.at('post.before_intent');
  await pass.save(intent);
  await pass.at('post.after_intent');
  const isBroadcast = wanted.broadcast === true && threadTs !== null;
  const richer = drawsRicher(pass) ? wanted.richer : undefined;
  const send = (broadcast: boolean, blocks = wanted.blocks) =>
    pass.send('chat.postMessage', channel, () =>
      pass.slack.client.chat.postMessage({
        channel,
        text: wanted.text,
        blocks: [...blocks],
        metadata: pass.deps.slotMetadata(pass.claim.owner, key),
        unfurl_links: false,
        unfurl_media: false,
        ...replyTo(threadTs, broadcast),
      }),
    );
  let sent = await send(isBroadcast, richer);
  if (richer !== undefined && !sent.ok && refusesBlocks(sent.failure)) {
    pass.log('info', { slot: key, channel }, 'the workspace refuses charts; it gets text for a week');
    pass.shared.remembered.set(plainKey(pass), pass.now() + PLAIN_MS);
    sent = await send(isBroadcast);
  }
  if (isBroadcast && !sent.ok && mayBeTheBroadcast(sent.failure)) {
    pass.log(
      'info',
      { slot: key, channel, code: sent.failure.code },
      'the thread alone gets a refused broadcast',
    );
    sent = await send(false);
  }
  await pass.at('post.after_call');
  if (!sent.ok) return refused(pass, operation, intent, channel, sent.failure);
  // Without a ts the result is unknown, and the intent stays unresolved.
  if (sent.value.ts === undefined) return;
  await standing(pass, { ...intent, channel: sent.value.channel ?? channel }, sent.value.ts, again);
  pass.shared.counts.posted += 1;
  pass.retryState.succeeded(key, isThreaded(wanted));
  await pass.at('post.after_saved');
}

/** A workspace that refused the newer blocks gets none for a week. */
const PLAIN_MS = 7 * 24 * 60 * 60_000;

const plainKey = (pass: PassContext): string => `${pass.tenantKey} plain`;

const drawsRicher = (pass: PassContext): boolean =>
  (pass.shared.remembered.get(plainKey(pass)) ?? 0) <= pass.now();

const refusesBlocks = ({ code, mayHaveWorked }: SlackFailure): boolean =>
  code === 'invalid_blocks' && !mayHaveWorked;

const replyTo = (threadTs: string | null, broadcast: boolean) =>
  threadTs === null
    ? {}
    : broadcast
      ? { thread_ts: threadTs, reply_broadcast: true as const }
      : { thread_ts: threadTs };

/** Slack surely refused it for what it is, as where admins allow no messages but replies. The thread may still take it. */
const mayBeTheBroadcast = ({ policy, mayHaveWorked }: SlackFailure): boolean =>
  !mayHaveWorked && (policy === 'set_aside' || policy === 'channel_unusable');

/** The channel to post in; null: the slot is held or dropped. */
async function channelFor(pass: PassContext, { key, wanted }: Post): Promise<string | null> {
  switch (wanted.place.in) {
    case 'dm': {
      const opened = await openDm(pass, key, wanted.place.user, { afresh: false });
      return opened.ok ? opened.channel : null;
    }
    case 'channel':
      return wanted.place.channel;
    case 'root':
      if (pass.slack.channel === null) pass.retryState.threadUnusable('no_channel_chosen', { channel: null });
      return pass.slack.channel;
    case 'thread': {
      const root = pass.rootKey === null ? null : await pass.storedSlot(pass.rootKey);
      return root?.channel ?? null;
    }
  }
}

/**
 * Stores the posted message. If our own `message` event has already stored another one, an earlier post of this slot
 * has appeared late, and the younger message is deleted.
 */
async function standing(pass: PassContext, intent: StoredSlot, ts: string, again: boolean): Promise<void> {
  const known = await pass.storedSlot(intent.key);
  if (known?.state === 'posted' && known.ts !== null && known.ts !== ts && known.channel === intent.channel) {
    // The search for duplicates finds both and keeps the stored one.
    await pass.save({ ...known, hash: null, intentAt: intent.intentAt, lookups: 0 });
    return;
  }
  await pass.save({ ...intent, ts, state: 'posted', intentAt: again ? intent.intentAt : null, lookups: 0 });
}

async function refused(
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

/** Opens the DM again, since the stored one is unusable; drops the message if Slack returns the same one. */
async function reopen(
  pass: PassContext,
  key: string,
  user: string,
  before: string,
  failure: SlackFailure,
): Promise<void> {
  const opened = await openDm(pass, key, user, { afresh: true });
  if (opened.ok && opened.channel === before) await pass.drop(key, failure.code);
}
