/**
 * What people are told by DM when a channel for threads cannot be written to: the rep of the deal, and the admins, who
 * can choose another one. Once a channel and person.
 */
import type { WantedSlot } from '../types';
import type { PassContext } from './passContext';
import type { UnusableChannel } from './retryState';

/** How long nobody is told again of the same channel, whatever deals are in it. */
const TOLD_FOR_MS = 24 * 60 * 60_000;

/** The notices this deal brings; none while its thread can be written. */
export async function channelNotices(
  pass: PassContext,
  begun: (key: string) => boolean,
): Promise<WantedSlot[]> {
  const trouble = pass.retryState.unusableChannel;
  if (trouble === null) return [];
  const admins = (await pass.deps.adminsToNotify?.(pass.claim.tenant)) ?? [];
  const { rep } = pass.deal;
  return [
    ...(admins.includes(rep) ? [] : [{ user: rep, notice: toRep(rep, trouble) }]),
    ...admins.map((user) => ({ user, notice: toAdmin(user, trouble) })),
  ].flatMap(({ user, notice }) =>
    // Once begun it is seen through.
    begun(notice.key) || isNews(pass, notice.key, user) ? [notice] : [],
  );
}

function isNews(pass: PassContext, key: string, user: string): boolean {
  const { told } = pass.shared;
  const memory = `${pass.tenantKey} ${key} ${user}`;
  const before = told.get(memory);
  if (before && before.until > pass.now() && before.dealId !== pass.deal.id) return false;
  told.set(memory, { dealId: pass.deal.id, until: pass.now() + TOLD_FOR_MS });
  return true;
}

const keyOf = ({ channel }: UnusableChannel): string => `channel_unusable:${channel ?? 'none'}`;

const KEPT = 'Everything you recorded is kept, and whoever has to act hears it from me by direct message.';

function toRep(rep: string, trouble: UnusableChannel): WantedSlot {
  const { channel } = trouble;
  return channel === null
    ? said(
        keyOf(trouble),
        rep,
        'Nobody has chosen a channel for lost deals yet, so your deal has no thread.',
        `${KEPT} Please ask an admin to choose one; the thread then begins by itself.`,
      )
    : said(
        keyOf(trouble),
        rep,
        `I can't write to <#${channel}> any more, so your deal's thread stands still.`,
        `${KEPT} Please ask an admin to unarchive it, to invite me, or to choose another one; the thread then catches up by itself.`,
      );
}

function toAdmin(admin: string, trouble: UnusableChannel): WantedSlot {
  const { channel } = trouble;
  const key = `${keyOf(trouble)}:${admin}`;
  return channel === null
    ? said(
        key,
        admin,
        'Nobody has chosen a channel for lost deals yet, so they have no threads.',
        'Please choose one in `/lostdeal settings`. The threads then begin at once.',
      )
    : said(
        key,
        admin,
        `I can't write to <#${channel}> any more, so the threads of lost deals there stand still.`,
        'Nothing recorded is lost, and whoever has to act hears it from me by direct message. Please choose another channel in `/lostdeal settings`; the threads go on there at once. Or unarchive this one, or invite me to it: they then catch up.',
      );
}

/** @param first without names or words of people */
function said(key: string, user: string, first: string, help: string): WantedSlot {
  return {
    key,
    place: { in: 'dm', user },
    text: `${first} ${help}`,
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: `*${first}*` } },
      { type: 'context', elements: [{ type: 'mrkdwn', text: help }] },
    ],
    notifies: true,
    overtaken: false,
  };
}
