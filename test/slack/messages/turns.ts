/** People's actions on a deal in each of its stages, so that random lives go through all of them. */
import fc from 'fast-check';
import type { Actor } from '../../../src/deal/model/commands';
import type { Deal, Stage } from '../../../src/deal/model/deal';
import type { Verdict } from '../../../src/playbook/schema';
import { type RandomCommand, randomCommand } from '../../deal/randomCommands';
import { ADMIN, APPROVER, COLLEAGUE, DAY, HOUR, MANAGER, MINUTE, REP } from '../../deal/world';

export const usd = (minor: number) => ({ minor, currency: 'USD' });

type Done = Pick<RandomCommand, 'actor' | 'waitMs' | 'commandFor'>;

const act = (actor: Actor | null, commandFor: Done['commandFor'], waitMs = MINUTE): Done => ({
  actor,
  waitMs,
  commandFor,
});

const answer = (verdict: Verdict): Done =>
  act(REP, ({ position, visits }) => ({
    type: 'answer',
    stepId: position?.stepId ?? '',
    visit: position?.visit ?? visits,
    answer: { kind: 'said' },
    fact: null,
    source: 'prospect',
    next: { verdict },
    ledger: null,
  }));
const decision = (value: number): Done =>
  act(MANAGER, ({ ask }) => ({
    type: 'decide',
    ask: ask?.id ?? 0,
    decision: {
      kind: 'counter',
      terms: 'Net 60',
      levers: [],
      value: usd(value),
      inReturn: null,
      expiresAt: null,
    },
  }));
const handOn = (rep: string): Done => act(ADMIN, () => ({ type: 'assign_rep', rep }));
const goBack = act(REP, ({ trail }) => ({ type: 'go_back', visit: trail.at(-1)?.visit ?? 0, draft: null }));
const laterOn = (ms: number): Done => act(null, () => ({ type: 'tick' }), ms);
const reopen = act(REP, () => ({ type: 'reopen' }));
const withdraw = act(REP, () => ({ type: 'withdraw' }));
const signed = act(REP, () => ({ type: 'report_signed' }));

const SUITABLE: Readonly<Record<Stage, readonly Done[]>> = {
  coaching: [
    answer('pulse'),
    answer('pulse'),
    answer('pulse'),
    answer('unreached'),
    answer('keep_talking'),
    answer('no_pulse'),
    answer('not_over'),
    act(REP, ({ visits }) => ({ type: 'leave', visit: visits, draft: null })),
    act(REP, () => ({ type: 'try_again', firstStep: 's0' })),
    act(REP, ({ cadence }) => ({ type: 'report_try', reminder: cadence?.reminded.at(-1)?.id ?? 1 })),
    act(REP, ({ stageSince }) => ({ type: 'remind_me', at: stageSince + 5 * DAY })),
    laterOn(DAY),
    handOn('UCOL'),
    withdraw,
  ],
  awaiting_decision: [
    decision(100),
    decision(900_000),
    act(APPROVER, ({ ask }) => ({ type: 'approve', ask: ask?.id ?? 0, approval: ask?.approval?.id ?? 0 })),
    act(MANAGER, () => ({ type: 'ask_rep', text: 'How many?' })),
    act(REP, ({ ask }) => ({
      type: 'answer_question',
      question: ask?.questions.at(-1)?.id ?? 0,
      text: 'About 400',
    })),
    act(ADMIN, () => ({ type: 'assign_manager', manager: 'UMAN2' })),
    act(ADMIN, () => ({ type: 'assign_manager', manager: 'UMAN' })),
    act(MANAGER, ({ revision }) => ({ type: 'remark', text: 'Do it', channel: 'C1', ts: `${revision}` })),
    act(COLLEAGUE, ({ ask }) => ({ type: 'take_over', ask: ask?.id ?? 0, channel: 'CFALL' })),
    act(null, ({ manager }) => ({ type: 'person_left', userId: manager ?? '', to: null })),
    goBack,
    goBack,
    signed,
    laterOn(2 * HOUR),
    laterOn(DAY),
    handOn('UCOL'),
    handOn('UREP'),
    withdraw,
  ],
  winning_back: [
    act(REP, () => ({
      type: 'report_outcome',
      outcome: { kind: 'won_back', part: 'whole', amount: null, took: null },
    })),
    act(REP, () => ({ type: 'report_outcome', outcome: { kind: 'lost', reason: null } })),
    act(REP, () => ({ type: 'ask_again', changed: 'They want 45 days', ledger: null })),
    decision(900_000),
    signed,
    laterOn(DAY),
    laterOn(15 * DAY),
    handOn('UCOL'),
    handOn('UMAN'),
    withdraw,
  ],
  calling_back: [
    act(REP, () => ({ type: 'report_outcome', outcome: { kind: 'lost', reason: null } })),
    laterOn(DAY),
    laterOn(15 * DAY),
    handOn('UCOL'),
    withdraw,
  ],
  closed: [
    act(REP, () => ({
      type: 'note_next_time',
      nextTime: { mayCall: 'yes', callOn: '2025-09-01', contractEnd: null, contractMonths: null },
    })),
    act(MANAGER, () => ({ type: 'confirm_reason', reasons: ['price'] })),
    laterOn(100 * DAY),
    act(REP, () => ({ type: 'report_pledge', kept: 'broken' })),
    act(REP, () => ({ type: 'report_pledge', kept: null })),
    reopen,
    reopen,
    goBack,
    withdraw,
    handOn('UCOL'),
    handOn('UREP'),
  ],
  withdrawn: [reopen, goBack],
};

/** A person's action, chosen from the current state of the deal. */
export type Turn = (deal: Deal) => Done;

/** Mostly an action that suits the stage; sometimes any. */
export const turns: fc.Arbitrary<Turn> = fc.oneof(
  { weight: 1, arbitrary: randomCommand.map((command): Turn => always(command)) },
  { weight: 4, arbitrary: fc.nat(1_000).map(suitable) },
);

function suitable(draw: number): Turn {
  return ({ stage, rep }) => {
    const all = SUITABLE[stage];
    const chosen = all[draw % all.length] ?? reopen;
    // The deal's rep works on it.
    return chosen.actor === REP ? { ...chosen, actor: { ...REP, userId: rep } } : chosen;
  };
}

function always(command: Done): Turn {
  return () => command;
}
