/**
 * One Socket Mode connection. The SDK's own reconnecting is switched off: when a reconnect is refused nobody handles
 * its rejection, which ends the process, and it waits five seconds whenever Slack renews a connection
 * (@slack/socket-mode 3.1, `delayReconnectAttempt`).
 */
import type { SocketModeReceiver } from '@slack/bolt';
import { WebSocket } from 'undici';
import type { Up } from './connection';
import type { Line } from './line';
import { within } from './patience';
import { orRefused } from './refused';

type SocketClient = SocketModeReceiver['client'];

/** From asking for a connection to Slack's hello. */
const HELLO_WITHIN_MS = 15_000;
/** So long Slack may take to answer our goodbye, which is the way there and back; a peer that is gone never does. */
const GOODBYE_WITHIN_MS = 2_500;

/** @throws TokenRefusedError, or why there is no connection */
export async function openSocket(client: SocketClient, line: Line): Promise<Up> {
  let greeted: boolean;
  try {
    greeted = await within(HELLO_WITHIN_MS, client.start());
  } catch (error) {
    throw orRefused(error, 'SLACK_APP_TOKEN');
  }
  const gone = new Promise<void>((resolve) => client.once('disconnected', () => resolve())).then(line.cut);
  if (!greeted) {
    await within(GOODBYE_WITHIN_MS, client.disconnect());
    line.cut();
    throw new Error('Slack did not say hello');
  }
  return {
    gone,
    async close() {
      // Slack answers our close frame with its own, and then leaves the TCP connection to us (slackapi/node-slack-sdk#2752).
      const answered = new Promise<void>((resolve) => {
        line.sayGoodbye(() => {
          // Frames are parsed before this is told.
          if (client.websocket?.readyState !== WebSocket.OPEN) resolve();
        });
      });
      await within(GOODBYE_WITHIN_MS, Promise.race([answered, gone]));
      line.cut();
    },
  };
}

/** An ack could not be sent: its connection ended meanwhile, or is ending. By the SDK's `ErrorCode`. */
export function isUnsendable(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && code.startsWith('slack_socket_mode_');
}
