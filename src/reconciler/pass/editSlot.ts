/**
 * Edits a message, which alerts nobody. An edit is idempotent, so one with an unknown result is repeated: the stored
 * hash is null from before the call until its answer is stored.
 */

import type { SlackFailure } from '../slackApi/slackFailure';
import { isOfThread } from '../types';
import { applyPolicy, loseRoot } from './applyPolicy';
import { contentHash } from './contentHash';
import { isThreaded, type PassContext } from './passContext';
import type { Operation } from './plan';

type Edit = Extract<Operation, { do: 'edit' }>;

export async function editSlot(pass: PassContext, operation: Edit): Promise<void> {
  const { key, wanted, stored, channel, ts } = operation;
  if (!(await pass.admit(key, 'chat.update', channel))) return;
  await pass.at('edit.before_intent');
  if (stored.hash !== null) await pass.save({ ...stored, hash: null });
  await pass.at('edit.after_intent');
  const sent = await pass.send('chat.update', channel, () =>
    pass.slack.client.chat.update({ channel, ts, text: wanted.text, blocks: [...wanted.blocks] }),
  );
  await pass.at('edit.after_call');
  if (!sent.ok) return refused(pass, operation, sent.failure);
  await saveUnlessGone(pass, operation);
  pass.shared.counts.edited += 1;
  pass.retryState.succeeded(key, isThreaded(wanted));
  await pass.at('edit.after_saved');
}

/** Keeps a message gone that somebody deleted during the edit. */
async function saveUnlessGone(pass: PassContext, { key, wanted, ts }: Edit): Promise<void> {
  const known = await pass.storedSlot(key);
  if (known?.state !== 'posted' || known.ts !== ts) return;
  await pass.save({ ...known, hash: contentHash(wanted), shows: pass.shows });
}

async function refused(pass: PassContext, operation: Edit, failure: SlackFailure): Promise<void> {
  const { key, wanted, stored, channel } = operation;
  switch (failure.policy) {
    case 'message_gone':
      await pass.save({ ...stored, hash: null, state: 'gone', intentAt: null });
      pass.log('info', { slot: key, channel }, 'a message was deleted in Slack');
      return;
    case 'channel_unusable':
    case 'join':
    case 'person_unreachable':
      if (isOfThread(wanted.place)) break;
      return leave(pass, operation, failure);
    case 'not_ours':
      if (wanted.place.in === 'root' && pass.owner.isOpen && pass.retryState.mayRenewThread()) {
        return loseRoot(pass, channel);
      }
      return leave(pass, operation, failure);
    case 'leave':
      return leave(pass, operation, failure);
    default:
      break;
  }
  return applyPolicy(pass, { key, wanted, hash: contentHash(wanted), channel }, failure);
}

/** Counts the edit as done, so that it is not retried for ever; the next change of content is tried again. */
async function leave(pass: PassContext, operation: Edit, failure: SlackFailure): Promise<void> {
  await saveUnlessGone(pass, operation);
  pass.log(
    'info',
    { slot: operation.key, code: failure.code },
    'a message cannot be changed and stays as it stands',
  );
}
