/** A machine that reaches Slack only through a proxy: each of the three ways out goes through it. */
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { connectSandbox } from 'slack-sandbox';
import { beginCall } from '../../scripts/play';
import { createLogger } from '../../src/log';
import { proxyDispatcher, slackFetchThrough } from '../../src/reconciler/slackApi/slackFetch';
import { respondPrivately } from '../../src/slack/listeners/show';
import { createSocketReceiver } from '../../src/slack/socketMode/socketReceiver';
import { until } from './support/until';
import { startWorld } from './support/world';

interface Proxy {
  readonly url: string;
  /** `host:port` of each requested tunnel. */
  readonly tunnels: string[];
  readonly passwords: (string | undefined)[];
  stop(): void;
}

/** A proxy as companies have them: it takes only CONNECT, and answers 502 for hosts that do not exist. */
async function startProxy(): Promise<Proxy> {
  const tunnels: string[] = [];
  const passwords: (string | undefined)[] = [];
  const server: Server = createServer((_request, response) => response.writeHead(405).end());
  server.on('connect', (request, client) => {
    const [host = '', port] = (request.url ?? '').split(':');
    tunnels.push(request.url ?? '');
    passwords.push(request.headers['proxy-authorization']);
    client.on('error', () => undefined);
    if (host.endsWith('.invalid')) {
      client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      return;
    }
    const there = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      there.pipe(client).pipe(there);
    });
    there.on('error', () => client.destroy());
    client.on('close', () => there.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://me:p%40ss@127.0.0.1:${port}`,
    tunnels,
    passwords,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

describe('a proxy', () => {
  let proxy: Proxy;
  beforeEach(async () => {
    proxy = await startProxy();
  });
  afterEach(() => proxy.stop());

  it('carries calls, messages and the socket, and a call works as without it', async () => {
    const world = await startWorld({ env: { HTTP_PROXY: proxy.url } });
    try {
      const slackAt = new URL(world.sandbox.url).host;
      await beginCall(connectSandbox(world.sandbox.url).as('robin'), 'Acme');
      await world.settled();
      expect(new Set(proxy.tunnels)).toEqual(new Set([slackAt]));
      // One for calls, one for the socket, which carries nothing else.
      expect(proxy.tunnels.length).toBeGreaterThanOrEqual(2);
      expect(new Set(proxy.passwords)).toEqual(
        new Set([`Basic ${Buffer.from('me:p@ss').toString('base64')}`]),
      );
      // Slack renews the connection: our close frame goes through the tunnel too.
      const before = proxy.tunnels.length;
      await world.slack.admin({ do: 'renew_sockets' });
      await until(world.sandbox, 'another tunnel', async () => proxy.tunnels.length > before || undefined);
      await beginCall(connectSandbox(world.sandbox.url).as('robin'), 'Globex');
    } finally {
      await world.stop();
    }
  });

  it.each(['127.0.0.1', 'example.com,127.0.0.1', '*'])('is left out by NO_PROXY=%s', async (NO_PROXY) => {
    const world = await startWorld({ env: { HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url, NO_PROXY } });
    try {
      await beginCall(connectSandbox(world.sandbox.url).as('robin'), 'Acme');
      expect(proxy.tunnels).toEqual([]);
    } finally {
      await world.stop();
    }
  });

  it('is asked for Slack itself on all three ways out', async () => {
    const dispatcherWith = proxyDispatcher({ https: proxy.url, http: null, except: '' });
    const fetch = slackFetchThrough(dispatcherWith());
    await expect(fetch('https://slack.invalid/api/auth.test', { method: 'POST' })).rejects.toThrow();
    await expect(respondPrivately(fetch, 'https://hooks.invalid/commands/1', 'Hi')).rejects.toThrow();
    const receiver = createSocketReceiver({
      appToken: 'xapp-1',
      logger: createLogger({ level: 'silent', pretty: false }),
      dispatcherWith,
      clientOptions: { slackApiUrl: 'https://slack.invalid/api/', retryConfig: { retries: 0 } },
      fetch: async () =>
        new Response(JSON.stringify({ ok: true, url: 'wss://wss.invalid/link/?ticket=1' })) as never,
    });
    expect(await receiver.open().catch(() => 'failed')).toBe('failed');
    expect(proxy.tunnels).toEqual(['slack.invalid:443', 'hooks.invalid:443', 'wss.invalid:443']);
    await receiver.stop();
  });
});
