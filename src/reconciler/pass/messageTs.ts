/** Slack's message timestamps, "seconds.micros": unique and increasing within a conversation. */

export function isOlder(a: string, b: string): boolean {
  return compareTs(a, b) < 0;
}

/** Compares seconds and microseconds apart, since a double cannot hold both exactly. */
export function compareTs(a: string, b: string): number {
  const [aSeconds = '', aMicros = ''] = a.split('.');
  const [bSeconds = '', bMicros = ''] = b.split('.');
  return Number(aSeconds) - Number(bSeconds) || Number(aMicros) - Number(bMicros);
}

/** @param ms UTC */
export function tsOf(ms: number): string {
  return (ms / 1000).toFixed(6);
}

/** ms UTC, rounded down */
export function msOf(ts: string): number {
  return Math.floor(Number(ts) * 1000);
}
