/** What a rep is told by DM when their deal's thread cannot be written to. Once a channel and deal. */
import type { WantedSlot } from './deps';
import type { UnusableChannel } from './troubles';

export function channelNotice(rep: string, { channel }: UnusableChannel): WantedSlot {
  const where = channel === null ? 'the channel for lost deals' : `<#${channel}>`;
  const text =
    channel === null
      ? 'Nobody has chosen a channel for lost deals yet, so your deal has no thread.'
      : `I can't write to ${where} any more, so your deal's thread stands still.`;
  const help = `Everything you recorded is kept, and whoever has to act hears it from me by direct message. ${
    channel === null
      ? 'Please ask an admin to choose one; the thread then begins by itself.'
      : 'Please ask an admin to unarchive it, to invite me, or to choose another one; the thread then catches up by itself.'
  }`;
  return {
    key: `channel_unusable:${channel ?? 'none'}`,
    place: { in: 'dm', user: rep },
    text: `${text} ${help}`,
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: `*${text}*` } },
      { type: 'context', elements: [{ type: 'mrkdwn', text: help }] },
    ],
    notifies: true,
    overtaken: false,
  };
}
