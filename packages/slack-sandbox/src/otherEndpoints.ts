import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Core } from './core';
import { respond } from './delivery/answers';
import { SlackError } from './errors';
import { readBody, sendJson, sendText } from './http';
import { parseJson } from './json';

/** Slack's addresses besides the Web API: response URLs, uploads, files. */

/** `POST /response/{commands|actions}/KEY…` */
export async function handleResponseUrl(
  core: Core,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const startedAt = performance.now();
  const key = path.split('/').slice(3).join('/');
  const body = parseJson((await readBody(request)).toString('utf8'));
  const answer = (status: number, error?: string): void => {
    const ok = error === undefined;
    core.traffic.add({
      kind: 'call',
      method: 'response_url',
      args: body ?? null,
      response: ok ? { ok } : { ok, error },
      status,
      ms: Math.round(performance.now() - startedAt),
    });
    if (ok) sendText(response, 200, 'ok');
    else sendJson(response, status, { ok, error });
  };
  if (request.method !== 'POST') return answer(405, 'method_not_allowed');
  if (body === undefined) return answer(400, 'invalid_payload');
  const target = core.responseUrls.use(key);
  if (target === undefined) return answer(404, 'invalid_url');
  if (typeof target === 'string') return answer(404, target);
  try {
    respond(core, target, body);
    return answer(200);
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    return answer(
      error.code === 'channel_not_found' || error.code === 'message_not_found' ? 404 : 400,
      error.code,
    );
  }
}

/** `POST /upload/FILE/KEY`. The body is the content itself or a form whose first part it is. */
export async function handleUpload(
  core: Core,
  { id, key }: { readonly id: string; readonly key: string },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const file = core.workspace.files.get(id);
  if (file?.uploadKey !== key || request.method !== 'POST') return sendText(response, 404, 'not found');
  const content = firstPart(await readBody(request), request.headers['content-type'] ?? '');
  core.workspace.addFile({ ...file, content });
  sendText(response, 200, `OK - ${content.length}`);
}

/**
 * `GET /files-pri/FILE/NAME`, the Web API's `url_private`. It serves apps whose token has files:read. All others get
 * Slack's redirect to the sign-in page, which a client that follows redirects takes for success.
 * @see https://docs.slack.dev/reference/objects/file-object "url_private"
 */
export function handlePrivateFile(
  core: Core,
  fileId: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (mayRead(core, request.headers.authorization)) {
    handleFileDownload(core, fileId, '', response);
    return;
  }
  response.writeHead(302, { location: `${core.baseUrl()}/?redir=${encodeURIComponent(request.url ?? '/')}` });
  response.end();
}

function mayRead(core: Core, authorization: string | undefined): boolean {
  try {
    const { scopes } = core.grants.find(/^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1]);
    return scopes.has('files:read');
  } catch (error) {
    if (error instanceof SlackError) return false;
    throw error;
  }
}

/** `GET /files/FILE/NAME`, for people. The sandbox asks for no sign-in. */
export function handleFileDownload(
  core: Core,
  fileId: string,
  _name: string,
  response: ServerResponse,
): void {
  const file = core.workspace.files.get(fileId);
  if (file === undefined) {
    sendText(response, 404, 'not found');
    return;
  }
  response.writeHead(200, {
    'content-type': file.mimetype,
    'content-length': file.content.length,
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    'x-content-type-options': 'nosniff',
  });
  response.end(file.content);
}

function firstPart(body: Buffer, contentType: string): Buffer {
  const boundary = /multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) return body;
  const start = body.indexOf('\r\n\r\n');
  const end = body.indexOf(`\r\n--${boundary}`, start);
  return start < 0 || end < 0 ? body : body.subarray(start + 4, end);
}
