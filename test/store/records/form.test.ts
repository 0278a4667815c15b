/** Stored records have exactly the form of the domain's types. */
import type * as z from 'zod';
import type { Deal } from '../../../src/deal/model/deal';
import type { DealEvent, DealEventBody } from '../../../src/deal/model/events';
import { dealSchema, readDeal, STATE_FORMAT } from '../../../src/store/records/dealJson';
import { type eventSchema, readEvent, writeEvent } from '../../../src/store/records/eventJson';
import { aDeal, DECLINE, decidedAsk, event, MATCH, NOON, started } from '../builder';

/** Without `readonly`, and intersections as one object, so that two types can be compared. */
type Plain<T> = T extends object ? { -readonly [K in keyof T]: Plain<T[K]> } : T;
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

describe('the stored form', () => {
  it('equals the domain type, field by field, for the compiler', () => {
    // A new field in the domain, even an optional one, makes these fail to compile.
    const deals: Same<Plain<z.infer<typeof dealSchema>>, Plain<Deal>> = true;
    const events: Same<Plain<z.infer<typeof eventSchema>>, Plain<DealEvent>> = true;
    expect(deals && events).toBe(true);
    expect(dealSchema.safeParse(aDeal()).success).toBe(true);
  });

  const bodies: DealEventBody[] = [
    started(aDeal()),
    { type: 'drafted', stepId: 's', visit: 1, answer: { kind: 'reasons', text: '', reasons: ['price'] } },
    {
      type: 'answered',
      stepId: 's',
      visit: 1,
      answer: { kind: 'datetime', at: NOON },
      fact: 'promise',
      source: 'prospect',
      next: { verdict: 'pulse' },
    },
    { type: 'details_filled', details: { competitor: 'Contoso', amount: null } },
    { type: 'manager_assigned', manager: 'U1' },
    { type: 'manager_assigned', manager: 'U1', deadline: NOON },
    { type: 'decided', decision: MATCH },
    { type: 'decided', decision: DECLINE },
    { type: 'outcome_reported', outcome: { kind: 'lost', reason: null } },
    { type: 'reopened' },
    { type: 'asked', manager: 'U1', deadline: NOON, ledger: null },
    {
      type: 'asked',
      manager: 'U1',
      deadline: NOON,
      ledger: null,
      provisional: true,
      waitsUntil: NOON,
      standIn: { userId: 'U2', until: '2026-11-30' },
    },
    { type: 'ask_passed', to: 'U2', why: 'taken', deadline: NOON },
    { type: 'ask_delivered', addressing: 4, urgent: 'signing' },
    { type: 'deadline_moved', deadline: NOON, waitsUntil: NOON },
    { type: 'escalated', to: { kind: 'channel', channel: 'C1' }, answerBy: NOON },
    {
      type: 'approval_requested',
      terms: MATCH,
      approver: 'U3',
      limit: { amount: null, percent: 2.5 },
      answerBy: NOON,
      urgent: 'promise',
    },
    {
      type: 'approval_requested',
      terms: MATCH,
      approver: 'U3',
      limit: { amount: null, percent: 2.5 },
      answerBy: NOON,
      standIn: { userId: 'U4', until: null },
    },
    { type: 'approval_passed', standIn: { userId: 'U4', until: '2026-11-30' }, answerBy: NOON },
    { type: 'decided', decision: MATCH, proposedBy: 'U1', remark: 7 },
    { type: 'rep_left', to: 'U1' },
    { type: 'manager_left' },
    {
      type: 'next_time_noted',
      nextTime: { mayCall: 'yes', callOn: null, contractEnd: null, contractMonths: 24 },
    },
    { type: 're_engagement_dropped' },
    { type: 're_engaged', asksPledge: true },
    { type: 'pledge_reported', kept: 'partly', source: 'prospect' },
    { type: 'pledge_reported', kept: null, source: 'prospect' },
    { type: 'closed', because: 'verdict', asksReason: true },
    { type: 'reason_confirmed', reasons: ['price'] },
    { type: 'withdrawn' },
    { type: 'withdrawn', because: 'unanswered' },
  ];
  it.each(bodies.map((body) => [body.type, body] as const))('of %s reads back unchanged', (_type, body) => {
    const written = event(3, body);
    const stored = { deal_id: 'D1', seq: 3, body: writeEvent(written, 'D1') };
    expect(readEvent(stored)).toEqual(written);
  });

  it('of an earlier release loads while an ask waits for approval', () => {
    const timing = { waitsUntil: null, urgent: null, at: NOON, answerBy: NOON };
    const limit = { amount: null, percent: 2.5 };
    const before = { ...timing, id: 4, by: 'U1', terms: MATCH, approver: 'U3', limit };
    const deal = { ...aDeal(), ask: { ...decidedAsk(MATCH), approval: before } };
    const row = { id: 'D1', team_id: 'T1', state_format: STATE_FORMAT, state: JSON.stringify(deal) };
    expect(readDeal(row).ask?.approval).toEqual({ ...before, standsFor: null, insteadOf: null });
  });

  it('of an earlier release loads, with later fields empty', () => {
    const { yesCosts, ourOffer, ...details } = aDeal().details;
    const { nextTime, handover, heldFor, formerReps, removed, asksReason, confirmedReason, ...deal } =
      aDeal();
    const { waitsUntil, urgent, standsFor, provisional, escalations, approval, approvers, ...current } =
      decidedAsk(MATCH);
    const { endsWithAdmins, worth, ...ask } = current;
    const { value, ...terms } = MATCH;
    const before = {
      ...deal,
      details,
      ask: {
        ...ask,
        decisions: [{ ...terms, id: 1, by: 'UMANAGER', at: NOON }],
        ledger: { lost: 1, asked: 1, matched: 0, wonBack: 0 },
      },
    };
    const row = { id: 'D1', team_id: 'T1', state_format: STATE_FORMAT, state: JSON.stringify(before) };
    expect(readDeal(row)).toEqual({
      ...aDeal(),
      ask: {
        ...decidedAsk(MATCH),
        endsWithAdmins: false,
        worth: null,
        ledger: { lost: 1, asked: 1, matched: 0, wonBack: 0, matchedLost: 0, cost: [], sameKind: null },
      },
    });
    const event = { seq: 2, at: NOON, by: 'U1', type: 'decided', decision: terms };
    expect(readEvent({ deal_id: 'D1', seq: 2, body: JSON.stringify(event) })).toEqual({
      ...event,
      decision: MATCH,
    });
  });

  it('of an unreadable event names the event in the error, and quotes nothing', () => {
    const reading = () => readEvent({ deal_id: 'D1', seq: 3, body: '{"type":"gossip","text":"Northwind"}' });
    expect(reading).toThrow('event 3 of deal D1');
    expect(reading).not.toThrow('Northwind');
  });
});
