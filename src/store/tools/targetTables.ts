/** The tables of the PostgreSQL database that a move fills in one transaction. */
import type { Client } from 'pg';
import type { Cell } from './fingerprint';

export interface Column {
  readonly name: string;
  /** PostgreSQL's name of the type. */
  readonly type: string;
}

/** Rows of one fetch while proving; a few MB with the longest deals. */
const READ_ROWS = 2_000;

export async function targetTables(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class
     where relkind = 'r' and relnamespace = current_schema()::regnamespace order by relname`,
  );
  return rows.map(({ name }) => name);
}

/** Without computed columns. */
export async function columnsOf(client: Client, table: string): Promise<Column[]> {
  const { rows } = await client.query<Column>(
    `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attname`,
    [table],
  );
  return rows;
}

export async function isEmpty(client: Client, table: string): Promise<boolean> {
  const { rows } = await client.query(`select 1 from ${quoted(table)} limit 1`);
  return rows.length === 0;
}

/** Sends one array a column, so that one statement serves any number of rows. */
export async function insertRows(
  client: Client,
  table: string,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
): Promise<void> {
  const names = columns.map(({ name }) => quoted(name)).join(', ');
  const arrays = columns.map(({ type }, index) => `$${index + 1}::${type}[]`).join(', ');
  await client.query({
    name: `into ${table}`,
    text: `insert into ${quoted(table)} (${names}) select * from unnest(${arrays})`,
    values: columns.map((_, index) => rows.map((row) => row[index])),
  });
}

/** Yields every row of a table, and never holds more than one fetch of them. */
export async function* readRows(
  client: Client,
  table: string,
  columns: readonly Column[],
): AsyncGenerator<readonly Cell[]> {
  const names = columns.map(({ name }) => quoted(name)).join(', ');
  await client.query(`declare reading no scroll cursor for select ${names} from ${quoted(table)}`);
  const fetch = () => client.query<Cell[]>({ text: `fetch ${READ_ROWS} from reading`, rowMode: 'array' });
  let next = fetch();
  for (;;) {
    const { rows } = await next;
    const more = rows.length === READ_ROWS;
    // The server reads on while the caller handles these rows.
    if (more) {
      next = fetch();
      // The caller may stop here; then nobody awaits this promise.
      next.catch(() => undefined);
    }
    yield* rows;
    if (!more) break;
  }
  await client.query('close reading');
}

/**
 * Drops keys, indexes and references while the tables are filled: building them once at the end takes a fraction of
 * the time. `restore` creates them again, with the same names and definitions.
 */
export async function withoutIndexes(client: Client): Promise<{ readonly restore: () => Promise<void> }> {
  // References first, because they depend on keys.
  const constraints = await client.query<{ table: string; name: string; definition: string }>(
    `select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
     from pg_constraint where contype in ('f', 'p') and connamespace = current_schema()::regnamespace
     order by contype, conname`,
  );
  const indexes = await client.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
     from pg_index join pg_class on pg_class.oid = indrelid
     where not indisprimary and relnamespace = current_schema()::regnamespace`,
  );
  for (const { table, name } of constraints.rows) {
    await client.query(`alter table ${table} drop constraint ${name}`);
  }
  for (const { name } of indexes.rows) await client.query(`drop index ${name}`);
  return {
    async restore() {
      for (const { definition } of indexes.rows) await client.query(definition);
      for (const { table, name, definition } of [...constraints.rows].reverse()) {
        await client.query(`alter table ${table} add constraint ${name} ${definition}`);
      }
    },
  };
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
