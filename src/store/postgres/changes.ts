/**
 * Announces changes between instances on one PostgreSQL database, by NOTIFY and LISTEN.
 *
 * NOTIFY runs after the commit and not inside it: a transaction that notifies takes a lock that all such commits queue
 * for, and each would wait for the disk alone. If an instance dies between the two, the others find the change at
 * their next look at the database.
 */
import { randomUUID } from 'node:crypto';
import { Client, type Pool } from 'pg';
import * as z from 'zod';
import type { Announce } from '../announceChanges';
import type { Change, Store } from '../store';
import { connectionConfig, type PostgresTarget } from './connection';

const CHANNEL = 'lostdeal';

export interface Announcer {
  readonly announce: Announce;
  /** Resolves when every announcement so far is sent. */
  settled(): Promise<void>;
}

/** Sends one statement at a time, with all announcements that came during the one before. */
export function createAnnouncer(pool: Pool, from: string): Announcer {
  let waiting = new Set<string>();
  let sending: Promise<void> | null = null;

  async function send(): Promise<void> {
    while (waiting.size > 0) {
      const messages = [...waiting];
      waiting = new Set();
      try {
        await pool.query({
          name: 'lostdeal_notify',
          text: `select pg_notify('${CHANNEL}', message) from unnest($1::text[]) as message`,
          values: [messages],
        });
      } catch {
        // The database is lost or busy. Others find the changes at their next look, and nobody waits for this.
      }
    }
    sending = null;
  }

  return {
    announce(change) {
      waiting.add(write(change, from));
      sending ??= send();
    },
    settled: async () => {
      await sending;
    },
  };
}

/** Sender, kind, enterprise, team, deal. */
const message = z.tuple([z.string(), z.enum(['deal', 'workspace']), z.string(), z.string(), z.string()]);

function write(change: Parameters<Announce>[0], from: string): string {
  const { enterpriseId, teamId } = change.tenant;
  const parts: z.infer<typeof message> = [
    from,
    change.what,
    enterpriseId,
    teamId,
    change.what === 'deal' ? change.dealId : '',
  ];
  return JSON.stringify(parts);
}

/** @returns null for our own message, and for one that Lostdeal did not write */
function read(payload: string, own: string): Change | null {
  let value: unknown;
  try {
    value = JSON.parse(payload);
  } catch {
    return null;
  }
  const parsed = message.safeParse(value);
  if (!parsed.success) return null;
  const [from, what, enterpriseId, teamId, dealId] = parsed.data;
  if (from === own) return null;
  const tenant = { enterpriseId, teamId };
  return what === 'deal' ? { what, tenant, dealId } : { what, tenant };
}

const RETRY_MS = 250;
const RETRY_MAX_MS = 5_000;
/** A silent connection may be dead without either side noticing. */
const CHECK_EVERY_MS = 5_000;
const CHECK_WITHIN_MS = 2_000;

export interface Listener {
  readonly changes: Store['changes'];
  stop(): Promise<void>;
}

/** Listens on its own connection. Reconnects until it succeeds. */
export async function createListener(target: PostgresTarget, own: string): Promise<Listener> {
  const listeners = new Set<(change: Change) => void>();
  let client: Client | null = null;
  let timer: NodeJS.Timeout | undefined;
  let failures = 0;
  let stopped = false;

  const publish = (change: Change) => {
    for (const listener of listeners) listener(change);
  };

  async function connect(): Promise<void> {
    const next = new Client({ ...connectionConfig(target), query_timeout: CHECK_WITHIN_MS });
    // A connection ends with `error`, with `end`, or with both; `over` handles it once.
    let over = false;
    const lost = () => {
      if (over) return;
      over = true;
      if (client === next) client = null;
      next.end().catch(() => undefined);
      reconnect();
    };
    next.on('error', lost);
    next.on('end', lost);
    next.on('notification', ({ payload = '' }) => {
      const change = read(payload, own);
      if (change !== null) publish(change);
    });
    try {
      await next.connect();
      await next.query(`listen ${CHANNEL}`);
    } catch {
      // Statements that need the database report the error; this only tries again.
      return lost();
    }
    if (stopped || over) return lost();
    client = next;
    failures = 0;
    check(next, lost);
  }

  function reconnect(): void {
    if (stopped) return;
    const pause = Math.min(RETRY_MAX_MS, RETRY_MS * 2 ** failures);
    failures += 1;
    clearTimeout(timer);
    timer = setTimeout(() => {
      void connect().then(() => {
        if (client !== null) publish({ what: 'anything' });
      });
    }, pause);
    timer.unref();
  }

  function check(connected: Client, lost: () => void): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      connected.query('select 1').then(() => {
        if (client === connected) check(connected, lost);
      }, lost);
    }, CHECK_EVERY_MS);
    timer.unref();
  }

  await connect();
  return {
    changes(onChange) {
      // A new function each time, so that one function subscribed twice counts as two.
      const listener = (change: Change) => onChange(change);
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      listeners.clear();
      await client?.end();
    },
  };
}

/** Identifies one store among all on the database. */
export const newInstanceId = (): string => randomUUID();
