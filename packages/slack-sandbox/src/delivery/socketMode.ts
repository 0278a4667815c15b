import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { forgetOldest, type Ids, secretKey } from '../ids';
import { isObject, parseJson } from '../json';
import type { ConnectionInfo, DisconnectReason } from '../protocol';
import type { SandboxTime } from '../workspace/sandboxTime';
import { closeSocket, SocketConnection } from './socketConnection';
import type { Answer, Attempt, Delivery, Transport } from './transport';

const MAX_CONNECTIONS = 10;
/** Tickets that no connection has used. */
const MAX_TICKETS = 100;
/** "Every few hours", and six minutes for connections that ask for `debug_reconnects`. */
const LIFE_MS = 18_060_000;
const DEBUG_LIFE_MS = 360_000;
/** Closed connections that the workspace info lists. */
const MAX_CLOSED = 50;

interface PendingAck {
  readonly connection: SocketConnection;
  readonly settle: (answer: Answer) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * Slack's side of Socket Mode: tickets, connections, envelopes and acks. Each envelope goes to one open connection
 * and, whatever happens to it, to no other. Only the deliverer sends again, and only events.
 * @see https://docs.slack.dev/apis/events-api/using-socket-mode
 * @see docs/socketMode.md
 */
export class SocketMode implements Transport {
  readonly via = 'socket';
  private readonly server = new WebSocketServer({ noServer: true });
  /** Open connections, in the order of their turns. */
  private readonly open: SocketConnection[] = [];
  private readonly closed: SocketConnection[] = [];
  private readonly tickets = new Map<string, true>();
  private readonly pendingAcks = new Map<string, PendingAck>();
  private turn = 0;
  private accepted = 0;
  /** False: no new connections. */
  enabled = true;

  constructor(
    private readonly options: {
      readonly appId: string;
      readonly ids: Ids;
      /** Clock for the renewal of connections. */
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

  /** Issues a ticket for one connection, a part of the URL of `apps.connections.open`. */
  issueTicket(): string {
    const ticket = secretKey();
    this.tickets.set(ticket, true);
    forgetOldest(this.tickets, MAX_TICKETS);
    return ticket;
  }

  /** Accepts an HTTP upgrade of `/link/`. */
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
        this.pendingAcks.delete(envelopeId);
        resolve({ outcome: 'timeout', body: undefined, reason: 'timeout' });
      }, this.options.ackTimeoutMs);
      this.pendingAcks.set(envelopeId, { connection, settle: resolve, timer });
      connection.sendEnvelope(envelope);
    });
  }

  /**
   * Renews every connection, as Slack does every few hours: announces the end and sends on the connection until then.
   */
  renew(): void {
    for (const connection of this.open) connection.renew();
  }

  /** Sends a disconnect message on every connection. Every reason except `warning` also closes it at once. */
  disconnect(reason: DisconnectReason): void {
    for (const connection of [...this.open]) {
      if (reason === 'warning') connection.sendDisconnect(reason);
      else connection.disconnect(reason);
    }
  }

  /** Breaks off every connection as a network does, without any frame. */
  drop(): void {
    for (const connection of [...this.open]) connection.drop();
  }

  /** While held, the frames that the app sends, close frames included, stay unread. */
  hold(held: boolean): void {
    for (const connection of this.open) connection.hold(held);
  }

  /** Switches Socket Mode as the app's settings page does. */
  setEnabled(enabled: boolean): void {
    this.enabled = enabled;
    if (!enabled) this.disconnect('link_disabled');
    this.options.onChange();
  }

  async stop(): Promise<void> {
    for (const { settle, timer } of this.pendingAcks.values()) {
      clearTimeout(timer);
      settle({ outcome: 'failed', body: undefined, reason: 'connection_failed' });
    }
    this.pendingAcks.clear();
    await Promise.all([...this.server.clients].map(closeSocket));
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private accept(socket: WebSocket, lifeMs: number): void {
    this.accepted += 1;
    const connection = new SocketConnection(socket, this.accepted, {
      time: this.options.time,
      lifeMs,
      receive: (text) => this.receive(text, connection),
      onEnd: () => this.forget(connection),
    });
    const isWanted = this.open.length < MAX_CONNECTIONS;
    this.open.push(connection);
    if (isWanted) connection.sendHello(this.options.appId, this.open.length);
    else connection.disconnect('too_many_websockets');
    this.options.onChange();
  }

  /** @returns how many others are open */
  private forget(connection: SocketConnection): number {
    this.open.splice(this.open.indexOf(connection), 1);
    this.closed.push(connection);
    if (this.closed.length > MAX_CLOSED) this.closed.shift();
    this.options.onChange();
    return this.open.filter(({ isOpen }) => isOpen).length;
  }

  private receive(text: string, connection: SocketConnection): void {
    const frame = parseJson(text);
    if (!isObject(frame) || typeof frame.envelope_id !== 'string') return;
    const pendingAck = this.pendingAcks.get(frame.envelope_id);
    // Ignores a second ack and one after the deadline, as Slack does.
    if (pendingAck === undefined) return;
    this.pendingAcks.delete(frame.envelope_id);
    clearTimeout(pendingAck.timer);
    if (pendingAck.connection === connection) connection.countAck();
    const { payload } = frame;
    // The SDK sends `payload: {}` for an empty ack.
    const empty =
      payload === undefined || payload === null || (isObject(payload) && Object.keys(payload).length === 0);
    pendingAck.settle({ outcome: 'acked', body: empty ? undefined : payload, reason: 'unknown_error' });
  }
}
