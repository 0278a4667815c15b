/**
 * The TCP connection beneath Socket Mode, on which we can send a close frame and still receive.
 *
 * Slack may send requests until it has read our close frame. It sends them to nobody else: it repeats events only
 * (https://docs.slack.dev/apis/events-api/using-socket-mode). The SDK uses a WebSocket of the browser's kind, which
 * drops everything that arrives after `close()` (undici 7.30, `#onMessage`). So we write the close frame beneath it, and
 * the WebSocket stays open until Slack's own close frame arrives.
 */
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { Agent, buildConnector, Client, type Dispatcher } from 'undici';

export interface TcpConnection {
  /** For the SDK, which connects through it once. */
  readonly dispatcher: Dispatcher;
  /**
   * Sends our close frame. After it nothing may be sent, acks included (RFC 6455, 5.5.1), but data is still received.
   * @param onData called whenever data arrives afterwards
   */
  sendClose(onData: () => void): void;
  /** True once our close frame was sent. */
  closeSent(): boolean;
  /** Ends the connection once its pending writes are sent, also one that is still being opened. The SDK never does. */
  end(): void;
}

/** @param dispatcherWith leads through a proxy; default: directly */
export function createTcpConnection(
  dispatcherWith: (factory: NonNullable<Agent.Options['factory']>) => Dispatcher = (factory) =>
    new Agent({ factory }),
): TcpConnection {
  let socket: Socket | null = null;
  let closeSent = false;
  let ended = false;
  // undici 8 would offer HTTP/2, on which a WebSocket has no connection of its own.
  const directly = buildConnector({ allowH2: false });
  const dispatcher = dispatcherWith((origin, given: Client.Options) => {
    // Through a proxy undici hands us what opens the tunnel.
    const connect = typeof given.connect === 'function' ? given.connect : directly;
    return new Client(origin, {
      ...given,
      connect: (options, callback) =>
        connect(options, (...[error, opened]) => {
          if (error !== null) return callback(error, null);
          socket = opened;
          if (ended) socket.destroy();
          callback(null, opened);
        }),
    });
  });
  return {
    dispatcher,
    sendClose(onData) {
      if (closeSent || socket === null) return;
      closeSent = true;
      socket.on('data', onData);
      socket.write(closeFrame());
    },
    closeSent: () => closeSent,
    end() {
      ended = true;
      socket?.destroySoon();
    },
  };
}

const CLOSE = 0x88;
const MASKED = 0x80;
/** "The purpose for which the connection was established has been fulfilled." */
const NORMAL_CLOSURE = 1000;

/** RFC 6455, 5.2 and 5.5.1: a client masks every frame. */
function closeFrame(): Buffer {
  const body = Buffer.alloc(2);
  body.writeUInt16BE(NORMAL_CLOSURE);
  const mask = randomBytes(4);
  const masked = body.map((byte, at) => byte ^ (mask[at] ?? 0));
  return Buffer.concat([Buffer.from([CLOSE, MASKED | body.length]), mask, masked]);
}
