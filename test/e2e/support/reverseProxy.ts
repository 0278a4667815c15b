/** An operator's proxy in front of Lostdeal. It can lose its way to Lostdeal, and answer 404 as such proxies do. */
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FrontDoor {
  readonly url: string;
  /** From now on leads nowhere, or to Lostdeal again. */
  lead(there: boolean): void;
  stop(): Promise<void>;
}

export async function openFrontDoor(port: number): Promise<FrontDoor> {
  let leads = true;
  const server = createServer((asked, answer) => {
    if (!leads) {
      asked.resume();
      answer.writeHead(404).end();
      return;
    }
    const { url: path, method, headers } = asked;
    const forwarded = request({ host: '127.0.0.1', port, path, method, headers }, (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(answer);
    });
    forwarded.on('error', () => answer.writeHead(502).end());
    asked.pipe(forwarded);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lead(there) {
      leads = there;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
