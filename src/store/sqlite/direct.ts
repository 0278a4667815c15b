/**
 * SQLite spoken to directly, for what every click needs: building and compiling a query costs more than running it,
 * and a commit of its own costs a sync of the disk. Everything else goes through Kysely, over the same connection.
 */
import type { Db } from '../schema';
import type { SqliteConnection } from './connectSqlite';
import { fromSqlite } from './errors';
import { createGroupCommit, type GroupCommit, type Transactions } from './groupCommit';
import { type OnQuery, type Run, statementsOn, type Value } from './statements';

export interface Direct {
  /** A read outside of any transaction: it sees what is committed. */
  first<Row>(sql: string, values: readonly Value[]): Promise<Row | undefined>;
  /** Writes that share a transaction with those of others; see `groupCommit.ts`. */
  readonly groupCommit: GroupCommit<Run>;
}

/** Over the connection that Kysely uses too. */
export function createDirect(connection: SqliteConnection, db: Db, path: string, onQuery?: OnQuery): Direct {
  const run = statementsOn(connection, onQuery);
  // Kysely gives its one connection to one after the other; a transaction of its own is then not under way.
  const alone = <T>(work: () => T): Promise<T> => db.connection().execute(async () => work());
  return {
    async first<Row>(sql: string, values: readonly Value[]) {
      try {
        // Inside somebody's transaction one would see what may yet be taken back.
        if (connection.inTransaction) return await alone(() => run.first<Row>(sql, values));
        return run.first<Row>(sql, values);
      } catch (error) {
        throw fromSqlite(error, path);
      }
    },
    groupCommit: createGroupCommit(run, transactionsOn(connection, run), alone, (error) =>
      fromSqlite(error, path),
    ),
  };
}

function transactionsOn(connection: SqliteConnection, run: Run): Transactions {
  const does = (sql: string) => (): void => {
    run.change(sql, []);
  };
  return {
    // Takes the write lock at once: a transaction that reads first could otherwise fail at its first write.
    begin: does('begin immediate'),
    commit: does('commit'),
    rollback: does('rollback'),
    savepoint: does('savepoint one'),
    release: does('release one'),
    rollbackToSavepoint: does('rollback to one'),
    isOpen: () => connection.inTransaction,
  };
}
