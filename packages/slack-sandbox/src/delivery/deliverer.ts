import { SandboxError, warn } from '../errors';
import type { ConnectionInfo, DeliveryEffect } from '../protocol';
import type { Faults } from '../workspace/faults';
import type { SandboxTime } from '../workspace/sandboxTime';
import type { TrafficLog } from '../workspace/trafficLog';
import { HttpDelivery } from './httpDelivery';
import type { SocketMode } from './socketMode';
import type { Answer, Attempt, Delivery, RetryReason, Transport } from './transport';

/** After the first try: almost at once, after a minute, after five. */
const RETRY_AFTER_MS = [0, 60_000, 300_000];

export interface DelivererOptions {
  readonly socketMode: SocketMode;
  readonly traffic: TrafficLog;
  readonly faults: Faults;
  /** Retries and delays wait on it. */
  readonly time: SandboxTime;
  readonly signingSecret: string;
  readonly ackTimeoutMs: number;
  /** 1: Slack's pace; 0.001: a thousand times faster. */
  readonly retryScale: number;
  readonly clock: () => number;
  /** The manifest's options load URL; its path counts, on the host of the request URL. */
  readonly optionsUrl?: string;
}

/** How it went; `none`: an event that a fault holds back, not sent yet. */
export type Sent = Omit<Answer, 'outcome'> & {
  readonly outcome: Answer['outcome'] | 'none';
  readonly ms: number;
};

/** Sends to the app, one way or the other, and sends events again until they are acked. */
export class Deliverer {
  private http: HttpDelivery | undefined;
  /** Deliveries that wait until another one has overtaken them. */
  private overtaken: (() => void)[] = [];
  private stopped = false;

  constructor(private readonly options: DelivererOptions) {}

  /** Set: payloads go there by HTTP, and Socket Mode counts as switched off. */
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

  /** Uses a request URL without asking it first, as for an app that was set up earlier. */
  trustRequestUrl(url: string): void {
    this.http = new HttpDelivery(url, this.options, this.optionsUrlAt(url));
  }

  /** Sets the request URL after the handshake. @throws SandboxError url_verification_failed */
  async setRequestUrl(url: string | undefined): Promise<void> {
    if (url === undefined) {
      this.http = undefined;
      return;
    }
    const http = new HttpDelivery(url, this.options, this.optionsUrlAt(url));
    const fault = await http.verify();
    if (fault !== undefined) {
      throw new SandboxError(
        'url_verification_failed',
        `${url} did not answer the url_verification challenge: ${fault}`,
      );
    }
    this.http = http;
    // Slack has one way to an app: a request URL that holds switches Socket Mode off.
    this.options.socketMode.disconnect('link_disabled');
  }

  /** Sends once; an event that is not acked is sent up to three times more, in the background. */
  async send(delivery: Delivery): Promise<Sent> {
    const effect = this.options.faults.takeForDelivery(delivery, ['twice', 'delay', 'swap']);
    if (effect === undefined) return this.sendNow(delivery);
    if (effect.do === 'twice') {
      const isEvent = delivery.type === 'events_api';
      const first = this.sendNow(delivery, effect);
      inBackground(isEvent ? this.resend(delivery, effect) : this.attempt(delivery, { number: 0 }, effect));
      return first;
    }
    const later = this.heldBack(effect).then(() => this.sendNow(delivery, effect));
    // Nobody waits for an event, somebody looks at the screen for anything else.
    if (delivery.type !== 'events_api') return later;
    inBackground(later);
    return { outcome: 'none', body: undefined, reason: 'unknown_error', ms: 0 };
  }

  /** Sends something that was sent before once more, as Slack does when an ack was lost. */
  resend(delivery: Delivery, effect?: DeliveryEffect): Promise<Sent> {
    return this.attempt(delivery, { number: 1, reason: this.lostReason }, effect);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.http?.stop();
    await this.options.socketMode.stop();
  }

  private get lostReason(): RetryReason {
    return this.transport.via === 'http' ? 'http_timeout' : 'timeout';
  }

  private optionsUrlAt(requestUrl: string): string | undefined {
    const { optionsUrl } = this.options;
    return optionsUrl === undefined ? undefined : new URL(new URL(optionsUrl).pathname, requestUrl).href;
  }

  private heldBack(effect: DeliveryEffect): Promise<void> {
    return new Promise((resolve) => {
      if (effect.do === 'delay') this.options.time.after(effect.ms, resolve);
      else this.overtaken.push(resolve);
    });
  }

  private async sendNow(delivery: Delivery, effect?: DeliveryEffect): Promise<Sent> {
    const answer = await this.attempt(delivery, { number: 0 }, effect);
    if (delivery.type === 'events_api') this.retryUnlessAcked(delivery, answer, 1);
    return answer;
  }

  private retryUnlessAcked(delivery: Delivery, answer: Sent, number: number): void {
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

  private async attempt(delivery: Delivery, attempt: Attempt, effect?: DeliveryEffect): Promise<Sent> {
    const { transport } = this;
    const fault = this.options.faults.takeForDelivery(delivery, ['lose', 'lose_ack']) ?? effect;
    const startedAt = performance.now();
    const answer =
      this.stopped || fault?.do === 'lose' ? this.lost() : await transport.send(delivery, attempt);
    const known = fault?.do === 'lose_ack' ? this.lost() : answer;
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
    for (const release of this.overtaken.splice(0)) release();
    return { ...known, ms };
  }

  /** What Slack knows when nothing came back. */
  private lost(): Answer {
    return { outcome: 'timeout', body: undefined, reason: this.lostReason };
  }
}

function inBackground(work: Promise<unknown>): void {
  work.catch(warn);
}
