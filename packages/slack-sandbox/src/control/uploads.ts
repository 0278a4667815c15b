import type { Core } from '../core';
import { ControlRefusal } from '../errors';
import { type JsonObject, objectsOf, stringOf } from '../json';
import type { Action, ActResult, StateValues } from '../protocol';
import { fileJson } from '../slackJson';
import { mimetypeOf } from '../workspace/mimetypes';
import type { FileRecord, Member } from '../workspace/model';
import type { StoredView } from '../workspace/views';

type Upload = Extract<Action, { readonly type: 'upload' }>;

/**
 * Slack takes 100 MB (https://docs.slack.dev/reference/block-kit/block-elements/file-input-element, September 2026).
 * The sandbox takes less, since a file arrives in one piece of JSON.
 */
const MAX_BYTES = 10_000_000;

/** Uploads a file into a modal. Only this person can use it before the submission. @throws ControlRefusal */
export function upload(core: Core, person: Member, { name, mimetype, base64 }: Upload): ActResult {
  const content = Buffer.from(base64, 'base64');
  if (content.length === 0) throw new ControlRefusal('empty_file', `${name} is empty`);
  if (content.length > MAX_BYTES) throw new ControlRefusal('file_too_large', `${name} has more than 10 MB`);
  const file: FileRecord = {
    id: core.ids.next('F'),
    name,
    title: name,
    mimetype: mimetype ?? mimetypeOf(name),
    created: core.workspace.seconds(),
    userId: person.id,
    content,
  };
  core.workspace.addFile(file);
  return { ok: true, delivery: 'none', fileId: file.id };
}

/**
 * Replaces file ids in a change of inputs by the file objects of this person's uploads.
 * @throws ControlRefusal file_not_found
 */
export function withFiles(core: Core, userId: string, change: StateValues): StateValues {
  const whole = (given: unknown): JsonObject => {
    const id = objectsOf([given]).map((file) => stringOf(file.id))[0] ?? '';
    const file = core.workspace.files.get(id);
    if (file === undefined || file.userId !== userId)
      throw new ControlRefusal('file_not_found', `nobody uploaded a file "${id}" here`);
    return fileJson(core.workspace, file, core.baseUrl());
  };
  return Object.fromEntries(
    Object.entries(change).map(([blockId, values]) => [
      blockId,
      Object.fromEntries(
        Object.entries(values).map(([actionId, state]) => [
          actionId,
          state.files === undefined ? state : { ...state, files: state.files.map(whole) },
        ]),
      ),
    ]),
  );
}

/** Gives files in open views the URLs of this run, since an earlier run had another port. */
export function renewFiles(core: Core): void {
  core.views.renewFiles((id) => {
    const file = core.workspace.files.get(id);
    return file === undefined ? undefined : fileJson(core.workspace, file, core.baseUrl());
  });
}

/** Lets the app read the files of a submitted view. */
export function shareFiles(core: Core, { state }: StoredView): void {
  const states = Object.values(state).flatMap((values) => Object.values(values));
  for (const { id } of states.flatMap(({ files }) => objectsOf(files))) {
    const file = core.workspace.files.get(stringOf(id) ?? '');
    if (file !== undefined) core.workspace.addFile({ ...file, withApp: true });
  }
}
