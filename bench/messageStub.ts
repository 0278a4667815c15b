/** The least Slack for a reconciler: every message is taken at once and gets a timestamp of its own. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface MessageStub {
  readonly url: string;
  stop(): Promise<void>;
}

export async function startMessageStub(): Promise<MessageStub> {
  let count = 0;
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      count += 1;
      const now = Date.now();
      const ts = `${Math.floor(now / 1000)}.${String(count % 1_000_000).padStart(6, '0')}`;
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ok: true, ts, messages: [] }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
