/** Figures over many deals are those that a plain count over their events gives, for everybody who may see them. */
import fc from 'fast-check';
import { maySee } from '../../src/deal/decide/permissions';
import type { Actor } from '../../src/deal/model/commands';
import { type Deal, PLEDGE_KEPT, type PledgeKept } from '../../src/deal/model/deal';
import type { DealEvent } from '../../src/deal/model/events';
import type { Money } from '../../src/deal/model/money';
import { createProjector } from '../../src/insights/projector';
import { FIGURE_STEPS, figuresOf, funnelOfAll, funnelsOf, wordsOf } from '../../src/insights/questions';
import { shareOf } from '../../src/insights/share';
import { openStore } from '../../src/store/open';
import type { FigureOf, FiguresAsked, PledgeState, Sight, Store } from '../../src/store/store';
import { MATCH, World } from '../deal/world';
import { createDatabase, describeOnPostgres } from '../postgres/database';
import { openSqliteForTest } from '../store/harness';
import { lives } from './lives';
import { COLLEAGUE, DAY, MANAGER, PEOPLE_OF_DEALS, TENANT, TUESDAY } from './people';
import { recount } from './recount';

interface Lived {
  readonly deal: Deal;
  readonly events: readonly DealEvent[];
}

const DEALS = 120;

/** Random lives seldom end like this. */
const SILENT = ['attraction', 'picture', 'picture'].map((step) =>
  new World().start().say({ kind: 'said' }, step).reach('declined_to_say'),
);

function given(): World {
  const world = new World().start();
  world.reach('pulse', ['picture', { kind: 'reasons', text: '', reasons: ['price', 'features'] }]);
  const details = { amount: null, reasons: null, competitor: 'Globex' };
  world.accepted({ type: 'fill_in', details, manager: null });
  return world.decided(MATCH);
}

/** Each with an id of its own, a day after the other. */
const LIVED: readonly Lived[] = [
  ...fc.sample(lives, { numRuns: DEALS, seed: 23 }),
  ...SILENT,
  given(),
  given(),
].map(({ it, events }, index) => {
  const id = `D${index}`;
  const startedAt = TUESDAY + index * DAY;
  const playbook = { id: 'heartbeat', hash: `version ${index % 3}` };
  return {
    deal: { ...it, id, startedAt, playbook },
    events: events.map((event) => (event.type === 'started' ? { ...event, id, playbook } : event)),
  };
});

const sightOf = (actor: Actor): Sight =>
  actor.isAdmin
    ? 'all'
    : { userId: actor.userId, manages: actor.manages ?? [], standsInFor: actor.standsInFor };

const asked = (actor: Actor, more: Partial<FiguresAsked> = {}): FiguresAsked => ({
  tenant: TENANT,
  sight: sightOf(actor),
  from: null,
  until: null,
  reps: null,
  competitor: null,
  ...more,
});

const money = (amounts: readonly (Money | null)[]): Money[] => {
  const currencies = [...new Set(amounts.flatMap((it) => it?.currency ?? []))].sort();
  return currencies
    .map((currency) => ({
      currency,
      minor: amounts.reduce((total, it) => total + (it?.currency === currency ? it.minor : 0), 0),
    }))
    .filter(({ minor }) => minor > 0);
};

function funnel(all: readonly Lived[]) {
  const rows = all.map(({ events }) => recount(events));
  const how = (is: (row: (typeof rows)[number]) => boolean) => rows.filter(is).length;
  return {
    lost: rows.length,
    reached: how((it) => it.wasReached),
    wouldHave: how((it) => it.wouldHave === true),
    wouldHaveNotKnown: how((it) => it.wasReached && it.wouldHave === null),
    asked: how((it) => it.wasAsked),
    decided: how((it) => it.wasDecided),
    inTime: how((it) => it.wasInTime === true),
    tried: how((it) => it.wasTried),
    yes: how((it) => it.wasYes),
    gave: how((it) => it.wasGiven),
    back: how((it) => it.isBack),
    backMoney: money(rows.map(({ back }) => back)),
    backNotKnown: how(({ isBack, back }) => isBack && back === null),
    signed: how((it) => it.isSigned),
    signedMoney: money(rows.filter(({ isSigned }) => isSigned).map(({ back }) => back)),
    cost: money(rows.map(({ cost }) => cost)),
    costNotKnown: how(({ isBack, cost }) => isBack && cost === null),
  };
}

/** The manager's reason counts before what the buyer said. */
const countedIn = ({ confirmed, reasons }: ReturnType<typeof recount>): readonly string[] =>
  confirmed.length > 0 ? confirmed : reasons;

/** Of one reason; the reasons of a counter-offer are its levers, which random deals have none of. */
function reason(all: readonly Lived[], id: string) {
  const rows = all.map(({ events }) => recount(events));
  const said = rows.filter((row) => countedIn(row).includes(id));
  return {
    reason: id,
    said: said.length,
    confirmed: said.filter(({ confirmed }) => confirmed.length > 0).length,
    worth: money(said.map(({ worth }) => worth)),
    worthNotKnown: said.filter(({ worth }) => worth === null).length,
    ...moved(rows.filter((it) => it.given.includes(id))),
  };
}

function moved(given: readonly ReturnType<typeof recount>[]) {
  const back = given.filter(({ isBack }) => isBack).length;
  const stillLost = given.filter(({ isLost }) => isLost).length;
  return {
    given: given.length,
    inReturn: given.filter(({ hasReturn }) => hasReturn).length,
    back,
    stillLost,
    cost: money(given.map(({ cost }) => cost)),
    costNotKnown: given.filter(({ isBack, cost }) => isBack && cost === null).length,
    share: shareOf(back, back + stillLost),
  };
}

const competitorOf = (it: Lived) => it.deal.details.competitor?.trim().toLowerCase() ?? null;

function suite(open: () => Promise<{ readonly store: Store; dispose(): Promise<void> }>): void {
  let store: Store;
  let dispose: () => Promise<void>;
  beforeAll(async () => {
    const opened = await open();
    store = opened.store;
    dispose = () => opened.dispose();
    for (const { deal, events } of LIVED)
      await store.deals.commit({ deal, events, expectedRevision: 0, wakeAt: null });
    await createProjector({ store, logger: { warn: () => undefined } }).round();
  });
  afterAll(() => dispose());

  const behind = (of: FigureOf, limit = 1_000, offset = 0) =>
    store.insights.dealsBehind(asked(MANAGER), { of, limit, offset });

  const counted = LIVED.filter(({ events }) => recount(events).counts);
  const seenBy = (actor: Actor) => counted.filter(({ deal }) => maySee(deal, actor));

  it.each(PEOPLE_OF_DEALS)('are over the deals that %s may see, and no others', async (_, actor) => {
    const deals = await store.insights.dealsBehind(asked(actor), { of: null, limit: 1_000, offset: 0 });
    expect(deals.map(({ dealId }) => dealId).sort()).toEqual(
      seenBy(actor)
        .map(({ deal }) => deal.id)
        .sort(),
    );
    const figures = await figuresOf(store, asked(actor));
    expect(figures.funnel).toEqual(funnel(seenBy(actor)));
  });

  it('count each reason by what the manager confirmed before what the buyer said: said, given, back, given and still lost, and the cost', async () => {
    const { reasons, noReason, differ, confirmed, confirmedDiffer } = await figuresOf(store, asked(MANAGER));
    const seen = seenBy(MANAGER);
    for (const figures of reasons) expect(figures).toEqual(reason(seen, figures.reason));
    const rows = seen.map(({ events }) => recount(events));
    expect(reasons.map(({ reason: id }) => id).sort()).toEqual(
      [...new Set(rows.flatMap((it) => [...countedIn(it), ...it.given]))].sort(),
    );
    expect(noReason).toBe(rows.filter((it) => countedIn(it).length === 0).length);
    expect(confirmed).toBe(rows.filter((it) => it.confirmed.length > 0).length);
    expect(confirmed).toBeGreaterThan(0);
    expect(confirmedDiffer).toEqual({
      deals: rows.filter((it) => it.confirmedDiffers === true).length,
      of: rows.filter((it) => it.confirmedDiffers !== null).length,
    });
    expect(differ).toEqual({
      deals: rows.filter((it) => it.reasonsDiffer === true).length,
      of: rows.filter((it) => it.reasonsDiffer !== null).length,
    });
    for (const { reason: id, said, given } of reasons) {
      expect(await behind({ kind: 'said', reason: id })).toHaveLength(said);
      expect(await behind({ kind: 'given', reason: id })).toHaveLength(given);
    }
  });

  it('have the deals behind each of them, a page at a time', async () => {
    const { funnel: figures } = await figuresOf(store, asked(MANAGER));
    for (const step of FIGURE_STEPS) {
      const deals = await behind({ kind: 'step', step });
      expect(deals).toHaveLength(figures[step]);
      if (step === 'signed') expect(deals.every(({ isSigned, isBack }) => isSigned && isBack)).toBe(true);
    }
    const all = await behind(null);
    expect([...(await behind(null, 3)), ...(await behind(null, 2, 3))]).toEqual(all.slice(0, 5));
  });

  it('say what beat us most: the competitor and the reason of most deals, and what we gave there', async () => {
    const seen = seenBy(MANAGER);
    const { worst } = await figuresOf(store, asked(MANAGER));
    if (worst === null) throw new Error('somebody named a competitor and a reason');
    const lostTo = (competitor: string | null, id: string) =>
      seen.flatMap((it) => {
        const row = recount(it.events);
        return competitorOf(it) === competitor && countedIn(row).includes(id) ? [row] : [];
      });
    const { reason: id, competitor, lost, worth, worthNotKnown, ...counts } = worst;
    const theirs = lostTo(competitor.trim().toLowerCase(), id);
    expect(lost).toBe(theirs.length);
    expect(worth).toEqual(money(theirs.map((it) => it.worth)));
    expect(worthNotKnown).toBe(theirs.filter((it) => it.worth === null).length);
    expect(counts).toEqual(moved(theirs.filter((it) => it.given.includes(id))));
    const ids = [...new Set(seen.flatMap(({ events }) => countedIn(recount(events))))];
    for (const name of ['globex', 'initech'])
      for (const other of ids) expect(lostTo(name, other).length).toBeLessThanOrEqual(lost);
  });

  it('say of each reason against each competitor what we moved on, and what came of it', async () => {
    const seen = seenBy(MANAGER);
    const { causes } = await figuresOf(store, asked(MANAGER));
    for (const { reason: id, competitorKey, competitor: _, movedOn, said, ...counts } of causes) {
      const theirs = seen
        .filter((it) => competitorOf(it) === competitorKey)
        .map(({ events }) => recount(events))
        .filter((row) => countedIn(row).includes(id));
      expect(said).toBe(theirs.length);
      expect(counts).toEqual(moved(theirs.filter((it) => movedOn !== null && it.given.includes(movedOn))));
    }
    const expected = seen.flatMap((it) => {
      const row = recount(it.events);
      return countedIn(row).flatMap((id) =>
        row.given.map((movedOn) => [competitorOf(it), id, movedOn].join()),
      );
    });
    expect(expected.length).toBeGreaterThan(0);
    const rows = causes.filter(({ movedOn }) => movedOn !== null);
    expect(rows.map((it) => [it.competitorKey, it.reason, it.movedOn].join()).sort()).toEqual(
      [...new Set(expected)].sort(),
    );
  });

  it('say of each version of a playbook which steps its calls reached, and at which they ended without an answer', async () => {
    const words = await wordsOf(store, asked(MANAGER));
    const rows = seenBy(MANAGER).map(({ events }) => recount(events));
    expect(words.map(({ hash }) => hash).sort()).toEqual(
      [...new Set(rows.map(({ playbookHash }) => playbookHash))].sort(),
    );
    for (const { hash, calls, steps } of words) {
      const theirs = rows.filter(({ playbookHash }) => playbookHash === hash);
      expect(calls).toBe(theirs.length);
      const all = LIVED.filter(({ deal }) => deal.playbook.hash === hash);
      const first = Math.min(...all.map(({ deal }) => deal.startedAt));
      expect(await store.insights.firstUse(TENANT, hash)).toBe(first);
      expect(steps.map(({ step }) => step).sort()).toEqual(
        [...new Set(theirs.flatMap((it) => it.steps))].sort(),
      );
      for (const { step, reached, left } of steps) {
        expect(reached).toBe(theirs.filter((it) => it.steps.includes(step)).length);
        expect(left).toBe(theirs.filter(({ leftAt }) => leftAt === step).length);
      }
    }
    expect(rows.filter(({ leftAt }) => leftAt !== null).length).toBeGreaterThan(0);
  });

  it('count a competitor under all spellings of its name, and speed by what came back', async () => {
    const { competitors, speed } = await figuresOf(store, asked(MANAGER));
    for (const { key, lost, back, backMoney } of competitors) {
      const theirs = seenBy(MANAGER).filter((it) => competitorOf(it) === key);
      const of = funnel(theirs);
      expect([lost, back, backMoney]).toEqual([theirs.length, of.back, of.backMoney]);
    }
    const { funnel: against } = await figuresOf(store, asked(MANAGER, { competitor: ' gLOBEX' }));
    expect(against).toEqual(funnel(seenBy(MANAGER).filter((it) => competitorOf(it) === 'globex')));
    for (const { span, deals, back } of speed.decidedIn) {
      const rows = seenBy(MANAGER)
        .map(({ events }) => recount(events))
        .filter((it) => it.decidedIn === span);
      expect([deals, back]).toEqual([rows.length, rows.filter(({ isBack }) => isBack).length]);
    }
    const { business, reps } = await figuresOf(store, asked(MANAGER));
    const seen = seenBy(MANAGER);
    expect(business).toEqual(
      [...new Set(seen.map(({ deal }) => deal.business))].sort().map((name) => {
        return { name, ...funnel(seen.filter(({ deal }) => deal.business === name)) };
      }),
    );
    for (const { name, ...counts } of reps) {
      expect(counts).toEqual(funnel(seen.filter(({ deal }) => deal.rep === name)));
    }
    expect(funnelOfAll(reps)).toEqual(funnel(seen));
    for (const { kept, deals } of speed.callBack) {
      const rows = seenBy(MANAGER).map(({ events }) => recount(events));
      expect(deals).toBe(rows.filter((it) => it.callBackKept === kept).length);
    }
  });

  it('count what winners promised, whether anybody asked, and what held, with the deals behind each', async () => {
    const { pledges } = await figuresOf(store, asked(MANAGER));
    const promised = (it: Lived) => recount(it.events).wasPledged;
    const keys = [...new Set(seenBy(MANAGER).filter(promised).map(competitorOf))];
    expect(pledges.map(({ competitorKey }) => competitorKey).sort()).toEqual(keys.sort());
    for (const { competitor, competitorKey, ...counts } of pledges) {
      const theirs = seenBy(MANAGER).filter((it) => competitorOf(it) === competitorKey);
      const of = (state: PledgeState) =>
        theirs.filter(({ events }) => {
          const { wasPledged, pledgeAsked, pledgeKept } = recount(events);
          return state === 'promised' ? wasPledged : state === 'asked' ? pledgeAsked : pledgeKept === state;
        });
      for (const state of ['promised', 'asked', ...PLEDGE_KEPT] as const) {
        expect([state, counts[state]]).toEqual([state, of(state).length]);
        if (competitor === null) continue;
        const behind = await store.insights.dealsBehind(asked(MANAGER, { competitor }), {
          of: { kind: 'pledge', state },
          limit: 1_000,
          offset: 0,
        });
        expect(behind.map(({ dealId }) => dealId).sort()).toEqual(
          of(state)
            .map(({ deal }) => deal.id)
            .sort(),
        );
      }
    }
    const all = (state: 'asked' | PledgeKept) => pledges.reduce((total, it) => total + it[state], 0);
    for (const state of ['asked', 'held', 'broken'] as const) expect(all(state)).toBeGreaterThan(0);
  });

  it('are of the period and the reps asked for', async () => {
    const from = TUESDAY + 30 * DAY;
    const until = TUESDAY + 60 * DAY;
    const within = seenBy(MANAGER).filter(({ deal }) => deal.startedAt >= from && deal.startedAt < until);
    const ofRep = within.filter(({ deal }) => deal.rep === COLLEAGUE.userId);
    const more = { from, until };
    expect((await figuresOf(store, asked(MANAGER, more))).funnel).toEqual(funnel(within));
    expect((await figuresOf(store, asked(MANAGER, { ...more, reps: [COLLEAGUE.userId] }))).funnel).toEqual(
      funnel(ofRep),
    );
    expect((await figuresOf(store, asked(MANAGER, { ...more, reps: [] }))).funnel.lost).toBe(0);
    const halves = await funnelsOf(store, asked(MANAGER, more), [from + 15 * DAY]);
    expect(halves).toEqual(
      [
        within.filter(({ deal }) => deal.startedAt < from + 15 * DAY),
        within.filter(({ deal }) => deal.startedAt >= from + 15 * DAY),
      ].map(funnel),
    );
  });
}

describe('figures on SQLite', () => {
  suite(() => openSqliteForTest());
});

describeOnPostgres('figures on PostgreSQL', () => {
  suite(async () => {
    const database = await createDatabase();
    const store = await openStore(database.url);
    return {
      store,
      async dispose() {
        await store.close();
        await database.drop();
      },
    };
  });
});
