/**
 * One Socket Mode connection: opened, acked on, left. It has a client of the SDK and a line of its own, so that two can
 * be up at a time. The SDK's own reconnecting is switched off: when a reconnect is refused nobody handles its rejection,
 * which ends the process, and it waits five seconds whenever Slack renews a connection (@slack/socket-mode 3.1,
 * `delayReconnectAttempt`).
 */
import type { ReceiverEvent } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import { WebSocket } from 'undici';
import type { Logger } from '../../log';
import { boltLogger } from '../install/boltLogger';
import { orRefused } from '../install/tokenErrors';
import type { Up } from './connection';
import { type DisconnectReason, disconnectReasonOf, NotLetInError } from './disconnectReason';
import { createPendingAcks } from './pendingAcks';
import { END_ANNOUNCED, RenewableClient } from './renewableClient';
import { createTcpConnection } from './tcpConnection';
import { withTimeout } from './withTimeout';

/** Acks an envelope. @param answer what Bolt acks with: nothing, words, or a payload */
export type SendAck = (envelopeId: string, answer: unknown) => Promise<void>;

export interface SocketOptions {
  readonly appToken: string;
  /** How Slack is asked where to connect. */
  readonly clientOptions: Omit<WebClientOptions, 'fetch'>;
  /** Asks Slack where to connect, on a connection of its own: the socket's TCP connection carries nothing else. */
  readonly fetch: NonNullable<WebClientOptions['fetch']>;
  readonly logger: Logger;
  /** Takes what comes. Resolves when all of it is done. */
  readonly receive: (event: ReceiverEvent) => Promise<void>;
  /** For an ack that cannot be sent here any more. @throws UnsendableError */
  readonly ackElsewhere: SendAck;
}

export interface Socket {
  /** @throws TokenRefusedError, NotLetInError, or why there is no connection */
  open(): Promise<Up>;
  /** Whether an ack can be sent on it now. */
  canAck(): boolean;
  readonly ack: SendAck;
  /**
   * Leaves, wherever it stands: what came is acked, then the goodbye is said, and what crosses it is heard. It leaves
   * once, however often it is asked to.
   */
  leave(): Promise<void>;
}

/** There is no connection on which an ack could be sent. */
export class UnsendableError extends Error {
  override readonly name = 'UnsendableError';
}

/** From asking for a connection to Slack's hello. */
const HELLO_WITHIN_MS = 15_000;
/** How long who leaves waits for acks, and for a pause: Slack waits for an ack for three seconds. */
const ACKED_WITHIN_MS = 4_000;
/** So long Slack may take to answer our goodbye, which is the way there and back; a peer that is gone never does. */
const GOODBYE_WITHIN_MS = 2_500;

/** As the SDK tells it. */
interface SlackEvent {
  readonly envelope_id: string;
  readonly body: ReceiverEvent['body'];
  readonly ack: (answer: unknown) => Promise<void>;
  readonly retry_num?: number;
  readonly retry_reason?: string;
}

export function createSocket(options: SocketOptions): Socket {
  const { appToken, clientOptions, fetch, logger, receive, ackElsewhere } = options;
  const tcpConnection = createTcpConnection();
  let left: Promise<void> | null = null;
  const client = new RenewableClient({
    appToken,
    logger: boltLogger(logger, 'debug'),
    autoReconnectEnabled: false,
    dispatcher: tcpConnection.dispatcher,
    clientOptions: {
      ...clientOptions,
      // Left while Slack is asked where to connect: then nothing is connected.
      async fetch(...request) {
        const response = await fetch(...request);
        if (left !== null) throw new Error('left before it was open');
        return response;
      },
    },
  });
  const pendingAcks = createPendingAcks();
  const gone = new Promise<void>((resolve) => client.once('disconnected', () => resolve())).then(
    tcpConnection.cut,
  );
  const disconnectReason = new Promise<DisconnectReason>((resolve) =>
    client.once(END_ANNOUNCED, (why: string) => resolve(disconnectReasonOf(why))),
  );
  const canAck = () => client.websocket?.isActive() === true && !tcpConnection.saidGoodbye();

  client.on('slack_event', ({ envelope_id, body, ack, retry_num, retry_reason }: SlackEvent) => {
    const answered = pendingAcks.came();
    let acked = false;
    const done = receive({
      body,
      async ack(answer) {
        // Slack takes the first one.
        if (acked) return;
        acked = true;
        await (canAck() ? ack(answer) : ackElsewhere(envelope_id, answer));
        answered();
      },
      ...(retry_num === undefined ? {} : { retryNum: retry_num }),
      ...(retry_reason === undefined ? {} : { retryReason: retry_reason }),
    });
    done.finally(answered);
  });

  async function sayGoodbye(): Promise<void> {
    // Slack answers our close frame with its own, and then leaves the TCP connection to us (slackapi/node-slack-sdk#2752).
    const answered = new Promise<void>((resolve) => {
      tcpConnection.sayGoodbye(() => {
        // Frames are parsed before this is told.
        if (client.websocket?.readyState !== WebSocket.OPEN) resolve();
      });
    });
    await withTimeout(GOODBYE_WITHIN_MS, Promise.race([answered, gone]));
  }

  async function leaveNow(): Promise<void> {
    await withTimeout(ACKED_WITHIN_MS, Promise.race([pendingAcks.quiet(), gone]));
    // Nothing is waited for between the pause and the goodbye. It brings the last that Slack sent us.
    if (canAck()) {
      logger.info('saying goodbye to Slack on one connection');
      await sayGoodbye();
    }
    tcpConnection.cut();
  }
  const leave = () => {
    left ??= leaveNow();
    return left;
  };

  return {
    async open() {
      const notLetIn = disconnectReason.then((told) => Promise.reject(new NotLetInError(told)));
      try {
        const greeted = await withTimeout(HELLO_WITHIN_MS, Promise.race([client.start(), notLetIn]));
        if (!greeted) throw new NotLetInError(disconnectReasonOf('no_hello'));
      } catch (error) {
        await leave();
        throw orRefused(error, 'SLACK_APP_TOKEN');
      }
      return { gone, disconnectReason, close: leave };
    },
    canAck,
    // As the SDK sends it; there only whoever got the envelope can.
    ack: (envelopeId, answer) =>
      new Promise((resolve, reject) => {
        const payload = typeof answer === 'string' ? { text: answer } : (answer ?? {});
        client.websocket?.send(JSON.stringify({ envelope_id: envelopeId, payload }), (error) =>
          error === undefined ? resolve() : reject(error),
        );
      }),
    leave,
  };
}
