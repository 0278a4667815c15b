import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Core } from '../core';
import { SlackError } from '../errors';
import { readBody, sendJson } from '../http';
import { isObject, type JsonObject, parseJson } from '../json';
import type { CallEffect } from '../protocol';
import { Args, requireScope } from './call';
import { METHODS, type Method } from './methods';
import type { RateLimits } from './rateLimits';

interface Reply {
  readonly status: number;
  readonly body: JsonObject;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The Web API: `/api/METHOD`. */
export class WebApi {
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(
    private readonly core: Core,
    /** Absent: nothing is limited. */
    private readonly rateLimits: RateLimits | undefined,
  ) {}

  async handle(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const startedAt = performance.now();
    const raw = await readArguments(request);
    const { token, ...args } = raw;
    const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const given = bearer ?? (typeof token === 'string' && token !== '' ? token : undefined);
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
    if (fault?.do === 'twice') await this.run(name, given, new Args(args));
    const reply = refusal ?? (await this.run(name, given, new Args(args)));
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

  private async run(name: string, token: string | undefined, args: Args): Promise<Reply> {
    const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
    try {
      if (method === undefined) throw new SlackError('unknown_method', { req_method: name });
      this.authenticate(method, token);
      const retryAfter = this.limit(name, method, args);
      if (retryAfter > 0) return rateLimited(retryAfter);
      if (method.scopes.length > 0) requireScope(this.core, ...method.scopes);
      const body = await method.run({ core: this.core, args });
      return { status: 200, body: { ok: true, ...body }, headers: this.scopeHeaders(method) };
    } catch (error) {
      if (!(error instanceof SlackError)) throw error;
      return { status: 200, body: { ok: false, error: error.code, ...error.extra } };
    }
  }

  private authenticate(method: Method, token: string | undefined): void {
    if (method.token === 'none') return;
    const { botToken, appToken } = this.core.credentials;
    if (token === undefined) throw new SlackError('not_authed');
    if (token !== botToken && token !== appToken) throw new SlackError('invalid_auth');
    if (!this.core.installation.installed && token === botToken) throw new SlackError('account_inactive');
    if (this.core.installation.revoked && token === botToken) throw new SlackError('token_revoked');
    const kind = token === botToken ? 'bot' : 'app';
    if (kind !== method.token) throw new SlackError('not_allowed_token_type');
  }

  private limit(name: string, method: Method, args: Args): number {
    const key = method.tier === 'post' ? `${name} ${args.string('channel') ?? ''}` : name;
    return this.rateLimits?.take(method.tier, key) ?? 0;
  }

  private scopeHeaders(method: Method): Readonly<Record<string, string>> {
    return {
      'x-oauth-scopes':
        method.token === 'app' ? 'connections:write' : [...this.core.manifest.scopes].join(','),
      'x-accepted-oauth-scopes': method.scopes.join(','),
    };
  }
}

function rateLimited(seconds: number): Reply {
  return {
    status: 429,
    body: { ok: false, error: 'ratelimited' },
    headers: { 'retry-after': String(seconds) },
  };
}

/** The answer of a fault that keeps the work from being done. */
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

async function readArguments(request: IncomingMessage): Promise<JsonObject> {
  const query = Object.fromEntries(new URL(request.url ?? '/', 'http://localhost').searchParams);
  const text = (await readBody(request)).toString('utf8');
  const type = (request.headers['content-type'] ?? '').toLowerCase();
  if (type.includes('application/json')) {
    const parsed = parseJson(text);
    return isObject(parsed) ? { ...query, ...parsed } : query;
  }
  return { ...query, ...Object.fromEntries(new URLSearchParams(text)) };
}

/** Arguments with the JSON inside them unfolded, for whoever reads the traffic. */
function readable(args: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(args).map(([key, value]) => {
      const parsed = typeof value === 'string' && /^[[{]/.test(value) ? parseJson(value) : undefined;
      return [key, parsed ?? value];
    }),
  );
}
