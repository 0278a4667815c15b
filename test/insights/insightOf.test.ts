/** What figures count of one deal. */
import fc from 'fast-check';
import { insightOf } from '../../src/insights/insightOf';
import {
  COUNTER,
  choice,
  DECLINE,
  HOUR,
  MANAGER,
  MATCH,
  MINUTE,
  type Noted,
  promisedAt,
  World,
} from '../deal/world';
import { lives } from './lives';
import { recount } from './recount';

const WOULD_HAVE: Noted = ['would_have_kept', choice('yes')];
const PRICE: Noted = ['picture', { kind: 'reasons', text: 'Cheaper', reasons: ['price'] }];

const wonBack = (minor: number | null) =>
  ({
    type: 'report_outcome',
    outcome: {
      kind: 'won_back',
      part: 'whole',
      amount: minor === null ? null : { minor, currency: 'USD' },
      took: null,
    },
  }) as const;

describe('figures of a deal', () => {
  it('follow the rescue from the no to the deal that is back', () => {
    const world = new World().start().reach('pulse', PRICE, WOULD_HAVE);
    expect(insightOf(world.it)).toMatchObject({
      wasReached: true,
      wouldHave: true,
      wasAsked: true,
      wasDecided: false,
      wasInTime: null,
      isBack: false,
      reasons: ['price'],
      given: [],
    });
    world.wait(20 * MINUTE).decided({ ...MATCH, value: { minor: 5_000, currency: 'USD' } });
    world.accepted(wonBack(90_000));
    expect(insightOf(world.it)).toMatchObject({
      wasInTime: true,
      decidedIn: 'hour',
      wasGiven: true,
      isBack: true,
      isLost: false,
      given: ['price'],
      back: { minor: 90_000, currency: 'USD' },
      cost: { minor: 5_000, currency: 'USD' },
    });
  });

  it('count a no as decided and not as given, and a counter-offer by its levers', () => {
    const no = new World()
      .start()
      .reach('pulse', PRICE)
      .wait(30 * HOUR)
      .decided(DECLINE);
    expect(insightOf(no.it)).toMatchObject({
      wasYes: false,
      given: [],
      decidedIn: 'later',
      wasInTime: false,
    });
    const counter = new World().start().reach('pulse', PRICE).decided(COUNTER);
    expect(insightOf(counter.it)).toMatchObject({ wasYes: true, given: ['delivery_time'] });
  });

  it('tell a call-back in time from one that came late or never', () => {
    const promised = () => new World().start().reach('pulse', promisedAt('2025-06-03T14:00:00Z'));
    expect(insightOf(promised().it).callBackKept).toBeNull();
    const kept = promised().wait(HOUR).decided(MATCH);
    kept.accepted(wonBack(null));
    expect(insightOf(kept.it).callBackKept).toBe(true);
    const late = promised()
      .wait(HOUR)
      .decided(MATCH)
      .wait(9 * HOUR);
    late.accepted(wonBack(null));
    expect(insightOf(late.it).callBackKept).toBe(false);
  });

  it('leave out a deal that was not lost', () => {
    const world = new World().start();
    world.verdict('not_over');
    expect(insightOf(world.it).counts).toBe(false);
  });

  it('name everybody whom the ask went to, as they may see the deal', () => {
    const world = new World().start().reach('pulse');
    expect(insightOf(world.it).asked).toEqual([MANAGER.userId]);
  });

  it('are those that a plain recount of the events gives, whatever happens', () => {
    fc.assert(
      fc.property(lives, (world) => {
        const { asked, reasons, given, steps, confirmed, ...row } = insightOf(world.it);
        const sorted = (set: readonly string[]) => [...new Set(set)].sort();
        const { asked: people, ...plain } = recount(world.events);
        expect({
          ...row,
          reasons: sorted(reasons),
          given: sorted(given),
          steps: sorted(steps),
          confirmed: sorted(confirmed),
        }).toMatchObject(plain);
        expect(sorted(asked)).toEqual(expect.arrayContaining(people));
      }),
      { numRuns: 400 },
    );
  });
});
