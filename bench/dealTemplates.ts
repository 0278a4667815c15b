/**
 * Lives of deals as rows. We play each life once through the use cases, and `seedDeals.ts` copies it by the hundred
 * thousand. So people could have made every seeded deal, whatever a deal is today.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Acted, act } from '../src/coach/act';
import { nameManager } from '../src/coach/ask';
import { answerStep, startDeal } from '../src/coach/call';
import type { Coach, Who } from '../src/coach/context';
import { keepPlaybooks, playbookOf } from '../src/coach/playbooks';
import type { Command } from '../src/deal/model/commands';
import type { Deal } from '../src/deal/model/deal';
import { createProjector } from '../src/insights/projector';
import type { AnswerValue } from '../src/playbook/answer';
import { BUILT_IN_DIR, loadPlaybooks } from '../src/playbook/checking/loader';
import { FACT_KINDS, type Step } from '../src/playbook/schema';
import { stepOf } from '../src/playbook/walk';
import { openStore } from '../src/store/open';
import { connectSqlite } from '../src/store/sqlite/connectSqlite';
import type { Store } from '../src/store/store';

export type Row = Readonly<Record<string, string | number | null>>;

/** One deal with all its rows. */
export interface Life {
  /** The number of deals in a hundred that take this course. */
  readonly share: number;
  /** Its last moment, ms UTC. */
  readonly end: number;
  readonly deal: Row;
  readonly events: readonly Row[];
  /** Its row of figures. */
  readonly insight: Row;
}

/** The placeholders in the rows for values that differ from deal to deal. */
export const STOOD_IN = {
  team: 'T0LIVES',
  rep: 'U0LIVESREP',
  manager: 'U0LIVESMANAGER',
  account: 'Account of a life',
  competitor: 'Competitor of a life',
  /** The start of each life, ms UTC; every moment in the rows is within a year after it. */
  start: Date.UTC(2020, 0, 6, 9),
} as const;

interface Story {
  readonly share: number;
  /** The choices that the rep makes where a screen has one of them; elsewhere the call just goes on. */
  readonly choices: readonly string[];
  /** The number of screens that the rep submits before the call breaks off. */
  readonly screens?: number;
  readonly afterwards?: readonly ('decline' | 'counter' | 'lost')[];
}

const RESCUED = ['yes', 'nothing_else', 'no'];
/** Most deals have ended long ago; a few per cent are open. */
const STORIES: readonly Story[] = [
  { share: 49, choices: ['rather_not_say'] },
  { share: 30, choices: ['no'] },
  { share: 8, choices: ['yes', 'nothing_else', 'signed'] },
  { share: 5, choices: RESCUED, afterwards: ['decline', 'lost'] },
  { share: 4, choices: RESCUED, afterwards: ['counter', 'lost'] },
  { share: 1, choices: RESCUED, afterwards: ['counter'] },
  { share: 1, choices: RESCUED },
  { share: 2, choices: [], screens: 3 },
];

const MINUTE = 60_000;

export async function playLives(): Promise<Life[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lostdeal-lives-'));
  const path = join(folder, 'lives.db');
  let now = STOOD_IN.start as number;
  let count = 0;
  const store = await openStore(`file:${path}`);
  const coach: Coach = {
    store,
    clock: { now: () => now },
    ids: { deal: () => idOf(count) },
    playbooks: loadPlaybooks({ builtInDir: BUILT_IN_DIR, extraDir: null }),
    changed: () => undefined,
  };
  await keepPlaybooks(coach);
  await describePeople(store);
  const ends: number[] = [];
  for (const story of STORIES) {
    now = STOOD_IN.start;
    await play(coach, story, () => {
      now += MINUTE;
    });
    ends.push(now);
    count += 1;
  }
  await createProjector({ store, logger: { warn: () => undefined } }).round();
  await store.close();
  const lives = readRows(path, ends);
  rmSync(folder, { recursive: true });
  return lives;
}

/** As Slack does, since only people whom the app knows can be named. */
async function describePeople(store: Store): Promise<void> {
  for (const userId of [STOOD_IN.rep, STOOD_IN.manager]) {
    await store.workspace.savePerson(
      { enterpriseId: '', teamId: STOOD_IN.team },
      {
        userId,
        realName: 'Robin Reed',
        tz: 'Europe/Berlin',
        isAdmin: false,
        isBot: false,
        isStranger: false,
        isGuest: false,
        deleted: false,
        fetchedAt: STOOD_IN.start,
      },
    );
  }
}

const idOf = (index: number): string => `D0LIFE${index}`;

async function play(coach: Coach, story: Story, wait: () => void): Promise<void> {
  const tenant = { enterpriseId: '', teamId: STOOD_IN.team };
  const rep: Who = { tenant, userId: STOOD_IN.rep, teamId: tenant.teamId };
  const manager: Who = { ...rep, userId: STOOD_IN.manager };
  const id = coach.ids.deal();
  let deal = done(
    await startDeal(coach, rep, { id, account: STOOD_IN.account, business: 'new', playbookId: null }),
  );
  for (let screen = 0; deal.position !== null; screen++) {
    if (screen === story.screens) return;
    wait();
    const step = stepOf(await playbookOf(coach, deal), deal.position.stepId);
    const given = { ...deal.position, answer: answerTo(step, story.choices) };
    deal = done(await answerStep(coach, rep, id, given));
  }
  wait();
  if (deal.manager === null) done(await nameManager(coach, rep, id, STOOD_IN.manager));
  wait();
  const details = { amount: { minor: 4_200_000, currency: 'EUR' }, competitor: STOOD_IN.competitor };
  deal = done(await act(coach, rep, id, { type: 'fill_in', details, manager: null, sendsAsk: true }));
  for (const what of story.afterwards ?? []) {
    wait();
    const command = commandOf(what, deal);
    deal = done(await act(coach, what === 'lost' ? rep : manager, id, command));
  }
}

function answerTo(step: Step, wanted: readonly string[]): AnswerValue {
  const choice = step.choices?.find(({ id }) => wanted.includes(id));
  if (choice !== undefined) return { kind: 'choice', choice: choice.id };
  if (step.next === undefined) return { kind: 'choice', choice: step.choices?.[0]?.id ?? '' };
  if (step.record === undefined) return { kind: 'said' };
  switch (FACT_KINDS[step.record.fact]) {
    case 'text':
      return { kind: 'text', text: 'They start two weeks earlier, and somebody comes by on the first days.' };
    case 'reasons':
      return { kind: 'reasons', text: 'One invoice for everything, and a person to call.', reasons: [] };
    default:
      return { kind: 'unknown' };
  }
}

function commandOf(what: 'decline' | 'counter' | 'lost', { ask }: Deal): Command {
  switch (what) {
    case 'decline':
      return {
        type: 'decide',
        ask: ask?.id ?? 0,
        decision: { kind: 'decline', reason: 'It would be below what it costs us.' },
      };
    case 'counter':
      return {
        type: 'decide',
        ask: ask?.id ?? 0,
        decision: {
          kind: 'counter',
          terms: 'The same start, at our price.',
          levers: [],
          value: null,
          inReturn: null,
          expiresAt: null,
        },
      };
    case 'lost':
      return { type: 'report_outcome', outcome: { kind: 'lost', reason: null } };
  }
}

function done(acted: Acted): Deal {
  if (!acted.ok) throw new Error(`a life cannot be played any more: ${acted.code}`);
  return acted.deal;
}

function readRows(path: string, ends: readonly number[]): Life[] {
  const file = connectSqlite(path, { readonly: true });
  try {
    const dealOf = file.prepare('select * from deals where id = ?');
    const eventsOf = file.prepare('select * from events where deal_id = ? order by seq');
    const insightOf = file.prepare('select * from insights where deal_id = ?');
    return STORIES.map(({ share }, index) => {
      // The database computes it from the other columns.
      const { due_at: _, ...deal } = dealOf.get(idOf(index)) as Record<string, string | number | null>;
      return {
        share,
        end: ends[index] ?? 0,
        deal,
        events: eventsOf.all(idOf(index)) as Row[],
        insight: insightOf.get(idOf(index)) as Row,
      };
    });
  } finally {
    file.close();
  }
}
