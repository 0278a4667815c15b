/**
 * Posts a message so that Slack shows it once, whatever crashes in between: stores the intent, makes the call, stores
 * its result. `chat.postMessage` has no idempotency key, so the metadata names owner and slot for a later look-up.
 */
import { BLOCKS_REFUSED_MS, type StoredSlot } from '../../store/store';
import type { SlackFailure } from '../slackApi/slackFailure';
import { type Post, refused, standing } from './afterPost';
import { contentHash } from './contentHash';
import { inviteManager, openDm } from './conversations';
import { isThreaded, type PassContext } from './passContext';
import { isPendingAsk } from './plan';
import { postFile } from './postFile';

export async function postSlot(pass: PassContext, operation: Post): Promise<void> {
  const channel = await channelFor(pass, operation);
  if (channel === null) return;
  const { file, ...wanted } = operation.wanted;
  const words = file === undefined ? {} : await postFile(pass, operation, file, channel);
  if (words !== null) await postMessage(pass, { ...operation, wanted: { ...wanted, ...words } }, channel);
}

async function postMessage(pass: PassContext, operation: Post, channel: string): Promise<void> {
  const { key, wanted, threadTs, again } = operation;
  if (wanted.place.in === 'thread' && isPendingAsk(wanted, pass.owner))
    await inviteManager(pass, key, channel);
  if (!(await pass.admit(key, 'chat.postMessage', channel))) return;

  const hash = contentHash(wanted);
  const richer = wanted.richer !== undefined && (await drawsRicher(pass)) ? wanted.richer : undefined;
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
    await pass.deps.workspace.saveRefusedBlocks(pass.claim.tenant, pass.now() + BLOCKS_REFUSED_MS);
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

const drawsRicher = async (pass: PassContext): Promise<boolean> =>
  (await pass.deps.workspace.refusedBlocksUntil(pass.claim.tenant)) <= pass.now();

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
