/**
 * How instances on one PostgreSQL database hear of each other's changes: NOTIFY by who made one, LISTEN by all.
 *
 * Told after the commit and not inside of it: a transaction that notifies takes a lock that all such commits queue
 * for, and each would wait for the disk alone. What is lost if an instance dies in between is found by the next look
 * at the database.
 */
import { randomUUID } from 'node:crypto';
import { Client, type Pool } from 'pg';
import { z } from 'zod';
import type { Announce } from '../announceChanges';
import type { Change, Store } from '../store';
import { connectionConfig, type PostgresTarget } from './connection';

const CHANNEL = 'lostdeal';

export interface Announcer {
  readonly announce: Announce;
  /** Resolves when all that was told is sent. */
  settled(): Promise<void>;
}

/** Sends what was told while the last sending was under way all at once. */
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
        // The database is lost or busy; others see the changes when they next look. Nobody waits for this.
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

/** From whom, what, enterprise, team, deal. */
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

/** Null: our own, or not ours at all. */
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
/** A connection that nothing comes through may be dead without either side knowing. */
const CHECK_EVERY_MS = 5_000;
const CHECK_WITHIN_MS = 2_000;

export interface Listener {
  readonly changes: Store['changes'];
  stop(): Promise<void>;
}

/** Listens on a connection of its own, and connects again for as long as it takes. */
export async function createListener(target: PostgresTarget, own: string): Promise<Listener> {
  const hearers = new Set<(change: Change) => void>();
  let client: Client | null = null;
  let timer: NodeJS.Timeout | undefined;
  let failures = 0;
  let stopped = false;

  const hear = (change: Change) => {
    for (const hearer of hearers) hearer(change);
  };

  async function connect(): Promise<void> {
    const next = new Client({ ...connectionConfig(target), query_timeout: CHECK_WITHIN_MS });
    // It ends with this or with `end`, often both; either way it is over once.
    let over = false;
    const lost = () => {
      if (over) return;
      over = true;
      if (client === next) client = null;
      next.end().catch(() => undefined);
      again();
    };
    next.on('error', lost);
    next.on('end', lost);
    next.on('notification', ({ payload = '' }) => {
      const change = read(payload, own);
      if (change !== null) hear(change);
    });
    try {
      await next.connect();
      await next.query(`listen ${CHANNEL}`);
    } catch {
      // Told by the statements that need the database; this only tries again.
      return lost();
    }
    if (stopped || over) return lost();
    client = next;
    failures = 0;
    check(next, lost);
  }

  function again(): void {
    if (stopped) return;
    const pause = Math.min(RETRY_MAX_MS, RETRY_MS * 2 ** failures);
    failures += 1;
    clearTimeout(timer);
    timer = setTimeout(() => {
      void connect().then(() => {
        if (client !== null) hear({ what: 'anything' });
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
      // Two that hear with one function are two.
      const hearer = (change: Change) => onChange(change);
      hearers.add(hearer);
      return () => void hearers.delete(hearer);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      hearers.clear();
      await client?.end();
    },
  };
}

/** Names one store among all on the database. */
export const newInstanceId = (): string => randomUUID();
