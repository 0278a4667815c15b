/** A counter that goes up whenever something visible changes, and whoever waits for it. */
export class ChangeFeed {
  private current = 0;
  private readonly listeners = new Set<(seq: number) => void>();

  get seq(): number {
    return this.current;
  }

  /** Something changed. */
  bump(): void {
    this.current += 1;
    for (const listener of [...this.listeners]) listener(this.current);
  }

  /** Calls the listener after each change. @returns how to stop it. */
  subscribe(listener: (seq: number) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
