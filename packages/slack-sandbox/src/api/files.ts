import { fillIds } from '../blockkit/fillIds';
import { validateMessageBlocks } from '../blockkit/validate';
import { SlackError } from '../errors';
import { secretKey } from '../ids';
import { objectsOf, stringOf } from '../json';
import { fileJson } from '../slackJson';
import { mimetypeOf } from '../workspace/mimetypes';
import type { FileRecord } from '../workspace/model';
import { type Handler, invalid } from './call';
import { writableChannel } from './lookup';

const ALT_TEXT = 1000;

export const getUploadURLExternal: Handler = ({ core, args }) => {
  const { workspace } = core;
  const name = args.required('filename');
  const length = args.integer('length', 0);
  // "Typically only occurs when the length provided is 0": docs.slack.dev/reference/methods/files.getUploadURLExternal
  if (length <= 0) throw new SlackError('missing_argument');
  if ((args.string('alt_txt') ?? '').length > ALT_TEXT) throw new SlackError('alt_txt_too_large');
  if (args.has('snippet_type')) throw new SlackError('unknown_snippet_type');
  const file: FileRecord = {
    id: core.ids.next('F'),
    name,
    title: name,
    mimetype: mimetypeOf(name),
    created: workspace.seconds(),
    userId: workspace.app.botUserId,
    content: Buffer.alloc(0),
    uploadKey: secretKey(),
  };
  workspace.addFile(file);
  return { upload_url: `${core.baseUrl()}/upload/${file.id}/${file.uploadKey}`, file_id: file.id };
};

export const completeUploadExternal: Handler = (call) => {
  const { core, args } = call;
  const { workspace } = core;
  const wanted = objectsOf(args.json('files'));
  if (wanted.length === 0) throw invalid('must provide an array [json-pointer:/files]');
  const files = wanted.map((entry) => {
    const file = workspace.files.get(stringOf(entry.id) ?? '');
    // The app has not sent the content to the upload URL.
    if (file === undefined || file.content.length === 0) throw new SlackError('file_not_found');
    return { ...file, title: stringOf(entry.title) ?? file.title };
  });
  const targets = (args.string('channels') ?? args.string('channel_id') ?? '')
    .split(',')
    .filter((id) => id !== '');
  if (targets.length > 100) throw new SlackError('channels_limit_exceeded');
  const channels = targets.map((id) => writableChannel(call, id));
  const comment = args.string('initial_comment');
  const blocks =
    comment === undefined && args.has('blocks')
      ? fillIds(validateMessageBlocks(args.json('blocks')), core.ids)
      : [];
  const threadTs = args.string('thread_ts');
  for (const file of files) workspace.addFile(file);
  for (const channel of channels) {
    if (threadTs !== undefined && workspace.findMessage(channel, threadTs) === undefined)
      throw new SlackError('invalid_thread_ts');
    workspace.post(channel, {
      subtype: 'file_share',
      text: comment ?? '',
      blocks,
      files,
      userId: workspace.app.botUserId,
      botId: workspace.app.botId,
      ...(threadTs === undefined ? {} : { threadTs }),
    });
  }
  return { files: files.map((file) => fileJson(workspace, file, core.baseUrl())) };
};

/**
 * Returns a file that the bot uploaded, that a modal submitted, or that is in a conversation of the bot.
 * @throws SlackError file_not_found
 */
export const info: Handler = ({ core, args }) => {
  const { workspace } = core;
  const file = workspace.files.get(args.required('file'));
  const bot = workspace.app.botUserId;
  const isShared = [...workspace.channels.values()].some(
    (channel) =>
      channel.members.has(bot) &&
      channel.messages.some((message) => message.files.some((shared) => shared.id === file?.id)),
  );
  if (file === undefined || (file.userId !== bot && file.withApp !== true && !isShared))
    throw new SlackError('file_not_found');
  return {
    file: fileJson(workspace, file, core.baseUrl()),
    comments: [],
    response_metadata: { next_cursor: '' },
  };
};
