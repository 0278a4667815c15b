/**
 * One Socket Mode connection. The SDK's own reconnecting is switched off: when a reconnect is refused nobody handles
 * its rejection, which ends the process, and it waits five seconds whenever Slack renews a connection
 * (@slack/socket-mode 3.1, `delayReconnectAttempt`).
 */
import type { SocketModeReceiver } from '@slack/bolt';
import type { Up } from './connection';
import { within } from './patience';
import { orRefused } from './refused';

type SocketClient = SocketModeReceiver['client'];

/** From asking for a connection to Slack's hello. */
const HELLO_WITHIN_MS = 15_000;
/** A peer that is gone does not answer our goodbye; the SDK would wait 30 s for it. */
const GOODBYE_WITHIN_MS = 2_000;

/** @throws TokenRefusedError, or why there is no connection */
export async function openSocket(client: SocketClient): Promise<Up> {
  let greeted: boolean;
  try {
    greeted = await within(HELLO_WITHIN_MS, client.start());
  } catch (error) {
    throw orRefused(error, 'SLACK_APP_TOKEN');
  }
  const up: Up = {
    gone: new Promise((resolve) => client.once('disconnected', () => resolve())),
    close: async () => {
      await within(GOODBYE_WITHIN_MS, client.disconnect());
    },
  };
  if (greeted) return up;
  await up.close();
  throw new Error('Slack did not say hello');
}
