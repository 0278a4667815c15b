/** The process: environment in, Lostdeal running, signals out. */
import { config as loadEnvFile } from 'dotenv';
import { ConfigError, readConfig } from './config';
import { PortTakenError } from './http/server';
import { createLogger } from './log';
import { startLostdeal } from './lostdeal';
import { PlaybookError } from './playbook/errors';
import { TokenRefusedError } from './slack/refused';
import { StoreError } from './store/errors';

/** How long a stop may take before the process ends anyway. */
const STOP_WITHIN_MS = 10_000;

async function main(): Promise<void> {
  loadEnvFile({ quiet: true });
  const config = readConfig(process.env);
  const logger = createLogger({ level: config.logLevel, pretty: config.prettyLogs });
  // Node would print the error with all its properties; some carry requests.
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'a fault of Lostdeal; it stops. What was saved is kept: start it again');
    process.exit(1);
  });

  const starting = startLostdeal(config, { logger, giveUp: (error) => stop(1, error) });
  let stopping = false;
  const stop = (code: 0 | 1, why?: Error) => {
    if (stopping) return;
    stopping = true;
    if (why === undefined) logger.info('stopping: finishing what runs');
    else process.stderr.write(`${explain(why, 'Lostdeal cannot go on')}\n`);
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    starting
      .then((lostdeal) => lostdeal.stop())
      .then(
        () => process.exit(code),
        (error: unknown) => {
          logger.error({ err: error }, 'did not stop cleanly');
          process.exit(1);
        },
      );
  };
  process.on('SIGTERM', () => stop(0));
  process.on('SIGINT', () => stop(0));
  await starting;
}

const FOR_PEOPLE = [StoreError, PlaybookError, TokenRefusedError, PortTakenError];

/** Faults that a person can mend are told in words; anything else with its stack. */
function explain(error: unknown, what = 'Lostdeal cannot start'): string {
  if (error instanceof ConfigError) return error.message;
  if (!(error instanceof Error)) return `${what}: ${String(error)}`;
  const mendable = FOR_PEOPLE.some((kind) => error instanceof kind);
  return `${what}: ${mendable ? error.message : (error.stack ?? error.message)}`;
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
});
