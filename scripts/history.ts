/** A year of made-up deals for the sandbox, so that a newcomer sees figures at once. One day has the same ones each time. */
import type { Coach } from '../src/coach/context';
import { apply } from '../src/deal/evolve/evolve';
import type { Deal, DecisionTerms, Tenant } from '../src/deal/model/deal';
import type { DealEvent, DealEventBody } from '../src/deal/model/events';
import { createProjector } from '../src/insights/projector';
import type { AnswerValue } from '../src/playbook/answer';
import type { Fact, Target } from '../src/playbook/schema';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const DEALS = 140;

const [ROBIN, SAM, MAYA] = ['U0000ROBIN', 'U000000SAM', 'U00000MAYA'] as const;

/** Teams that see the history: Maya leads both reps. */
export const HISTORY_TEAMS = [
  { id: 'north', name: 'North', manager: MAYA, reps: [ROBIN, SAM], channel: null },
];

const FIRST = ['Northwind', 'Contoso', 'Fabrikam', 'Tailspin', 'Wingtip', 'Adatum', 'Lucerne', 'Proseware'];
const LAST = [
  'Mills',
  'Logistics',
  'Foods',
  'Labs',
  'Retail',
  'Energy',
  'Clinics',
  'Studios',
  'Bank',
  'Press',
];

interface Rival {
  readonly name: string;
  readonly reason: string;
  readonly said: string;
  /** How often we give it, and how often it then comes back. */
  readonly given: number;
  readonly back: number;
}

const RIVALS: readonly Rival[] = [
  { name: 'Globex', reason: 'payment_terms', said: 'ninety days to pay', given: 0.7, back: 0.8 },
  { name: 'Initech', reason: 'price', said: 'a tenth cheaper, all in', given: 0.6, back: 0.08 },
  { name: 'Umbrella', reason: 'delivery_time', said: 'live within three weeks', given: 0.4, back: 0.5 },
  { name: 'Hooli', reason: 'features', said: 'it signs in with what we have', given: 0.15, back: 0.4 },
];

/** Numbers from 0 to 1, the same ones for the same seed. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Stores the deals, which Slack is not told of, and who their reps are. @returns how many deals */
export async function makeHistory(coach: Coach, tenant: Tenant): Promise<number> {
  const playbook = coach.playbooks.latest(coach.playbooks.default);
  if (playbook === null) throw new Error('there is no playbook');
  const now = coach.clock.now();
  for (const [userId, realName] of [
    [ROBIN, 'Robin Adeyemi'],
    [SAM, 'Sam Okafor'],
  ] as const) {
    await coach.store.workspace.savePerson(tenant, {
      ...{ userId, realName, tz: 'America/New_York', fetchedAt: now },
      ...{ isAdmin: false, isBot: false, isStranger: false, isGuest: false, deleted: false },
    });
  }
  const roll = dice(1);
  for (let index = 0; index < DEALS; index += 1) {
    const at = now - 365 * DAY + Math.floor(((index + roll()) * 360 * DAY) / DEALS);
    const { id, hash, start } = playbook;
    const life = liveOf(`h${index}`, tenant, { id, hash }, start, at, roll);
    await coach.store.deals.commit({ ...life, expectedRevision: 0, wakeAt: null, changesNoMessage: true });
  }
  // At once, so that the first look at Home has figures.
  await createProjector({ store: coach.store, logger: { warn: () => undefined } }).round();
  return DEALS;
}

function liveOf(
  id: string,
  tenant: Tenant,
  playbook: { readonly id: string; readonly hash: string },
  firstStep: string,
  startedAt: number,
  roll: () => number,
): { readonly deal: Deal; readonly events: readonly DealEvent[] } {
  const rival = RIVALS[Math.floor(roll() ** 1.5 * RIVALS.length)] ?? RIVALS[0];
  if (rival === undefined) throw new Error('there are rivals');
  const rep = roll() < 0.6 ? ROBIN : SAM;
  const account = `${pick(FIRST, roll)} ${pick(LAST, roll)}`;
  const worth = { minor: (10 + Math.floor(roll() * 90)) * 100_000, currency: 'USD' };
  let deal: Deal | null = null;
  let at = startedAt;
  const events: DealEvent[] = [];
  const happens = (bodies: readonly DealEventBody[], by: string | null, after = 60_000): void => {
    at += Math.round(after);
    const applied = apply(deal, bodies, { at, by });
    deal = applied.deal;
    events.push(...applied.events);
  };
  const said = (stepId: string, fact: Fact | null, answer: AnswerValue, next: Target): void => {
    const visit = deal?.position?.visit ?? 1;
    happens([{ type: 'answered', stepId, visit, answer, fact, source: 'prospect', next }], rep);
  };
  const business = roll() < 0.7 ? 'new' : 'customer';
  const begun = { id, tenant, rep, manager: MAYA, account, business, playbook, firstStep } as const;
  happens([{ type: 'started', ...begun }], rep);
  said(firstStep, null, { kind: 'said' }, { step: 'attraction' });
  said('attraction', 'attraction', { kind: 'text', text: rival.said }, { step: 'picture' });
  const reasons = roll() < 0.85 ? [rival.reason] : [];
  said('picture', 'picture', { kind: 'reasons', text: '', reasons }, { step: 'would_have_kept' });
  const reaches = roll() < 0.75;
  const wouldHave = reaches && roll() < 0.6;
  const kept = (choice: string, next: Target) =>
    said('would_have_kept', 'would_have_kept', { kind: 'choice', choice }, next);
  const details = { amount: worth, competitor: roll() < 0.9 ? rival.name : null, reasons };
  const close = (because: 'verdict' | 'outcome' | 'called_back' | 'abandoned', after = HOUR) =>
    happens([{ type: 'closed', because }], null, after);

  if (!reaches) {
    happens(
      [
        { type: 'verdict_reached', verdict: 'declined_to_say' },
        { type: 'details_filled', details },
      ],
      rep,
    );
    close('verdict');
  } else if (!wouldHave) {
    kept('no', { verdict: 'no_pulse' });
    happens(
      [
        { type: 'verdict_reached', verdict: 'no_pulse' },
        { type: 'details_filled', details },
      ],
      rep,
    );
    close('verdict');
  } else {
    kept('yes', { step: 'promise' });
    said('promise', 'promise', { kind: 'datetime', at: at + 6 * HOUR }, { verdict: 'pulse' });
    const ask = { manager: MAYA, deadline: at + 5 * HOUR, ledger: null, endsWithAdmins: true } as const;
    happens(
      [
        { type: 'verdict_reached', verdict: 'pulse' },
        { type: 'details_filled', details },
        { type: 'asked', ...ask, worth },
      ],
      rep,
    );
    const gives = roll() < rival.given;
    happens(
      [{ type: 'decided', decision: decisionOf(gives, rival, worth.minor) }],
      MAYA,
      (0.3 + roll() * 6) * HOUR,
    );
    const back = gives && roll() < rival.back;
    const outcome = back
      ? ({ kind: 'won_back', part: 'whole', amount: null, took: null } as const)
      : ({ kind: 'lost', reason: null } as const);
    happens([{ type: 'outcome_reported', outcome }], rep, (0.5 + roll() * 3) * HOUR);
    close('outcome');
  }
  if (deal === null) throw new Error('the deal began');
  return { deal, events };
}

function decisionOf(gives: boolean, rival: Rival, worth: number): DecisionTerms {
  if (!gives) return { kind: 'decline', reason: "we can't do that this quarter" };
  return {
    kind: 'match',
    terms: rival.said,
    cost: null,
    value: { minor: Math.round(worth * 0.05), currency: 'USD' },
    inReturn: null,
    expiresAt: null,
  };
}

const pick = (from: readonly string[], roll: () => number): string =>
  from[Math.floor(roll() * from.length)] ?? '';
