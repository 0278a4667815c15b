/** What the command line tools have in common: words in, words out, and an exit code. */
import { StoreError } from '../errors';

const DEFAULT_URL = 'file:./data/lostdeal.db';

/** As the app reads it. */
export const databaseUrl = (given: string | undefined): string =>
  given === undefined || given.trim() === '' ? DEFAULT_URL : given.trim();

export const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Runs to its end. Faults that a person can mend are told in words, all others with their stack; exit code 1. */
export function runTool(tool: () => Promise<void>): void {
  tool().catch((error: unknown) => {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 1;
  });
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const mendable = error instanceof StoreError || error.constructor === Error || 'code' in error;
  return mendable ? error.message : (error.stack ?? error.message);
}
