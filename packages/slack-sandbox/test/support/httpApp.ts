import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface HttpApp {
  readonly requestUrl: string;
  /** The requests that it has received, without Slack's url_verification. */
  readonly requests: readonly {
    readonly path: string;
    readonly headers: IncomingHttpHeaders;
    readonly body: string;
  }[];
  stop(): Promise<void>;
}

/**
 * An app's HTTP server without an SDK, for answers that no SDK gives.
 * @param answer undefined: the request stays unanswered
 * @param echo what it makes of the challenge of url_verification
 */
export async function startHttpApp(
  answer: (path: string, body: string, count: number) => Answer | undefined,
  echo = (challenge: string) => challenge,
): Promise<HttpApp> {
  const requests: { path: string; headers: IncomingHttpHeaders; body: string }[] = [];
  const reply = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString('utf8');
    if (body.startsWith('{')) {
      const { challenge } = JSON.parse(body) as { challenge?: string };
      if (challenge !== undefined) return void response.writeHead(200).end(echo(challenge));
    }
    const path = request.url ?? '';
    requests.push({ path, headers: request.headers, body });
    const given = answer(path, body, requests.length);
    if (given !== undefined) response.writeHead(given.status, given.headers).end(given.body);
  };
  const server = createServer((request, response) => void reply(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    requestUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`,
    requests,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
