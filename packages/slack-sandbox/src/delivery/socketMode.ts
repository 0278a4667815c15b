import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { forgetOldest, type Ids } from '../ids';
import { isObject, parseJson } from '../json';
import type { ConnectionInfo, DisconnectReason } from '../protocol';
import type { SandboxTime } from '../workspace/sandboxTime';
import { SocketConnection, sayGoodbye } from './socketConnection';
import type { Answer, Attempt, Delivery, Transport } from './transport';

const MAX_CONNECTIONS = 10;
/** Tickets that nobody has come with yet. */
const OPEN_TICKETS = 100;
/** "Every few hours", and six minutes for who asks for `debug_reconnects`. */
const LIFE_MS = 18_060_000;
const DEBUG_LIFE_MS = 360_000;
/** Closed connections of which is told. */
const CLOSED_KEPT = 50;

interface Waiting {
  readonly connection: SocketConnection;
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
  /** Those that are open, in the order in which they are served. */
  private readonly open: SocketConnection[] = [];
  private readonly closed: SocketConnection[] = [];
  private readonly tickets = new Map<string, true>();
  private readonly waiting = new Map<string, Waiting>();
  private turn = 0;
  private accepted = 0;
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
    return this.open.length > 0;
  }

  /** Oldest first. */
  get connections(): readonly ConnectionInfo[] {
    return [...this.closed, ...this.open].map(({ info }) => info).sort((a, b) => a.number - b.number);
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
    const open = this.open.filter((connection) => connection.isOpen);
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
      this.waiting.set(envelopeId, { connection, settle: resolve, timer });
      connection.sendEnvelope(envelope);
    });
  }

  /** Renews every connection as Slack does every few hours: announced, and served until it is closed. */
  renew(): void {
    for (const connection of this.open) connection.renew();
  }

  /** Tells every connection to go; all reasons but `warning` also close it, at once. */
  disconnect(reason: DisconnectReason): void {
    for (const connection of [...this.open]) {
      if (reason === 'warning') connection.tell(reason);
      else connection.dismiss(reason);
    }
  }

  /** Breaks every connection off, as a network does: no frame, no goodbye. */
  drop(): void {
    for (const connection of [...this.open]) connection.drop();
  }

  /** What the app sends on the connections that there are is read only when they are let go; a goodbye, too. */
  hold(held: boolean): void {
    for (const connection of this.open) connection.hold(held);
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

  private accept(socket: WebSocket, lifeMs: number): void {
    this.accepted += 1;
    const connection = new SocketConnection(socket, this.accepted, {
      time: this.options.time,
      lifeMs,
      receive: (text) => this.receive(text, connection),
      over: () => this.forget(connection),
    });
    const isWanted = this.open.length < MAX_CONNECTIONS;
    this.open.push(connection);
    if (isWanted) connection.greet(this.options.appId, this.open.length);
    else connection.dismiss('too_many_websockets');
    this.options.onChange();
  }

  /** @returns how many others are open */
  private forget(connection: SocketConnection): number {
    this.open.splice(this.open.indexOf(connection), 1);
    this.closed.push(connection);
    if (this.closed.length > CLOSED_KEPT) this.closed.shift();
    this.options.onChange();
    return this.open.filter(({ isOpen }) => isOpen).length;
  }

  private receive(text: string, connection: SocketConnection): void {
    const frame = parseJson(text);
    if (!isObject(frame) || typeof frame.envelope_id !== 'string') return;
    const waiting = this.waiting.get(frame.envelope_id);
    // A second ack, or one after the deadline: Slack ignores it too.
    if (waiting === undefined) return;
    this.waiting.delete(frame.envelope_id);
    clearTimeout(waiting.timer);
    if (waiting.connection === connection) connection.noteAck();
    const { payload } = frame;
    // The SDK sends `payload: {}` for an empty ack.
    const empty =
      payload === undefined || payload === null || (isObject(payload) && Object.keys(payload).length === 0);
    waiting.settle({ outcome: 'acked', body: empty ? undefined : payload, reason: 'unknown_error' });
  }
}
