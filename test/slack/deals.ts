/** Deals to render, made by hand: a pulse as it comes from a real call, and one with the longest of everything. */
import type { Actor } from '../../src/deal/model/commands';
import type {
  Answered,
  Ask,
  ClaimLedger,
  Deal,
  Decision,
  DecisionTerms,
  Question,
  RescueFigures,
} from '../../src/deal/model/deal';
import type { KeptRemark } from '../../src/deal/model/remark';
import { BUILT_IN_DIR, loadPlaybooks } from '../../src/playbook/checking/loader';
import type { Playbook } from '../../src/playbook/schema';
import { FACT_KINDS, type Fact } from '../../src/playbook/schema';
import { newDeal as dealBegun, newAsk } from '../deals';

export const REP = 'U0REP';
export const MANAGER = 'U0MANAGER';
export const OTHER = 'U0OTHER';

/** A member of the workspace without a role. */
export const person = (userId: string, change: Partial<Actor> = {}): Actor => ({
  userId,
  teamId: newDeal().tenant.teamId,
  isAdmin: false,
  standsInFor: [],
  mayDecideOwn: false,
  ...change,
});
/** Looks at a deal, and knows the names of its people. */
export const seenBy = (userId: string, change: Partial<Actor> = {}) => ({
  viewer: person(userId, change),
  names,
});

/** Monday 2026-11-23, 10:00 UTC. */
export const NOW = Date.UTC(2026, 10, 23, 10);
export const HOUR = 3_600_000;

const library = loadPlaybooks({ builtInDir: BUILT_IN_DIR });
export const reasons = library.reasons;
export const heartbeat = playbook('heartbeat');
export const lastQuestion = library.list().find(({ id }) => id !== 'heartbeat') ?? heartbeat;
export const playbooks = library.list();

function playbook(id: string): Playbook {
  const found = library.latest(id);
  if (found === null) throw new Error(`there is no playbook ${id}`);
  return found;
}

/** A deal on its first screen. */
export function newDeal(over: Partial<Deal> = {}): Deal {
  const deal = dealBegun({
    id: 'd1',
    tenant: { enterpriseId: '', teamId: 'T0TEAM' },
    startedAt: NOW,
    rep: REP,
    account: 'Northwind',
    business: 'customer',
    playbook: { id: heartbeat.id, hash: heartbeat.hash },
    firstStep: heartbeat.start,
  });
  return { ...deal, ...over };
}

export const names: ReadonlyMap<string, string> = new Map([
  [REP, 'Robin Reyes'],
  [MANAGER, 'Maya Lindqvist'],
]);

let visit = 0;
/** An answer on the trail. */
export function answered(
  stepId: string,
  fact: Fact | null,
  answer: Answered['answer'],
  source: Answered['source'] = 'prospect',
): Answered {
  visit += 1;
  return { stepId, visit, answer, fact, source, at: NOW };
}

export function question(id: number, text: string, answer: string | null = null): Question {
  return {
    id,
    by: MANAGER,
    text,
    at: NOW,
    answer: answer === null ? null : { by: REP, text: answer, at: NOW },
  };
}

export function decision(id: number, terms: DecisionTerms): Decision {
  return {
    ...terms,
    id,
    by: MANAGER,
    at: NOW,
    proposedBy: null,
    remark: null,
    uncosted: null,
    worthRaised: null,
  };
}

/** No earlier deal. */
export const NO_RESCUES: RescueFigures = {
  lost: 0,
  pulse: 0,
  asked: 0,
  inTime: 0,
  tried: 0,
  matched: 0,
  countered: 0,
  given: 0,
  wonWhole: 0,
  wonPart: 0,
  stayedLost: 0,
  won: [],
  givenUp: [],
};

/** The longest lines. */
const MOST_RESCUES: RescueFigures = {
  lost: 999_999,
  pulse: 999_999,
  asked: 999_999,
  inTime: 999_999,
  tried: 999_999,
  matched: 333_333,
  countered: 333_333,
  given: 333_333,
  wonWhole: 499_999,
  wonPart: 499_999,
  stayedLost: 1,
  won: ['EUR', 'USD', 'JPY', 'KWD'].map((currency) => ({ minor: Number.MAX_SAFE_INTEGER, currency })),
  givenUp: ['EUR', 'USD', 'JPY', 'KWD'].map((currency) => ({
    kinds: ['price', 'payment_terms', 'delivery_time'],
    cost: { minor: Number.MAX_SAFE_INTEGER, currency },
  })),
};

/** As releases before stored it with their asks. */
export function ledger(lost: number, asked: number, matched: number, wonBack: number): ClaimLedger {
  return { lost, asked, matched, wonBack, matchedLost: 0, cost: [], sameKind: null };
}

export function pendingAsk(over: Partial<Ask> = {}): Ask {
  return { ...newAsk({ id: 12, at: NOW, manager: MANAGER, deadline: NOW + 4 * HOUR }), ...over };
}

/** The prospect would reconsider, has not signed, and agreed that we check. */
export function pulse(over: Partial<Deal> = {}): Deal {
  return newDeal({
    stage: 'awaiting_decision',
    position: null,
    verdict: 'pulse',
    verdictAt: NOW,
    manager: MANAGER,
    details: {
      amount: { minor: 4_800_000, currency: 'EUR' },
      competitor: 'Contoso',
      prospect: 'Ms Reyes',
      notes: null,
      recommendation: 'Offer faster delivery before a lower price.',
      yesCosts: null,
      ourOffer: null,
      reasons: null,
    },
    trail: [
      answered('attraction', 'attraction', {
        kind: 'text',
        text: 'Delivery in three weeks instead of eight.',
      }),
      answered('picture', 'picture', {
        kind: 'reasons',
        text: 'They can open the new site in May.',
        reasons: ['delivery_time'],
      }),
      answered('would_have_kept', 'would_have_kept', { kind: 'choice', choice: 'yes' }),
      answered('obstacle', 'obstacle', { kind: 'text', text: 'The board meets on Thursday.' }),
      answered('signed', 'signed', { kind: 'choice', choice: 'verbal' }),
      answered('may_check', 'may_check', { kind: 'choice', choice: 'yes' }),
      answered('signing_date', 'signing_date', { kind: 'date', date: '2026-11-27' }),
      answered('promise', 'promise', { kind: 'datetime', at: NOW + 26 * HOUR }, 'rep'),
    ],
    ask: pendingAsk({ ledger: ledger(4, 3, 2, 1) }),
    ...over,
  });
}

/** A counter decided on the pulse. */
export function countered(over: Partial<Deal> = {}): Deal {
  const counter = decision(20, {
    kind: 'counter',
    terms: 'Delivery in four weeks, and a named engineer for the first month.',
    levers: ['delivery', 'service'],
    value: { minor: 4_800_000, currency: 'EUR' },
    inReturn: null,
    expiresAt: NOW + 48 * HOUR,
  });
  return pulse({
    stage: 'winning_back',
    ask: pendingAsk({ status: 'decided', decisions: [counter] }),
    ...over,
  });
}

/** The longest text of one answer, in the characters that Slack counts heaviest. */
export const LONG = '& <tag> '.repeat(375);
export const LONG_NAME = '&'.repeat(80);

/** A deal with every list full and every text as long as a person can type it. */
export function longest(over: Partial<Deal> = {}): Deal {
  const facts = heartbeat.steps.flatMap(({ id, record }) =>
    record === undefined ? [] : [{ id, fact: record.fact }],
  );
  const trail = Array.from({ length: 6 }, () => facts)
    .flat()
    .map(({ id, fact }) => {
      const kind = FACT_KINDS[fact];
      return answered(
        id,
        fact,
        kind === 'text'
          ? { kind: 'text', text: LONG }
          : kind === 'reasons'
            ? { kind: 'reasons', text: LONG, reasons: reasons.map((reason) => reason.id) }
            : kind === 'date'
              ? { kind: 'date', date: '2026-12-31' }
              : kind === 'datetime'
                ? { kind: 'datetime', at: NOW }
                : { kind: 'choice', choice: 'yes' },
      );
    });
  const decisions = [
    decision(40, {
      kind: 'match',
      terms: LONG,
      cost: '&'.repeat(300),
      value: { minor: 999_999_999_999, currency: 'EUR' },
      inReturn: '&'.repeat(300),
      expiresAt: NOW,
    }),
    decision(41, { kind: 'decline', reason: LONG }),
    decision(42, {
      kind: 'counter',
      terms: LONG,
      levers: ['delivery', 'service', 'term', 'features', 'price'],
      value: { minor: 999_999_999_999, currency: 'EUR' },
      inReturn: null,
      expiresAt: NOW,
    }),
  ];
  const questions = Array.from({ length: 20 }, (_, index) => question(20 + index, LONG, LONG));
  return pulse({
    account: LONG_NAME,
    details: {
      amount: { minor: 999_999_999_999, currency: 'EUR' },
      competitor: LONG_NAME,
      prospect: LONG_NAME,
      notes: LONG,
      recommendation: LONG,
      yesCosts: { minor: 999_999_999_999, currency: 'EUR' },
      ourOffer: LONG,
      reasons: null,
    },
    trail,
    ask: pendingAsk({
      status: 'pending',
      questions,
      decisions,
      ledger: {
        rescues: MOST_RESCUES,
        sameKind: { ...MOST_RESCUES, kinds: reasons.map(({ id }) => id) },
        lessons: {
          reasons: reasons.slice(0, 2).map(({ id: reason }) => ({
            reason,
            given: 9_999_999,
            inReturn: 9_999_999,
            back: 5_000_000,
            stayedLost: 4_999_999,
          })),
          pledges: { held: 9_999_999, partly: 9_999_999, broken: 9_999_999, unknown: 9_999_999 },
        },
      },
    }),
    remarks: Array.from({ length: 10 }, (_, index) => ({
      id: 60 + index,
      by: MANAGER,
      at: NOW,
      channel: 'C0DEALS',
      ts: '1.1',
      offersDecision: true,
      answers: null,
      editedAt: null,
      editedTs: null,
      deleted: false,
    })),
    ...over,
  });
}

/** The rows of a deal's replies, each with these words. */
export const rowsOf = ({ remarks }: Deal, text = LONG): KeptRemark[] =>
  remarks.map(({ offersDecision: _, answers: __, deleted, ...it }) => ({
    ...it,
    text: deleted ? null : text,
    isCut: false,
    edits: it.editedAt === null ? 0 : 1,
  }));

/** The same replies, in the form that rendering takes. */
export const wordsOf = (deal: Deal, text?: string): ReadonlyMap<number, KeptRemark> =>
  new Map(rowsOf(deal, text).map((row) => [row.id, row]));
