/**
 * The front door of Slack's requests over HTTP. What a stranger sends is refused by its headers, before a byte of the
 * body is kept; the bytes that are kept are bounded; and nothing but an object that Slack signed goes on. Bolt verifies
 * no signature after it.
 * https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { parse as parseForm } from 'node:querystring';
import { createBodies, type Unread } from './bodies';
import { answerJson } from './listen';

interface FrontDoorOptions {
  readonly signingSecret: string;
  /** Takes signed requests, each with its body in `rawBody`, from where Bolt takes it. */
  readonly next: RequestListener;
  /** Called with the number refused for each reason: at the first, then at most once a minute. */
  readonly onRefused: (counts: RefusalCounts) => void;
  /** ms UTC by the clock of this machine. */
  readonly now?: () => number;
}

/** Slack's own bound on old requests, s; here on future ones too, as a request of the future could be repeated for long. */
const TIMESTAMP_WITHIN_S = 5 * 60;
/** Slack's largest is a view of 250 kB, percent-encoded. */
const LONGEST_BODY = 1_000_000;
/** `ssl_check=1&token=…`. */
const LONGEST_PROBE = 1_000;

const STATUS = {
  method: 405,
  unsigned: 401,
  timestamp: 401,
  no_length: 411,
  too_long: 413,
  too_slow: 408,
  gave_way: 503,
  gone: 400,
  signature: 401,
  no_object: 400,
  fault: 500,
} as const satisfies Record<Unread | string, number>;
type Refusal = keyof typeof STATUS;
export type RefusalCounts = Readonly<Partial<Record<Refusal, number>>>;

/** A stranger can send many requests, but must not fill the log with them. */
const REPORT_EVERY_MS = 60_000;

export function createFrontDoor(options: FrontDoorOptions): RequestListener {
  const { signingSecret, next, onRefused, now = Date.now } = options;
  const bodies = createBodies();

  async function enter(request: IncomingMessage, response: ServerResponse): Promise<Refusal | null> {
    const claimed = claimOf(request, now());
    if (typeof claimed === 'string') return claimed;
    const body = await bodies.read(request, claimed.length);
    if (typeof body === 'string') return body;
    if (claimed.kind === 'probe') {
      if (parseForm(body.toString()).ssl_check !== '1') return 'unsigned';
      response.writeHead(200).end();
      return null;
    }
    if (!isSignedWith(signingSecret, claimed, body)) {
      bodies.wasInVain(body.length);
      return 'signature';
    }
    const message = messageOf(body, essenceOf(request));
    if (message === null) return 'no_object';
    request.headers['content-type'] = message.contentType;
    next(Object.assign(request, { rawBody: message.body }), response);
    return null;
  }

  let counts: Partial<Record<Refusal, number>> = {};
  let reportedAt = Number.NEGATIVE_INFINITY;
  function report(refused: Refusal): void {
    counts[refused] = (counts[refused] ?? 0) + 1;
    if (now() - reportedAt < REPORT_EVERY_MS) return;
    onRefused(counts);
    counts = {};
    reportedAt = now();
  }

  return (request, response) => {
    enter(request, response)
      .catch((): Refusal => 'fault')
      .then((refused) => {
        if (refused === null) return;
        report(refused);
        if (response.headersSent) return;
        // Closing saves reading the rest of the body.
        response.setHeader('connection', 'close');
        if (refused === 'method') response.setHeader('allow', 'POST');
        answerJson(response, STATUS[refused], { error: refused });
      });
  };
}

type Claim =
  | {
      readonly kind: 'signed';
      readonly length: number;
      readonly timestamp: string;
      readonly signature: Buffer;
    }
  /** Slack probes the certificate without a signature (slackapi/bolt-js#1397). Answered, and nothing else is done. */
  | { readonly kind: 'probe'; readonly length: number };

/** The claim that the headers make, or why the body is not read. */
function claimOf(request: IncomingMessage, now: number): Claim | Refusal {
  const { headers } = request;
  if (request.method !== 'POST') return 'method';
  const timestamp = headers['x-slack-request-timestamp'];
  const signature = headers['x-slack-signature'];
  const declared = headers['content-length'];
  if (timestamp === undefined && signature === undefined) {
    const isShort = declared !== undefined && Number(declared) <= LONGEST_PROBE;
    return isShort && essenceOf(request) === FORM ? { kind: 'probe', length: Number(declared) } : 'unsigned';
  }
  if (typeof timestamp !== 'string' || typeof signature !== 'string') return 'unsigned';
  const hex = /^v0=([0-9a-f]{64})$/u.exec(signature)?.[1];
  if (hex === undefined) return 'unsigned';
  if (!/^\d{1,12}$/u.test(timestamp)) return 'timestamp';
  if (Math.abs(now / 1000 - Number(timestamp)) > TIMESTAMP_WITHIN_S) return 'timestamp';
  if (declared === undefined) return 'no_length';
  const length = Number(declared);
  if (length > LONGEST_BODY) return 'too_long';
  return { kind: 'signed', length, timestamp, signature: Buffer.from(hex, 'hex') };
}

function isSignedWith(
  secret: string,
  { timestamp, signature }: Extract<Claim, { kind: 'signed' }>,
  body: Buffer,
): boolean {
  const expected = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest();
  return timingSafeEqual(expected, signature);
}

const FORM = 'application/x-www-form-urlencoded';

/** The content type without its parameters. */
const essenceOf = ({ headers }: IncomingMessage): string =>
  (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';

const JSON_TYPE = 'application/json';

/**
 * The body as Bolt reads it: a form, or JSON. The JSON in a form's `payload` goes on by itself, so that Bolt does not
 * decode the form once more.
 *
 * @returns null when Bolt would find no object in it
 */
function messageOf(body: Buffer, contentType: string): { body: Buffer; contentType: string } | null {
  if (contentType === JSON_TYPE) return isObject(body.toString()) ? { body, contentType } : null;
  if (contentType !== FORM) return null;
  const { payload } = parseForm(body.toString());
  if (payload === undefined) return { body, contentType };
  return typeof payload === 'string' && isObject(payload)
    ? { body: Buffer.from(payload), contentType: JSON_TYPE }
    : null;
}

/** Enough, because Bolt parses it and refuses what is no JSON: a second parse would cost as much as a query. */
const isObject = (json: string): boolean => /^\s*\{/u.test(json);
