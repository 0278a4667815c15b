/**
 * Commits on SQLite, over the connection that Kysely uses too. Those that come together share one transaction, since
 * each transaction costs a sync of the disk.
 */
import type { CompiledQuery } from 'kysely';
import type { RunCommit } from '../deals/commit';
import type { OpenOptions } from '../openOptions';
import type { Db } from '../schema';
import type { SqliteConnection } from './connectSqlite';
import { fromSqlite } from './errors';
import { createGroupCommit } from './groupCommit';

export function createSqliteCommit(
  connection: SqliteConnection,
  db: Db,
  path: string,
  onQuery: OpenOptions['onQuery'],
): RunCommit {
  /** @returns the number of rows that the statement changed */
  function run({ sql, parameters }: Pick<CompiledQuery, 'sql' | 'parameters'>): number {
    const from = performance.now();
    try {
      return connection.prepare(sql).run(...parameters).changes;
    } finally {
      onQuery?.({ sql, durationMs: performance.now() - from });
    }
  }

  const statement = (sql: string) => (): void => {
    run({ sql, parameters: [] });
  };
  const groupCommit = createGroupCommit(
    {
      // Takes the write lock at once: a transaction that reads first could fail at its first write.
      begin: statement('begin immediate'),
      commit: statement('commit'),
      rollback: statement('rollback'),
      savepoint: statement('savepoint one'),
      release: statement('release one'),
      rollbackToSavepoint: statement('rollback to one'),
      isOpen: () => connection.inTransaction,
    },
    // Kysely lends its one connection to one caller at a time, so none of its transactions is open meanwhile.
    (work) => db.connection().execute(async () => work()),
    (error) => fromSqlite(error, path),
  );

  return (steps, canWaitMs) =>
    groupCommit.commit(() => {
      let step = steps.next();
      while (step.done !== true) step = steps.next(run(step.value));
      return { keep: step.value === 'committed', result: step.value };
    }, canWaitMs);
}
