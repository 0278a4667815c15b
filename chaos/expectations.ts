/** What people saw acknowledged, and what they were told. At the end all of it must be found again. */
import type { ActResult } from 'slack-sandbox';

/** Words on a screen that was taken: the deal has them, each once. */
export interface KeptWords {
  readonly dealId: string;
  readonly words: string;
  readonly by: string;
  readonly screen: string;
}

/** A step of the call that was left for the next. */
export interface KeptStep {
  readonly dealId: string;
  readonly stepId: string;
  readonly visit: number;
  readonly by: string;
}

/** Words beneath a message of the app's. Whether the app heard them, Slack's traffic tells. */
export interface Said {
  readonly channel: string;
  readonly ts: string;
  readonly words: string;
  readonly by: string;
}

export class Expectations {
  readonly words: KeptWords[] = [];
  readonly steps: KeptStep[] = [];
  readonly said: Said[] = [];
  /** Broken promises that were seen on the spot. */
  readonly violations: string[] = [];
  /** ms, of what was acked. */
  readonly acks: number[] = [];
  readonly outcomes = new Map<string, number>();
  /** Not acked, and Slack said so. */
  told = 0;
  /** Acked, and then no screen came: the instance died, or Slack failed it. */
  silent = 0;
  /** The app said that something could not be done. */
  refused = 0;
  doubled = 0;

  acted(result: ActResult): void {
    if (result.delivery === 'none') return;
    this.outcomes.set(result.delivery, (this.outcomes.get(result.delivery) ?? 0) + 1);
    if (result.delivery === 'acked' && result.ackMs !== undefined) this.acks.push(result.ackMs);
  }

  get actions(): number {
    return [...this.outcomes.values()].reduce((sum, count) => sum + count, 0);
  }
}
