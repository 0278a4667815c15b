/** What goes wrong, and when: drawn from the seed, struck by the minute. */
import { setTimeout as pause } from 'node:timers/promises';
import type { DeliveryFault, Fault, SandboxClient } from 'slack-sandbox';
import type { Instance } from './instance';
import type { Random } from './random';

/** A database that can be away for a while. */
export interface Outage {
  readonly name: string;
  stop(): Promise<void>;
  start(): Promise<void>;
}

export interface StormOptions {
  readonly slack: SandboxClient;
  readonly instances: readonly Instance[];
  readonly outage: Outage | null;
  readonly chance: Random;
  /** Mean time between two blows, ms. */
  readonly everyMs: number;
  readonly say: (words: string) => void;
}

type Blow = 'kill' | 'socket' | 'database' | 'calls';

const METHODS: readonly (readonly [number, string])[] = [
  [6, 'chat.postMessage'],
  [4, 'chat.update'],
  [3, 'views.update'],
  [2, 'views.open'],
  [1, 'views.publish'],
  [2, 'conversations.open'],
  [1, 'conversations.history'],
  [1, 'conversations.replies'],
  [1, 'conversations.info'],
  [1, 'users.info'],
  [1, 'apps.connections.open'],
  [1, 'auth.test'],
];

export class FaultInjector {
  readonly struck = new Map<string, number>();
  private readonly under: Promise<void>[] = [];

  constructor(private readonly options: StormOptions) {}

  /** Until told to end; what was begun is finished: the database is back, and a dead instance starts again. */
  async blow(ended: () => boolean): Promise<void> {
    const { chance, everyMs, slack } = this.options;
    const pauses = chance.of('pauses');
    while (!ended()) {
      await pause(everyMs * (0.4 + 1.2 * pauses.next()));
      if (ended()) break;
      await this.strike(this.draw());
    }
    await slack.faults();
    await Promise.all(this.under);
  }

  private draw(): Blow {
    const { chance, outage } = this.options;
    return chance.weigh<Blow>([
      [6, 'calls'],
      [2, 'kill'],
      [1.2, 'socket'],
      [outage === null ? 0 : 0.9, 'database'],
    ]);
  }

  private async strike(blow: Blow): Promise<void> {
    switch (blow) {
      case 'calls':
        return this.options.slack.faults(...this.callFaults(), ...this.deliveryFaults());
      case 'kill':
        return this.kill();
      case 'socket':
        return this.dropSockets();
      case 'database':
        return this.stopDatabase();
    }
  }

  private kill(): void {
    const { chance, instances, say } = this.options;
    const all = instances.length > 1 && chance.roll(0.2);
    const victims = all ? instances : [chance.pick(instances)];
    for (const victim of victims) {
      const pauseMs = chance.between(0, 2_500);
      this.count('instance killed');
      say(`kills ${victim.options.name}; the next one starts after ${pauseMs} ms`);
      this.under.push(victim.kill(pauseMs));
    }
  }

  private async dropSockets(): Promise<void> {
    const { chance, slack, say } = this.options;
    const politely = chance.roll(0.4);
    this.count(politely ? 'socket renewed' : 'socket dropped');
    say(politely ? 'Slack renews the sockets' : 'drops the sockets');
    await slack.admin({ do: politely ? 'renew_sockets' : 'drop_sockets' });
  }

  private async stopDatabase(): Promise<void> {
    const { chance, outage, say } = this.options;
    if (outage === null) return;
    const ms = chance.between(500, 5_000);
    this.count(outage.name);
    say(`${outage.name} for ${ms} ms`);
    await outage.stop();
    await pause(ms);
    await outage.start();
  }

  private callFaults(): readonly Fault[] {
    const { chance } = this.options;
    return Array.from({ length: chance.between(1, 3) }, () => {
      const method = chance.weigh(METHODS);
      const reads = !method.startsWith('chat.') && !method.startsWith('views.');
      const effect = chance.weigh<Fault['effect']>([
        [2, { do: 'rate_limit', retryAfter: chance.between(1, 4) }],
        [2, { do: 'http_500' }],
        [1, { do: 'error', error: chance.pick(['internal_error', 'service_unavailable', 'fatal_error']) }],
        [reads ? 0.5 : 3, { do: 'drop_reply' }],
        [1, { do: 'hang', ms: chance.between(2_000, 12_000) }],
        [1, { do: 'slow', ms: chance.between(300, 4_000) }],
      ]);
      return { method, times: chance.between(1, 3), effect };
    });
  }

  private deliveryFaults(): readonly DeliveryFault[] {
    const { chance } = this.options;
    return Array.from({ length: chance.between(0, 2) }, () => {
      const delivery = chance.weigh<string>([
        [3, 'message'],
        [2, 'interactive'],
        [1, 'slash_commands'],
        [1, 'events_api'],
      ]);
      const effect = chance.weigh<DeliveryFault['effect']>([
        [1.5, { do: 'lose' }],
        [2, { do: 'lose_ack' }],
        [2, { do: 'twice' }],
        [1.5, { do: 'delay', ms: chance.between(300, 3_500) }],
        [1, { do: 'swap' }],
      ]);
      return { delivery, times: chance.between(1, 2), effect };
    });
  }

  private count(what: string): void {
    this.struck.set(what, (this.struck.get(what) ?? 0) + 1);
  }
}
