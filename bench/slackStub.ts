/**
 * The smallest Slack that both apps run against. It answers every Web API call `ok` at once. It hands an opened view to
 * the caller who waits for its trigger, so that a rep goes on with the very screen that the app showed.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export const TEAM = 'T000BENCH';
export const CHANNEL = 'C000BENCH';

/** The answers that the apps need, by method; any other answer is just `ok`. */
const ANSWERS: Readonly<Record<string, object>> = {
  'auth.test': { team_id: TEAM, team: 'Bench', user_id: 'U000BOT', bot_id: 'B000BOT' },
  'bots.info': { bot: { app_id: 'A000BENCH' } },
  'conversations.info': { channel: { id: CHANNEL, is_private: true } },
  'conversations.open': { channel: { id: 'D000BENCH' } },
};

/** A modal as an app sends it: of a block only what a person's answers need. */
export interface ShownView {
  readonly callback_id?: string;
  readonly private_metadata?: string;
  readonly submit?: unknown;
  readonly blocks: readonly {
    readonly type: string;
    readonly block_id?: string;
    readonly element?: {
      readonly type: string;
      readonly action_id?: string;
      readonly options?: readonly unknown[];
    };
  }[];
}

/** The only admin of the workspace. */
export const ADMIN = 'U000ADMIN';
let messages = 0;

/** The path of the address that takes files. */
const UPLOAD = '/upload';

function answer(method: string, body: URLSearchParams, uploadUrl: string): object {
  if (method === 'chat.postMessage') {
    messages += 1;
    return { channel: body.get('channel'), ts: `1700000000.${String(messages).padStart(6, '0')}` };
  }
  if (method === 'files.getUploadURLExternal') return { upload_url: uploadUrl, file_id: 'F000BENCH' };
  if (method === 'files.completeUploadExternal') return { files: [{ id: 'F000BENCH' }] };
  if (method !== 'users.info') return ANSWERS[method] ?? {};
  const id = body.get('user');
  return { user: { id, team_id: TEAM, real_name: 'Robin', tz: 'Europe/Berlin', is_admin: id === ADMIN } };
}

export interface SlackStub {
  /** For `SLACK_API_URL`. */
  readonly url: string;
  /** Bytes of all files that were sent. */
  uploadedBytes(): number;
  /** The view that an app opens with this trigger. */
  opened(triggerId: string): Promise<ShownView>;
  stop(): Promise<void>;
}

export async function startSlackStub(): Promise<SlackStub> {
  const waiting = new Map<string, (view: ShownView) => void>();
  let uploaded = 0;
  const server = createServer((request, response) => {
    if (request.url === UPLOAD) {
      // A large file is counted, not kept.
      request.on('data', (part: Buffer) => {
        uploaded += part.length;
      });
      request.on('end', () => response.end('OK'));
      return;
    }
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const method = (request.url ?? '').split('/').at(-1) ?? '';
      const body = new URLSearchParams(Buffer.concat(parts).toString());
      if (method === 'views.open') {
        const trigger = body.get('trigger_id') ?? '';
        waiting.get(trigger)?.(JSON.parse(body.get('view') ?? '{}') as ShownView);
        waiting.delete(trigger);
      }
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ok: true, ...answer(method, body, `${origin()}${UPLOAD}`) }));
    });
  });
  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `${origin()}/api/`,
    uploadedBytes: () => uploaded,
    opened: (triggerId) => new Promise((resolve) => waiting.set(triggerId, resolve)),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
