/** An HTTP server on one address that bounds what a stranger can hold open: connections and their time. */
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface Address {
  /** An IP address or `localhost`; null: every interface of the machine. */
  readonly host: string | null;
  /** 0: any free port. */
  readonly port: number;
  /** The settings that an operator changes when this address cannot be used. */
  readonly settings: { readonly host: 'HOST' | 'ADMIN_HOST'; readonly port: 'PORT' | 'ADMIN_PORT' };
}

export interface Listening {
  readonly port: number;
  /** From now on closes each connection after its answer, so that the client connects elsewhere. */
  closeAfterAnswer(): void;
  /** Takes no more requests. Resolves when the running ones are answered. */
  stop(): Promise<void>;
}

/** Headers are a few hundred bytes and arrive at once. */
const HEADERS_WITHIN_MS = 5_000;
/** For headers and body. Slack itself gives up after 3 s. */
const REQUEST_WITHIN_MS = 10_000;
/** How often Node looks for requests that are late; its default of 30 s would add to both times. */
const LOOK_EVERY_MS = 1_000;
/** Longest silence of a connection in both directions; all our answers come sooner. */
const SILENT_FOR_MS = 30_000;
/** More than a balancer keeps open. Each costs about 15 kB. */
const MOST_CONNECTIONS = 500;
/** Time after which a stop closes the remaining connections, ms. */
const LAST_ANSWERS_WITHIN_MS = 6_000;

/** Something else listens on the port, the address is not one of this machine, or we may not use it. */
export class PortTakenError extends Error {
  readonly code = 'port_taken';
  constructor({ host, port, settings }: Address, why: string, options: ErrorOptions) {
    super(
      why === 'EADDRINUSE' || why === 'EACCES' || host === null
        ? `Port ${port} cannot be listened on (${why}). Stop what uses it, or set ${settings.port} to a free one (0 takes any).`
        : `${host} cannot be listened on (${why}). Set ${settings.host} to an address of this machine.`,
      options,
    );
    this.name = 'PortTakenError';
  }
}

/** @throws PortTakenError */
export async function listen(address: Address, handle: RequestListener): Promise<Listening> {
  let closesAfterAnswer = false;
  /** Longest silent first. */
  const connections = new Set<Socket>();
  const server = createServer({ connectionsCheckingInterval: LOOK_EVERY_MS }, (request, response) => {
    if (closesAfterAnswer) response.setHeader('connection', 'close');
    connections.delete(request.socket);
    connections.add(request.socket);
    handle(request, response);
  });
  server.headersTimeout = HEADERS_WITHIN_MS;
  server.requestTimeout = REQUEST_WITHIN_MS;
  server.setTimeout(SILENT_FOR_MS);
  server.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
    // If new connections were refused instead, a stranger who holds all of them could keep Slack out.
    if (connections.size > MOST_CONNECTIONS) connections.values().next().value?.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new PortTakenError(address, error.code ?? error.message, { cause: error })),
    );
    server.listen({ port: address.port, ...(address.host === null ? {} : { host: address.host }) }, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    closeAfterAnswer() {
      closesAfterAnswer = true;
    },
    stop() {
      closesAfterAnswer = true;
      return new Promise((resolve) => {
        const cut = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_WITHIN_MS);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
        server.closeIdleConnections();
      });
    },
  };
}

export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify(body)}\n`);
}
