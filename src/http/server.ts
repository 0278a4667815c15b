/**
 * The web server on `PORT`, in both modes: health for operators, and Slack's requests when they come over HTTP.
 * `/healthz` says that the process is alive; `/readyz` that it can serve: database, Slack, reconciler.
 */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Readiness {
  readonly ready: boolean;
  /** One word for each part, safe to show: `ok`, or what is wrong. */
  readonly parts: Readonly<Record<string, string>>;
}

interface Options {
  readonly port: number;
  readonly readiness: () => Promise<Readiness>;
  /** Takes every path that begins with `/slack/`. */
  readonly slack?: RequestListener;
}

export interface WebServer {
  readonly port: number;
  stop(): Promise<void>;
}

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
export async function startWebServer({ port, readiness, slack }: Options): Promise<WebServer> {
  const server: Server = createServer((request, response) => {
    // Anything may stand here, and not all of it is a URL.
    const [path = '/'] = (request.url ?? '/').split('?');
    const json = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(`${JSON.stringify(body)}\n`);
    };
    if (slack && path.startsWith('/slack/')) slack(request, response);
    else if (path === '/healthz') json(200, { alive: true });
    else if (path === '/readyz') {
      readiness().then(
        (state) => json(state.ready ? 200 : 503, state),
        () => json(503, { ready: false, parts: { readiness: 'failed' } }),
      );
    } else json(404, { error: 'not_found', paths: ['/healthz', '/readyz'] });
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
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}
