import type { TrafficLog } from '../control/traffic';
import { SandboxError } from '../errors';
import { HttpDelivery } from './httpDelivery';
import type { SocketMode } from './socketMode';
import type { Answer, Attempt, Delivery, Transport } from './transport';

/** After the first try: almost at once, after a minute, after five. */
const RETRY_AFTER_MS = [0, 60_000, 300_000];

export interface DelivererOptions {
  readonly socketMode: SocketMode;
  readonly traffic: TrafficLog;
  readonly signingSecret: string;
  readonly ackTimeoutMs: number;
  /** 1: Slack's pace; 0.001: a thousand times faster. */
  readonly retryScale: number;
  readonly clock: () => number;
}

/** Sends to the app, one way or the other, and sends events again until they are acked. */
export class Deliverer {
  private http: HttpDelivery | undefined;
  private readonly retries = new Set<NodeJS.Timeout>();
  private stopped = false;

  constructor(private readonly options: DelivererOptions) {}

  /** Set: payloads go there by HTTP, and Socket Mode counts as switched off. */
  get requestUrl(): string | undefined {
    return this.http?.requestUrl;
  }

  get connected(): boolean {
    return this.transport.connected;
  }

  private get transport(): Transport {
    return this.http ?? this.options.socketMode;
  }

  /** Uses a request URL without asking it first, as for an app that was set up earlier. */
  trustRequestUrl(url: string): void {
    this.http = new HttpDelivery(url, this.options);
  }

  /** Sets the request URL after the handshake. @throws SandboxError url_verification_failed */
  async setRequestUrl(url: string | undefined): Promise<void> {
    if (url === undefined) {
      this.http = undefined;
      return;
    }
    const http = new HttpDelivery(url, this.options);
    const fault = await http.verify();
    if (fault !== undefined) {
      throw new SandboxError(
        'url_verification_failed',
        `${url} did not answer the url_verification challenge: ${fault}`,
      );
    }
    this.http = http;
  }

  /** Sends once; an event that is not acked is sent up to three times more, in the background. */
  async send(delivery: Delivery): Promise<Answer & { readonly ms: number }> {
    const answer = await this.attempt(delivery, { number: 0 });
    if (delivery.type === 'events_api') this.retryUnlessAcked(delivery, answer, 1);
    return answer;
  }

  /** Sends something that was sent before once more, as Slack does when an ack was lost. */
  resend(delivery: Delivery): Promise<Answer & { readonly ms: number }> {
    return this.attempt(delivery, {
      number: 1,
      reason: this.transport.via === 'http' ? 'http_timeout' : 'timeout',
    });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    for (const timer of this.retries) clearTimeout(timer);
    this.retries.clear();
    await this.http?.stop();
    await this.options.socketMode.stop();
  }

  private retryUnlessAcked(delivery: Delivery, answer: Answer, number: number): void {
    const wait = RETRY_AFTER_MS[number - 1];
    if (answer.outcome === 'acked' || answer.noRetry === true || wait === undefined || this.stopped) return;
    const timer = setTimeout(() => {
      this.retries.delete(timer);
      this.attempt(delivery, { number, reason: answer.reason }).then(
        (next) => this.retryUnlessAcked(delivery, next, number + 1),
        (error: unknown) => process.emitWarning(error instanceof Error ? error : String(error)),
      );
    }, wait * this.options.retryScale);
    timer.unref();
    this.retries.add(timer);
  }

  private async attempt(delivery: Delivery, attempt: Attempt): Promise<Answer & { readonly ms: number }> {
    const { transport } = this;
    const startedAt = performance.now();
    const answer = await transport.send(delivery, attempt);
    const ms = Math.round(performance.now() - startedAt);
    if (!this.stopped) {
      this.options.traffic.add({
        kind: 'delivery',
        via: transport.via,
        type: delivery.type,
        name: delivery.name,
        attempt: attempt.number,
        outcome: answer.outcome,
        ms,
        payload: delivery.payload,
        response: answer.body ?? null,
      });
    }
    return { ...answer, ms };
  }
}
