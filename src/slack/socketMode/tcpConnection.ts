/**
 * The TCP connection beneath Socket Mode, on which we can say goodbye and still listen.
 *
 * What Slack sends before it has read our close frame is meant for us, comes after our goodbye, and is sent to nobody
 * else: Slack repeats events only (https://docs.slack.dev/apis/events-api/using-socket-mode). A WebSocket of the
 * browser's kind, which the SDK uses, drops whatever comes once it was told to close (undici 7.30, `#onMessage`). So
 * the close frame is written here, beneath it: it stays open until Slack's own close frame comes.
 */
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { Agent, buildConnector, type Dispatcher } from 'undici';

export interface TcpConnection {
  /** For the SDK: it connects through this, once. */
  readonly dispatcher: Dispatcher;
  /**
   * Sends our close frame. After it nothing may be sent any more, acks included (RFC 6455, 5.5.1); what comes is heard.
   * @param onHeard told whenever something came
   */
  sayGoodbye(onHeard: () => void): void;
  /** Our close frame was sent. */
  saidGoodbye(): boolean;
  /** Ends the connection after what is being sent; one that is not there yet never will be. The SDK leaves it to us. */
  cut(): void;
}

export function createTcpConnection(): TcpConnection {
  let socket: Socket | null = null;
  let said = false;
  let wasCut = false;
  // undici 8 would offer HTTP/2, on which a WebSocket has no connection of its own.
  const connect = buildConnector({ allowH2: false });
  const dispatcher = new Agent({
    connect: (options, callback) =>
      connect(options, (...[error, opened]) => {
        if (error !== null) return callback(error, null);
        socket = opened;
        if (wasCut) socket.destroy();
        callback(null, opened);
      }),
  });
  return {
    dispatcher,
    sayGoodbye(onHeard) {
      if (said || socket === null) return;
      said = true;
      socket.on('data', onHeard);
      socket.write(closeFrame());
    },
    saidGoodbye: () => said,
    cut() {
      wasCut = true;
      socket?.destroySoon();
    },
  };
}

const CLOSE = 0x88;
const MASKED = 0x80;
/** "The purpose for which the connection was established has been fulfilled." */
const NORMAL_CLOSURE = 1000;

/** RFC 6455, 5.2 and 5.5.1: whatever a client sends is masked. */
function closeFrame(): Buffer {
  const body = Buffer.alloc(2);
  body.writeUInt16BE(NORMAL_CLOSURE);
  const mask = randomBytes(4);
  const masked = body.map((byte, at) => byte ^ (mask[at] ?? 0));
  return Buffer.concat([Buffer.from([CLOSE, MASKED | body.length]), mask, masked]);
}
