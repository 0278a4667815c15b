/** The web server and the admin server against what strangers send to an open port. */
import { connect, type Socket } from 'node:net';
import { startAdminServer } from '../../src/http/adminServer';
import type { Listening } from '../../src/http/listen';
import { startWebServer, type WebServer } from '../../src/http/server';

const HOST = '127.0.0.1';

/** The first line of the answer to a request with this target, sent as it is. */
function answerTo(port: number, target: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, HOST, () =>
      socket.write(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`),
    );
    let answer = '';
    socket.on('data', (part) => {
      answer += part;
    });
    socket.on('end', () => resolve(answer.split('\r\n')[0] ?? ''));
    socket.on('error', reject);
  });
}

describe('the web server', () => {
  let server: WebServer;
  beforeAll(async () => {
    server = await startWebServer({
      host: HOST,
      port: 0,
      isReady: async () => false,
      slack: () => ({ '/slack/install': (_request, response) => response.writeHead(302).end() }),
    });
  });
  afterAll(() => server.stop());

  it.each([
    ['/healthz', 200],
    ['/healthz?from=monitor', 200],
    ['/readyz', 503],
    ['/metrics', 404],
    ['/', 404],
    ['/slack/install?x=1', 302],
    ['/slack/events', 404],
    ['/slack/toString', 404],
    ['/slack/__proto__', 404],
    ['//', 404],
    ['///evil', 404],
    ['http://[/', 404],
    ['*', 404],
  ])('answers %s with %i', async (target, status) => {
    expect(await answerTo(server.port, target)).toContain(` ${status} `);
  });

  it('answers everybody, also while a stranger holds more connections than it keeps', async () => {
    const held: Socket[] = [];
    try {
      for (let count = 0; count < 600; count += 1) {
        const socket = connect(server.port, HOST).on('error', () => undefined);
        // Headers that never end.
        socket.write('POST /slack/events HTTP/1.1\r\nHost: x\r\n');
        held.push(socket);
      }
      expect(await answerTo(server.port, '/healthz')).toContain(' 200 ');
    } finally {
      for (const socket of held) socket.destroy();
    }
  });
});

describe('the admin server', () => {
  let server: Listening;
  beforeAll(async () => {
    server = await startAdminServer({
      host: HOST,
      port: 0,
      readiness: async () => ({ ready: false, parts: { database: 'ok', slack: 'not connected' } }),
      metrics: async () => ({ contentType: 'text/plain', text: 'up 1\n' }),
    });
  });
  afterAll(() => server.stop());

  it.each([
    ['/healthz', 200],
    ['/readyz', 503],
    ['/metrics', 200],
    ['/slack/events', 404],
    ['http://[/', 404],
  ])('answers %s with %i', async (target, status) => {
    expect(await answerTo(server.port, target)).toContain(` ${status} `);
  });
});

describe('an address that is not available', () => {
  it('is reported with the setting to change', async () => {
    const options = { isReady: async () => true, slack: () => null };
    await expect(startWebServer({ ...options, host: '192.0.2.1', port: 0 })).rejects.toThrow(
      '192.0.2.1 cannot be listened on (EADDRNOTAVAIL). Set HOST to an address of this machine.',
    );
    const first = await startWebServer({ ...options, host: HOST, port: 0 });
    await expect(
      startAdminServer({
        host: HOST,
        port: first.port,
        readiness: async () => ({ ready: true, parts: {} }),
        metrics: async () => ({ contentType: '', text: '' }),
      }),
    ).rejects.toThrow('set ADMIN_PORT to a free one');
    await first.stop();
  });
});
