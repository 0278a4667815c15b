import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Core } from '../core';
import { SlackError } from '../errors';
import { essenceOf, readBody, sendJson } from '../http';
import { isObject, type JsonObject, parseJson } from '../json';
import type { Grant } from '../oauth/grants';
import type { CallEffect } from '../protocol';
import { Args, requireScope } from './call';
import { METHODS, type Method } from './methods';
import type { RateLimits } from './rateLimits';

interface Reply {
  readonly status: number;
  readonly body: JsonObject;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One call with its arguments, token and client credentials parsed. */
interface ParsedCall extends Pick<RawCall, 'badBody'> {
  readonly args: Args;
  readonly token: string | undefined;
  readonly basic: { readonly id: string; readonly secret: string } | undefined;
}

const NOBODY: Grant = { token: '', kind: 'app', scopes: new Set(), userId: '' };

/** The Web API: `/api/METHOD`. */
export class WebApi {
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(
    private readonly core: Core,
    private readonly rateLimits: RateLimits,
  ) {}

  async handle(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const startedAt = performance.now();
    const { args, token, badBody } = await readArguments(request);
    const parsed: ParsedCall = { ...readAuthorization(request, token), args: new Args(args), badBody };
    const fault = this.core.faults.take(name);
    const log = (reply: Reply) =>
      this.core.traffic.add({
        kind: 'call',
        method: name,
        args: readable(args),
        response: { ...reply.body, ok: reply.body.ok === true },
        status: reply.status,
        ms: Math.round(performance.now() - startedAt),
        ...(fault === undefined ? {} : { fault }),
      });

    if (fault?.do === 'hang') {
      log({ status: 0, body: { ok: false, error: 'fault_hang' } });
      this.later(fault.ms, () => request.socket.destroy());
      return;
    }
    const refusal = refusalOf(fault);
    if (fault?.do === 'twice') await this.run(name, parsed);
    const reply = refusal ?? (await this.run(name, parsed));
    log(reply);
    if (fault?.do === 'drop_reply') {
      request.socket.destroy();
      return;
    }
    const send = () => sendJson(response, reply.status, reply.body, reply.headers);
    if (fault?.do === 'slow') this.later(fault.ms, send);
    else send();
  }

  stop(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }

  private later(ms: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      run();
    }, ms);
    timer.unref();
    this.timers.add(timer);
  }

  private async run(name: string, { args, token, basic, badBody }: ParsedCall): Promise<Reply> {
    const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
    // Posts due messages first. A test's own clock fires no timers, so that nothing else would post them.
    this.core.scheduled.postDue();
    try {
      if (method === undefined) throw new SlackError('unknown_method', { req_method: name });
      if (badBody !== undefined) throw new SlackError(badBody);
      const grant = this.authenticate(method, token);
      const retryAfter = this.rateLimits.take(name, method.tier, args.string('channel') ?? '');
      if (retryAfter > 0) return rateLimited(retryAfter);
      if (method.scopes.length > 0) requireScope(grant, ...method.scopes);
      const call = { core: this.core, args, grant, ...(basic === undefined ? {} : { basic }) };
      const body = await method.run(call);
      return { status: 200, body: { ok: true, ...body }, headers: scopeHeaders(method, grant) };
    } catch (error) {
      if (!(error instanceof SlackError)) throw error;
      return { status: 200, body: { ok: false, error: error.code, ...error.extra } };
    }
  }

  private authenticate({ token: wanted }: Method, token: string | undefined): Grant {
    if (wanted === 'none') return NOBODY;
    const grant = this.core.grants.find(token);
    const fits = wanted === 'any' ? grant.kind !== 'app' : grant.kind === wanted;
    if (!fits) throw new SlackError('not_allowed_token_type');
    return grant;
  }
}

function scopeHeaders(method: Method, grant: Grant): Readonly<Record<string, string>> {
  return {
    'x-oauth-scopes': [...grant.scopes].join(','),
    'x-accepted-oauth-scopes': method.scopes.join(','),
  };
}

function rateLimited(seconds: number): Reply {
  return {
    status: 429,
    body: { ok: false, error: 'ratelimited' },
    headers: { 'retry-after': String(seconds) },
  };
}

/** The reply of a fault that prevents the work; undefined for every other fault. */
function refusalOf(fault: CallEffect | undefined): Reply | undefined {
  switch (fault?.do) {
    case 'error':
      return { status: 200, body: { ok: false, error: fault.error } };
    case 'rate_limit':
      return rateLimited(fault.retryAfter);
    case 'http_500':
      return { status: 500, body: { ok: false, error: 'internal_error' } };
    default:
      return undefined;
  }
}

interface RawCall {
  readonly args: JsonObject;
  readonly token: string | undefined;
  readonly badBody: 'invalid_json' | 'json_not_object' | 'invalid_form_data' | undefined;
}

/**
 * Reads arguments from the query, a form or a JSON body. Ignores a token inside a JSON body, as Slack does.
 * @see https://docs.slack.dev/apis/web-api "Sending JSON as your POST body"
 */
async function readArguments(request: IncomingMessage): Promise<RawCall> {
  const query = Object.fromEntries(new URL(request.url ?? '/', 'http://localhost').searchParams);
  const body = await readBody(request);
  const text = body.toString('utf8');
  const type = essenceOf(request.headers);
  if (type === 'application/json') {
    const { token, ...fromQuery } = query;
    const parsed = parseJson(text);
    const { token: _ignored, ...fromBody } = isObject(parsed) ? parsed : {};
    return {
      args: { ...fromQuery, ...fromBody },
      token,
      badBody: isObject(parsed) ? undefined : parsed === undefined ? 'invalid_json' : 'json_not_object',
    };
  }
  const fields =
    type === 'multipart/form-data'
      ? await readMultipart(body, request.headers['content-type'] ?? '')
      : Object.fromEntries(new URLSearchParams(text));
  const { token, ...args }: Record<string, string> = { ...query, ...fields };
  return { args, token, badBody: fields === undefined ? 'invalid_form_data' : undefined };
}

/**
 * Reads the fields of a multipart body without its files, which no method here takes. Undefined if the body is
 * malformed.
 */
async function readMultipart(
  body: Buffer,
  contentType: string,
): Promise<Readonly<Record<string, string>> | undefined> {
  try {
    const form = await new Response(new Uint8Array(body), {
      headers: { 'content-type': contentType },
    }).formData();
    return Object.fromEntries(
      [...form].flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
    );
  } catch {
    // Slack has one error code for every malformed multipart body.
    return undefined;
  }
}

function readAuthorization(
  request: IncomingMessage,
  token: string | undefined,
): Pick<ParsedCall, 'token' | 'basic'> {
  const header = request.headers.authorization ?? '';
  const bearer = /^Bearer\s+(\S+)$/i.exec(header)?.[1];
  const basic = /^Basic\s+(\S+)$/i.exec(header)?.[1];
  const [id = '', ...secret] = Buffer.from(basic ?? '', 'base64')
    .toString('utf8')
    .split(':');
  return {
    token: bearer ?? (token === '' ? undefined : token),
    basic: basic === undefined ? undefined : { id, secret: secret.join(':') },
  };
}

/** Parses JSON inside arguments, so that the traffic log is easy to read. */
function readable(args: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(args).map(([key, value]) => {
      const parsed = typeof value === 'string' && /^[[{]/.test(value) ? parseJson(value) : undefined;
      return [key, parsed ?? value];
    }),
  );
}
