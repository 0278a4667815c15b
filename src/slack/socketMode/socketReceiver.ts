/**
 * Bolt's receiver for Socket Mode: hands Bolt what comes on each of the connections, of which there are two while Slack
 * renews one. When one is opened and left, connection.ts says.
 */
import type { App, Receiver, ReceiverEvent } from '@slack/bolt';
import type { Up } from './connection';
import { createSocket, type SendAck, type Socket, type SocketOptions, UnsendableError } from './socket';

export interface SocketReceiver extends Receiver {
  /** @throws TokenRefusedError, NotLetInError, or why there is no connection */
  open(): Promise<Up>;
  /** Leaves every connection, also one that is just being opened. */
  stop(): Promise<void>;
}

export function createSocketReceiver(
  options: Pick<SocketOptions, 'appToken' | 'clientOptions' | 'fetch' | 'logger'>,
): SocketReceiver {
  const sockets = new Set<Socket>();
  let app: App | null = null;

  async function receive(event: ReceiverEvent): Promise<void> {
    try {
      await app?.processEvent(event);
    } catch (error) {
      // Told already (listeners/lifecycle.ts). It is not acked, so that Slack sends it again if it is an event.
      options.logger.debug({ err: error }, 'Bolt could not take what Slack sent');
    }
  }

  /**
   * An ack goes out on the connection on which its envelope came. When that one is gone, or has said goodbye, it goes
   * out on another: Slack knows it by the id of the envelope, and so do Slack's own clients for Java and Python, which
   * send every ack on the newest connection.
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
      await Promise.all([...sockets].map((socket) => socket.leave()));
    },
  };
}
