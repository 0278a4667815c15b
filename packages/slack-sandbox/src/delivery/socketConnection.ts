import type { WebSocket } from 'ws';
import type { ConnectionInfo, DisconnectReason } from '../protocol';
import type { SandboxTime } from '../workspace/sandboxTime';

/** Clients expect the next ping within 30 s of the last. */
const PING_EVERY_MS = 10_000;
const CLOSE_WITHIN_MS = 500;
/** From `warning` to `refresh_requested`: "about ten seconds". */
const WARNED_AHEAD_MS = 10_000;
/** From there until it is closed; no document says how long. */
const CLOSED_AFTER_MS = 5_000;

/** Close codes (RFC 6455, 7.4.1). */
const DONE = 1000;
const BROKEN_OFF = 1006;

/** One Socket Mode connection, from its hello to its end. It is told of its end on the sandbox's time. */
export class SocketConnection {
  private readonly told: DisconnectReason[] = [];
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
      /** It is over. @returns how many others are open */
      readonly over: () => number;
    },
  ) {
    this.alarms = this.endAfter(options.lifeMs);
    const pinging = setInterval(() => socket.ping(), PING_EVERY_MS);
    pinging.unref();
    socket.on('message', (data) => options.receive(String(data)));
    socket.on('close', (code) => {
      clearInterval(pinging);
      this.isOver(code);
    });
    // A broken connection closes too; the close handler does what is to be done.
    socket.on('error', () => socket.terminate());
  }

  /** To one whose goodbye was read nothing is sent any more; a goodbye on its way is not known yet. */
  get isOpen(): boolean {
    return this.end === null && this.socket.readyState === this.socket.OPEN;
  }

  get info(): ConnectionInfo {
    const { number, told, sent, acked, end } = this;
    return { number, told, sent, acked, end };
  }

  sendEnvelope(envelope: unknown): void {
    this.sent += 1;
    this.socket.send(JSON.stringify(envelope));
  }

  /** An envelope that was sent here was acked here. */
  noteAck(): void {
    this.acked += 1;
  }

  greet(appId: string, connections: number): void {
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

  /** Its time is over: it is warned now, told ten seconds later, and closed when the app has not left by then. */
  renew(): void {
    this.callOff();
    this.alarms = this.endAfter(WARNED_AHEAD_MS);
    if (!this.told.includes('warning')) this.tell('warning');
  }

  tell(reason: DisconnectReason): void {
    this.told.push(reason);
    this.socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'sandbox' } }));
  }

  /** Slack says why, and closes it at once. */
  dismiss(reason: DisconnectReason): void {
    if (!this.isOpen) return;
    this.tell(reason);
    this.close();
  }

  /** As a network does: no frame, no goodbye. */
  drop(): void {
    this.isOver(BROKEN_OFF);
    this.socket.terminate();
  }

  hold(held: boolean): void {
    if (held) this.socket.pause();
    else this.socket.resume();
  }

  private endAfter(lifeMs: number): (() => void)[] {
    const { time } = this.options;
    const later = (ms: number, act: () => void) => (ms > 0 ? [time.after(ms, act)] : []);
    return [
      ...later(lifeMs - WARNED_AHEAD_MS, () => this.tell('warning')),
      ...later(lifeMs, () => this.tell('refresh_requested')),
      ...later(lifeMs + CLOSED_AFTER_MS, () => this.close()),
    ];
  }

  private close(): void {
    this.isOver(DONE);
    this.socket.close(DONE);
  }

  private isOver(code: number): void {
    this.callOff();
    if (this.end === null) this.end = { code, leftOpen: this.options.over() };
  }

  private callOff(): void {
    for (const off of this.alarms.splice(0)) off();
  }
}

/** Closes a connection properly; one that does not answer in time is cut. */
export function sayGoodbye(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => socket.terminate(), CLOSE_WITHIN_MS);
    socket.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    socket.close(1001);
  });
}
