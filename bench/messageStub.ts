/**
 * The smallest Slack for a reconciler. It takes every message at once, gives it a timestamp of its own, and lists it
 * with its metadata in its conversation, where the reconciler looks for a post whose reply was lost.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BOT } from './changedDeals';

export interface MessageStub {
  readonly url: string;
  stop(): Promise<void>;
}

interface Posted {
  readonly ts: string;
  /** As JSON. */
  readonly metadata: string;
}

export async function startMessageStub(): Promise<MessageStub> {
  let count = 0;
  const conversations = new Map<string, Posted[]>();

  function post(body: URLSearchParams): object {
    count += 1;
    const ts = `${Math.floor(Date.now() / 1000)}.${String(count % 1_000_000).padStart(6, '0')}`;
    const channel = body.get('channel') ?? '';
    const posted = conversations.get(channel) ?? [];
    posted.push({ ts, metadata: body.get('metadata') ?? 'null' });
    conversations.set(channel, posted);
    return { channel, ts };
  }

  function history(body: URLSearchParams): object {
    const oldest = Number(body.get('oldest') ?? 0);
    const found = (conversations.get(body.get('channel') ?? '') ?? []).filter(
      ({ ts }) => Number(ts) >= oldest,
    );
    return {
      messages: found.reverse().map(({ ts, metadata }) => ({
        type: 'message',
        ts,
        bot_id: BOT.botId,
        metadata: JSON.parse(metadata),
      })),
    };
  }

  const answers: Readonly<Record<string, (body: URLSearchParams) => object>> = {
    'chat.postMessage': post,
    'chat.update': (body) => ({ channel: body.get('channel'), ts: body.get('ts') }),
    'conversations.history': history,
  };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const method = (request.url ?? '').split('/').at(-1) ?? '';
      const answer = answers[method]?.(new URLSearchParams(Buffer.concat(parts).toString())) ?? {};
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ok: true, ...answer }));
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
