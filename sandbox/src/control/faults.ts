import type { Fault } from '../protocol';

/** What is about to go wrong with Web API calls. */
export class Faults {
  private pending: { readonly fault: Fault; left: number }[] = [];

  replace(faults: readonly Fault[]): void {
    this.pending = faults.map((fault) => ({ fault, left: fault.times }));
  }

  /** The effect for a call of this method, used up by one; undefined if the call is to work. */
  take(method: string): Fault['effect'] | undefined {
    const entry = this.pending.find(
      ({ fault, left }) => left > 0 && (fault.method === '*' || fault.method === method),
    );
    if (entry === undefined) return undefined;
    entry.left -= 1;
    return entry.fault.effect;
  }
}
