/** One kept-alive connection that sends requests signed as Slack signs them, one after the other. */
import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';

/** Slack waits 3 s for an ack (docs.slack.dev, "Acknowledge"). */
const TIMEOUT_MS = 10_000;

export const SIGNING_SECRET = 'the-secret-of-the-benchmark';

export interface Answer {
  readonly status: number;
  readonly body: string;
  /** The time from the first byte sent to the last one received, ms. */
  readonly ms: number;
}

export interface Connection {
  /** @throws when the connection fails */
  send(form: string): Promise<Answer>;
  close(): void;
}

export function connect(port: number): Connection {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    send: (form) =>
      new Promise((resolve, reject) => {
        const timestamp = String(Math.floor(Date.now() / 1000));
        const signature = createHmac('sha256', SIGNING_SECRET)
          .update(`v0:${timestamp}:${form}`)
          .digest('hex');
        const from = performance.now();
        const sent = request(
          {
            agent,
            host: '127.0.0.1',
            port,
            method: 'POST',
            path: '/slack/events',
            headers: {
              'content-type': 'application/x-www-form-urlencoded',
              'content-length': Buffer.byteLength(form),
              'x-slack-request-timestamp': timestamp,
              'x-slack-signature': `v0=${signature}`,
            },
          },
          (response) => {
            const parts: Buffer[] = [];
            response.on('data', (part: Buffer) => parts.push(part));
            response.on('error', reject);
            response.on('end', () =>
              resolve({
                status: response.statusCode ?? 0,
                body: Buffer.concat(parts).toString(),
                ms: performance.now() - from,
              }),
            );
          },
        );
        sent.on('error', reject);
        sent.setTimeout(TIMEOUT_MS, () => sent.destroy(new Error(`no answer in ${TIMEOUT_MS} ms`)));
        sent.end(form);
      }),
    close: () => agent.destroy(),
  };
}
