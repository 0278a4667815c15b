/** Draws faults and the pauses between them from the seed, and injects them. */
import { setTimeout as pause } from 'node:timers/promises';
import type { DeliveryFault, Fault, SandboxClient } from 'slack-sandbox';
import type { Instance } from './instance';
import type { Random } from './random';

/** Makes a database unavailable for a while. */
export interface Outage {
  readonly name: string;
  stop(): Promise<void>;
  start(): Promise<void>;
}

export interface FaultInjectorOptions {
  readonly slack: SandboxClient;
  readonly instances: readonly Instance[];
  readonly outage: Outage | null;
  readonly random: Random;
  /** Mean time between two faults, ms. */
  readonly everyMs: number;
  readonly log: (words: string) => void;
}

type FaultKind = 'kill' | 'socket' | 'database' | 'calls';

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
  readonly injected = new Map<string, number>();
  private readonly pending: Promise<void>[] = [];

  constructor(private readonly options: FaultInjectorOptions) {}

  /** Injects faults until `ended`, then waits until the database is back and killed instances have started again. */
  async run(ended: () => boolean): Promise<void> {
    const { random, everyMs, slack } = this.options;
    const pauses = random.of('pauses');
    while (!ended()) {
      await pause(everyMs * (0.4 + 1.2 * pauses.next()));
      if (ended()) break;
      await this.inject(this.draw());
    }
    await slack.faults();
    await Promise.all(this.pending);
  }

  private draw(): FaultKind {
    const { random, outage } = this.options;
    return random.weigh<FaultKind>([
      [6, 'calls'],
      [2, 'kill'],
      [1.2, 'socket'],
      [outage === null ? 0 : 0.9, 'database'],
    ]);
  }

  private async inject(kind: FaultKind): Promise<void> {
    switch (kind) {
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
    const { random, instances, log } = this.options;
    const all = instances.length > 1 && random.roll(0.2);
    const victims = all ? instances : [random.pick(instances)];
    for (const victim of victims) {
      const pauseMs = random.between(0, 2_500);
      this.count('instance killed');
      log(`kills ${victim.options.name}; the next one starts after ${pauseMs} ms`);
      this.pending.push(victim.kill(pauseMs));
    }
  }

  private async dropSockets(): Promise<void> {
    const { random, slack, log } = this.options;
    const politely = random.roll(0.4);
    this.count(politely ? 'socket renewed' : 'socket dropped');
    log(politely ? 'Slack renews the sockets' : 'drops the sockets');
    await slack.admin({ do: politely ? 'renew_sockets' : 'drop_sockets' });
  }

  private async stopDatabase(): Promise<void> {
    const { random, outage, log } = this.options;
    if (outage === null) return;
    const ms = random.between(500, 5_000);
    this.count(outage.name);
    log(`${outage.name} for ${ms} ms`);
    await outage.stop();
    await pause(ms);
    await outage.start();
  }

  private callFaults(): readonly Fault[] {
    const { random } = this.options;
    return Array.from({ length: random.between(1, 3) }, () => {
      const method = random.weigh(METHODS);
      const reads = !method.startsWith('chat.') && !method.startsWith('views.');
      const effect = random.weigh<Fault['effect']>([
        [2, { do: 'rate_limit', retryAfter: random.between(1, 4) }],
        [2, { do: 'http_500' }],
        [1, { do: 'error', error: random.pick(['internal_error', 'service_unavailable', 'fatal_error']) }],
        [reads ? 0.5 : 3, { do: 'drop_reply' }],
        [1, { do: 'hang', ms: random.between(2_000, 12_000) }],
        [1, { do: 'slow', ms: random.between(300, 4_000) }],
      ]);
      return { method, times: random.between(1, 3), effect };
    });
  }

  private deliveryFaults(): readonly DeliveryFault[] {
    const { random } = this.options;
    return Array.from({ length: random.between(0, 2) }, () => {
      const delivery = random.weigh<string>([
        [3, 'message'],
        [2, 'interactive'],
        [1, 'slash_commands'],
        [1, 'events_api'],
      ]);
      const effect = random.weigh<DeliveryFault['effect']>([
        [1.5, { do: 'lose' }],
        [2, { do: 'lose_ack' }],
        [2, { do: 'twice' }],
        [1.5, { do: 'delay', ms: random.between(300, 3_500) }],
        [1, { do: 'swap' }],
      ]);
      return { delivery, times: random.between(1, 2), effect };
    });
  }

  private count(fault: string): void {
    this.injected.set(fault, (this.injected.get(fault) ?? 0) + 1);
  }
}
