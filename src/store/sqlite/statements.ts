/** Statements of an open connection that run at once. */
import type Sqlite from 'better-sqlite3';

export type Value = string | number | null;

/** Runs a statement at once. @throws what SQLite throws, told as a `StoreError` where it has a meaning */
export interface Run {
  /** @returns how many rows it changed */
  change(sql: string, values: readonly Value[]): number;
  /** The first row. */
  first<Row>(sql: string, values: readonly Value[]): Row | undefined;
}

/** Told of each statement and the time it took. */
export type Told = (query: { readonly sql: string; readonly durationMs: number }) => void;

/** Statements of an open connection, each prepared once. */
export function statementsOn(connection: Sqlite.Database, told: Told | undefined): Run {
  const prepared = new Map<string, Sqlite.Statement>();

  function statement(sql: string): Sqlite.Statement {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const made = connection.prepare(sql);
    prepared.set(sql, made);
    return made;
  }

  function timed<T>(sql: string, run: (statement: Sqlite.Statement) => T): T {
    if (told === undefined) return run(statement(sql));
    const from = performance.now();
    try {
      return run(statement(sql));
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
