/** Counts calls and deliveries from Slack's log while the run goes on, as the log keeps only the latest entries. */
import { setTimeout as pause } from 'node:timers/promises';
import type { SandboxClient, Traffic } from 'slack-sandbox';
import { isObject, stringIn } from './json';

const EVERY_MS = 500;

export class TrafficRecorder {
  readonly faults = new Map<string, number>();
  /** 429 answers by Slack's own limits, not by an injected fault. */
  rateLimited = 0;
  calls = 0;
  posts = 0;
  edits = 0;
  deliveries = 0;
  retries = 0;
  /** `channel ts` of people's messages whose event the app acked. */
  readonly received = new Set<string>();
  private seq = 0;

  constructor(private readonly slack: SandboxClient) {}

  async watch(ended: () => boolean): Promise<void> {
    while (!ended()) {
      await this.read();
      await pause(EVERY_MS);
    }
    await this.read();
  }

  private async read(): Promise<void> {
    for (const entry of await this.slack.traffic(this.seq)) {
      this.seq = entry.seq;
      this.note(entry);
    }
  }

  private note(entry: Traffic): void {
    if (entry.fault !== undefined) {
      const kind = entry.kind === 'call' ? `call: ${entry.fault.do}` : `delivery: ${entry.fault.do}`;
      this.faults.set(kind, (this.faults.get(kind) ?? 0) + 1);
    }
    if (entry.kind === 'call') {
      this.calls += 1;
      if (entry.method === 'chat.postMessage' && entry.response.ok) this.posts += 1;
      if (entry.method === 'chat.update' && entry.response.ok) this.edits += 1;
      if (entry.status === 429 && entry.fault === undefined) this.rateLimited += 1;
      return;
    }
    this.deliveries += 1;
    if (entry.attempt > 0) this.retries += 1;
    if (entry.outcome === 'acked' && entry.name === 'message') this.receive(entry.payload);
  }

  private receive(payload: unknown): void {
    const event = isObject(payload) && isObject(payload.event) ? payload.event : {};
    this.received.add(`${stringIn(event.channel)} ${stringIn(event.ts)}`);
  }
}
