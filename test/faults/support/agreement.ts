/** The one deal of a test on disk, and waiting until Slack agrees with it. */
import type { SeenMessage } from 'slack-sandbox';
import type { Deal, UserId } from '../../../src/deal/model/deal';
import type { KeptRemark } from '../../../src/deal/model/remark';
import { BUILT_IN_DIR, loadPlaybooks } from '../../../src/playbook/checking/loader';
import { readDeal } from '../../../src/store/records/dealJson';
import { readRemark } from '../../../src/store/records/remarkRow';
import { connectSqlite, type SqliteConnection } from '../../../src/store/sqlite/connectSqlite';
import { until } from '../../e2e/support/until';
import { PRIVATE_CHANNEL } from '../../e2e/support/world';
import type { Supervised } from './supervised';
import { threadDifferences } from './threadDifferences';

const PEOPLE = ['robin', 'maya'] as const;
const playbooks = loadPlaybooks({ builtInDir: BUILT_IN_DIR });

/**
 * Waits until Slack agrees with the one deal there is.
 *
 * @param missing what the deal still has to learn: Slack retries an event that was not acked
 * @returns that deal
 */
export async function waitForAgreement(
  app: Supervised,
  missing: (deal: Deal) => readonly string[] = () => [],
): Promise<Deal> {
  let differences: readonly string[] = [];
  return until(
    app.sandbox,
    'agreement of Slack with the deal',
    async () => {
      const found = readDisk(app.databaseFile);
      differences = [
        ...missing(found.deal).map((what) => `${what} has not arrived yet`),
        ...found.unfinished,
      ];
      if (differences.length > 0) return undefined;
      differences = threadDifferences(found, await messagesOfBot(app), {
        channel: PRIVATE_CHANNEL,
        playbooks,
      });
      return differences.length === 0 ? found.deal : undefined;
    },
    () => differences.join('\n'),
  );
}

type DealRow = Parameters<typeof readDeal>[0] & {
  readonly revision: number;
  readonly rendered_revision: number;
};

/** The deal as it is on disk now, while the app writes it; null before there is one. */
export function dealOnDisk(file: string): Deal | null {
  return onDisk(file, (database) => {
    const row = rowOf(database);
    return row === null ? null : readDeal(row);
  });
}

function readDisk(file: string): {
  readonly deal: Deal;
  readonly remarks: readonly KeptRemark[];
  readonly names: ReadonlyMap<UserId, string>;
  readonly unfinished: readonly string[];
} {
  return onDisk(file, (database) => {
    const row = rowOf(database);
    if (row === null) throw new Error('there is no deal');
    const unfinished = database
      .prepare("select key from slots where state = 'intended' or intent_at is not null")
      .all() as { key: string }[];
    return {
      deal: readDeal(row),
      names: namesIn(database),
      remarks: (database.prepare('select * from remarks').all() as Parameters<typeof readRemark>[0][]).map(
        readRemark,
      ),
      unfinished: [
        ...unfinished.map(({ key }) => `${key} is not settled`),
        ...(row.rendered_revision < row.revision ? ['the deal is dirty'] : []),
      ],
    };
  });
}

function namesIn(database: SqliteConnection): ReadonlyMap<UserId, string> {
  const rows = database.prepare('select user_id, real_name from people').all() as {
    user_id: UserId;
    real_name: string;
  }[];
  return new Map(rows.map(({ user_id, real_name }) => [user_id, real_name]));
}

function rowOf(database: SqliteConnection): DealRow | null {
  const rows = database
    .prepare('select id, team_id, state_format, state, revision, rendered_revision from deals')
    .all() as DealRow[];
  if (rows.length > 1) throw new Error(`there are ${rows.length} deals, not one`);
  return rows[0] ?? null;
}

/** SQLite's write-ahead log lets us read while the app writes. */
function onDisk<T>(file: string, read: (database: SqliteConnection) => T): T {
  const database = connectSqlite(file, { readonly: true });
  try {
    return read(database);
  } finally {
    database.close();
  }
}

/** All messages of the app's bot, whoever sees them. */
async function messagesOfBot(app: Supervised): Promise<readonly SeenMessage[]> {
  const views = await Promise.all(PEOPLE.map((name) => app.slack.as(name).view()));
  const messages = views.flatMap((view) => Object.values(view.messages).flat());
  const ours = messages.filter(({ userId }) => userId === app.sandbox.botUserId);
  return [...new Map(ours.map((message) => [`${message.channel} ${message.ts}`, message])).values()];
}
