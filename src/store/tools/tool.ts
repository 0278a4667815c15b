/** Shared by the command line tools: reading the environment, printing, and the exit code. */
import { config as loadEnvFile } from 'dotenv';
import { StoreError } from '../errors';

const DEFAULT_URL = 'file:./data/lostdeal.db';

/** `DATABASE_URL` from the environment or `.env`, as the app reads it. */
export function databaseUrl(): string {
  loadEnvFile({ quiet: true });
  const given = process.env.DATABASE_URL?.trim() ?? '';
  return given === '' ? DEFAULT_URL : given;
}

export const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Runs a tool. Prints faults that a person can fix as a message, others with their stack; both exit with 1. */
export function runTool(tool: () => Promise<void>): void {
  tool().catch((error: unknown) => {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 1;
  });
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isFixable = error instanceof StoreError || error.constructor === Error || 'code' in error;
  return isFixable ? error.message : (error.stack ?? error.message);
}
