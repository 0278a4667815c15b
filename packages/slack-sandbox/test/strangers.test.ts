/** Web sites that a person visits, and other programs on the machine, against a sandbox that runs there. */

import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '../src';
import { type Harness, startHarness } from './support/harness';
import { MANIFEST } from './support/manifest';

describe('a sandbox on a machine with a browser', () => {
  let harness: Harness;
  let port: string;
  beforeAll(async () => {
    harness = await startHarness();
    ({ port } = new URL(harness.sandbox.url));
  });
  afterAll(() => harness.stop());

  /** The status; 0 when the connection is closed without an answer. */
  const statusOf = (path: string, headers: Readonly<Record<string, string>>, method = 'GET', body = '') =>
    new Promise<number>((resolve) => {
      const sent = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      sent.on('upgrade', (response, socket) => {
        socket.destroy();
        resolve(response.statusCode ?? 0);
      });
      sent.on('error', () => resolve(0));
      sent.end(body);
    });
  const here = () => ({ host: `127.0.0.1:${port}` });

  const PATHS = [
    '/',
    '/control/workspace',
    '/control/stream',
    '/api/auth.test',
    '/oauth/v2/authorize',
    '/files/x/y',
    '/response/1/2',
  ];

  it.each(PATHS)('answers no request for %s by another host name or from another page', async (path) => {
    expect(await statusOf(path, { host: `rebound.example:${port}` })).toBe(403);
    expect(await statusOf(path, { host: `127.0.0.1.example:${port}` })).toBe(403);
    for (const origin of ['https://example.com', 'null', `https://127.0.0.1:${port}`, 'http://127.0.0.1:1']) {
      expect(await statusOf(path, { ...here(), origin })).toBe(403);
    }
  });

  it('opens no socket for them', async () => {
    const upgrade = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    };
    expect(await statusOf('/link/?ticket=1', { ...here(), ...upgrade, origin: 'https://example.com' })).toBe(
      403,
    );
    expect(await statusOf('/link/?ticket=1', { ...upgrade, host: 'rebound.example' })).toBe(403);
    expect(await statusOf('/link/?ticket=1', { ...here(), ...upgrade })).toBe(401);
  });

  it('serves its own page and programs', async () => {
    expect(await statusOf('/control/workspace', here())).toBe(200);
    expect(
      await statusOf('/control/workspace', { host: `localhost:${port}`, origin: `http://localhost:${port}` }),
    ).toBe(200);
  });

  it.each([
    ['application/json', 200],
    ['Application/JSON; charset=utf-8', 200],
    ['text/plain; application/json', 400],
    ['text/plain;x="application/json"', 400],
    ['application/json-not', 400],
    ['', 400],
  ])('takes the content type %j for what its essence says', async (type, status) => {
    const headers = { ...here(), 'content-type': type };
    expect(await statusOf('/control/faults', headers, 'POST', '[]')).toBe(status);
  });

  it.each([
    '[null]',
    '[1]',
    '[[]]',
    '[{}]',
    '{}',
    'null',
    '[{"method":"*","times":1,"effect":null}]',
    '[{"method":"*","times":1,"effect":{"do":"constructor"}}]',
    '[{"method":null,"times":1,"effect":{"do":"http_500"}}]',
    '[{"method":"*","times":1,"effect":{"do":"error","error":{}}}]',
    '[{"method":"*","times":1,"effect":{"do":"hang","ms":"x"}}]',
    '[{"delivery":7,"times":1,"effect":{"do":"lose"}}]',
    '[{"delivery":"*","times":{},"effect":{"do":"lose"}}]',
  ])('refuses the fault list %s and goes on', async (body) => {
    const headers = { ...here(), 'content-type': 'application/json' };
    expect(await statusOf('/control/faults', headers, 'POST', body)).toBe(400);
    expect(await statusOf('/control/faults', headers, 'POST', '[]')).toBe(200);
  });

  it('gives out no key that another program could guess from the one before', async () => {
    const { web, sandbox } = harness;
    const ticket = async () => {
      const response = await fetch(`${sandbox.apiUrl}apps.connections.open`, {
        method: 'POST',
        headers: { authorization: `Bearer ${sandbox.appToken}` },
      });
      return new URL(String(((await response.json()) as { url: string }).url)).searchParams.get('ticket');
    };
    const uploadKey = async () =>
      (await web.files.getUploadURLExternal({ filename: 'a.txt', length: 1 })).upload_url?.split('/').at(-1);
    for (const make of [ticket, uploadKey]) {
      const [first, second] = [await make(), await make()];
      expect(first).toMatch(/^[0-9a-f]{32}$/u);
      expect(second).toMatch(/^[0-9a-f]{32}$/u);
      expect(second?.slice(0, 16)).not.toBe(first?.slice(0, 16));
    }
    const { file_id } = await web.files.getUploadURLExternal({ filename: 'a.txt', length: 1 });
    expect(await statusOf(`/upload/${file_id}`, here(), 'POST', 'x')).toBe(404);
    expect(await statusOf(`/upload/${file_id}/`, here(), 'POST', 'x')).toBe(404);
  });

  it('is ended by no request', async () => {
    const upgrade = { connection: 'Upgrade', upgrade: 'websocket' };
    for (const path of [
      '//',
      '///x',
      '/%',
      '/control/%ff',
      '/files/%',
      '/upload/%zz',
      '/link/',
      '/api/',
      '/response/',
    ]) {
      for (const method of ['GET', 'POST', 'PUT', 'OPTIONS']) await statusOf(path, here(), method, '{');
      await statusOf(path, { ...here(), ...upgrade });
    }
    for (const body of [
      'null',
      '1',
      '[]',
      '{"do":null}',
      '{"do":"redeliver"}',
      '{"do":"constructor"}',
      '[null]',
      '{',
    ]) {
      for (const path of ['/control/act', '/control/faults', '/control/admin']) {
        await statusOf(path, { ...here(), 'content-type': 'application/json' }, 'POST', body);
      }
    }
    expect(await statusOf('/control/workspace', here())).toBe(200);
  });
});

describe('tokens', () => {
  it('are new in every run, and stay those of an .env file beside a state file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-tokens-'));
    const tokensOf = async (stateFile?: string) => {
      const sandbox = await startSandbox({
        manifest: MANIFEST,
        ...(stateFile === undefined ? {} : { stateFile }),
      });
      await sandbox.stop();
      const { botToken, appToken, signingSecret, clientSecret } = sandbox;
      return [botToken, appToken, signingSecret, clientSecret];
    };
    try {
      const [first, second] = [await tokensOf(), await tokensOf()];
      expect(new Set([...first, ...second]).size).toBe(8);
      const state = join(folder, 'state.json');
      expect(await tokensOf(state)).toEqual(await tokensOf(state));
      expect(statSync(`${state}.tokens`).mode & 0o777).toBe(0o600);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
