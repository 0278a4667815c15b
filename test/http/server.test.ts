/** The web server against what comes along on an open port. */
import { connect } from 'node:net';
import { startWebServer, type WebServer } from '../../src/http/server';

describe('the web server', () => {
  let server: WebServer;
  beforeAll(async () => {
    server = await startWebServer({
      port: 0,
      readiness: async () => ({ ready: false, parts: { database: 'ok', slack: 'not connected' } }),
      metrics: async () => ({ contentType: 'text/plain', text: 'up 1\n' }),
    });
  });
  afterAll(() => server.stop());

  /** The first line of the answer to a request with this target, sent as it is. */
  function answerTo(target: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(server.port, '127.0.0.1', () =>
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

  it.each([
    ['/healthz', 200],
    ['/healthz?from=monitor', 200],
    ['/readyz', 503],
    ['/metrics', 200],
    ['/', 404],
    ['/slack/events', 404],
    ['//', 404],
    ['///evil', 404],
    ['http://[/', 404],
    ['*', 404],
  ])('answers %s with %i', async (target, status) => {
    expect(await answerTo(target)).toContain(` ${status} `);
  });
});
