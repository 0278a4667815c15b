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

/** What Slack's client says when a view's interaction was not acked, or its answer made no sense. */
export const TROUBLE = 'We had some trouble connecting. Try again?';

/** What a message in an ack or a response URL may say. */
interface SpokenAnswer {
  readonly text: string;
  readonly blocks: ReturnType<typeof fillIds>;
  readonly attachments: readonly Attachment[];
  readonly inChannel: boolean;
  readonly raw: JsonObject;
}

function readSpoken(core: Core, body: unknown): SpokenAnswer {
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

function saysNothing({ text, blocks, attachments }: SpokenAnswer): boolean {
  return text === '' && blocks.length === 0 && attachments.length === 0;
}

/** Shows what a command's ack said. Slack tells the person, not the app, when it cannot. */
export function showCommandAnswer(
  core: Core,
  person: Member,
  channel: Channel,
  command: string,
  body: unknown,
): void {
  if (body === undefined) return;
  try {
    const answer = readSpoken(core, body);
    if (saysNothing(answer)) return;
    postAnswer(core, channel, { ...answer, ...(answer.inChannel ? {} : { to: person.id }) });
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    core.notices.tell(person.id, `${command} failed with the error "${error.code}"`, channel.id);
  }
}

/**
 * Does what a POST to a response URL asks.
 * @throws SlackError with the code that the body of the answer carries.
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
    // Somebody else's message (of a message shortcut) is not the app's to take away, nor to replace.
    if (source.botId === undefined) throw new SlackError('cant_delete_message');
    void workspace.remove(channel, source);
    return;
  }
  const answer = readSpoken(core, body);
  if (saysNothing(answer)) throw new SlackError('no_text');
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
 * Does what the ack of a view_submission asks. An answer that Slack cannot carry out shows as a failure in the
 * modal; the app is not told.
 * @returns the inline errors, if that was the answer.
 */
export function applySubmissionAnswer(
  core: Core,
  stored: StoredView,
  body: unknown,
): Readonly<Record<string, string>> | undefined {
  const { views } = core;
  // While the app thought about it, the person closed the modal.
  if (views.find(stored.id) === undefined) return undefined;
  if (!isObject(body) || body.response_action === undefined) {
    // Some apps answer with text or an empty object; only a body without words closes the view.
    if (body !== undefined && !(isObject(body) && Object.keys(body).length === 0)) return fail(stored);
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
        return fail(stored);
    }
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    const details = isObject(error.extra.response_metadata)
      ? error.extra.response_metadata.messages
      : undefined;
    return fail(stored, `${error.code}${Array.isArray(details) ? `: ${details.join('; ')}` : ''}`);
  }
}

function showErrors(
  core: Core,
  stored: StoredView,
  errors: unknown,
): Readonly<Record<string, string>> | undefined {
  if (!isObject(errors)) return fail(stored, 'errors is no object');
  const inputs = new Set(
    stored.blocks.filter((block) => block.type === 'input').map((block) => block.block_id),
  );
  const shown: Record<string, string> = {};
  for (const [blockId, message] of Object.entries(errors)) {
    if (!inputs.has(blockId))
      return fail(stored, `errors names "${blockId}", which is no input block of this view`);
    if (typeof message !== 'string' || message === '')
      return fail(stored, `the error of "${blockId}" has no text`);
    shown[blockId] = message;
  }
  if (Object.keys(shown).length === 0) return fail(stored, 'errors is empty');
  stored.errors = shown;
  core.workspace.changes.bump();
  return shown;
}

/** The person sees that something went wrong; the reason stays in the view for whoever debugs. */
function fail(stored: StoredView, why?: string): undefined {
  stored.failure = why === undefined ? TROUBLE : `${TROUBLE} (${why})`;
  return undefined;
}

/** Posts what an app answered to a command or a response URL; it needs no membership. */
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
