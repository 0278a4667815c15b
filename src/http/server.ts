/**
 * The web server on `PORT`, in both modes: health for operators, and Slack's requests when they come over HTTP.
 * `/healthz` says that the process is alive; `/readyz` that it can serve: database, Slack, reconciler; `/metrics` is
 * for Prometheus.
 */
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';

export interface Readiness {
  readonly ready: boolean;
  /** In words for each part, safe to show: `ok`, or what is wrong. */
  readonly parts: Readonly<Record<string, string>>;
}

interface Options {
  readonly port: number;
  readonly readiness: () => Promise<Readiness>;
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>;
  /** Takes every path that begins with `/slack/`; asked for each request. Null: nobody does. */
  readonly slack?: () => RequestListener | null;
}

export interface WebServer {
  readonly port: number;
  /**
   * From now on each connection is closed after its answer, so that whoever keeps some open goes elsewhere; requests
   * are still taken. Resolves when whoever sends us Slack's has gone: none came for a moment.
   */
  drain(): Promise<void>;
  /** Takes no more requests; resolves when those under way are answered. */
  stop(): Promise<void>;
}

/** A connection that does not end by itself is cut after this long, ms. */
const LAST_ANSWERS_WITHIN_MS = 6_000;
/** A balancer that asks `/readyz` sends requests until it has heard that we leave: so long none came, ms. */
const GONE_AFTER_MS = 500;
/** One that never asks is not waited for longer; with the last answers a stop stays within its ten seconds. */
const GONE_WITHIN_MS = 3_000;

/** Something else listens on `PORT`, or we may not. */
export class PortTakenError extends Error {
  readonly code = 'port_taken';
  constructor(port: number, why: string, options: ErrorOptions) {
    super(
      `Port ${port} cannot be listened on (${why}). Stop what uses it, or set PORT to a free one (0 takes any).`,
      options,
    );
    this.name = 'PortTakenError';
  }
}

/** @throws PortTakenError */
export async function startWebServer({ port, readiness, metrics, slack }: Options): Promise<WebServer> {
  let draining = false;
  let lastRequestAt = Number.NEGATIVE_INFINITY;
  const server: Server = createServer((request, response) => {
    if (draining) response.setHeader('connection', 'close');
    // Anything may stand here, and not all of it is a URL.
    const [path = '/'] = (request.url ?? '/').split('?');
    const forSlack = path.startsWith('/slack/') ? (slack?.() ?? null) : null;
    if (forSlack !== null) {
      lastRequestAt = performance.now();
      forSlack(request, response);
    } else if (path === '/healthz') json(response, 200, { alive: true });
    else if (path === '/readyz') {
      readiness().then(
        (state) => json(response, state.ready ? 200 : 503, state),
        () => json(response, 503, { ready: false, parts: { readiness: 'failed' } }),
      );
    } else if (path === '/metrics') {
      metrics().then(
        ({ contentType, text }) => response.writeHead(200, { 'content-type': contentType }).end(text),
        () => json(response, 500, { error: 'metrics_failed' }),
      );
    } else json(response, 404, { error: 'not_found', paths: ['/healthz', '/readyz', '/metrics'] });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new PortTakenError(port, error.code ?? error.message, { cause: error })),
    );
    server.listen(port, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
  const drain = async () => {
    draining = true;
    if ((slack?.() ?? null) === null) return;
    const since = performance.now();
    for (;;) {
      const now = performance.now();
      const goneAt = Math.min(Math.max(since, lastRequestAt) + GONE_AFTER_MS, since + GONE_WITHIN_MS);
      if (now >= goneAt) return;
      await after(goneAt - now);
    }
  };
  return {
    port: (server.address() as AddressInfo).port,
    drain,
    stop() {
      draining = true;
      return new Promise((resolve) => {
        const cut = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_WITHIN_MS);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
        server.closeIdleConnections();
      });
    },
  };
}

/** Answers Slack, and who installs the app, before there is somebody who can. */
export const notYet: RequestListener = (request, response) => {
  request.resume();
  json(response, 503, { error: 'starting' });
};

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify(body)}\n`);
}
