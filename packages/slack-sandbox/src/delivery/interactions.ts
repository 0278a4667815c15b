import type { Core } from '../core';
import { compact, type JsonObject, objectsOf } from '../json';
import type { ElementState, StateValues } from '../protocol';
import { messageJson, viewJson } from '../slackJson';
import type { Channel, Member, Message } from '../workspace/model';
import { escapeText } from '../workspace/typedText';
import type { StoredView } from '../workspace/views';
import type { Delivery } from './transport';

/** Payloads of slash commands and interactions, in Slack's shapes. */

/** Fields that every interaction begins with. */
export function envelope(core: Core, person: Member, type: string): JsonObject {
  const { team, app } = core.workspace;
  const { organization } = team;
  return {
    type,
    user: { id: person.id, username: person.name, name: person.name, team_id: person.teamId },
    api_app_id: app.appId,
    token: 'sandbox-verification-token',
    team: { id: team.id, domain: team.domain, ...enterpriseOf(core) },
    enterprise: organization === undefined ? null : { id: organization.id, name: organization.name },
    is_enterprise_install: false,
  };
}

/** Fields of payloads that name the organization; none outside Enterprise Grid. */
function enterpriseOf({ workspace: { team } }: Core): JsonObject {
  const { organization } = team;
  return organization === undefined
    ? {}
    : { enterprise_id: organization.id, enterprise_name: organization.name };
}

export function channelRef(channel: Channel): JsonObject {
  const names = { channel: channel.name, group: 'privategroup', im: 'directmessage', mpim: channel.name };
  return { id: channel.id, name: names[channel.kind] };
}

export function commandDelivery(
  core: Core,
  person: Member,
  channel: Channel,
  command: string,
  text: string,
): Delivery {
  const { team, app } = core.workspace;
  const info = core.manifest.commands.find((candidate) => candidate.command === command);
  return {
    type: 'slash_commands',
    name: command,
    payload: {
      token: 'sandbox-verification-token',
      team_id: team.id,
      team_domain: team.domain,
      ...enterpriseOf(core),
      channel_id: channel.id,
      channel_name: channelRef(channel).name,
      user_id: person.id,
      user_name: person.name,
      command,
      text: info?.shouldEscape === true ? escapeText(text) : text,
      api_app_id: app.appId,
      is_enterprise_install: 'false',
      response_url: core.responseUrls.issue('commands', { channelId: channel.id, userId: person.id }),
      trigger_id: core.triggers.issue(person.id),
    },
  };
}

/** The one entry of `actions`: the element with the choice. */
export function actionOf(
  core: Core,
  block: JsonObject,
  element: JsonObject,
  state: ElementState | undefined,
): JsonObject {
  const chosen: JsonObject = state === undefined ? {} : { ...state };
  const initials = Object.fromEntries(Object.entries(element).filter(([key]) => key.startsWith('initial_')));
  return compact({
    type: element.type,
    action_id: element.action_id,
    block_id: block.block_id,
    ...initials,
    text: textOf(element, state),
    icon: element.type === 'icon_button' ? element.icon : undefined,
    value: element.value,
    url: element.url,
    style: element.style,
    placeholder: element.placeholder,
    confirm: element.confirm,
    ...chosen,
    action_ts: core.workspace.nextTs(),
  });
}

/** The label of the pressed button. A choice carries its own text. */
function textOf(element: JsonObject, state: ElementState | undefined): unknown {
  if (element.type === 'button' || element.type === 'icon_button') return element.text;
  if (element.type !== 'feedback_buttons') return undefined;
  const both = objectsOf([element.positive_button, element.negative_button]);
  return both.find((button) => button.value === state?.value)?.text;
}

export function viewActionDelivery(
  core: Core,
  person: Member,
  view: StoredView,
  action: JsonObject,
): Delivery {
  return {
    type: 'interactive',
    name: `block_actions ${String(action.action_id)}`,
    payload: {
      ...envelope(core, person, 'block_actions'),
      container: { type: 'view', view_id: view.id },
      trigger_id: core.triggers.issue(person.id, view.type === 'modal' ? view.id : undefined),
      view: viewJson(core.workspace, view, true),
      actions: [action],
    },
  };
}

export function messageActionDelivery(
  core: Core,
  person: Member,
  channel: Channel,
  message: Message,
  action: JsonObject,
  state: StateValues,
  attachmentId?: number,
): Delivery {
  const isEphemeral = message.ephemeralTo !== undefined;
  return {
    type: 'interactive',
    name: `block_actions ${String(action.action_id)}`,
    payload: {
      ...envelope(core, person, 'block_actions'),
      container: compact({
        type: attachmentId === undefined ? 'message' : 'message_attachment',
        attachment_id: attachmentId,
        is_app_unfurl: attachmentId === undefined ? undefined : false,
        message_ts: message.ts,
        channel_id: channel.id,
        is_ephemeral: isEphemeral,
        thread_ts: message.threadTs,
      }),
      trigger_id: core.triggers.issue(person.id),
      channel: channelRef(channel),
      // Slack does not store ephemeral messages, so that it sends none.
      ...(isEphemeral
        ? {}
        : {
            message: messageJson(core.workspace, channel, message, {
              metadata: 'full',
              baseUrl: core.baseUrl(),
            }),
          }),
      state: { values: state },
      response_url: core.responseUrls.issue('actions', {
        channelId: channel.id,
        userId: person.id,
        messageTs: message.ts,
      }),
      actions: [action],
    },
  };
}

export function submissionDelivery(core: Core, person: Member, view: StoredView): Delivery {
  return {
    type: 'interactive',
    name: `view_submission ${String(view.view.callback_id ?? '')}`.trim(),
    payload: {
      ...envelope(core, person, 'view_submission'),
      trigger_id: core.triggers.issue(person.id, view.id),
      view: viewJson(core.workspace, view, true),
      response_urls: responseUrls(core, person, view),
    },
  };
}

export function closedDelivery(core: Core, person: Member, view: StoredView, isCleared: boolean): Delivery {
  return {
    type: 'interactive',
    name: `view_closed ${String(view.view.callback_id ?? '')}`.trim(),
    payload: {
      ...envelope(core, person, 'view_closed'),
      // Slack sends no values when a view is closed, whatever was typed.
      view: viewJson(core.workspace, view, false),
      is_cleared: isCleared,
    },
  };
}

export function shortcutDelivery(
  core: Core,
  person: Member,
  callbackId: string,
  on?: { readonly channel: Channel; readonly message: Message },
): Delivery {
  const base = {
    ...envelope(core, person, on === undefined ? 'shortcut' : 'message_action'),
    callback_id: callbackId,
    trigger_id: core.triggers.issue(person.id),
    action_ts: core.workspace.nextTs(),
  };
  if (on === undefined) return { type: 'interactive', name: `shortcut ${callbackId}`, payload: base };
  const { channel, message } = on;
  return {
    type: 'interactive',
    name: `message_action ${callbackId}`,
    payload: {
      ...base,
      response_url: core.responseUrls.issue('actions', {
        channelId: channel.id,
        userId: person.id,
        messageTs: message.ts,
      }),
      message_ts: message.ts,
      channel: channelRef(channel),
      message: messageJson(core.workspace, channel, message, { metadata: 'full', baseUrl: core.baseUrl() }),
    },
  };
}

/** One for each conversation chosen in an input block whose element has `response_url_enabled`. */
function responseUrls(core: Core, person: Member, view: StoredView): readonly JsonObject[] {
  return view.blocks.flatMap((block) => {
    const element = block.type === 'input' ? (block.element as JsonObject) : undefined;
    if (element?.response_url_enabled !== true) return [];
    const held = view.state[block.block_id]?.[String(element.action_id)];
    const channelId = held?.selected_conversation ?? held?.selected_channel;
    if (typeof channelId !== 'string') return [];
    return [
      {
        block_id: block.block_id,
        action_id: element.action_id,
        channel_id: channelId,
        response_url: core.responseUrls.issue('actions', { channelId, userId: person.id }),
      },
    ];
  });
}
