/** Requests to /slack/events as Slack signs them, and as a stranger would. */
import { createHmac } from 'node:crypto';
import { connect, type Socket } from 'node:net';

export interface Signed {
  readonly body: string | Buffer;
  /** In s; Slack sends the current time. */
  readonly timestamp?: number | string;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const FORM = 'application/x-www-form-urlencoded';

export function signedHeaders(secret: string, { body, timestamp, contentType, headers }: Signed) {
  const stamp = String(timestamp ?? Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', secret).update(`v0:${stamp}:`).update(body).digest('hex');
  return {
    'content-type': contentType ?? 'application/json',
    'x-slack-request-timestamp': stamp,
    'x-slack-signature': `v0=${signature}`,
    ...headers,
  };
}

export const sendSigned = (url: string, secret: string, signed: Signed): Promise<Response> =>
  fetch(url, { method: 'POST', headers: signedHeaders(secret, signed), body: signed.body });

/** A command that a person in the sandbox's workspace typed, as the form that Slack sends. */
export const commandOf = (text: string): string =>
  new URLSearchParams({
    command: '/lostdeal',
    text,
    team_id: 'T000BRIGHT',
    user_id: 'U0000ROBIN',
    user_name: 'robin',
    channel_id: 'C000LOSTDL',
    channel_name: 'lost-deals',
    trigger_id: `1.2.${Math.random()}`,
    response_url: 'http://127.0.0.1:1/never-called',
    api_app_id: 'A0SANDBOX1',
    is_enterprise_install: 'false',
  }).toString();

/** A connection on which a test can write anything. */
export interface Raw {
  readonly socket: Socket;
  /** The whole answer when the other side has closed the connection, or after the first answer. */
  answer(): Promise<string>;
}

export function openRaw(port: number, text: string): Raw {
  const socket = connect(port, '127.0.0.1');
  socket.write(text);
  let heard = '';
  const answered = new Promise<string>((resolve) => {
    socket.on('data', (part) => {
      heard += part;
      if (heard.includes('\r\n\r\n')) resolve(heard);
    });
    socket.on('close', () => resolve(heard));
    socket.on('error', () => resolve(heard));
  });
  return { socket, answer: () => answered };
}

/** The head of a request to /slack/events that nobody signed, for a body of this length. */
export function unsignedHead(length: number | null, more: readonly string[] = []): string {
  const lines = [
    'POST /slack/events HTTP/1.1',
    'Host: x',
    'Content-Type: application/json',
    `X-Slack-Request-Timestamp: ${Math.floor(Date.now() / 1000)}`,
    `X-Slack-Signature: v0=${'0'.repeat(64)}`,
    ...(length === null ? [] : [`Content-Length: ${length}`]),
    ...more,
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}
