/**
 * The cost of a deal that others filled to its bounds, beside an ordinary one: acks on it, and on the list that has it.
 */
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { type Acted, act } from '../src/coach/act';
import { nameManager } from '../src/coach/ask';
import { startDeal } from '../src/coach/call';
import type { Coach, Who } from '../src/coach/context';
import { keepPlaybooks } from '../src/coach/playbooks';
import { offersOf } from '../src/coach/remarks';
import type { Command } from '../src/deal/model/commands';
import { BUILT_IN_DIR, loadPlaybooks } from '../src/playbook/checking/loader';
import { contentHash } from '../src/reconciler/pass/contentHash';
import { ACTIONS, encodeRef, VIEWS } from '../src/slack/ids';
import { renderThread } from '../src/slack/messages/renderThread';
import { FILL_IN } from '../src/slack/views/detailFields';
import { openStore } from '../src/store/open';
import { connectSqlite } from '../src/store/sqlite/connectSqlite';
import { connect } from './connection';
import { medianOf, milliseconds, percentile, ratioOf, table } from './figures';
import type { Bench, Part } from './part';
import { commandForm, formOf, type Rep } from './payloads';
import type { RunningApp } from './process';
import { CHANNEL, TEAM } from './slackStub';

const CONNECTIONS = 4;
const ROUNDS = 7;
const ROUND_MS = 3_000;
const WARM_UP_MS = 6_000;
/** A pause between requests, so that their own cost is the same on a fast machine and a slow one. */
const TYPE_EVERY_MS = 20;

const KINDS = ['list', 'save'] as const;
type Kind = (typeof KINDS)[number];
type Latencies = Readonly<Record<Kind, number[]>>;

const NAMES: Readonly<Record<Kind, string>> = { list: '`/lostdeal list`', save: 'notes saved' };

interface Side {
  readonly app: RunningApp;
  /** One deal for each connection's rep. */
  readonly deals: readonly string[];
  readonly rounds: Latencies[];
}

export const worstDeal: Part = {
  name: 'worst-deal',
  title: 'The worst deal allowed',
  async measure(bench) {
    const [ordinary, worst] = [await sideOf(bench, false), await sideOf(bench, true)];
    for (const side of [ordinary, worst]) await round(side, WARM_UP_MS);
    for (let turn = 0; turn < ROUNDS; turn += 1) {
      for (const side of [ordinary, worst]) side.rounds.push(await round(side, ROUND_MS));
    }
    return `${CONNECTIONS} reps, each with one open deal that waits for its manager, type \`/lostdeal list\` and save their notes of the call
in turns, one request every ${TYPE_EVERY_MS} ms. On one side the deals are ordinary. On the other everybody has added what they
can, by the same commands, until each was refused: questions with the longest answers up to the bound of a state, and two
hundred replies of 40,000 characters. Medians of ${ROUNDS} rounds of ${ROUND_MS / 1000} s, in turns.

${table([
  ['', 'ordinary', 'worst', 'worst / ordinary'],
  ...KINDS.flatMap((kind) =>
    [0.5, 0.99].map((share) => {
      const [one, other] = [ordinary, worst].map(({ rounds }) =>
        medianOf(rounds.map((latencies) => percentile(latencies[kind], share))),
      );
      const [less = Number.NaN, more = Number.NaN] = [one, other];
      return [`${NAMES[kind]}, p${share * 100}`, milliseconds(less), milliseconds(more), ratioOf(more, less)];
    }),
  ),
])}

${LIMITS}
`;
  },
};

const LIMITS = `What limits it: a click writes the state of its deal once and checks it, and the reconciler renders all messages of a deal
that changed, in the same thread. So a state has a bound (40,000 characters, and 16,000 more for what brings a deal to
its end), replies are in rows that only *Show all* reads, and questions, asks, decisions and offers of a deal are counted.

What was changed because of it: long words are cut by looking at the characters around the cut and not at each; what
Slack shows of a deal is rendered once, and not in each pass while an edit waits for its turn.`;

/** A database with a deal for each rep, and a Lostdeal on it. */
async function sideOf(bench: Bench, isWorst: boolean): Promise<Side> {
  const path = join(bench.folder, isWorst ? 'worst.db' : 'ordinary.db');
  const url = `file:${path}`;
  const store = await openStore(url);
  const coach: Coach = {
    store,
    clock: { now: () => Date.now() },
    ids: { deal: () => 'unused' },
    playbooks: loadPlaybooks({ builtInDir: BUILT_IN_DIR, extraDir: null }),
    changed: () => undefined,
  };
  await keepPlaybooks(coach);
  const deals: string[] = [];
  for (let index = 0; index < CONNECTIONS; index += 1) {
    const id = `d${'0'.repeat(18)}${index}`;
    const size = await fill(coach, id, whoIs(repOf(index).userId), isWorst);
    if (index === 0) bench.say(`  ${isWorst ? 'worst' : 'ordinary'} deal: a state of ${size} characters`);
    deals.push(id);
  }
  const shown = await Promise.all(deals.map((id) => rowsShown(coach, id)));
  await store.close();
  markShown(path, shown.flat());
  return { app: await bench.lostdeal(url), deals, rounds: [] };
}

type ShownRow = readonly [deal: string, key: string, hash: string];

/** The rows of a deal all of whose messages are posted. */
async function rowsShown(coach: Coach, id: string): Promise<readonly ShownRow[]> {
  const deal = await coach.store.deals.load(tenant, id);
  const playbook = deal && coach.playbooks.latest(deal.playbook.id);
  if (deal === null || playbook === null) throw new Error(`there is no deal ${id}`);
  const context = {
    playbook,
    reasons: coach.playbooks.reasons,
    remarks: await offersOf(coach, deal),
    repName: null,
  };
  return renderThread(deal, { ...context, privacy: 'full' }).map((slot) => [id, slot.key, contentHash(slot)]);
}

/** Marks everything as shown, so that we measure only the requests, and no posts that wait for their turn. */
function markShown(path: string, rows: readonly ShownRow[]): void {
  const file = connectSqlite(path);
  const put = file.prepare(
    `insert into slots (enterprise_id, team_id, deal_id, key, channel, ts, hash, state, intent_at, lookups)
      values ('', ?, ?, ?, ?, ?, ?, 'posted', null, 0)`,
  );
  for (const [index, [deal, key, hash]] of rows.entries())
    put.run(TEAM, deal, key, CHANNEL, `1700000000.${String(index).padStart(6, '0')}`, hash);
  file.exec('update deals set rendered_revision = revision');
  file.close();
}

const tenant = { enterpriseId: '', teamId: TEAM };
const repOf = (index: number): Rep => ({ userId: `U000REP${index}`, name: `rep${index}` });
const whoIs = (userId: string): Who => ({
  tenant,
  userId,
  teamId: TEAM,
});

/** @returns the length of the deal's state, in characters */
async function fill(coach: Coach, id: string, rep: Who, isWorst: boolean): Promise<number> {
  const manager = whoIs('U000BOSS');
  const by = async (who: Who, command: Command) => act(coach, who, id, command);
  done(await startDeal(coach, rep, { id, account: `Account ${id}`, business: 'new', playbookId: null }));
  done(await nameManager(coach, rep, id, manager.userId));
  const answers = [{ stepId: 'thanks', answer: { kind: 'said' }, fact: null, source: 'rep' }] as const;
  const record = { type: 'record_after', verdict: 'pulse', answers, details: {}, ledger: null } as const;
  done(await by(rep, record));
  let deal = done(await by(rep, { type: 'fill_in', details: { notes: notesOf(0) }, manager: null }));
  if (isWorst) {
    for (let count = 0; count < 30; count += 1) {
      // The bound refuses words that would pass it; shorter words fill the rest.
      for (const length of [3_000, 1_000, 300, 100]) {
        const asked = await by(manager, { type: 'ask_rep', text: `${count} `.padEnd(length, 'why ') });
        if (!asked.ok) continue;
        deal = asked.deal;
        break;
      }
    }
    for (let count = 1; count <= 500; count += 1) {
      const text = 'long '.repeat(8_000);
      const reply = { type: 'remark', text, channel: CHANNEL, ts: `1.${count}` } as const;
      const kept = await by(count <= 100 ? whoIs('U000OTHER') : manager, reply);
      if (kept.ok) deal = kept.deal;
    }
  }
  return JSON.stringify(deal).length;
}

function done(acted: Acted) {
  if (!acted.ok) throw new Error(`a deal could not be made: ${acted.code}`);
  return acted.deal;
}

/** The notes always have the same length, so that no bound refuses them. */
const notesOf = (count: number): string => `Notes ${String(count).padStart(8, '0')}`;

let typed = 0;

async function round({ app, deals }: Side, ms: number): Promise<Latencies> {
  const latencies: Record<Kind, number[]> = { list: [], save: [] };
  const until = performance.now() + ms;
  await Promise.all(
    deals.map(async (deal, index) => {
      const rep = repOf(index);
      const connection = connect(app.port);
      try {
        for (let turn = 0; performance.now() < until; turn += 1) {
          typed += 1;
          const trigger = `${Date.now()}.${typed}`;
          const kind = turn % 2 === 0 ? 'list' : 'save';
          const form =
            kind === 'list'
              ? commandForm(rep, trigger, 'list')
              : notesForm(rep, trigger, deal, notesOf(typed));
          const { status, body, ms: took } = await connection.send(form);
          if (status !== 200 || body.includes('errors')) throw new Error(`${kind}: ${status} ${body}`);
          latencies[kind].push(took);
          await after(TYPE_EVERY_MS);
        }
      } finally {
        connection.close();
      }
    }),
  );
  for (const kind of KINDS) latencies[kind].sort((a, b) => a - b);
  return latencies;
}

const notesForm = (rep: Rep, trigger: string, deal: string, notes: string): string =>
  formOf(rep, trigger, {
    type: 'modal',
    callback_id: VIEWS.fillIn,
    private_metadata: encodeRef({ deal }),
    blocks: [],
    state: { values: { [FILL_IN.notes]: { [ACTIONS.input]: { type: 'plain_text_input', value: notes } } } },
  });
