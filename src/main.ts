/** The process: reads the environment, runs Lostdeal, and stops on a signal. */
import { config as loadEnvFile } from 'dotenv';
import { ConfigError, readConfig } from './config';
import { PortTakenError } from './http/listen';
import { createLogger, describeError } from './log';
import { startLostdeal } from './lostdeal';
import { PlaybookError } from './playbook/errors';
import { TokenRefusedError } from './slack/install/tokenErrors';
import { StoreError } from './store/errors';

/** Longest stop before the process ends anyway: within the ten seconds that the documentation promises. */
const STOP_WITHIN_MS = 9_500;
/** Longest wait for a start that a signal interrupts. */
const GIVE_UP_START_MS = 8_000;

async function main(): Promise<void> {
  loadEnvFile({ quiet: true });
  const config = readConfig(process.env);
  const logger = createLogger({ level: config.logLevel, pretty: config.prettyLogs });
  // Node itself would print all properties of the error, and some hold requests.
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'a fault of Lostdeal; it stops. What was saved is kept: start it again');
    process.exit(1);
  });

  const startAborted = new AbortController();
  const starting = startLostdeal(config, {
    logger,
    stopped: startAborted.signal,
    giveUp: (error) => stop(1, error),
  });
  let started = false;
  let stopping = false;
  const stop = (code: 0 | 1, why?: Error) => {
    if (stopping) return;
    stopping = true;
    if (why === undefined) logger.info('stopping: finishing what runs');
    else process.stderr.write(`${explain(why, 'Lostdeal cannot go on')}\n`);
    startAborted.abort();
    // A process that has not served anything yet loses nothing by ending.
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
      // A signal interrupted the start.
      if (!stopping) throw error;
    },
  );
}

/** Faults that a person can fix; their messages say how. */
const FIXABLE = [StoreError, PlaybookError, TokenRefusedError, PortTakenError];

/** The message of a fault that a person can fix; kind, codes and place of any other. */
function explain(error: unknown, what = 'Lostdeal cannot start'): string {
  if (error instanceof ConfigError) return error.message;
  if (!(error instanceof Error)) return `${what}: ${String(error)}`;
  const isFixable = FIXABLE.some((kind) => error instanceof kind);
  return `${what}: ${isFixable ? error.message : JSON.stringify(describeError(error), null, 2)}`;
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
});
