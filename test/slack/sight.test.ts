/** Who reads which figures, words and deals: each question for each person. */
import { callEnds } from '../../src/coach/callEnds';
import type { Coach, Who } from '../../src/coach/context';
import { against, dealsBehind, type Learned, learn, reportAsked, teamsOf } from '../../src/coach/learn';
import { seeDeal } from '../../src/coach/overview';
import type { Deal } from '../../src/deal/model/deal';
import { INSIGHT_VERSION, insightOf } from '../../src/insights/insightOf';
import { BUILT_IN_DIR, loadPlaybooks } from '../../src/playbook/checking/loader';
import { renderThread } from '../../src/slack/messages/renderThread';
import { headline } from '../../src/slack/text';
import { competitorPage } from '../../src/slack/views/learn';
import { ACME, aDeal, aPerson, commitOf, decidedAsk, MATCH, NOON } from '../store/builder';
import { openSqliteForTest } from '../store/harness';
import { heartbeat, reasons } from './deals';
import { readView } from './read';

const NORTH = { id: 'T1', name: 'North', manager: 'UNORTH', reps: ['UREP', 'UREP2'], channel: null };
const SOUTH = { id: 'T2', name: 'South', manager: 'USOUTH', reps: ['UREP3'], channel: null };
const OTHERS = { enterpriseId: '', teamId: 'TOTHERS' };

/** Each with words that stand in no other deal. */
const lost = (id: string, rep: string, kept: 'held' | 'broken'): Deal =>
  aDeal({
    id,
    rep,
    account: `Account ${id}`,
    stage: 'closed',
    verdict: 'pulse',
    position: null,
    playbook: { id: heartbeat.id, hash: heartbeat.hash },
    details: {
      ...aDeal().details,
      competitor: 'Globex',
      reasons: ['price'],
      amount: { minor: 100, currency: 'USD' },
    },
    trail: [
      {
        stepId: 'attraction',
        visit: 1,
        answer: { kind: 'text', text: `words of ${id}` },
        fact: 'attraction',
        source: 'prospect',
        at: NOON,
      },
    ],
    ask: decidedAsk(MATCH),
    pledge: { reminder: null, answer: { kept, source: 'prospect', by: rep, at: NOON } },
    outcome: { kind: 'lost', reason: null },
    outcomeAt: NOON,
    closedAt: NOON,
    closedBecause: 'outcome',
  });

const DEALS: readonly Deal[] = [
  lost('D1', 'UREP', 'held'),
  lost('D2', 'UREP2', 'broken'),
  lost('D3', 'UREP3', 'broken'),
  lost('D4', 'UGUEST', 'held'),
].map((deal) => ({ ...deal, ask: deal.ask && { ...deal.ask, manager: 'UDECIDES', decisions: [] } }));

let coach: Coach;
let dispose: () => Promise<void>;
beforeAll(async () => {
  const { store, ...opened } = await openSqliteForTest();
  dispose = () => opened.dispose();
  coach = {
    store,
    clock: { now: () => NOON },
    ids: { deal: () => 'D9' },
    playbooks: loadPlaybooks({ builtInDir: BUILT_IN_DIR }),
    changed: () => undefined,
  };
  await store.workspace.saveSettings(ACME, {
    admins: ['UADMIN'],
    teams: [NORTH, SOUTH],
    guestsAsReps: true,
  });
  for (const userId of ['UREP', 'UREP2', 'UREP3', 'UNORTH', 'USOUTH', 'UADMIN', 'UNOBODY'])
    await store.workspace.savePerson(ACME, aPerson(userId));
  await store.workspace.savePerson(ACME, aPerson('UGUEST', { isGuest: true }));
  await store.workspace.savePerson(ACME, aPerson('USTRANGER', { isStranger: true }));
  await store.workspace.savePerson(ACME, aPerson('UDECIDES'));
  await store.workspace.savePerson(OTHERS, { ...aPerson('UADMIN'), isAdmin: true });
  for (const deal of DEALS) {
    await store.deals.commit({ ...commitOf(deal), changesNoMessage: true });
    await store.insights.writeRows(INSIGHT_VERSION, [{ ...insightOf(deal), tenant: ACME }]);
  }
});
afterAll(() => dispose());

const who = (userId: string, tenant = ACME): Who => ({ tenant, userId, teamId: tenant.teamId });

/** Every question as a number of deals. */
const QUESTIONS: Readonly<Record<string, (learned: Learned) => number>> = {
  'from no to back': ({ figures }) => figures.funnel.lost,
  reasons: ({ figures }) => figures.reasons.reduce((total, { said }) => total + said, 0),
  'was it true': ({ figures }) => figures.causes.reduce((total, { said }) => total + said, 0),
  competitors: ({ figures }) => figures.competitors.reduce((total, it) => total + it.lost, 0),
  promises: ({ figures }) => figures.pledges.reduce((total, it) => total + it.held + it.broken, 0),
  'new or a customer': ({ figures }) => figures.business.reduce((total, it) => total + it.lost, 0),
  reps: ({ figures }) => figures.reps.reduce((total, it) => total + it.lost, 0),
  worth: ({ figures }) => figures.reasons.reduce((sum, { worth }) => sum + (worth[0]?.minor ?? 0) / 100, 0),
};

describe.each<[string, Who, readonly string[]]>([
  ['a rep', who('UREP'), ['D1']],
  ['the manager of a team', who('UNORTH'), ['D1', 'D2']],
  ["another team's manager", who('USOUTH'), ['D3']],
  ['an admin', who('UADMIN'), ['D1', 'D2', 'D3', 'D4']],
  ['whoever was asked to decide', who('UDECIDES'), ['D1', 'D2', 'D3', 'D4']],
  ['a guest', who('UGUEST'), ['D4']],
  ['somebody without a part', who('UNOBODY'), []],
  ['an admin of another workspace', who('UADMIN', OTHERS), []],
])('%s', (_, person, ids) => {
  it.each(Object.entries(QUESTIONS))(
    'reads of %s only figures of deals that they may see',
    async (__, counted) => {
      const learned = await learn(coach, person, against('Globex'));
      expect(learned === null ? null : counted(learned)).toBe(ids.length);
    },
  );

  it('reads only of calls that they may see where they end', async () => {
    const versions = await callEnds(coach, person, against('Globex'));
    expect(versions?.map(({ calls }) => calls)).toEqual(ids.length === 0 ? [] : [ids.length]);
  });

  it('reads only the words of these deals, and opens no others', async () => {
    const asked = against('Globex');
    const learned = await learn(coach, person, asked);
    const of = { kind: 'pledge', state: 'promised' } as const;
    const behind = (await dealsBehind(coach, person, asked, { of, limit: 9, offset: 0 })) ?? [];
    expect(behind.map(({ dealId }) => dealId).sort()).toEqual(ids);
    const deals = await Promise.all(behind.map(({ dealId }) => seeDeal(coach, person, dealId)));
    if (learned === null) throw new Error('nothing is shown');
    const offers = { deals: deals.filter((deal) => deal !== null), page: 0, more: false };
    const page = readView(competitorPage(learned, offers, 'vs Globex'));
    for (const { id } of DEALS) expect([id, page.includes(`words of ${id}`)]).toEqual([id, ids.includes(id)]);
    expect(page.includes('They promised something in')).toBe(ids.length > 0);
  });
});

it.each([
  ['a rep', 'UREP', ['North']],
  ['the manager of a team', 'UNORTH', ['North']],
  ["another team's manager", 'USOUTH', ['South']],
  ['an admin', 'UADMIN', ['North', 'South']],
  ['somebody without a part', 'UNOBODY', []],
  ['somebody from outside', 'USTRANGER', []],
])('%s picks among the teams that they lead or are in', async (_, user, names) => {
  expect((await teamsOf(coach, who(user))).map(({ name }) => name)).toEqual(names);
});

it('a manager who types the name of another team reads that they see none of its deals', async () => {
  const asked = await reportAsked(coach, who('UNORTH'), 'all South');
  if (asked === null) throw new Error('South is a team');
  const learned = await learn(coach, who('UNORTH'), asked);
  expect(learned === null ? null : headline(learned)).toBe(
    'So far South has lost no deals that you can see.',
  );
});

it('a mistyped competitor leads to the names in the sight of whoever types it, and to no others', async () => {
  expect((await learn(coach, who('UREP'), against('Globx')))?.alike).toEqual(['Globex']);
  expect((await learn(coach, who('UNOBODY'), against('Globx')))?.alike).toEqual([]);
  const learned = await learn(coach, who('UREP'), against('Globx'));
  if (learned === null) throw new Error('nothing is shown');
  const page = readView(competitorPage(learned, { deals: [], page: 0, more: false }, 'vs Globx'));
  expect(page).toContain("So far we've lost no deals to Globx that you can see.\nDid you mean this one?");
  expect(page).toContain('See Globex');
});

it('somebody from outside reads nothing at all', async () => {
  expect(await learn(coach, who('USTRANGER'), against('Globex'))).toBeNull();
  expect(
    await dealsBehind(coach, who('USTRANGER'), against('Globex'), { of: null, limit: 9, offset: 0 }),
  ).toBeNull();
});

it('a public channel learns neither the words nor whether a promise held', () => {
  for (const deal of DEALS) {
    const slots = renderThread(deal, {
      privacy: 'short',
      playbook: heartbeat,
      reasons,
      remarks: new Map(),
      repName: null,
    });
    const inChannel = JSON.stringify(slots.filter(({ place }) => place.in !== 'dm'));
    expect(inChannel).not.toMatch(/words of|promise|Globex/u);
  }
});
