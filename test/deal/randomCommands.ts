/** Random commands of random people: mostly what the moment allows, often what it does not. */
import fc from 'fast-check';
import type { Actor, Command } from '../../src/deal/model/commands';
import { type Deal, type NextTime, PLEDGE_KEPT } from '../../src/deal/model/deal';
import type { AnswerValue } from '../../src/playbook/answer';
import { type Fact, VERDICTS } from '../../src/playbook/schema';
import {
  ADMIN,
  APPROVER,
  COLLEAGUE,
  choice,
  DAY,
  HOUR,
  MANAGER,
  MINUTE,
  OTHER_MANAGER,
  REP,
  STAND_IN,
  STRANGER,
  TENANT,
  text,
} from './world';

/** Makes the command for a deal as it stands; `now` in ms UTC. */
type CommandFor = (deal: Deal, now: number) => Command;

export interface RandomCommand {
  /** Null: the clock. */
  readonly actor: Actor | null;
  /** Time that passes before it, ms. */
  readonly waitMs: number;
  readonly commandFor: CommandFor;
  /** Shown when a property fails. */
  readonly type: Command['type'];
}

export const PEOPLE: readonly Actor[] = [
  REP,
  { ...REP, isAdmin: true },
  MANAGER,
  OTHER_MANAGER,
  STAND_IN,
  ADMIN,
  COLLEAGUE,
  APPROVER,
  STRANGER,
];

const userId = fc.constantFrom(...PEOPLE.map((it) => it.userId));
const words = fc.constantFrom('', 'Yes', 'Two years', 'No way');
const verdict = fc.constantFrom(...VERDICTS);
const amount = fc.option(
  fc.record({
    minor: fc.oneof(fc.integer({ min: 1, max: 10_000_000 }), fc.constantFrom(0, -1, 0.5, Number.MAX_VALUE)),
    currency: fc.constantFrom('EUR', 'USD', 'JPY', 'euro'),
  }),
);
const near = fc.constantFrom(true, true, true, true, false);
const later = fc.constantFrom(-HOUR, 5 * MINUTE, 20 * MINUTE, 2 * HOUR, 26 * HOUR, 9 * DAY);

const nextTime: fc.Arbitrary<NextTime> = fc.record({
  mayCall: fc.constantFrom('yes', 'no', null),
  callOn: fc.constantFrom(null, '2025-05-01', '2025-09-01'),
  contractEnd: fc.constantFrom(null, '2026-06-30', 'someday'),
  contractMonths: fc.constantFrom(null, 24, 0, 1_000),
});

type Noted = readonly [fact: Fact | null, answer: (now: number) => AnswerValue];
const fact = (it: Fact | null, answer: (now: number) => AnswerValue): Noted => [it, answer];

const noted: fc.Arbitrary<Noted> = fc.oneof(
  fc.constant(fact(null, () => ({ kind: 'said' }))),
  fc.constantFrom('no', 'verbal', 'signed', 'wont_say').map((it) => fact('signed', () => choice(it))),
  fc.constantFrom('yes', 'no').map((it) => fact('may_call_again', () => choice(it))),
  fc.constant(fact('attraction', () => text('Price'))),
  fc
    .tuple(fc.constantFrom<Fact>('promise', 'next_attempt'), later)
    .map(([it, ms]) => fact(it, (now) => ({ kind: 'datetime', at: now + ms }))),
  fc
    .tuple(
      fc.constantFrom<Fact>('signing_date', 'contract_end', 'look_again'),
      fc.constantFrom('2025-05-01', '2025-06-04', '2025-07-01', '2026-06-30', 'someday'),
    )
    .map(([it, date]) => fact(it, () => ({ kind: 'date', date }))),
);

const commands: Readonly<Record<Command['type'], fc.Arbitrary<CommandFor>>> = {
  start: fc.option(userId).map((manager) => () => ({
    type: 'start',
    id: 'D1',
    tenant: TENANT,
    account: 'Acme',
    business: 'new',
    manager,
    playbook: { id: 'heartbeat', hash: 'h' },
    firstStep: 's0',
  })),
  save_draft: fc.tuple(near, words).map(([isNear, it]) => (deal) => ({
    type: 'save_draft',
    stepId: deal.position?.stepId ?? 's0',
    visit: isNear ? (deal.position?.visit ?? 0) : deal.visits - 1,
    answer: text(it),
  })),
  answer: fc
    .tuple(near, noted, fc.oneof({ weight: 2, arbitrary: fc.nat(4) }, { weight: 1, arbitrary: verdict }))
    .map(([isNear, [it, answer], to]) => (deal, now) => ({
      type: 'answer',
      stepId: deal.position?.stepId ?? 's0',
      visit: isNear ? (deal.position?.visit ?? 0) : deal.visits - 1,
      answer: answer(now),
      fact: it,
      source: 'prospect',
      next: typeof to === 'number' ? { step: `s${to}` } : { verdict: to },
      ...(typeof to === 'number' && to > 2 ? { suggestsTimes: true as const } : {}),
      ledger: null,
    })),
  offer: fc
    .tuple(near, userId, amount, amount, fc.option(fc.constantFrom('2025-05-01', '2026-06-30')))
    .map(([isNear, by, worth, worthUpTo, until]) => (deal) => ({
      type: 'offer',
      stepId: deal.position?.stepId ?? 's0',
      visit: isNear ? (deal.position?.visit ?? 0) : deal.visits - 1,
      give: {
        id: 'G1',
        by,
        limit: null,
        reason: 'price',
        terms: 'Ten percent off',
        inReturn: null,
        cost: null,
        worthUpTo,
        until,
        perQuarter: null,
      },
      worth,
    })),
  suggest_times: fc.constant(() => ({ type: 'suggest_times' })),
  go_back: fc.tuple(near, fc.option(words)).map(([isNear, draft]) => (deal) => ({
    type: 'go_back',
    visit: isNear ? (deal.position?.visit ?? deal.trail.at(-1)?.visit ?? 0) : 1,
    draft: draft === null ? null : text(draft),
  })),
  leave: fc.tuple(near, fc.option(words)).map(([isNear, draft]) => (deal) => ({
    type: 'leave',
    visit: isNear ? (deal.position?.visit ?? 0) : 1,
    draft: draft === null ? null : text(draft),
  })),
  resume: fc.constant(() => ({ type: 'resume' })),
  ask_now: fc.constant(() => ({ type: 'ask_now' })),
  nudge: fc.constant(() => ({ type: 'nudge' })),
  record_after: fc
    .tuple(verdict, fc.array(noted, { maxLength: 3 }), amount)
    .map(([it, answers, money]) => (_, now) => ({
      type: 'record_after',
      verdict: it,
      answers: answers.map(([of, answer], index) => ({
        stepId: `s${index}`,
        answer: answer(now),
        fact: of,
        source: 'rep',
      })),
      details: { amount: money },
      ledger: null,
    })),
  fill_in: fc
    .tuple(amount, fc.option(userId), fc.option(nextTime), fc.boolean())
    .map(([money, manager, next, isDone]) => () => ({
      type: 'fill_in',
      details: { amount: money },
      manager,
      ...(next === null ? {} : { nextTime: next }),
      ...(isDone ? { sendsAsk: true as const } : {}),
    })),
  try_again: fc.constant(() => ({ type: 'try_again', firstStep: 's0' })),
  report_try: near.map((isNear) => (deal) => ({
    type: 'report_try',
    reminder: (isNear ? deal.cadence?.reminded.at(-1)?.id : undefined) ?? 1,
  })),
  assign_manager: userId.map((manager) => () => ({ type: 'assign_manager', manager })),
  assign_rep: userId.map((rep) => () => ({ type: 'assign_rep', rep })),
  ask_rep: words.map((it) => () => ({ type: 'ask_rep', text: it })),
  answer_question: fc.tuple(near, words).map(([isNear, it]) => (deal) => ({
    type: 'answer_question',
    question: isNear ? (deal.ask?.questions.at(-1)?.id ?? 0) : 1,
    text: it,
  })),
  decide: fc
    .tuple(near, fc.constantFrom('match', 'counter', 'decline'), words, amount, fc.option(later))
    .map(([isNear, kind, terms, value, expiry]) => (deal, now) => {
      const ask = isNear ? (deal.ask?.id ?? 0) : (deal.pastAsks.at(-1)?.id ?? 1);
      const expiresAt = expiry === null ? null : now + expiry;
      const inReturn = terms === 'Two years' ? terms : null;
      if (kind === 'decline') return { type: 'decide', ask, decision: { kind, reason: terms } };
      return kind === 'match'
        ? { type: 'decide', ask, decision: { kind, terms, cost: null, value, inReturn, expiresAt } }
        : {
            type: 'decide',
            ask,
            decision: { kind: 'counter', terms, levers: [], value, inReturn, expiresAt },
          };
    }),
  approve: near.map((isNear) => (deal) => ({
    type: 'approve',
    ask: deal.ask?.id ?? 0,
    approval: isNear ? (deal.ask?.approval?.id ?? 0) : 1,
  })),
  pass_to_stand_in: fc.constant(() => ({ type: 'pass_to_stand_in' })),
  take_over: fc.constantFrom('C1', 'CFALL').map((channel) => (deal) => ({
    type: 'take_over',
    ask: deal.ask?.id ?? 0,
    channel,
  })),
  note_next_time: nextTime.map((it) => () => ({ type: 'note_next_time', nextTime: it })),
  report_pledge: fc.constantFrom(...PLEDGE_KEPT, null).map((kept) => () => ({ type: 'report_pledge', kept })),
  person_left: fc.tuple(userId, fc.option(userId)).map(([it, to]) => () => ({
    type: 'person_left',
    userId: it,
    to,
  })),
  remark: fc.tuple(words, fc.nat(3)).map(([it, n]) => () => ({
    type: 'remark',
    text: it,
    channel: 'C1',
    ts: `${n}`,
  })),
  edit_remark: fc.tuple(words, fc.nat(3)).map(([it, n]) => () => ({
    type: 'edit_remark',
    text: it,
    channel: 'C1',
    ts: `${n}`,
  })),
  delete_remark: fc.nat(3).map((n) => () => ({ type: 'delete_remark', channel: 'C1', ts: `${n}` })),
  report_signed: fc.constant(() => ({ type: 'report_signed' })),
  remind_me: later.map((ms) => (_, now) => ({ type: 'remind_me', at: now + ms })),
  report_outcome: fc
    .tuple(
      fc.constantFrom('won_back', 'lost', 'no_answer', 'no_answer', 'verbal_yes'),
      fc.boolean(),
      amount,
      fc.option(nextTime),
    )
    .map(([kind, isWhole, money, next]) => () => ({
      ...(next === null ? {} : { nextTime: next }),
      type: 'report_outcome',
      outcome:
        kind === 'won_back'
          ? { kind, part: isWhole ? 'whole' : 'part', amount: money, took: null }
          : kind === 'lost'
            ? { kind, reason: null }
            : kind === 'verbal_yes'
              ? { kind, part: 'whole', amount: money, took: null, signsOn: '2025-06-20' }
              : { kind: 'no_answer' },
    })),
  confirm_reason: fc
    .subarray(['price', 'payment_terms', 'features'])
    .map((reasons) => () => ({ type: 'confirm_reason', reasons })),
  ask_again: fc.constant(() => ({ type: 'ask_again', changed: 'They want 45 days', ledger: null })),
  withdraw: fc.constant(() => ({ type: 'withdraw' })),
  reopen: fc.constant(() => ({ type: 'reopen' })),
  tick: fc.constant(() => ({ type: 'tick' })),
};

/** Commands that carry a deal through its life come more often. */
const OFTEN: readonly Command['type'][] = [
  ...Array<Command['type']>(8).fill('answer'),
  ...Array<Command['type']>(6).fill('decide'),
  ...Array<Command['type']>(4).fill('tick'),
  ...Array<Command['type']>(3).fill('ask_rep'),
  ...Array<Command['type']>(2).fill('approve'),
  ...Array<Command['type']>(3).fill('answer_question'),
  'report_outcome',
  'reopen',
];
const types = [...(Object.keys(commands) as Command['type'][]), ...OFTEN];
const wait = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(0, 1, MINUTE, 15 * MINUTE, HOUR) },
  { weight: 4, arbitrary: fc.constantFrom(5 * HOUR, DAY) },
  { weight: 1, arbitrary: fc.constantFrom(4 * DAY, 15 * DAY) },
);
const BY_MANAGER: readonly Command['type'][] = ['decide', 'ask_rep', 'pass_to_stand_in', 'confirm_reason'];

/** Mostly the person whose turn it is, often anybody. */
function actorOf(type: Command['type']): fc.Arbitrary<Actor | null> {
  const proper = type === 'tick' ? null : BY_MANAGER.includes(type) ? MANAGER : REP;
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant(proper) },
    { weight: 2, arbitrary: fc.constantFrom(null, ...PEOPLE) },
  );
}

export const randomCommand: fc.Arbitrary<RandomCommand> = fc.constantFrom(...types).chain((type) =>
  fc.record({
    type: fc.constant(type),
    actor: actorOf(type),
    waitMs: wait,
    commandFor: commands[type],
  }),
);
