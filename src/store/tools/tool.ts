/** What the command line tools have in common: words in, words out, and an exit code. */
import { config as loadEnvFile } from 'dotenv';
import { StoreError } from '../errors';

const DEFAULT_URL = 'file:./data/lostdeal.db';

/** What `DATABASE_URL` says, in the environment or in `.env`, as the app reads it. */
export function databaseUrl(): string {
  loadEnvFile({ quiet: true });
  const given = process.env.DATABASE_URL?.trim() ?? '';
  return given === '' ? DEFAULT_URL : given;
}

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
