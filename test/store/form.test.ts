/** That what is stored has exactly the form of the domain's types. */
import type { z } from 'zod';
import type { Deal } from '../../src/deal/deal';
import type { DealEvent, DealEventBody } from '../../src/deal/events';
import { dealSchema } from '../../src/store/dealJson';
import { type eventSchema, readEvent, writeEvent } from '../../src/store/eventJson';
import { aDeal, DECLINE, event, MATCH, NOON, started } from './builder';

/** Without `readonly`, and intersections as one object, so that two types can be compared. */
type Plain<T> = T extends object ? { -readonly [K in keyof T]: Plain<T[K]> } : T;
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

describe('the stored form', () => {
  it('is the one of the domain, field by field, as the compiler sees it', () => {
    // A field that is added to the domain, optional ones too, makes these fail to compile.
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
  ];
  it.each(bodies.map((body) => [body.type, body] as const))('of %s comes back as it was', (_type, body) => {
    const written = event(3, body);
    const stored = { deal_id: 'D1', seq: 3, body: writeEvent(written, 'D1') };
    expect(readEvent(stored)).toEqual(written);
  });

  it('of an event names the event when it cannot be read, and quotes nothing', () => {
    const reading = () => readEvent({ deal_id: 'D1', seq: 3, body: '{"type":"gossip","text":"Northwind"}' });
    expect(reading).toThrow('event 3 of deal D1');
    expect(reading).not.toThrow('Northwind');
  });
});
