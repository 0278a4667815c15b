import { randomUUID } from 'node:crypto';
import type { Core } from '../core';
import { showCommandAnswer } from '../delivery/answers';
import { commandDelivery, shortcutDelivery } from '../delivery/interactions';
import { ControlRefusal } from '../errors';
import type { Action, ActResult } from '../protocol';
import { type Channel, type Member, type Message, teamsOf } from '../workspace/model';
import { encodeTyped } from '../workspace/typedText';
import { sendDelivery } from './deliver';
import { visibleMessages } from './personView';

type Of<T extends Action['type']> = Extract<Action, { readonly type: T }>;

const NOT_DELIVERED: ActResult = { ok: true, delivery: 'none' };

/** Finds a conversation of this person by id or name. @throws ControlRefusal channel_not_found */
export function conversation(core: Core, person: Member, id: string): Channel {
  const name = id.replace(/^#/, '');
  const channel =
    core.workspace.channels.get(id) ??
    [...core.workspace.channels.values()].find(
      (candidate) => candidate.kind !== 'im' && candidate.name === name,
    );
  if (channel === undefined || !channel.members.has(person.id)) {
    throw new ControlRefusal('channel_not_found', `${person.name} is in no conversation "${id}"`);
  }
  return channel;
}

/** Finds a message that this person can see. @throws ControlRefusal message_not_found */
export function visibleMessage(channel: Channel, person: Member, ts: string): Message {
  const message = visibleMessages(channel, person).find((candidate) => candidate.ts === ts);
  if (message === undefined)
    throw new ControlRefusal('message_not_found', `${person.name} sees no message ${ts} there`);
  return message;
}

function writable(core: Core, channel: Channel): Channel {
  if (channel.isArchived) throw new ControlRefusal('is_archived', `#${channel.name} is archived`);
  const withApp = channel.kind === 'im' && channel.members.has(core.workspace.app.botUserId);
  if (withApp && (!core.manifest.messagesTab || core.manifest.messagesTabReadOnly)) {
    throw new ControlRefusal('messages_tab_disabled', 'this app takes no messages');
  }
  return channel;
}

function encoded(core: Core, text: string): string {
  return encodeTyped(text, {
    person: (name) => core.workspace.findPerson(name)?.id,
    channel: (name) =>
      [...core.workspace.channels.values()].find((channel) => channel.kind !== 'im' && channel.name === name)
        ?.id,
  });
}

export async function post(core: Core, person: Member, action: Of<'post'>): Promise<ActResult> {
  const channel = writable(core, conversation(core, person, action.channel));
  if (action.text.trim() === '') throw new ControlRefusal('no_text', 'there is nothing to send');
  if (action.threadTs !== undefined) {
    const root = visibleMessage(channel, person, action.threadTs);
    if (root.threadTs !== undefined || root.ephemeralTo !== undefined) {
      throw new ControlRefusal('cannot_reply', 'replies go under a root message');
    }
  }
  const { message, delivered } = core.workspace.post(channel, {
    userId: person.id,
    text: encoded(core, action.text),
    blocks: [],
    clientMsgId: randomUUID(),
    ...(action.threadTs === undefined ? {} : { threadTs: action.threadTs }),
  });
  return { ok: true, delivery: await delivered, ts: message.ts, channel: channel.id };
}

function ownMessage(core: Core, person: Member, action: Of<'edit'> | Of<'delete'>) {
  const channel = conversation(core, person, action.channel);
  const message = visibleMessage(channel, person, action.ts);
  if (message.userId !== person.id)
    throw new ControlRefusal('not_own_message', 'only the author can do that');
  return { channel, message };
}

export async function edit(core: Core, person: Member, action: Of<'edit'>): Promise<ActResult> {
  const { channel, message } = ownMessage(core, person, action);
  const { delivered } = core.workspace.edit(
    channel,
    message,
    { text: encoded(core, action.text), blocks: [] },
    person.id,
  );
  return { ok: true, delivery: await delivered };
}

export async function remove(core: Core, person: Member, action: Of<'delete'>): Promise<ActResult> {
  const { channel, message } = ownMessage(core, person, action);
  return { ok: true, delivery: await core.workspace.remove(channel, message) };
}

export function read(core: Core, person: Member, action: Of<'read'>): ActResult {
  const channel = conversation(core, person, action.channel);
  channel.readMarks.set(person.id, channel.messages.at(-1)?.ts ?? '0');
  core.workspace.changes.bump();
  return NOT_DELIVERED;
}

export function openDm(core: Core, person: Member, action: Of<'open_dm'>): ActResult {
  const other = core.workspace.findPerson(action.userId);
  if (other === undefined) throw new ControlRefusal('user_not_found', `nobody is called "${action.userId}"`);
  return { ...NOT_DELIVERED, channel: core.workspace.directMessage(person.id, other.id).channel.id };
}

export async function openAppTab(core: Core, person: Member, tab: 'home' | 'messages'): Promise<ActResult> {
  const { workspace, manifest } = core;
  if (tab === 'home' ? !manifest.homeTab : !manifest.messagesTab) {
    throw new ControlRefusal('tab_disabled', `the app has no ${tab} tab`);
  }
  const { channel } = workspace.directMessage(person.id, workspace.app.botUserId);
  const delivery = await workspace.emit({ type: 'home_opened', userId: person.id, channel, tab });
  return { ok: true, delivery, channel: channel.id };
}

/** Runs a slash command. If the app fails to ack, Slack itself tells the person. */
export async function command(core: Core, person: Member, action: Of<'command'>): Promise<ActResult> {
  const channel = conversation(core, person, action.channel);
  if (channel.isArchived) throw new ControlRefusal('is_archived', `#${channel.name} is archived`);
  const [, name = '', text = ''] = /^\s*(\/\S+)\s*([\s\S]*)$/.exec(action.text) ?? [];
  // Another workspace of the organization has not installed the app.
  const isElsewhere = !person.isStranger && !teamsOf(person).includes(core.workspace.team.id);
  if (
    !core.manifest.commands.some((candidate) => candidate.command === name) ||
    !core.installation.installed ||
    isElsewhere
  ) {
    core.notices.notify(person.id, `${name || action.text} is not a valid command.`, channel.id);
    return NOT_DELIVERED;
  }
  const { answer, result } = await sendDelivery(
    core,
    commandDelivery(core, person, channel, name, text.trimEnd()),
  );
  if (answer.outcome === 'acked') {
    showCommandAnswer(core, person, channel, name, answer.body);
  } else {
    const code = answer.outcome === 'timeout' ? 'operation_timeout' : 'dispatch_failed';
    core.notices.notify(person.id, `${name} failed with the error "${code}"`, channel.id);
  }
  return result;
}

export async function shortcut(core: Core, person: Member, action: Of<'shortcut'>): Promise<ActResult> {
  const info = core.manifest.shortcuts.find((candidate) => candidate.callbackId === action.callbackId);
  if (info === undefined)
    throw new ControlRefusal('no_such_shortcut', `the app has no shortcut "${action.callbackId}"`);
  if ((info.type === 'message') !== (action.message !== undefined)) {
    throw new ControlRefusal('no_such_shortcut', `"${info.name}" is a ${info.type} shortcut`);
  }
  const on = action.message && conversationMessage(core, person, action.message);
  const { answer, result } = await sendDelivery(core, shortcutDelivery(core, person, action.callbackId, on));
  if (answer.outcome !== 'acked')
    core.notices.notify(person.id, `"${info.name}" did not answer.`, on?.channel.id);
  return result;
}

function conversationMessage(
  core: Core,
  person: Member,
  at: { readonly channel: string; readonly ts: string },
) {
  const channel = conversation(core, person, at.channel);
  return { channel, message: visibleMessage(channel, person, at.ts) };
}
