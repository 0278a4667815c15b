import fc from 'fast-check';
import type { Practice } from '../../../src/deal/model/practice';
import {
  beginPractice,
  dealOfPractice,
  type PracticeMove,
  practised,
  showingOf,
} from '../../../src/deal/practice/practise';
import type { AnswerValue } from '../../../src/playbook/answer';
import { checkPlaybook } from '../../../src/playbook/checking/checker';
import { BUILT_IN_DIR, loadPlaybooks, playbookFromSource } from '../../../src/playbook/checking/loader';
import { answersOf, type PracticeAnswer } from '../../../src/playbook/practice/answers';
import { prospectsOf, replyOf } from '../../../src/playbook/practice/prospects';
import type { Playbook } from '../../../src/playbook/schema';
import { stepOf } from '../../../src/playbook/walk';
import { anyPlaybook, anyPractice } from '../../playbook/anyPlaybook';

const NOW = Date.UTC(2026, 10, 23, 10);
const TENANT = { enterpriseId: '', teamId: 'T1' };
const library = loadPlaybooks({ builtInDir: BUILT_IN_DIR });
const [heartbeat] = library.list().filter(({ id }) => id === 'heartbeat');
if (heartbeat === undefined) throw new Error('there is no heartbeat');

const begun = (playbook: Playbook, prospect: string, seed: number): Practice =>
  beginPractice({ id: 'P1', tenant: TENANT, rep: 'U1', playbook, prospect, seed, at: NOW });

const answerFor = (tap: PracticeAnswer): AnswerValue => {
  if ('choice' in tap) return { kind: 'choice', choice: tap.choice };
  if ('hour' in tap) return { kind: 'datetime', at: NOW + 1 };
  if ('unknown' in tap) return { kind: 'unknown' };
  return 'day' in tap ? { kind: 'date', date: '2027-01-15' } : { kind: 'told' };
};
const tapping = (tap: PracticeAnswer): PracticeMove => ({ do: 'tap', tap, answer: answerFor(tap) });

/** Takes the prospect's replies as the rep of `picks` does, and goes on whatever they are; gives up after 200 moves. */
function toTheEnd(playbook: Playbook, prospectAt: number, seed: number, picks: readonly number[]): Practice {
  const prospects = prospectsOf(playbook);
  const prospect = prospects[prospectAt % prospects.length];
  if (prospect === undefined) throw new Error('nobody to practise with');
  let practice = begun(playbook, prospect.id, seed);
  for (let turn = 0; turn < 200 && practice.state.position !== null; turn++) {
    const { position, doubted } = practice.state;
    const step = stepOf(playbook, position.stepId);
    const reply = replyOf(playbook, prospect, seed, step.id, showingOf(practice.state));
    const answers = [...answersOf(step).values()];
    const pick = picks[turn];
    // After the picks the rep takes every reply as it is meant.
    const tap = pick === undefined ? reply.means : (answers[pick % answers.length] ?? reply.means);
    const moves: PracticeMove[] = [tapping(tap), { do: 'back' }, { do: 'say' }];
    const move: PracticeMove | undefined =
      doubted !== null
        ? { do: (pick ?? 0) % 2 === 0 ? 'go_on' : 'try_again' }
        : pick === undefined
          ? tapping(tap)
          : moves[pick % 7 > 2 ? 0 : pick % 7];
    practice = practised(practice, playbook, reply, move ?? tapping(tap), NOW + turn);
    expect(() => dealOfPractice(practice, prospect, 'Europe/Berlin')).not.toThrow();
  }
  return practice;
}

const moves = fc.array(fc.nat({ max: 999 }), { maxLength: 40 });

describe('a practice call', () => {
  it.each(library.list().map((playbook) => [playbook.id, playbook] as const))(
    'with %s comes to an ending of the playbook with everybody, whatever the rep taps',
    (_, playbook) => {
      fc.assert(
        fc.property(fc.nat({ max: 50 }), fc.nat(), moves, (prospect, seed, picks) => {
          const { state, endedAt } = toTheEnd(playbook, prospect, seed, picks);
          expect(state).toMatchObject({ position: null, heard: false, doubted: null });
          expect(Object.keys(playbook.endings)).toContain(state.verdict);
          expect(endedAt).toBeGreaterThanOrEqual(NOW);
        }),
        { numRuns: 100 },
      );
    },
  );

  it('with any playbook that loads comes to an ending, whatever the rep taps', () => {
    let accepted = 0;
    fc.assert(
      fc.property(anyPlaybook, fc.nat({ max: 9 }), fc.nat(), moves, (source, prospect, seed, picks) => {
        if (checkPlaybook(source).length > 0) return;
        accepted += 1;
        const bare = playbookFromSource(source, 'random');
        const [own] = fc.sample(anyPractice(bare), { numRuns: 1, seed });
        const playbook = own === undefined ? bare : { ...bare, practice: own };
        const { state } = toTheEnd(playbook, prospect, seed, picks);
        expect(state.position).toBeNull();
        expect(state.verdict).not.toBeNull();
      }),
      { numRuns: 600 },
    );
    expect(accepted).toBeGreaterThan(50);
  });

  const verbal = { says: 'I told them yes.', means: { choice: 'verbal' } } as const;
  const at = (stepId: string, practice = begun(heartbeat, 'x', 1)): Practice => ({
    ...practice,
    state: { ...practice.state, position: { stepId, visit: 1 } },
  });
  const after = (practice: Practice, ...given: readonly PracticeMove[]): Practice =>
    given.reduce((before, move) => practised(before, heartbeat, verbal, move, NOW), practice);

  it('goes on at once when the rep takes the reply as it was meant', () => {
    const heard = after(at('signed'), { do: 'say' });
    expect(heard.state).toMatchObject({ heard: true, trail: [] });
    const { state, revision } = after(heard, tapping({ choice: 'verbal' }));
    expect(state.position).toEqual({ stepId: 'may_check_promised', visit: 2 });
    expect(state).toMatchObject({ heard: false, misheard: [] });
    expect(state.trail).toMatchObject([{ stepId: 'signed', fact: 'signed', source: 'prospect' }]);
    expect(revision).toBe(3);
  });

  it('stops at an answer that the prospect did not give; the rep looks again, or goes on with it', () => {
    const doubted = after(at('signed'), tapping({ choice: 'signed' }));
    expect(doubted.state.position).toEqual({ stepId: 'signed', visit: 1 });
    expect(doubted.state.doubted).toMatchObject({ tap: { choice: 'signed' } });
    const again = after(doubted, { do: 'try_again' });
    expect(again.state).toMatchObject({ doubted: null, heard: true });
    expect(again.state.misheard).toEqual([{ stepId: 'signed', showing: 1 }]);
    expect(after(again, tapping({ choice: 'signed' })).state.misheard).toHaveLength(1);
    expect(after(doubted, { do: 'go_on' }).state.position?.stepId).toBe('contract_end');
  });

  it('goes back to the reply of the screen before, and no further than the first screen', () => {
    const next = after(at('signed'), tapping({ choice: 'verbal' }));
    const { state } = after(next, { do: 'back' });
    expect(state).toMatchObject({ position: { stepId: 'signed', visit: 3 }, trail: [], heard: true });
    const first = at('thanks');
    expect(after(first, { do: 'back' })).toBe(first);
  });
});
