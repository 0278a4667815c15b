/** A load balancer before several instances: it asks each whether it is ready, and sends requests to those that are. */
import { Agent, request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LoadBalancer {
  readonly url: string;
  /** Resolves when the instance has said that it is ready. */
  add(port: number): Promise<void>;
  stop(): Promise<void>;
}

const POLL_MS = 50;

export async function startLoadBalancer(): Promise<LoadBalancer> {
  // Like real load balancers, it keeps connections open.
  const agent = new Agent({ keepAlive: true });
  const known = new Set<number>();
  const ready: number[] = [];
  let turn = 0;

  function forward(from: IncomingMessage, to: ServerResponse): void {
    turn += 1;
    const port = ready[turn % Math.max(ready.length, 1)];
    if (port === undefined) {
      to.writeHead(503).end();
      return;
    }
    const { method, url, headers } = from;
    const forwarded = ask({ host: '127.0.0.1', port, method, path: url, headers, agent }, (answer) => {
      to.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(to);
    });
    forwarded.on('error', () => to.writeHead(502).end());
    from.pipe(forwarded);
  }

  async function poll(port: number): Promise<void> {
    const isReady = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ status }) => status === 200,
      () => false,
    );
    const index = ready.indexOf(port);
    if (isReady && index < 0 && known.has(port)) ready.push(port);
    if (!isReady && index >= 0) ready.splice(index, 1);
  }

  const server = createServer(forward);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const polling = setInterval(() => void Promise.all([...known].map(poll)), POLL_MS);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`,
    async add(port) {
      known.add(port);
      while (!ready.includes(port)) await poll(port);
    },
    stop: () => {
      clearInterval(polling);
      agent.destroy();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
