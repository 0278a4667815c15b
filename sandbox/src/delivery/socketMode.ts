import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { forgetOldest, type Ids } from '../ids';
import { isObject, parseJson } from '../json';
import type { SandboxTime } from '../workspace/sandboxTime';
import type { Answer, Attempt, Delivery, Transport } from './transport';

const MAX_CONNECTIONS = 10;
/** Clients expect the next ping within 30 s of the last. */
const PING_EVERY_MS = 10_000;
/** Tickets that nobody has come with yet. */
const OPEN_TICKETS = 100;
const CLOSE_WITHIN_MS = 500;
/** "Every few hours", and six minutes for who asks for `debug_reconnects`. */
const LIFE_MS = 18_060_000;
const DEBUG_LIFE_MS = 360_000;
const WARNED_AHEAD_MS = 10_000;

export type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets';

interface Waiting {
  readonly settle: (answer: Answer) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * Slack's end of Socket Mode: tickets, connections, envelopes and their acks. An envelope goes to one of the open
 * connections and to no other, whatever becomes of it; the deliverer sends events again, and nothing else.
 * @see https://docs.slack.dev/apis/events-api/using-socket-mode
 * @see docs/socketMode.md
 */
export class SocketMode implements Transport {
  readonly via = 'socket';
  private readonly server = new WebSocketServer({ noServer: true });
  private readonly sockets: WebSocket[] = [];
  private readonly tickets = new Map<string, true>();
  private readonly waiting = new Map<string, Waiting>();
  private turn = 0;
  /** Off: no new connections. */
  enabled = true;

  constructor(
    private readonly options: {
      readonly appId: string;
      readonly ids: Ids;
      /** Connections are renewed on it. */
      readonly time: SandboxTime;
      readonly ackTimeoutMs: number;
      readonly onChange: () => void;
    },
  ) {}

  get connected(): boolean {
    return this.sockets.length > 0;
  }

  /** A fresh ticket for one connection, as part of the URL of `apps.connections.open`. */
  issueTicket(): string {
    const ticket = this.options.ids.next('TK').toLowerCase();
    this.tickets.set(ticket, true);
    forgetOldest(this.tickets, OPEN_TICKETS);
    return ticket;
  }

  /** Takes over an HTTP upgrade of `/link/`. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const ticket = url.searchParams.get('ticket') ?? '';
    if (!this.tickets.delete(ticket)) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    const lifeMs = url.searchParams.get('debug_reconnects') === 'true' ? DEBUG_LIFE_MS : LIFE_MS;
    this.server.handleUpgrade(request, socket, head, (connection) => this.accept(connection, lifeMs));
  }

  send(delivery: Delivery, attempt: Attempt): Promise<Answer> {
    // To one whose goodbye was read nothing is sent any more; a goodbye on its way is not known yet.
    const open = this.sockets.filter((socket) => socket.readyState === socket.OPEN);
    const connection = open[this.turn % Math.max(open.length, 1)];
    if (connection === undefined) {
      return Promise.resolve({ outcome: 'not_connected', body: undefined, reason: 'connection_failed' });
    }
    this.turn += 1;
    const envelopeId = this.options.ids.next('E').toLowerCase();
    const envelope = {
      envelope_id: envelopeId,
      type: delivery.type === 'options' ? 'interactive' : delivery.type,
      payload: delivery.payload,
      accepts_response_payload: delivery.type !== 'events_api',
      ...(attempt.number > 0
        ? { retry_attempt: attempt.number, retry_reason: attempt.reason ?? 'timeout' }
        : {}),
    };
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.waiting.delete(envelopeId);
        resolve({ outcome: 'timeout', body: undefined, reason: 'timeout' });
      }, this.options.ackTimeoutMs);
      this.waiting.set(envelopeId, { settle: resolve, timer });
      connection.send(JSON.stringify(envelope));
    });
  }

  /** Tells every connection to go; all reasons but `warning` also close it. */
  disconnect(reason: DisconnectReason): void {
    for (const connection of [...this.sockets]) this.dismiss(connection, reason);
  }

  /** Breaks every connection off, as a network does: no frame, no goodbye. */
  drop(): void {
    for (const connection of [...this.sockets]) {
      this.forget(connection);
      connection.terminate();
    }
  }

  /** What the app sends on the connections that there are is read only when they are let go; a goodbye, too. */
  hold(held: boolean): void {
    for (const connection of this.sockets) {
      if (held) connection.pause();
      else connection.resume();
    }
  }

  /** As somebody does on the app's settings page. */
  setEnabled(enabled: boolean): void {
    this.enabled = enabled;
    if (!enabled) this.disconnect('link_disabled');
    this.options.onChange();
  }

  async stop(): Promise<void> {
    for (const { settle, timer } of this.waiting.values()) {
      clearTimeout(timer);
      settle({ outcome: 'failed', body: undefined, reason: 'connection_failed' });
    }
    this.waiting.clear();
    await Promise.all([...this.server.clients].map(sayGoodbye));
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private dismiss(connection: WebSocket, reason: DisconnectReason): void {
    if (connection.readyState !== connection.OPEN) return;
    connection.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'sandbox' } }));
    if (reason === 'warning') return;
    this.forget(connection);
    connection.close(1000);
  }

  private accept(connection: WebSocket, lifeMs: number): void {
    if (this.sockets.length >= MAX_CONNECTIONS) {
      this.dismiss(connection, 'too_many_websockets');
      return;
    }
    const { time } = this.options;
    const warning = time.after(lifeMs - WARNED_AHEAD_MS, () => this.dismiss(connection, 'warning'));
    const refresh = time.after(lifeMs, () => this.dismiss(connection, 'refresh_requested'));
    const pinging = setInterval(() => connection.ping(), PING_EVERY_MS);
    pinging.unref();
    connection.on('message', (data) => this.receive(String(data)));
    connection.on('close', () => {
      clearInterval(pinging);
      warning();
      refresh();
      this.forget(connection);
    });
    // A broken connection closes too; the close handler does what is to be done.
    connection.on('error', () => connection.terminate());
    this.sockets.push(connection);
    connection.send(
      JSON.stringify({
        type: 'hello',
        num_connections: this.sockets.length,
        connection_info: { app_id: this.options.appId },
        debug_info: { host: 'sandbox', build_number: 1, approximate_connection_time: lifeMs / 1000 },
      }),
    );
    this.options.onChange();
  }

  private forget(connection: WebSocket): void {
    const index = this.sockets.indexOf(connection);
    if (index < 0) return;
    this.sockets.splice(index, 1);
    this.options.onChange();
  }

  private receive(text: string): void {
    const frame = parseJson(text);
    if (!isObject(frame) || typeof frame.envelope_id !== 'string') return;
    const waiting = this.waiting.get(frame.envelope_id);
    // A second ack, or one after the deadline: Slack ignores it too.
    if (waiting === undefined) return;
    this.waiting.delete(frame.envelope_id);
    clearTimeout(waiting.timer);
    const { payload } = frame;
    // The SDK sends `payload: {}` for an empty ack.
    const empty =
      payload === undefined || payload === null || (isObject(payload) && Object.keys(payload).length === 0);
    waiting.settle({ outcome: 'acked', body: empty ? undefined : payload, reason: 'unknown_error' });
  }
}

/** Closes a connection properly; one that does not answer in time is cut. */
function sayGoodbye(connection: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => connection.terminate(), CLOSE_WITHIN_MS);
    connection.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    connection.close(1001);
  });
}
