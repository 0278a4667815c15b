/**
 * One Socket Mode connection: it is opened, sends acks and is closed. It has its own SDK client and TCP connection, so
 * that two can be open at a time. The SDK's own reconnecting is switched off: nobody handles the rejection of a refused
 * reconnect, which ends the process, and it waits five seconds whenever Slack renews a connection
 * (@slack/socket-mode 3.1, `delayReconnectAttempt`).
 */
import type { ReceiverEvent } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import { WebSocket } from 'undici';
import type { Logger } from '../../log';
import { boltLogger } from '../install/boltLogger';
import { asTokenError } from '../install/tokenErrors';
import type { Up } from './connection';
import { type DisconnectReason, disconnectReasonOf, NoHelloError } from './disconnectReason';
import { createPendingAcks } from './pendingAcks';
import { END_ANNOUNCED, RenewableClient } from './renewableClient';
import { createTcpConnection } from './tcpConnection';
import { withTimeout } from './withTimeout';

/** Acks an envelope. @param answer as Bolt acks: nothing, text, or a payload */
export type SendAck = (envelopeId: string, answer: unknown) => Promise<void>;

export interface SocketOptions {
  readonly appToken: string;
  /** For the call that asks Slack where to connect. */
  readonly clientOptions: Omit<WebClientOptions, 'fetch'>;
  /** Makes that call. It needs a connection of its own: the TCP connection of the socket carries nothing else. */
  readonly fetch: NonNullable<WebClientOptions['fetch']>;
  /** Makes the connection of the socket, through a proxy; absent: directly. */
  readonly dispatcherWith?: Parameters<typeof createTcpConnection>[0] | undefined;
  readonly logger: Logger;
  /** Handles a request. Resolves when all of its work is done. */
  readonly receive: (event: ReceiverEvent) => Promise<void>;
  /** Sends an ack that cannot be sent on this connection. @throws UnsendableError */
  readonly ackElsewhere: SendAck;
}

export interface Socket {
  /** @throws TokenRefusedError, NoHelloError, or the error of the connection */
  open(): Promise<Up>;
  /** True while an ack can be sent on it. */
  canAck(): boolean;
  readonly ack: SendAck;
  /**
   * Closes it in any state: waits for pending acks, sends our close frame, and receives what crosses it. Further calls
   * wait for the first.
   */
  close(): Promise<void>;
}

/** No connection can send the ack. */
export class UnsendableError extends Error {
  override readonly name = 'UnsendableError';
}

/** From asking Slack where to connect to its hello. */
const HELLO_WITHIN_MS = 15_000;
/** Longest wait for pending acks and a pause: Slack waits for an ack for three seconds. */
const IDLE_WITHIN_MS = 4_000;
/** Longest wait for Slack's close frame after ours. A peer that is gone never sends one. */
const CLOSE_WITHIN_MS = 2_500;

/** A request as the SDK emits it. */
interface SlackEvent {
  readonly envelope_id: string;
  readonly body: ReceiverEvent['body'];
  readonly ack: (answer: unknown) => Promise<void>;
  readonly retry_num?: number;
  readonly retry_reason?: string;
}

export function createSocket(options: SocketOptions): Socket {
  const { appToken, clientOptions, fetch, logger, receive, ackElsewhere } = options;
  const tcpConnection = createTcpConnection(options.dispatcherWith);
  let closing: Promise<void> | null = null;
  const client = new RenewableClient({
    appToken,
    // Its lines quote what Slack, or something before it, answers; failures come to us as errors.
    logger: boltLogger(logger.child({}, { level: 'silent' })),
    autoReconnectEnabled: false,
    dispatcher: tcpConnection.dispatcher,
    clientOptions: {
      ...clientOptions,
      // Opens no connection that was closed while Slack was asked where to connect.
      async fetch(...request) {
        const response = await fetch(...request);
        if (closing !== null) throw new Error('closed before it was open');
        return response;
      },
    },
  });
  const pendingAcks = createPendingAcks();
  const gone = new Promise<void>((resolve) => client.once('disconnected', () => resolve())).then(
    tcpConnection.end,
  );
  const disconnectReason = new Promise<DisconnectReason>((resolve) =>
    client.once(END_ANNOUNCED, (code: string) => resolve(disconnectReasonOf(code))),
  );
  const canAck = () => client.websocket?.isActive() === true && !tcpConnection.closeSent();

  client.on('slack_event', ({ envelope_id, body, ack, retry_num, retry_reason }: SlackEvent) => {
    const settled = pendingAcks.received();
    let acked = false;
    const done = receive({
      body,
      async ack(answer) {
        // Slack accepts the first ack only.
        if (acked) return;
        acked = true;
        await (canAck() ? ack(answer) : ackElsewhere(envelope_id, answer));
        settled();
      },
      ...(retry_num === undefined ? {} : { retryNum: retry_num }),
      ...(retry_reason === undefined ? {} : { retryReason: retry_reason }),
    });
    done.finally(settled);
  });

  async function exchangeCloseFrames(): Promise<void> {
    // Slack answers with its own close frame, and leaves ending the TCP connection to us (slackapi/node-slack-sdk#2752).
    const answered = new Promise<void>((resolve) => {
      tcpConnection.sendClose(() => {
        // The client has already parsed the frames in this data.
        if (client.websocket?.readyState !== WebSocket.OPEN) resolve();
      });
    });
    await withTimeout(CLOSE_WITHIN_MS, Promise.race([answered, gone]));
  }

  async function closeOnce(): Promise<void> {
    await withTimeout(IDLE_WITHIN_MS, Promise.race([pendingAcks.idle(), gone]));
    // The close frame follows in the same turn, so that no request arrives between the pause and it.
    if (canAck()) {
      logger.info('closing one connection to Slack');
      await exchangeCloseFrames();
    }
    tcpConnection.end();
  }
  const close = () => {
    closing ??= closeOnce();
    return closing;
  };

  return {
    async open() {
      const refused = disconnectReason.then((reason) => Promise.reject(new NoHelloError(reason)));
      try {
        const hello = await withTimeout(HELLO_WITHIN_MS, Promise.race([client.start(), refused]));
        if (!hello) throw new NoHelloError(disconnectReasonOf('no_hello'));
      } catch (error) {
        await close();
        throw asTokenError(error, 'SLACK_APP_TOKEN');
      }
      return { gone, disconnectReason, close };
    },
    canAck,
    // Same frame as the SDK's `ack()`, which only exists on the socket that received the envelope.
    ack: (envelopeId, answer) =>
      new Promise((resolve, reject) => {
        const payload = typeof answer === 'string' ? { text: answer } : (answer ?? {});
        client.websocket?.send(JSON.stringify({ envelope_id: envelopeId, payload }), (error) =>
          error === undefined ? resolve() : reject(error),
        );
      }),
    close,
  };
}
