/** The process: environment in, Lostdeal running, signals out. */
import { config as loadEnvFile } from 'dotenv';
import { ConfigError, readConfig } from './config';
import { PortTakenError } from './http/listen';
import { createLogger } from './log';
import { startLostdeal } from './lostdeal';
import { PlaybookError } from './playbook/errors';
import { TokenRefusedError } from './slack/install/tokenErrors';
import { StoreError } from './store/errors';

/** How long a stop may take before the process ends anyway: within the ten seconds that are promised. */
const STOP_WITHIN_MS = 9_500;
/** How long a start that is no longer wanted is waited for. */
const GIVE_UP_START_MS = 8_000;

async function main(): Promise<void> {
  loadEnvFile({ quiet: true });
  const config = readConfig(process.env);
  const logger = createLogger({ level: config.logLevel, pretty: config.prettyLogs });
  // Node would print the error with all its properties; some carry requests.
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'a fault of Lostdeal; it stops. What was saved is kept: start it again');
    process.exit(1);
  });

  const noLongerWanted = new AbortController();
  const starting = startLostdeal(config, {
    logger,
    stopped: noLongerWanted.signal,
    giveUp: (error) => stop(1, error),
  });
  let started = false;
  let stopping = false;
  const stop = (code: 0 | 1, why?: Error) => {
    if (stopping) return;
    stopping = true;
    if (why === undefined) logger.info('stopping: finishing what runs');
    else process.stderr.write(`${explain(why, 'Lostdeal cannot go on')}\n`);
    noLongerWanted.abort();
    // What has not begun to serve has nothing to lose.
    setTimeout(() => process.exit(started ? 1 : code), started ? STOP_WITHIN_MS : GIVE_UP_START_MS).unref();
    starting
      .then((lostdeal) => lostdeal.stop())
      .then(
        () => process.exit(code),
        (error: unknown) => {
          if (!started) process.exit(code);
          logger.error({ err: error }, 'did not stop cleanly');
          process.exit(1);
        },
      );
  };
  process.on('SIGTERM', () => stop(0));
  process.on('SIGINT', () => stop(0));
  await starting.then(
    () => {
      started = true;
    },
    (error: unknown) => {
      // It was told to stop while it waited for something.
      if (!stopping) throw error;
    },
  );
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
