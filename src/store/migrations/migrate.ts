/**
 * Applies the migrations that a database lacks. Not Kysely's migrator, which runs all in one transaction: here each
 * migration has its own, together with the record that it ran.
 */
import { sql } from 'kysely';
import type { StoreDialect } from '../dialect';
import { STORE_ERRORS, StoreError } from '../errors';
import type { Db } from '../schema';
import type { Migration } from './migration';

/**
 * @returns names of the migrations that it applied
 * @throws {StoreError} `store_newer`, before anything is changed
 */
export async function migrate(
  db: Db,
  dialect: Pick<StoreDialect, 'nowMs'>,
  migrations: readonly Migration[],
): Promise<string[]> {
  await db.schema
    .createTable('lostdeal_migrations')
    .ifNotExists()
    .addColumn('version', 'integer', (c) => c.primaryKey().notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('applied_at', 'bigint', (c) => c.notNull())
    .execute();

  const { applied } = await db
    .selectFrom('lostdeal_migrations')
    .select(({ fn }) => fn.coalesce(fn.max('version'), sql<number>`0`).as('applied'))
    .executeTakeFirstOrThrow();
  const known = migrations.at(-1)?.version ?? 0;
  if (applied > known) {
    throw new StoreError(
      STORE_ERRORS.NEWER,
      `The database was written by a newer version of Lostdeal (its format is ${applied}, this version knows up to ${known}). Start that version again, or restore the backup made before the upgrade.`,
    );
  }

  const pending = migrations.filter(({ version }) => version > applied);
  for (const { version, name, up } of pending) {
    await db.transaction().execute(async (trx) => {
      await up(trx);
      await trx
        .insertInto('lostdeal_migrations')
        .values({ version, name, applied_at: dialect.nowMs })
        .execute();
    });
  }
  return pending.map(({ name }) => name);
}
