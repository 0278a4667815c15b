/** A proxy between a store and its server that can act like a stopped server, or like a network that drops everything. */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { freePort } from '../freePort';

export interface DatabaseProxy {
  /** URL of the same database through the proxy. */
  readonly url: string;
  /** Cuts connections and refuses new ones. */
  refuse(): Promise<void>;
  /** Keeps and accepts connections, and lets nothing through. */
  swallow(): void;
  /** All as it should be again. */
  restore(): Promise<void>;
  close(): Promise<void>;
}

export async function proxyTo(url: string): Promise<DatabaseProxy> {
  const target = new URL(url);
  const port = await freePort();
  const pairs = new Set<readonly [Socket, Socket]>();
  let swallowing = false;
  let server: Server | null = null;

  function forward(near: Socket): void {
    const far = connect(Number(target.port), target.hostname);
    const pair = [near, far] as const;
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (data) => {
        if (!swallowing) to.write(data);
      });
      from.on('error', end);
      from.on('close', end);
    }
  }

  function cut(): void {
    for (const [near, far] of pairs) {
      near.destroy();
      far.destroy();
    }
    pairs.clear();
  }

  async function listen(): Promise<void> {
    swallowing = false;
    if (server !== null) return;
    const next = createServer(forward);
    server = next;
    await new Promise<void>((resolve) => next.listen(port, '127.0.0.1', resolve));
  }

  async function refuse(): Promise<void> {
    const before = server;
    server = null;
    if (before === null) return;
    const closed = new Promise((resolve) => before.close(resolve));
    cut();
    await closed;
  }

  await listen();
  const through = new URL(url);
  through.port = String(port);
  return {
    url: through.href,
    refuse,
    swallow() {
      swallowing = true;
    },
    async restore() {
      // What was swallowed does not come later: those connections are useless.
      if (swallowing) cut();
      await listen();
    },
    close: refuse,
  };
}
