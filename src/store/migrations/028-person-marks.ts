/** What a person chose or was offered, kept even before Slack has described them. */
import { sql } from 'kysely';
import type { Migration } from './migration';

export const personMarks: Migration = {
  version: 28,
  name: 'person-marks',
  async up(db) {
    await db.schema
      .createTable('person_marks')
      .addColumn('enterprise_id', 'text', (c) => c.notNull())
      .addColumn('team_id', 'text', (c) => c.notNull())
      .addColumn('user_id', 'text', (c) => c.notNull())
      .addColumn('no_advice', 'smallint', (c) => c.notNull().defaultTo(0))
      .addColumn('practice_offered', 'smallint', (c) => c.notNull().defaultTo(0))
      .addPrimaryKeyConstraint('person_marks_key', ['enterprise_id', 'team_id', 'user_id'])
      .execute();
    await sql`insert into person_marks (enterprise_id, team_id, user_id, no_advice)
      select enterprise_id, team_id, user_id, 1 from people where no_advice = 1`.execute(db);
    // The column stays, empty.
    await sql`update people set no_advice = 0 where no_advice = 1`.execute(db);
  },
};
