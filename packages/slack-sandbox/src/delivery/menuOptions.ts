import { findOptionFaults } from '../blockkit/validate';
import type { Core } from '../core';
import { compact, isObject, type JsonObject, objectsOf } from '../json';
import { messageJson, viewJson } from '../slackJson';
import type { Channel, Member, Message } from '../workspace/model';
import type { StoredView } from '../workspace/views';
import { channelRef, envelope } from './interactions';
import type { Delivery } from './transport';

/** The view or message that holds an external menu. */
export type MenuLocation =
  | { readonly view: StoredView }
  | { readonly channel: Channel; readonly message: Message };

/**
 * Asks the app for the options of an external menu. The payload has neither trigger nor response URL.
 * @see https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload
 */
export function suggestionDelivery(
  core: Core,
  person: Member,
  at: MenuLocation,
  menu: { readonly blockId: string; readonly actionId: string; readonly value: string },
): Delivery {
  return {
    type: 'options',
    name: `block_suggestion ${menu.actionId}`,
    payload: {
      ...envelope(core, person, 'block_suggestion'),
      ...locationFields(core, at),
      block_id: menu.blockId,
      action_id: menu.actionId,
      value: menu.value,
    },
  };
}

function locationFields(core: Core, at: MenuLocation): JsonObject {
  if ('view' in at) {
    return {
      container: { type: 'view', view_id: at.view.id },
      view: viewJson(core.workspace, at.view, true),
    };
  }
  const { channel, message } = at;
  const isEphemeral = message.ephemeralTo !== undefined;
  const options = { metadata: 'full', baseUrl: core.baseUrl() } as const;
  return {
    container: compact({
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: isEphemeral,
      thread_ts: message.threadTs,
    }),
    channel: channelRef(channel),
    ...(isEphemeral ? {} : { message: messageJson(core.workspace, channel, message, options) }),
  };
}

/** The app's options or groups, as it wrote them, or the fault in its answer. */
export type Offer =
  | { readonly options: readonly JsonObject[] }
  | { readonly groups: readonly JsonObject[] }
  | { readonly failure: string };

/**
 * Reads the answer: at most 100 options, or at most 100 groups of them. Slack tells faults to the person, not to the
 * app.
 */
export function readOffer(body: unknown): Offer {
  if (body === undefined) return { options: [] };
  const faults = findOptionFaults(body);
  if (faults.length > 0 || !isObject(body)) return { failure: faults.join('; ') };
  return body.options === undefined
    ? { groups: objectsOf(body.option_groups) }
    : { options: objectsOf(body.options) };
}
