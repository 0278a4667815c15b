/** Applies the policy of the error table to the slot of a failed call. */

import type { SlackFailure } from '../slackApi/slackFailure';
import type { WantedSlot } from '../types';
import { joinChannel } from './conversations';
import { isThreaded, type PassContext } from './passContext';

export interface Subject {
  readonly key: string;
  /** Null: the stored message has left the rendering. */
  readonly wanted: WantedSlot | null;
  readonly hash: string | null;
  readonly channel: string;
}

/** Codes without a log line each, since a busy Slack returns many of them. */
const ORDINARY: ReadonlySet<string> = new Set(['ratelimited', 'rate_limited']);

export async function applyPolicy(pass: PassContext, subject: Subject, failure: SlackFailure): Promise<void> {
  const { key, channel } = subject;
  const threaded = isThreaded(subject.wanted);
  const facts = { slot: key, channel, code: failure.code, pointers: failure.pointers };
  if (!ORDINARY.has(failure.code)) pass.log('warn', facts, 'Slack call failed');
  switch (failure.policy) {
    case 'rate_limited':
      pass.retryState.wait(key, pass.now() + failure.retryAfterMs);
      return;
    case 'join':
      if (threaded && (await joinChannel(pass, key, channel))) return;
      return channelUnusable(pass, subject, failure);
    case 'channel_unusable':
      return channelUnusable(pass, subject, failure);
    case 'person_unreachable':
      if (!threaded && subject.wanted) return pass.refuse(key, failure.code);
      pass.failed(key, failure);
      return;
    case 'installation_unusable':
      pass.retryState.installationUnusable(failure.code);
      return;
    case 'set_aside':
    case 'no_file':
    case 'leave':
    case 'not_ours':
    case 'go_on':
    case 'message_gone':
    case 'screen_gone':
    case 'thread_gone':
      // An operation for which one of these is an ordinary end has handled it before.
      pass.log('error', facts, 'a message was set aside');
      pass.retryState.park(key, failure.code, subject.hash ?? '');
      return;
    case 'retry':
      pass.failed(key, failure);
      return;
  }
}

async function channelUnusable(pass: PassContext, subject: Subject, failure: SlackFailure): Promise<void> {
  if (!isThreaded(subject.wanted)) {
    pass.failed(subject.key, failure);
    return;
  }
  const { channel } = pass.slack;
  if (
    channel !== null &&
    channel !== subject.channel &&
    pass.owner.isOpen &&
    pass.retryState.mayRenewThread()
  ) {
    // The team has chosen another channel, so the thread continues there.
    await loseRoot(pass, subject.channel);
    return;
  }
  pass.retryState.threadUnusable(failure.code, { channel: subject.channel });
}

/** Marks the root in this channel as gone, so that the plan starts a new thread. */
export async function loseRoot(pass: PassContext, channel: string): Promise<void> {
  const root = pass.rootKey === null ? null : await pass.storedSlot(pass.rootKey);
  if (root?.channel !== channel || root.state === 'gone') return;
  await pass.save({ ...root, state: 'gone', intentAt: null });
  pass.log('info', { channel }, 'the thread is gone, a new one is begun');
}
