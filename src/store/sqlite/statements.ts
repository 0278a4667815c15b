/** Statements of an open connection that run at once. */
import type { SqliteConnection, SqliteStatement } from './connectSqlite';

export type Value = string | number | null;

/** Runs a statement at once. @throws what SQLite throws, told as a `StoreError` where it has a meaning */
export interface Run {
  /** @returns how many rows it changed */
  change(sql: string, values: readonly Value[]): number;
  /** The first row. */
  first<Row>(sql: string, values: readonly Value[]): Row | undefined;
}

/** Told of each statement and the time it took. */
export type OnQuery = (query: { readonly sql: string; readonly durationMs: number }) => void;

/** Over a connection of `connectSqlite`, which prepares each once. */
export function statementsOn(connection: SqliteConnection, told: OnQuery | undefined): Run {
  function timed<T>(sql: string, run: (statement: SqliteStatement) => T): T {
    if (told === undefined) return run(connection.prepare(sql));
    const from = performance.now();
    try {
      return run(connection.prepare(sql));
    } finally {
      told({ sql, durationMs: performance.now() - from });
    }
  }

  return {
    change: (sql, values) => timed(sql, (one) => one.run(...values).changes),
    first: <Row>(sql: string, values: readonly Value[]) =>
      timed(sql, (one) => one.get(...values) as Row | undefined),
  };
}
