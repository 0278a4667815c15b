/** A pause that can be cut short. A wake that comes while nobody sleeps is not lost: the next pause is skipped. */
export class Sleep {
  private woken = false;
  private end: (() => void) | null = null;

  wake(): void {
    this.woken = true;
    this.end?.();
  }

  /** Forgets earlier wakes: what they announced is about to be seen. */
  clear(): void {
    this.woken = false;
  }

  for(ms: number): Promise<void> {
    if (this.woken) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(finish, ms);
      const sleeper = this;
      function finish(): void {
        clearTimeout(timer);
        sleeper.end = null;
        resolve();
      }
      this.end = finish;
    });
  }
}
