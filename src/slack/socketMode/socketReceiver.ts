/**
 * Bolt's receiver for Socket Mode: hands Bolt the requests of every connection. There are two while Slack renews one.
 * connection.ts decides when one is opened and closed.
 */
import type { App, Receiver, ReceiverEvent } from '@slack/bolt';
import type { Up } from './connection';
import { createSocket, type SendAck, type Socket, type SocketOptions, UnsendableError } from './socket';

export interface SocketReceiver extends Receiver {
  /** @throws TokenRefusedError, NoHelloError, or the error of the connection */
  open(): Promise<Up>;
  /** Closes every connection, also one that is still being opened. */
  stop(): Promise<void>;
}

export function createSocketReceiver(
  options: Pick<SocketOptions, 'appToken' | 'clientOptions' | 'dispatcherWith' | 'fetch' | 'logger'>,
): SocketReceiver {
  const sockets = new Set<Socket>();
  let app: App | null = null;

  async function receive(event: ReceiverEvent): Promise<void> {
    try {
      await app?.processEvent(event);
    } catch (error) {
      // listeners/lifecycle.ts has logged it. It is not acked, so that Slack sends it again if it is an event.
      options.logger.debug({ err: error }, 'Bolt could not handle a request');
    }
  }

  /**
   * Sends an ack on another connection when its own is gone or closing. Slack recognises an ack by the id of its
   * envelope: Slack's clients for Java and Python send every ack on the newest connection.
   */
  const ackElsewhere: SendAck = async (envelopeId, answer) => {
    const other = [...sockets].find((socket) => socket.canAck());
    if (other === undefined) throw new UnsendableError('no connection is left for this ack');
    await other.ack(envelopeId, answer);
  };

  return {
    init(bolt) {
      app = bolt;
    },
    start: () => Promise.resolve(),
    async open() {
      const socket = createSocket({ ...options, receive, ackElsewhere });
      sockets.add(socket);
      const forget = () => sockets.delete(socket);
      try {
        const up = await socket.open();
        up.gone.then(forget);
        return up;
      } catch (error) {
        forget();
        throw error;
      }
    },
    async stop() {
      await Promise.all([...sockets].map((socket) => socket.close()));
    },
  };
}
