/** What others can add to a deal is bounded, and bounds refuse growth only. */
import { MOST_AT_THE_END, MOST_OF_STATE, pastBound } from '../../../src/deal/decide/bounds';
import type { Deal } from '../../../src/deal/model/deal';
import { LONGEST_WORDS, wordsOf } from '../../../src/deal/model/remark';
import { ADMIN, COLLEAGUE, choice, DECLINE, MANAGER, promisedAt, REP, World } from '../world';

const asked = (): World =>
  new World().start().reach('pulse', ['would_have_kept', choice('yes')], promisedAt('2025-06-05T12:00Z'));

const say = (ts: number, text = 'a word') => ({ type: 'remark', text, channel: 'C1', ts: `${ts}` }) as const;

describe('replies', () => {
  it('five hundred long ones of somebody without a part leave the deal as small as it was', () => {
    const world = asked();
    const before = JSON.stringify(world.it).length;
    const codes = new Set<string>();
    for (let ts = 1; ts <= 500; ts += 1) {
      const decided = world.run(say(ts, 'long '.repeat(8_000)), COLLEAGUE);
      codes.add(decided.ok ? 'kept' : decided.code);
    }
    expect([...codes]).toEqual(['kept', 'remarks_full']);
    expect(world.remarks.size).toBe(100);
    expect(JSON.stringify(world.it).length - before).toBeLessThan(50);
    expect([...world.remarks.values()].every(({ text }) => (text ?? '').length === LONGEST_WORDS)).toBe(true);
    expect(JSON.stringify(world.events)).not.toContain('long');
  });

  it('of the manager are still kept then, and still offered as a decision', () => {
    const world = asked();
    for (let ts = 1; ts <= 100; ts += 1) world.accepted(say(ts), COLLEAGUE);
    world.accepted(say(101), MANAGER);
    expect(world.it.remarks).toHaveLength(1);
  });

  it('of the manager are bounded too, and offers before them', () => {
    const world = asked();
    for (let ts = 1; ts <= 200; ts += 1) world.accepted(say(ts), MANAGER);
    expect(world.it.remarks).toHaveLength(10);
    expect(world.refusal(say(201), MANAGER)).toBe('remarks_full');
  });

  it('edited without end are kept no longer, and their old words are gone', () => {
    const world = asked();
    world.accepted(say(1, 'first'), COLLEAGUE);
    const edit = (text: string) => ({ ...say(1, text), type: 'edit_remark' }) as const;
    for (let i = 1; i <= 20; i += 1) world.accepted(edit(`words ${i}`), COLLEAGUE);
    expect(world.accepted(edit('words 21'), COLLEAGUE)).toEqual(['remark_deleted']);
    expect(world.refusal(edit('words 22'), COLLEAGUE)).toBe('already_done');
    expect([...world.remarks.values()]).toMatchObject([{ text: null }]);
  });

  it('are cut between two letters, never within one', () => {
    const { text, isCut } = wordsOf(`${'a'.repeat(LONGEST_WORDS - 1)}🚚 and more`);
    expect(isCut).toBe(true);
    expect(text).toBe('a'.repeat(LONGEST_WORDS - 1));
    expect(wordsOf('a\u0000b')).toEqual({ text: 'ab', isCut: false });
  });
});

describe('what people take back', () => {
  it('goes when they delete it, from the deal and from its events', () => {
    const world = asked();
    world.accepted(say(1, 'Our secret price'), COLLEAGUE);
    world.accepted({ type: 'delete_remark', channel: 'C1', ts: '1' }, COLLEAGUE);
    const all = JSON.stringify([world.it, world.events, ...world.remarks.values()]);
    expect(all).not.toContain('secret');
  });

  it('goes when they empty it', () => {
    const world = asked();
    world.accepted(say(1, 'Our secret price'), MANAGER);
    world.accepted({ ...say(1, ' '), type: 'edit_remark' }, MANAGER);
    expect(world.it.remarks).toMatchObject([{ deleted: true }]);
    expect([...world.remarks.values()]).toMatchObject([{ text: null }]);
  });

  it('goes also from a deal that was not lost, and for somebody who has left since', () => {
    const world = new World().start();
    world.accepted(say(1, 'Our secret price'), COLLEAGUE);
    world.accepted(say(2, 'Our other price'), COLLEAGUE);
    world.verdict('not_over');
    expect(world.it.stage).toBe('withdrawn');
    world.accepted({ type: 'delete_remark', channel: 'C1', ts: '1' }, { ...COLLEAGUE, teamId: '' });
    world.accepted({ ...say(2, 'Another price'), type: 'edit_remark' }, { ...COLLEAGUE, teamId: '' });
    expect([...world.remarks.values()].map(({ text }) => text)).toEqual([null, null]);
  });

  it('before we heard of it is noted without words, and the message is not kept when it comes', () => {
    const world = asked();
    expect(world.accepted({ type: 'delete_remark', channel: 'C1', ts: '1' }, COLLEAGUE)).toEqual([
      'remarked',
      'remark_deleted',
    ]);
    expect(world.refusal(say(1, 'Our secret price'), COLLEAGUE)).toBe('already_done');
    expect(JSON.stringify([world.events, ...world.remarks.values()])).not.toContain('secret');
  });

  it('leaves the terms that were recorded from it: they are the decider’s', () => {
    const world = asked();
    world.accepted(say(1, 'Give them ninety days'), MANAGER);
    const remark = world.it.remarks[0]?.id ?? 0;
    const decision = { ...DECLINE, reason: 'Give them ninety days' };
    world.accepted({ type: 'decide', ask: world.it.ask?.id ?? 0, decision, remark }, MANAGER);
    world.accepted({ type: 'delete_remark', channel: 'C1', ts: '1' }, MANAGER);
    expect(world.it.ask?.decisions).toMatchObject([{ reason: 'Give them ninety days', remark }]);
  });
});

describe('a deal past a bound', () => {
  const question = { id: 9, by: 'UMAN', text: 'Why?', at: 0, answer: null };
  const withQuestions = (deal: Deal, count: number): Deal => ({
    ...deal,
    ask: deal.ask && { ...deal.ask, questions: Array(count).fill(question) },
  });

  it('takes no more questions, and everything else', () => {
    const deal = asked().it;
    expect(pastBound(withQuestions(deal, 14), withQuestions(deal, 15), 'ask_rep')).toBeNull();
    expect(pastBound(withQuestions(deal, 15), withQuestions(deal, 16), 'ask_rep')).toBe('questions_full');
    // From an earlier release.
    expect(pastBound(withQuestions(deal, 90), withQuestions(deal, 91), 'ask_rep')).toBe('questions_full');
    const answered = { ...withQuestions(deal, 90), filledIn: true };
    expect(pastBound(withQuestions(deal, 90), answered, 'fill_in')).toBeNull();
  });

  it('is asked about no more, and its decision no longer changed', () => {
    const deal = asked().it;
    const asks = (count: number): Deal => ({ ...deal, pastAsks: Array(count).fill(deal.ask) });
    expect(pastBound(asks(19), asks(20), 'ask_again')).toBeNull();
    expect(pastBound(asks(20), asks(21), 'ask_again')).toBe('asks_full');
    const made = {
      ...DECLINE,
      id: 5,
      by: 'UMAN',
      at: 0,
      proposedBy: null,
      remark: null,
      uncosted: null,
      worthRaised: null,
    };
    const decided = (count: number): Deal => ({
      ...deal,
      ask: deal.ask && { ...deal.ask, decisions: Array(count).fill(made) },
    });
    expect(pastBound(decided(40), decided(41), 'decide')).toBe('decisions_full');
  });

  it('in characters can still be decided and ended, and shrink', () => {
    const deal = asked().it;
    const sized = (size: number): Deal => ({
      ...deal,
      details: { ...deal.details, notes: 'n'.repeat(size - JSON.stringify(deal).length) },
    });
    expect(pastBound(deal, sized(MOST_OF_STATE - 10), 'fill_in')).toBeNull();
    expect(pastBound(deal, sized(MOST_OF_STATE + 10), 'fill_in')).toBe('deal_full');
    for (const end of ['report_outcome', 'withdraw'] as const)
      expect(pastBound(deal, sized(MOST_OF_STATE + 10), end)).toBeNull();
    expect(pastBound(deal, sized(MOST_AT_THE_END + 10), 'report_outcome')).toBe('deal_full');
    expect(pastBound(sized(200_000), sized(199_000), 'fill_in')).toBeNull();
  });
});

it('an admin deletes what somebody else wrote, others do not', () => {
  const world = asked();
  world.accepted(say(1), COLLEAGUE);
  const removal = { type: 'delete_remark', channel: 'C1', ts: '1' } as const;
  expect(world.refusal(removal, REP)).toBe('author_only');
  world.accepted(removal, ADMIN);
});
