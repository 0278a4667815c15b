import type { WebSocket } from 'ws';
import type { ConnectionInfo, DisconnectReason } from '../protocol';
import type { SandboxTime } from '../workspace/sandboxTime';

/** Clients expect a ping at least every 30 s. */
const PING_EVERY_MS = 10_000;
const CLOSE_TIMEOUT_MS = 500;
/** From `warning` to `refresh_requested`: "about ten seconds". */
const WARNING_LEAD_MS = 10_000;
/** From `refresh_requested` to the close. No document says how long. */
const CLOSE_DELAY_MS = 5_000;

/** Close codes (RFC 6455, 7.4.1). */
const NORMAL_CLOSE = 1000;
const ABNORMAL_CLOSE = 1006;

/** One Socket Mode connection, from its hello to its end. The sandbox's clock decides when it is renewed. */
export class SocketConnection {
  private readonly disconnects: DisconnectReason[] = [];
  private alarms: (() => void)[];
  private sent = 0;
  private acked = 0;
  private end: ConnectionInfo['end'] = null;

  constructor(
    private readonly socket: WebSocket,
    private readonly number: number,
    private readonly options: {
      readonly time: SandboxTime;
      readonly lifeMs: number;
      readonly receive: (text: string) => void;
      /** Called once when the connection ends. @returns how many others are open */
      readonly onEnd: () => number;
    },
  ) {
    this.alarms = this.scheduleEnd(options.lifeMs);
    const pinging = setInterval(() => socket.ping(), PING_EVERY_MS);
    pinging.unref();
    socket.on('message', (data) => options.receive(String(data)));
    socket.on('close', (code) => {
      clearInterval(pinging);
      this.recordEnd(code);
    });
    // A broken connection also emits `close`, whose handler does the rest.
    socket.on('error', () => socket.terminate());
  }

  /** False once the app's close frame has arrived. A close frame on its way is not known yet. */
  get isOpen(): boolean {
    return this.end === null && this.socket.readyState === this.socket.OPEN;
  }

  get info(): ConnectionInfo {
    const { number, disconnects, sent, acked, end } = this;
    return { number, disconnects, sent, acked, end };
  }

  sendEnvelope(envelope: unknown): void {
    this.sent += 1;
    this.socket.send(JSON.stringify(envelope));
  }

  /** Counts an ack that came on the connection of its envelope. */
  countAck(): void {
    this.acked += 1;
  }

  sendHello(appId: string, connections: number): void {
    this.socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: connections,
        connection_info: { app_id: appId },
        debug_info: {
          host: 'sandbox',
          build_number: 1,
          approximate_connection_time: this.options.lifeMs / 1000,
        },
      }),
    );
  }

  /**
   * Renews the connection: warns now, requests a refresh ten seconds later, and closes it if the app has not left by
   * then.
   */
  renew(): void {
    this.cancelAlarms();
    this.alarms = this.scheduleEnd(WARNING_LEAD_MS);
    if (!this.disconnects.includes('warning')) this.sendDisconnect('warning');
  }

  sendDisconnect(reason: DisconnectReason): void {
    this.disconnects.push(reason);
    this.socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'sandbox' } }));
  }

  /** Sends the reason, then closes at once. */
  disconnect(reason: DisconnectReason): void {
    if (!this.isOpen) return;
    this.sendDisconnect(reason);
    this.close();
  }

  /** Breaks off as a network does, without any frame. */
  drop(): void {
    this.recordEnd(ABNORMAL_CLOSE);
    this.socket.terminate();
  }

  hold(held: boolean): void {
    if (held) this.socket.pause();
    else this.socket.resume();
  }

  private scheduleEnd(lifeMs: number): (() => void)[] {
    const { time } = this.options;
    const later = (ms: number, act: () => void) => (ms > 0 ? [time.after(ms, act)] : []);
    return [
      ...later(lifeMs - WARNING_LEAD_MS, () => this.sendDisconnect('warning')),
      ...later(lifeMs, () => this.sendDisconnect('refresh_requested')),
      ...later(lifeMs + CLOSE_DELAY_MS, () => this.close()),
    ];
  }

  private close(): void {
    this.recordEnd(NORMAL_CLOSE);
    this.socket.close(NORMAL_CLOSE);
  }

  private recordEnd(code: number): void {
    this.cancelAlarms();
    if (this.end === null) this.end = { code, leftOpen: this.options.onEnd() };
  }

  private cancelAlarms(): void {
    for (const cancel of this.alarms.splice(0)) cancel();
  }
}

/** Closes a connection. Cuts it if the other side does not close in time. */
export function closeSocket(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => socket.terminate(), CLOSE_TIMEOUT_MS);
    socket.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    socket.close(1001);
  });
}
