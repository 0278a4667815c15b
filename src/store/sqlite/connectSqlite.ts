/**
 * The one door to the SQLite binding. Nothing that comes through it is collected while the process runs: compiled for
 * Node 24.19 or later, better-sqlite3 12 ends the process when one of its objects is
 * (https://github.com/nodejs/node/issues/65446), and version 13, which is free of that, does not run on Node 20.
 */
import Sqlite from 'better-sqlite3';

export type SqliteConnection = Sqlite.Database;
export type SqliteStatement = Sqlite.Statement;

/** Live as long as the process. */
const kept = new Set<object>();

export function keepForever<T extends object>(it: T): T {
  kept.add(it);
  return it;
}

/**
 * Opens the file, or makes it. A statement is made once for each text, which costs more than most of them take to run,
 * and stays; so texts must not hold values. Those that list values make one for each number of them, some hundreds.
 *
 * What a statement is told (`pluck`, `raw`) holds for the next who asks for the same text, too.
 *
 * @throws SqliteError
 */
export function connectSqlite(path: string, options?: Sqlite.Options): SqliteConnection {
  const connection = keepForever(new Sqlite(path, options));
  const make = connection.prepare.bind(connection);
  const statements = keepForever(new Map<string, SqliteStatement>());
  connection.prepare = ((text: string) => {
    const known = statements.get(text);
    if (known !== undefined) return known;
    const made = make(text);
    statements.set(text, made);
    return made;
  }) as SqliteConnection['prepare'];
  // Many take effect when they are prepared (https://www.sqlite.org/pragma.html), so each is made anew. For the few of a
  // connection's beginning; one that is set again and again goes through `exec`, which leaves nothing behind.
  connection.pragma = (text, { simple = false } = {}) => {
    const statement = keepForever(make(`pragma ${text}`));
    if (!statement.reader) return void statement.run();
    return simple ? statement.pluck().get() : statement.all();
  };
  return connection;
}
