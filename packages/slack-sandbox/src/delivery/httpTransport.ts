import { createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Clock } from '../ids';
import { isObject, parseJson } from '../json';
import type { Answer, Attempt, Delivery, RetryReason, Transport } from './transport';

const MAX_REDIRECTS = 2;

interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** `v0=` and the HMAC-SHA256 of `v0:seconds:body`, as in Slack's "Verifying requests". */
export function signRequest(signingSecret: string, seconds: number, body: string): string {
  return `v0=${createHmac('sha256', signingSecret).update(`v0:${seconds}:${body}`).digest('hex')}`;
}

/** Signed HTTP requests to the app's request URL. */
export class HttpTransport implements Transport {
  readonly via = 'http';
  private readonly ongoing = new Set<AbortController>();

  constructor(
    readonly requestUrl: string,
    private readonly options: {
      readonly signingSecret: string;
      readonly ackTimeoutMs: number;
      readonly clock: Clock;
    },
    /**
     * Where the app serves the options of external menus. Undefined for an app without an options load URL, which
     * gets no such requests.
     */
    private readonly optionsUrl?: string,
  ) {}

  get connected(): boolean {
    return true;
  }

  /** Slack's check that the URL belongs to the app. @returns the fault; undefined if the app passed */
  async verify(): Promise<string | undefined> {
    const challenge = createHmac('sha256', this.options.signingSecret).update(this.requestUrl).digest('hex');
    const body = JSON.stringify({ token: 'sandbox-verification-token', challenge, type: 'url_verification' });
    const answer = await this.post(this.requestUrl, body, 'application/json', {});
    if (answer === 'timeout') return 'no answer in time';
    if (!('headers' in answer)) return answer.message;
    const parsed = parseJson(answer.text);
    const echoed = isObject(parsed) ? parsed.challenge : answer.text.trim();
    return answer.status === 200 && echoed === challenge
      ? undefined
      : `HTTP ${answer.status}, without the challenge`;
  }

  async send(delivery: Delivery, attempt: Attempt): Promise<Answer> {
    const { body, contentType } = encode(delivery);
    const headers: Record<string, string> = {};
    if (attempt.number > 0) {
      headers['x-slack-retry-num'] = String(attempt.number);
      headers['x-slack-retry-reason'] = attempt.reason ?? 'unknown_error';
    }
    const isEvent = delivery.type === 'events_api';
    let url = delivery.type === 'options' ? this.optionsUrl : this.requestUrl;
    if (url === undefined) return { outcome: 'not_connected', body: undefined, reason: 'connection_failed' };
    for (let redirects = 0; ; redirects += 1) {
      const answer = await this.post(url, body, contentType, headers);
      // `instanceof Error` fails here, since a test runner's realm has an Error class of its own.
      if (answer === 'timeout') return { outcome: 'timeout', body: undefined, reason: 'http_timeout' };
      if (!('headers' in answer)) return { outcome: 'failed', body: undefined, reason: reasonOf(answer) };
      const noRetry = answer.headers['x-slack-no-retry'] === '1';
      const { location } = answer.headers;
      if (isEvent && (answer.status === 301 || answer.status === 302) && typeof location === 'string') {
        if (redirects >= MAX_REDIRECTS)
          return { outcome: 'failed', body: undefined, reason: 'too_many_redirects' };
        url = new URL(location, url).href;
        continue;
      }
      const fine = isEvent ? answer.status >= 200 && answer.status < 300 : answer.status === 200;
      if (!fine) return { outcome: 'failed', body: undefined, reason: 'http_error', noRetry };
      return {
        outcome: 'acked',
        body: bodyOf(answer),
        reason: 'unknown_error',
      };
    }
  }

  stop(): Promise<void> {
    for (const controller of this.ongoing) controller.abort();
    return Promise.resolve();
  }

  private post(
    url: string,
    body: string,
    contentType: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<HttpAnswer | 'timeout' | Error> {
    const controller = new AbortController();
    this.ongoing.add(controller);
    const seconds = Math.floor(this.options.clock() / 1000);
    return new Promise<HttpAnswer | 'timeout' | Error>((resolve) => {
      const timer = setTimeout(() => {
        resolve('timeout');
        controller.abort();
      }, this.options.ackTimeoutMs);
      const done = (answer: HttpAnswer | Error) => {
        clearTimeout(timer);
        resolve(answer);
      };
      const send = url.startsWith('https:') ? httpsRequest : httpRequest;
      const request = send(
        url,
        {
          method: 'POST',
          agent: false,
          signal: controller.signal,
          headers: {
            'content-type': contentType,
            'content-length': Buffer.byteLength(body),
            'user-agent': 'Slackbot 1.0 (sandbox)',
            'x-slack-request-timestamp': String(seconds),
            'x-slack-signature': signRequest(this.options.signingSecret, seconds, body),
            ...headers,
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', done);
          response.on('end', () =>
            done({
              status: response.statusCode ?? 0,
              headers: response.headers,
              text: Buffer.concat(chunks).toString('utf8'),
            }),
          );
        },
      );
      request.on('error', done);
      request.end(body);
    }).finally(() => this.ongoing.delete(controller));
  }
}

function encode(delivery: Delivery): { readonly body: string; readonly contentType: string } {
  if (delivery.type === 'events_api')
    return { body: JSON.stringify(delivery.payload), contentType: 'application/json' };
  const fields: [string, string][] =
    delivery.type === 'slash_commands'
      ? Object.entries(delivery.payload).map(([key, value]): [string, string] => [key, String(value)])
      : [['payload', JSON.stringify(delivery.payload)]];
  return { body: new URLSearchParams(fields).toString(), contentType: 'application/x-www-form-urlencoded' };
}

/** Codes of OpenSSL and Node for an invalid certificate or a failed handshake. */
function reasonOf(error: NodeJS.ErrnoException): RetryReason {
  return /^(ERR_TLS|ERR_SSL|EPROTO|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(error.code ?? '')
    ? 'ssl_error'
    : 'connection_failed';
}

/** Undefined for an empty body, parsed if its type is JSON, else the text. */
function bodyOf({ headers, text }: HttpAnswer): unknown {
  if (text === '') return undefined;
  const isJson = String(headers['content-type'] ?? '').includes('json');
  return isJson ? (parseJson(text) ?? text) : text;
}
