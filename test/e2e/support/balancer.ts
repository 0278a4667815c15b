/** What stands before several instances: asks each whether it is ready, and hands requests to those that are. */
import { Agent, request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Balancer {
  readonly url: string;
  /** Resolves when it has heard that the instance is ready. */
  add(port: number): Promise<void>;
  stop(): Promise<void>;
}

const ASK_EVERY_MS = 50;

export async function startBalancer(): Promise<Balancer> {
  // As balancers do, it keeps connections open.
  const agent = new Agent({ keepAlive: true });
  const known = new Set<number>();
  const ready: number[] = [];
  let turn = 0;

  function handOver(from: IncomingMessage, to: ServerResponse): void {
    turn += 1;
    const port = ready[turn % Math.max(ready.length, 1)];
    if (port === undefined) {
      to.writeHead(503).end();
      return;
    }
    const { method, url, headers } = from;
    const passed = ask({ host: '127.0.0.1', port, method, path: url, headers, agent }, (answer) => {
      to.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(to);
    });
    passed.on('error', () => to.writeHead(502).end());
    from.pipe(passed);
  }

  async function look(port: number): Promise<void> {
    const isReady = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ status }) => status === 200,
      () => false,
    );
    const index = ready.indexOf(port);
    if (isReady && index < 0 && known.has(port)) ready.push(port);
    if (!isReady && index >= 0) ready.splice(index, 1);
  }

  const server = createServer(handOver);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const looking = setInterval(() => void Promise.all([...known].map(look)), ASK_EVERY_MS);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`,
    async add(port) {
      known.add(port);
      while (!ready.includes(port)) await look(port);
    },
    stop: () => {
      clearInterval(looking);
      agent.destroy();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
