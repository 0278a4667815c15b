/**
 * The only importer of the SQLite binding. It keeps every object of the binding alive for the life of the process:
 * compiled for Node 24.19 or later, better-sqlite3 12 ends the process when Node collects one of its objects
 * (https://github.com/nodejs/node/issues/65446). Version 13 is free of that, but does not run on Node 20.
 */
import Sqlite from 'better-sqlite3';

export type SqliteConnection = Sqlite.Database;
export type SqliteStatement = Sqlite.Statement;

/** Keeps its members from being collected. */
const kept = new Set<object>();

export function keepForever<T extends object>(it: T): T {
  kept.add(it);
  return it;
}

/**
 * Opens the file, or creates it. Prepares each statement text once and keeps it, because preparing costs more than most
 * statements take to run. So texts must not contain values; a text that lists values exists once for each number of
 * them, some hundreds.
 *
 * A mode that is set on a statement (`pluck`, `raw`) also holds for the next caller with the same text.
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
  // Prepares each pragma anew, because many take effect when they are prepared (https://www.sqlite.org/pragma.html).
  // Meant for the few at the start of a connection; repeated ones go through `exec`, which leaves nothing behind.
  connection.pragma = (text, { simple = false } = {}) => {
    const statement = keepForever(make(`pragma ${text}`));
    if (!statement.reader) return void statement.run();
    return simple ? statement.pluck().get() : statement.all();
  };
  return connection;
}
