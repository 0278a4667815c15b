/** The process: environment in, Lostdeal running, signals out. */
import { config as loadEnvFile } from 'dotenv';
import { ConfigError, readConfig } from './config';
import { createLogger } from './log';
import { startLostdeal } from './lostdeal';

/** How long a stop may take before the process ends anyway. */
const STOP_WITHIN_MS = 10_000;

async function main(): Promise<void> {
  loadEnvFile({ quiet: true });
  const config = readConfig(process.env);
  const logger = createLogger({ level: config.logLevel, pretty: config.prettyLogs });
  const lostdeal = await startLostdeal(config, { logger });

  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping: finishing what runs');
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    lostdeal.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'did not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** Faults that a person can mend are told in words; anything else with its stack. */
function explain(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (error instanceof Error && 'code' in error)
    return `Lostdeal cannot start (${String(error.code)}): ${error.message}`;
  return `Lostdeal cannot start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
});
