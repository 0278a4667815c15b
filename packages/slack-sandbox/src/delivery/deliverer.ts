import { SandboxError, warn } from '../errors';
import type { ConnectionInfo, DeliveryEffect } from '../protocol';
import type { Faults } from '../workspace/faults';
import type { SandboxTime } from '../workspace/sandboxTime';
import type { TrafficLog } from '../workspace/trafficLog';
import { HttpTransport } from './httpTransport';
import type { SocketMode } from './socketMode';
import type { Answer, Attempt, Delivery, RetryReason, Transport } from './transport';

/** Waits before the three retries: almost none, one minute, five minutes. */
const RETRY_AFTER_MS = [0, 60_000, 300_000];

export interface DelivererOptions {
  readonly socketMode: SocketMode;
  readonly traffic: TrafficLog;
  readonly faults: Faults;
  /** Clock for retries and delays. */
  readonly time: SandboxTime;
  readonly signingSecret: string;
  readonly ackTimeoutMs: number;
  /** 1 is Slack's pace, 0.001 is a thousand times faster. */
  readonly retryScale: number;
  readonly clock: () => number;
  /** The manifest's options load URL. Only its path counts; the host is that of the request URL. */
  readonly optionsUrl?: string;
}

/** The outcome of a delivery. `none`: a fault still holds back the event. */
export type SendResult = Omit<Answer, 'outcome'> & {
  readonly outcome: Answer['outcome'] | 'none';
  readonly ms: number;
};

/** Sends deliveries to the app by HTTP or Socket Mode, and retries events until the app acks. */
export class Deliverer {
  private http: HttpTransport | undefined;
  /** Deliveries that a `swap` fault holds back until the next one is sent. */
  private waitingForSwap: (() => void)[] = [];
  private stopped = false;

  constructor(private readonly options: DelivererOptions) {}

  /** If set, deliveries go there by HTTP, and Socket Mode counts as switched off. */
  get requestUrl(): string | undefined {
    return this.http?.requestUrl;
  }

  get connected(): boolean {
    return this.transport.connected;
  }

  get connections(): readonly ConnectionInfo[] {
    return this.options.socketMode.connections;
  }

  private get transport(): Transport {
    return this.http ?? this.options.socketMode;
  }

  /** Sets a request URL without the handshake, as for an app that was set up earlier. */
  trustRequestUrl(url: string): void {
    this.http = new HttpTransport(url, this.options, this.optionsUrlAt(url));
  }

  /**
   * Sets the request URL after the handshake; undefined returns to Socket Mode. @throws SandboxError
   * url_verification_failed
   */
  async setRequestUrl(url: string | undefined): Promise<void> {
    if (url === undefined) {
      this.http = undefined;
      return;
    }
    const http = new HttpTransport(url, this.options, this.optionsUrlAt(url));
    const fault = await http.verify();
    if (fault !== undefined) {
      throw new SandboxError(
        'url_verification_failed',
        `${url} did not answer the url_verification challenge: ${fault}`,
      );
    }
    this.http = http;
    // Slack delivers one way only. A verified request URL switches Socket Mode off.
    this.options.socketMode.disconnect('link_disabled');
  }

  /** Sends once. Retries an event without an ack up to three times, in the background. */
  async send(delivery: Delivery): Promise<SendResult> {
    const effect = this.options.faults.takeForDelivery(delivery, ['twice', 'delay', 'swap']);
    if (effect === undefined) return this.sendFirst(delivery);
    if (effect.do === 'twice') {
      const isEvent = delivery.type === 'events_api';
      const first = this.sendFirst(delivery, effect);
      inBackground(isEvent ? this.resend(delivery, effect) : this.attempt(delivery, { number: 0 }, effect));
      return first;
    }
    const later = this.waitOut(effect).then(() => this.sendFirst(delivery, effect));
    // Nobody waits for an event. For any other delivery a person waits in front of the screen.
    if (delivery.type !== 'events_api') return later;
    inBackground(later);
    return { outcome: 'none', body: undefined, reason: 'unknown_error', ms: 0 };
  }

  /** Sends an earlier delivery once more, as Slack does after a lost ack. */
  resend(delivery: Delivery, effect?: DeliveryEffect): Promise<SendResult> {
    return this.attempt(delivery, { number: 1, reason: this.timeoutReason }, effect);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.http?.stop();
    await this.options.socketMode.stop();
  }

  private get timeoutReason(): RetryReason {
    return this.transport.via === 'http' ? 'http_timeout' : 'timeout';
  }

  private optionsUrlAt(requestUrl: string): string | undefined {
    const { optionsUrl } = this.options;
    return optionsUrl === undefined ? undefined : new URL(new URL(optionsUrl).pathname, requestUrl).href;
  }

  private waitOut(effect: DeliveryEffect): Promise<void> {
    return new Promise((resolve) => {
      if (effect.do === 'delay') this.options.time.after(effect.ms, resolve);
      else this.waitingForSwap.push(resolve);
    });
  }

  private async sendFirst(delivery: Delivery, effect?: DeliveryEffect): Promise<SendResult> {
    const answer = await this.attempt(delivery, { number: 0 }, effect);
    if (delivery.type === 'events_api') this.retryUnlessAcked(delivery, answer, 1);
    return answer;
  }

  private retryUnlessAcked(delivery: Delivery, answer: SendResult, number: number): void {
    const wait = RETRY_AFTER_MS[number - 1];
    if (answer.outcome === 'acked' || answer.noRetry === true || wait === undefined || this.stopped) return;
    this.options.time.after(
      wait,
      () =>
        inBackground(
          this.attempt(delivery, { number, reason: answer.reason }).then((next) =>
            this.retryUnlessAcked(delivery, next, number + 1),
          ),
        ),
      this.options.retryScale,
    );
  }

  private async attempt(delivery: Delivery, attempt: Attempt, effect?: DeliveryEffect): Promise<SendResult> {
    const { transport } = this;
    const fault = this.options.faults.takeForDelivery(delivery, ['lose', 'lose_ack']) ?? effect;
    const startedAt = performance.now();
    const answer =
      this.stopped || fault?.do === 'lose' ? this.noAck() : await transport.send(delivery, attempt);
    const known = fault?.do === 'lose_ack' ? this.noAck() : answer;
    const ms = Math.round(performance.now() - startedAt);
    if (!this.stopped) {
      this.options.traffic.add({
        kind: 'delivery',
        via: transport.via,
        type: delivery.type,
        name: delivery.name,
        attempt: attempt.number,
        outcome: known.outcome,
        ms,
        payload: delivery.payload,
        response: known.body ?? null,
        ...(fault === undefined ? {} : { fault }),
      });
    }
    for (const release of this.waitingForSwap.splice(0)) release();
    return { ...known, ms };
  }

  /** The answer as Slack sees it when no ack arrives. */
  private noAck(): Answer {
    return { outcome: 'timeout', body: undefined, reason: this.timeoutReason };
  }
}

function inBackground(work: Promise<unknown>): void {
  work.catch(warn);
}
