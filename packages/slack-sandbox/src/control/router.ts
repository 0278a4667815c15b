import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Core } from '../core';
import { ControlRefusal } from '../errors';
import { essenceOf, JSON_TYPE, readBody, sendJson, sendText } from '../http';
import { isObject, parseJson } from '../json';
import type { Action, AdminAction, WorkspaceChange } from '../protocol';
import { act, actingPerson } from './act';
import { type AdminTools, administrate } from './admin';
import { type MessageFilter, personView, waiting, workspaceInfo } from './personView';

const MAX_WAIT_MS = 30_000;

/** The control API, under `/control`. */
export class Control {
  private readonly streams = new Set<ServerResponse>();
  private readonly waits = new Set<() => void>();

  constructor(
    private readonly core: Core,
    private readonly tools: AdminTools,
  ) {}

  async handle(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const answer = await this.answer(url, request, response);
      if (answer !== undefined) sendJson(response, 200, answer);
    } catch (error) {
      if (!(error instanceof ControlRefusal)) throw error;
      sendJson(response, 400, { ok: false, error: error.code, detail: error.detail });
    }
  }

  stop(): void {
    for (const stream of this.streams) stream.end();
    for (const settle of [...this.waits]) settle();
  }

  private async answer(url: URL, request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const { core } = this;
    const route = `${request.method ?? 'GET'} ${url.pathname}`;
    switch (route) {
      case 'GET /control/workspace':
        return workspaceInfo(core);
      case 'GET /control/view':
        return personView(core, actingPerson(core, url.searchParams.get('as') ?? ''), messageFilterOf(url));
      case 'GET /control/waiting':
        return waiting(core);
      case 'GET /control/stream':
        this.stream(response);
        return undefined;
      case 'GET /control/changes':
        return this.nextChange(
          numberOf(url, 'after'),
          Math.min(numberOf(url, 'wait'), MAX_WAIT_MS),
          response,
        );
      case 'GET /control/traffic':
        sendText(response, 200, core.traffic.after(numberOf(url, 'after')), JSON_TYPE);
        return undefined;
      case 'POST /control/act':
        return act(core, (await readObject(request)) as unknown as Action);
      case 'POST /control/faults':
        core.faults.replace(await readJson(request));
        return { ok: true };
      case 'POST /control/admin':
        return {
          ok: true,
          ...(await administrate(core, (await readObject(request)) as unknown as AdminAction, this.tools)),
        };
      default:
        throw new ControlRefusal('not_found', `there is no ${route}`);
    }
  }

  private stream(response: ServerResponse): void {
    const { changes } = this.core.workspace;
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    const send = (seq: number) =>
      response.write(`data: ${JSON.stringify({ seq } satisfies WorkspaceChange)}\n\n`);
    send(changes.seq);
    const unsubscribe = changes.subscribe(send);
    this.streams.add(response);
    response.on('close', () => {
      unsubscribe();
      this.streams.delete(response);
    });
  }

  /** Resolves at the first change after `seq`, at the end of the wait, or when the client disconnects. */
  private nextChange(seq: number, waitMs: number, response: ServerResponse): Promise<WorkspaceChange> {
    const { changes } = this.core.workspace;
    if (changes.seq > seq) return Promise.resolve({ seq: changes.seq });
    return new Promise((resolve) => {
      const settle = () => {
        clearTimeout(timer);
        unsubscribe();
        this.waits.delete(settle);
        resolve({ seq: changes.seq });
      };
      const timer = setTimeout(settle, waitMs);
      const unsubscribe = changes.subscribe(settle);
      this.waits.add(settle);
      response.on('close', settle);
    });
  }
}

/** Reads `&in=#name,C1,D2&after=TS`, which limits the messages to these conversations and to later timestamps. */
function messageFilterOf(url: URL): MessageFilter | undefined {
  const conversations = url.searchParams.get('in');
  if (conversations === null) return undefined;
  const places = conversations
    .split(',')
    .filter((place) => place !== '')
    .map((place) => place.replace(/^#/, ''));
  return { conversations: new Set(places), after: url.searchParams.get('after') ?? '0' };
}

function numberOf(url: URL, name: string): number {
  const value = Number(url.searchParams.get(name) ?? '0');
  return Number.isFinite(value) ? value : 0;
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  // A page of another origin cannot send this content type without a CORS preflight, which the sandbox does not
  // answer.
  if (essenceOf(request.headers) !== 'application/json') {
    throw new ControlRefusal('invalid_body', 'send JSON with content-type application/json');
  }
  const body = parseJson((await readBody(request)).toString('utf8'));
  if (body === undefined) throw new ControlRefusal('invalid_body', 'the body is not JSON');
  return body;
}

async function readObject(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const body = await readJson(request);
  if (!isObject(body)) throw new ControlRefusal('invalid_body', 'the body is not an object');
  return body;
}
