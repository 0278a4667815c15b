/**
 * The web server on `HOST`:`PORT`, in both modes: `/healthz` says that the process is alive, the status of `/readyz`
 * that it can serve, and `/slack/…` takes Slack's requests over HTTP and the pages on which workspaces install the app.
 * Strangers can reach it: it says nothing in words. Those are on the admin server.
 */
import type { RequestListener } from 'node:http';
import { setTimeout as after } from 'node:timers/promises';
import { type Address, answerJson, listen } from './listen';

/** Handlers by path. */
export type Routes = Readonly<Record<string, RequestListener>>;

interface Options {
  readonly host: Address['host'];
  readonly port: number;
  readonly isReady: () => Promise<boolean>;
  /** The handlers of Slack's side, looked up for each request. Null: it has not started yet. */
  readonly slack: () => Routes | null;
}

export interface WebServer {
  readonly port: number;
  /**
   * From now on closes each connection after its answer, so that a balancer uses another instance. Still takes
   * requests. Resolves when none of Slack's has come for a moment.
   */
  drain(): Promise<void>;
  /** Takes no more requests. Resolves when the running ones are answered. */
  stop(): Promise<void>;
}

/** Time without requests after which a balancer that asks `/readyz` has noticed the stop, ms. */
const GONE_AFTER_MS = 500;
/** Longest wait, for a balancer that never asks, ms. With the last answers a stop stays within its ten seconds. */
const GONE_WITHIN_MS = 3_000;

/** @throws PortTakenError */
export async function startWebServer({ host, port, isReady, slack }: Options): Promise<WebServer> {
  let lastRequestAt = Number.NEGATIVE_INFINITY;
  /** One check answers all that ask at the same time. */
  let asked: Promise<boolean> | null = null;
  const ready = () => {
    asked ??= isReady()
      .catch(() => false)
      .finally(() => {
        asked = null;
      });
    return asked;
  };
  const address: Address = { host, port, settings: { host: 'HOST', port: 'PORT' } };
  const server = await listen(address, (request, response) => {
    // A stranger may send anything here; it need not be a URL.
    const [path = '/'] = (request.url ?? '/').split('?');
    if (path.startsWith('/slack/')) {
      const routes = slack();
      const route = routes === null ? notYet : Object.hasOwn(routes, path) ? routes[path] : undefined;
      if (route !== undefined) {
        lastRequestAt = performance.now();
        return route(request, response);
      }
    }
    if (path === '/healthz') answerJson(response, 200, { alive: true });
    else if (path === '/readyz') ready().then((is) => response.writeHead(is ? 200 : 503).end());
    else if (path === '/metrics') answerJson(response, 404, METRICS_ARE_ELSEWHERE);
    else answerJson(response, 404, { error: 'not_found' });
  });
  return {
    port: server.port,
    async drain() {
      server.closeAfterAnswer();
      if (Object.keys(slack() ?? {}).length === 0) return;
      const since = performance.now();
      for (;;) {
        const now = performance.now();
        const goneAt = Math.min(Math.max(since, lastRequestAt) + GONE_AFTER_MS, since + GONE_WITHIN_MS);
        if (now >= goneAt) return;
        await after(goneAt - now);
      }
    },
    stop: server.stop,
  };
}

const METRICS_ARE_ELSEWHERE = {
  error: 'not_found',
  where: 'ADMIN_HOST:ADMIN_PORT serves /metrics and readiness in words; 127.0.0.1:3001 unless set',
};

/** Answers requests for Slack's side before it has started. */
const notYet: RequestListener = (_request, response) => answerJson(response, 503, { error: 'starting' });
