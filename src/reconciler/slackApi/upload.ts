/** Sends a file to the address that `files.getUploadURLExternal` gave for it, which needs no token. */
import { createReadStream } from 'node:fs';
import { type Dispatcher, request } from 'undici';

/** A file on this machine. */
export interface LocalFile {
  readonly path: string;
  readonly bytes: number;
}

/** Ends with the reason of the signal once that aborts. */
export type Upload = (url: string, file: LocalFile, signal: AbortSignal) => Promise<void>;

/** The file did not arrive, or Slack refused it. Nothing is shown of it then. */
export class UploadError extends Error {
  override readonly name = 'UploadError';
  readonly code = 'upload_failed';
  /** @param status null: no answer */
  constructor(
    readonly status: number | null,
    cause?: unknown,
  ) {
    super(`upload: ${status ?? 'no answer'}`, { cause });
  }
}

/** @param dispatcher the way out; absent: directly */
export const createUpload =
  (dispatcher?: Dispatcher): Upload =>
  async (url, { path, bytes }, signal) => {
    const status = await send(url, path, bytes, signal, dispatcher).catch((error: unknown) => {
      if (signal.aborted) throw signal.reason;
      throw new UploadError(null, error);
    });
    if (status !== 200) throw new UploadError(status);
  };

async function send(
  url: string,
  path: string,
  bytes: number,
  signal: AbortSignal,
  dispatcher: Dispatcher | undefined,
): Promise<number> {
  const { statusCode, body } = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', 'content-length': String(bytes) },
    body: createReadStream(path),
    signal,
    ...(dispatcher === undefined ? {} : { dispatcher }),
  });
  await body.dump();
  return statusCode;
}
