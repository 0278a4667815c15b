/**
 * Sends a message with a file so that Slack shows it once. The file is made and uploaded first, which shows nobody anything
 * and can be repeated; then, as for any message, the intent is stored, one call shows it, and its result is stored.
 */
import type { SlackFailure } from '../slackApi/slackFailure';
import { createUpload, UploadError } from '../slackApi/upload';
import type { MadeFile, WantedFile, Words } from '../types';
import { type Post, refused, standing } from './afterPost';
import { applyPolicy } from './applyPolicy';
import { contentHash } from './contentHash';
import { PassEnded } from './lease';
import { isThreaded, type PassContext } from './passContext';

/** Each takes a worker for up to some minutes, and the others are for messages. */
const MOST_UNDERWAY = 1;
const TURN_MS = 1_000;
/** How often a claim is looked after while a file is sent, ms. */
const LOOK_AFTER_MS = 500;

/** @returns words to post in place of the file; null: it was sent, or waits */
export async function postFile(
  pass: PassContext,
  operation: Post,
  file: WantedFile,
  channel: string,
): Promise<Words | null> {
  const { key } = operation;
  const { shared } = pass;
  if (shared.filesUnderway >= MOST_UNDERWAY) {
    pass.retryState.wait(key, pass.now() + TURN_MS);
    return null;
  }
  // Before the file is made, so that it is not made for a turn later.
  if (!(await pass.admit(key, 'files.getUploadURLExternal', channel))) return null;
  if (!(await pass.admit(key, 'files.completeUploadExternal', channel))) return null;
  shared.filesUnderway += 1;
  try {
    const made = await make(pass, key, file);
    if (made.kind === 'words') return made;
    try {
      const words = await send(pass, operation, file, made, channel);
      return words === FAILED ? file.givesUp() : words;
    } finally {
      await made.discard();
    }
  } finally {
    shared.filesUnderway -= 1;
  }
}

/** @throws while it is to be tried again */
async function make(pass: PassContext, key: string, file: WantedFile): Promise<MadeFile> {
  // Gives up before a new try: what killed the last process may kill this one, and during an outage this pass could not say it.
  const before = pass.claim.orphaned || pass.retryState.hasFailed(key) ? file.givesUp() : null;
  if (before !== null) return { kind: 'words', ...before };
  try {
    return await file.make(() => pass.keepLease());
  } catch (error) {
    const words = error instanceof PassEnded ? null : file.givesUp();
    if (words === null) throw error;
    pass.log(
      'error',
      { slot: key, err: error },
      'a file could not be made, and whoever waits for it is told',
    );
    return { kind: 'words', ...words };
  }
}

type OnDisk = Extract<MadeFile, { kind: 'file' }>;

/** The file is certainly not in Slack, so it may be tried again. */
const FAILED = 'failed';

async function send(
  pass: PassContext,
  operation: Post,
  { name, title, refused: refusal }: WantedFile,
  made: OnDisk,
  channel: string,
): Promise<Words | null | typeof FAILED> {
  const { key, wanted, again } = operation;
  const { files } = pass.slack.client;
  const hash = contentHash(wanted);
  const takesNone = (failure: SlackFailure): Words | null => {
    if (failure.policy !== 'no_file' && failure.code !== 'missing_scope') return null;
    pass.log('warn', { slot: key, code: failure.code }, 'Slack takes no file');
    return refusal(failure.code);
  };

  await pass.keepLease();
  const offered = await pass.send('files.getUploadURLExternal', channel, () =>
    files.getUploadURLExternal({ filename: name, length: made.bytes }),
  );
  if (!offered.ok) {
    const words = takesNone(offered.failure);
    if (words !== null) return words;
    await applyPolicy(pass, { key, wanted, hash, channel }, offered.failure);
    return offered.failure.policy === 'rate_limited' ? null : FAILED;
  }
  const { upload_url: url = '', file_id: id = '' } = offered.value;
  if (!(await upload(pass, key, url, made))) return FAILED;

  await pass.keepLease();
  const intent = {
    key,
    channel,
    ts: null,
    hash,
    state: 'intended',
    intentAt: pass.now(),
    lookups: 0,
    shows: pass.shows,
  } as const;
  await pass.at('post.before_intent');
  await pass.save(intent);
  await pass.at('post.after_intent');
  const shown = await pass.send('files.completeUploadExternal', channel, () =>
    files.completeUploadExternal({
      files: [{ id, title }],
      channel_id: channel,
      blocks: [...made.blocks],
    }),
  );
  await pass.at('post.after_call');
  if (!shown.ok) {
    const words = takesNone(shown.failure);
    if (words !== null) return words;
    await refused(pass, operation, intent, channel, shown.failure);
    return shown.failure.mayHaveWorked || shown.failure.policy === 'rate_limited' ? null : FAILED;
  }
  await standing(pass, intent, null, again);
  pass.shared.counts.posted += 1;
  pass.retryState.succeeded(key, isThreaded(wanted));
  pass.log('info', { slot: key, bytes: made.bytes }, 'a file was sent');
  await pass.at('post.after_saved');
  return null;
}

/** @returns false if the slot waits for another try */
async function upload(pass: PassContext, key: string, url: string, made: OnDisk): Promise<boolean> {
  const send = pass.deps.upload ?? createUpload();
  const ended = new AbortController();
  const lookAfter = setInterval(() => {
    pass.keepLease().catch((error: unknown) => ended.abort(error));
  }, LOOK_AFTER_MS);
  try {
    await send(url, made, ended.signal);
    return true;
  } catch (error) {
    if (!(error instanceof UploadError)) throw error;
    pass.log('warn', { slot: key, status: error.status }, 'a file could not be uploaded');
    pass.failed(key, { code: error.code, outage: error.status === null || error.status >= 500 });
    return false;
  } finally {
    clearInterval(lookAfter);
  }
}
