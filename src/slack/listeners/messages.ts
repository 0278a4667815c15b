/**
 * Message events: words beneath a deal's messages are kept with it, edits and deletions are followed, our own posts
 * settle intents whose reply was lost, a message of ours that people delete is marked gone, and a channel that can be
 * used again is noticed.
 */
import type { App, KnownEventFromType } from '@slack/bolt';
import { deleteRemark, editRemark, keepRemark } from '../../coach/remarks';
import { channelIsBack } from '../../coach/threads';
import { slotOfMetadata } from '../messages/slot';
import { listenForEvent } from './dispatch';
import { type Request, requestOf, type SlackDeps } from './request';

type MessageEvent = KnownEventFromType<'message'>;

/** The fields we read of any message; Slack's union of subtypes differs in which it has. */
interface Said {
  readonly user?: string;
  readonly bot_id?: string;
  readonly text?: string;
  readonly ts: string;
  readonly thread_ts?: string;
  /** When the words were last changed. */
  readonly edited?: { readonly ts?: string };
  /** Author of the message that was replied to. */
  readonly parent_user_id?: string;
  readonly user_team?: string;
  readonly team?: string;
  readonly metadata?: { readonly event_type?: string; readonly event_payload?: Record<string, unknown> };
}

/** Long enough for a post whose answer was lost to be found again. */
const SETTLED_WITHIN_MS = 10 * 60_000;

/** A reply to a message of ours whose post we have had no answer to yet: heard when Slack tells of it again. */
class NotYetKnownError extends Error {
  readonly code = 'message_not_known_yet';
}

const msOf = (ts: string): number => Number(ts) * 1000;

export function registerMessages(app: App, deps: SlackDeps): void {
  listenForEvent(app, 'message', async ({ event, body, client }) => {
    const said = saidIn(event);
    const d = requestOf(deps, {
      teamId: body.team_id,
      enterpriseId: body.enterprise_id,
      userId: said.user ?? '',
      userTeamId: said.user_team ?? said.team,
      key: body.event_id,
      surface: 'message',
    });
    if (d === null) return;
    try {
      await hear(d, event, said, client);
    } catch (error) {
      const facts = { err: error, channel: event.channel, ts: said.ts };
      if (error instanceof NotYetKnownError) d.log.info(facts, 'a reply came too early; Slack tells again');
      else d.log.error(facts, 'a message could not be kept');
      throw error;
    }
  });

  async function hear(
    d: Request,
    event: MessageEvent,
    said: Said,
    client: Parameters<Parameters<App['event']>[1]>[0]['client'],
  ): Promise<void> {
    const { coach, installations } = deps;
    const { tenant } = d.who;
    const ours = installations.forTenant(tenant);
    const byUs = said.bot_id !== undefined && said.bot_id === ours?.botId;

    if (letsUsIn(event, ours?.botUserId)) return channelIsBack(coach, tenant, event.channel);
    if (event.subtype === 'message_deleted') {
      const previous = saidOf(event.previous_message);
      if (previous?.bot_id !== undefined && previous.bot_id === ours?.botId) {
        const slot = await coach.store.work.findByMessage(tenant, event.channel, event.deleted_ts);
        await coach.store.work.markGone(tenant, event.channel, event.deleted_ts);
        if (slot) coach.changed(tenant, slot.dealId);
      } else if (
        previous?.thread_ts !== undefined &&
        previous.user !== undefined &&
        previous.bot_id === undefined
      ) {
        await deleteRemark(
          coach,
          { ...d.who, userId: previous.user },
          {
            channel: event.channel,
            threadTs: previous.thread_ts,
            ts: event.deleted_ts,
            text: plainWords(previous.text ?? ''),
          },
        );
      }
      return;
    }
    if (event.subtype === 'message_changed') {
      const { thread_ts, user, bot_id, text, ts, edited } = said;
      const before = saidOf(event.previous_message);
      // Unfurls and reply counts arrive as changes too; only new words matter.
      if (bot_id !== undefined || thread_ts === undefined || user === undefined || before?.text === text)
        return;
      await editRemark(
        coach,
        { ...d.who, userId: user },
        {
          channel: event.channel,
          threadTs: thread_ts,
          ts,
          text: plainWords(text ?? ''),
          ...(edited?.ts === undefined ? {} : { editedTs: edited.ts }),
        },
      );
      return;
    }
    if (byUs) {
      const slot = slotOfMetadata(said.metadata);
      if (slot === null) return;
      const settled = await coach.store.work.resolveIntent(
        tenant,
        slot.deal,
        slot.slot,
        event.channel,
        said.ts,
      );
      if (!settled) await deps.duplicateSeen(tenant, slot.deal, slot.slot, said.ts);
      return;
    }
    if (said.bot_id !== undefined || said.user === undefined) return;
    if (said.thread_ts !== undefined && said.thread_ts !== said.ts) {
      const { user } = said;
      const kept = await keepRemark(coach, d.who, {
        channel: event.channel,
        threadTs: said.thread_ts,
        ts: said.ts,
        text: plainWords(said.text ?? ''),
      });
      const isBeneathOurs = said.parent_user_id !== undefined && said.parent_user_id === ours?.botUserId;
      if (kept === null && isBeneathOurs && coach.clock.now() - msOf(said.thread_ts) < SETTLED_WITHIN_MS)
        throw new NotYetKnownError();
      // Their name is wanted when the deal is shown; the words are kept without it.
      deps.backgroundTasks.run(d.log, 'somebody who replied could not be looked up', () =>
        deps.ensurePeople(tenant, [user]),
      );
      return;
    }
    if (event.channel_type === 'im' && event.subtype === undefined) {
      const { user } = said;
      const hint = {
        channel: event.channel,
        user,
        text: 'To work a deal you just lost, type /lostdeal and the company. To say something about a deal, reply in the thread of its message. /lostdeal help tells the rest.',
      };
      deps.backgroundTasks.run(d.log, 'somebody could not be told how it works', () =>
        client.chat.postEphemeral(hint),
      );
    }
  }
}

/**
 * Whether Slack says that a channel was unarchived, or that we are in it now. Of private channels it may say so of a
 * group (https://docs.slack.dev/reference/events/message/group_unarchive).
 */
function letsUsIn(event: MessageEvent, us: string | undefined): boolean {
  switch (event.subtype as string | undefined) {
    case 'channel_unarchive':
    case 'group_unarchive':
      return true;
    case 'channel_join':
    case 'group_join':
      return us !== undefined && saidIn(event).user === us;
    default:
      return false;
  }
}

/** The message itself: nested for `message_changed`. */
function saidIn(event: MessageEvent): Said {
  if (event.subtype === 'message_changed') return saidOf(event.message) ?? { ts: event.ts };
  return saidOf(event) ?? { ts: event.ts };
}

function saidOf(message: unknown): Said | null {
  return typeof message === 'object' && message !== null && 'ts' in message ? (message as Said) : null;
}

/**
 * Slack escapes & < > in `text` and writes mentions and links in angle brackets
 * (https://docs.slack.dev/messaging/formatting-message-text); we keep what the person meant.
 */
export function plainWords(text: string): string {
  return text
    .replace(/<(https?:[^|>]+)\|([^>]+)>/gu, '$2 ($1)')
    .replace(/<mailto:[^|>]+\|([^>]+)>/gu, '$1')
    .replace(/<(https?:[^>]+)>/gu, '$1')
    .replace(/<[#!@][^|>]*\|([^>]+)>/gu, '$1')
    .replace(/&lt;/gu, '<')
    .replace(/&gt;/gu, '>')
    .replace(/&amp;/gu, '&');
}
