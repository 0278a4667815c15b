import { type Attachment, readAttachments } from '../blockkit/attachments';
import { type Block, fillIds } from '../blockkit/fillIds';
import { checkPermitted } from '../blockkit/permissions';
import { findBlockFaults, invalidBlocks } from '../blockkit/validate';
import type { Core } from '../core';
import { SlackError } from '../errors';
import { isObject, type JsonObject, objectsOf, stringOf } from '../json';
import type { Channel, Member, Message } from '../workspace/model';
import type { ResponseTarget } from '../workspace/responseUrls';
import type { StoredView } from '../workspace/views';

/** Slack's words in a modal when the app failed to ack an interaction or answered with something malformed. */
export const CONNECTION_TROUBLE = 'We had some trouble connecting. Try again?';

/** A message in an ack or in a POST to a response URL. */
interface AnswerMessage {
  readonly text: string;
  readonly blocks: ReturnType<typeof fillIds>;
  readonly attachments: readonly Attachment[];
  readonly inChannel: boolean;
  readonly raw: JsonObject;
}

function readAnswerMessage(core: Core, body: unknown): AnswerMessage {
  const raw: JsonObject = typeof body === 'string' ? { text: body } : isObject(body) ? body : {};
  const text = stringOf(raw.text) ?? '';
  const faults = raw.blocks === undefined ? [] : findBlockFaults(raw.blocks, 'message', '/blocks', 50);
  if (faults.length > 0) throw invalidBlocks(faults);
  const given = objectsOf(raw.blocks);
  checkPermitted(given, core.permissions());
  const blocks = fillIds(given, core.ids);
  const attachments =
    raw.attachments === undefined ? [] : readAttachments(raw.attachments, core.ids, core.permissions());
  return { text, blocks, attachments, inChannel: raw.response_type === 'in_channel', raw };
}

function isEmptyAnswer({ text, blocks, attachments }: AnswerMessage): boolean {
  return text === '' && blocks.length === 0 && attachments.length === 0;
}

/** Posts the message in a command's ack. Slack tells a fault in it to the person, not to the app. */
export function showCommandAnswer(
  core: Core,
  person: Member,
  channel: Channel,
  command: string,
  body: unknown,
): void {
  if (body === undefined) return;
  try {
    const answer = readAnswerMessage(core, body);
    if (isEmptyAnswer(answer)) return;
    postAnswer(core, channel, { ...answer, ...(answer.inChannel ? {} : { to: person.id }) });
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    core.notices.notify(person.id, `${command} failed with the error "${error.code}"`, channel.id);
  }
}

/**
 * Performs a POST to a response URL.
 * @throws SlackError with the code for the body of the HTTP answer
 */
export function respond(core: Core, target: ResponseTarget, body: unknown): void {
  const { workspace } = core;
  const channel = workspace.channels.get(target.channelId);
  if (channel === undefined) throw new SlackError('channel_not_found');
  const source =
    target.messageTs === undefined ? undefined : workspace.findMessage(channel, target.messageTs);
  const raw = isObject(body) ? body : {};
  if (raw.delete_original === true || raw.delete_original === 'true') {
    if (source === undefined) throw new SlackError('message_not_found');
    // A message shortcut may concern another person's message, which the app may neither delete nor replace.
    if (source.botId === undefined) throw new SlackError('cant_delete_message');
    void workspace.remove(channel, source);
    return;
  }
  const answer = readAnswerMessage(core, body);
  if (isEmptyAnswer(answer)) throw new SlackError('no_text');
  if (raw.replace_original === true || raw.replace_original === 'true') {
    if (source === undefined) throw new SlackError('message_not_found');
    if (source.botId === undefined) throw new SlackError('cant_update_message');
    workspace.edit(channel, source, answer, workspace.app.botUserId);
    return;
  }
  const threadTs = stringOf(raw.thread_ts);
  postAnswer(core, channel, {
    ...answer,
    ...(answer.inChannel ? {} : { to: target.userId }),
    ...(threadTs === undefined ? {} : { threadTs }),
  });
}

/**
 * Performs the answer in the ack of a view_submission. If Slack cannot, the modal shows a failure, and the app learns
 * nothing of it.
 * @returns the inline errors, if the answer had any
 */
export function applySubmissionAnswer(
  core: Core,
  stored: StoredView,
  body: unknown,
): Readonly<Record<string, string>> | undefined {
  const { views } = core;
  // The person may have closed the modal before the ack.
  if (views.find(stored.id) === undefined) return undefined;
  if (!isObject(body) || body.response_action === undefined) {
    // Some apps answer with text or an empty object. Only an empty body closes the view.
    if (body !== undefined && !(isObject(body) && Object.keys(body).length === 0)) return showFailure(stored);
    views.close(stored);
    return undefined;
  }
  try {
    switch (body.response_action) {
      case 'clear':
        views.closeAll(stored.userId);
        return undefined;
      case 'update':
        views.update(stored, body.view);
        return undefined;
      case 'push':
        views.push(stored.userId, body.view);
        return undefined;
      case 'errors':
        return showErrors(core, stored, body.errors);
      default:
        return showFailure(stored);
    }
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    const details = isObject(error.extra.response_metadata)
      ? error.extra.response_metadata.messages
      : undefined;
    return showFailure(stored, `${error.code}${Array.isArray(details) ? `: ${details.join('; ')}` : ''}`);
  }
}

function showErrors(
  core: Core,
  stored: StoredView,
  errors: unknown,
): Readonly<Record<string, string>> | undefined {
  if (!isObject(errors)) return showFailure(stored, 'errors is no object');
  const inputs = new Set(
    stored.blocks.filter((block) => block.type === 'input').map((block) => block.block_id),
  );
  const shown: Record<string, string> = {};
  for (const [blockId, message] of Object.entries(errors)) {
    if (!inputs.has(blockId))
      return showFailure(stored, `errors names "${blockId}", which is no input block of this view`);
    if (typeof message !== 'string' || message === '')
      return showFailure(stored, `the error of "${blockId}" has no text`);
    shown[blockId] = message;
  }
  if (Object.keys(shown).length === 0) return showFailure(stored, 'errors is empty');
  stored.errors = shown;
  core.workspace.changes.bump();
  return shown;
}

/** Shows a failure in the view. Appends the reason for whoever debugs the app. */
function showFailure(stored: StoredView, why?: string): undefined {
  stored.failure = why === undefined ? CONNECTION_TROUBLE : `${CONNECTION_TROUBLE} (${why})`;
  return undefined;
}

/** Posts the app's answer to a command or a response URL, which needs no membership. */
function postAnswer(
  core: Core,
  channel: Channel,
  answer: {
    readonly text: string;
    readonly blocks: readonly Block[];
    readonly attachments: readonly Attachment[];
    readonly to?: string;
    readonly threadTs?: string;
  },
): Message {
  const { app } = core.workspace;
  return core.workspace.post(channel, {
    text: answer.text,
    blocks: answer.blocks,
    attachments: answer.attachments,
    userId: app.botUserId,
    botId: app.botId,
    ...(answer.to === undefined ? {} : { ephemeralTo: answer.to }),
    ...(answer.threadTs === undefined ? {} : { threadTs: answer.threadTs }),
  }).message;
}
