/** A counter of visible changes, with subscriptions. */
export class ChangeFeed {
  private current = 0;
  private readonly listeners = new Set<(seq: number) => void>();

  get seq(): number {
    return this.current;
  }

  /** Counts a change and calls the listeners. */
  bump(): void {
    this.current += 1;
    for (const listener of [...this.listeners]) listener(this.current);
  }

  /** Calls the listener after each change. @returns a function that ends the subscription */
  subscribe(listener: (seq: number) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
