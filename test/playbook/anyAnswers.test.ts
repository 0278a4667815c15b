import fc from 'fast-check';
import type { AnswerValue } from '../../src/playbook/answer';
import { checkPlaybook } from '../../src/playbook/checking/checker';
import { KNOWN_FIELDS, SAMPLE_FIELDS } from '../../src/playbook/checking/fields';
import { BUILT_IN_DIR, loadPlaybooks, playbookFromSource } from '../../src/playbook/checking/loader';
import { renderLine } from '../../src/playbook/line';
import type { Fact, Playbook, PlaybookSource, Step, Verdict } from '../../src/playbook/schema';
import { asksForChoice, nextTarget, sourceAndFact, stepOf, wholeScript } from '../../src/playbook/walk';
import { anyPlaybook } from './anyPlaybook';

/** All that a rep can do on a screen. */
function possibleAnswers(step: Step): AnswerValue[] {
  const taps = (step.choices ?? []).map(({ id }): AnswerValue => ({ kind: 'choice', choice: id }));
  if (asksForChoice(step) || step.next === undefined) return taps;
  return [
    ...taps,
    { kind: 'said' },
    { kind: 'told' },
    { kind: 'unknown' },
    { kind: 'text', text: 'Speed' },
    { kind: 'reasons', text: '', reasons: ['price'] },
    { kind: 'date', date: '2027-01-31' },
    { kind: 'datetime', at: 1_800_000_000_000 },
  ];
}

interface Walked {
  readonly verdict: Verdict;
  readonly screens: number;
  readonly facts: ReadonlyMap<Fact, AnswerValue>;
}

/** Answers one screen after the other at random; throws when there are more screens than steps. */
function walk(playbook: Playbook, picks: readonly number[]): Walked {
  const facts = new Map<Fact, AnswerValue>();
  let at = playbook.start;
  for (let screens = 1; screens <= playbook.steps.length; screens += 1) {
    const step = stepOf(playbook, at);
    const answers = possibleAnswers(step);
    const answer = answers[(picks[screens - 1] ?? 0) % answers.length];
    if (answer === undefined) throw new Error(`step ${at} allows no answer`);
    const { fact } = sourceAndFact(step, answer);
    if (fact !== null) facts.set(fact, answer);
    const target = nextTarget(playbook, at, answer);
    if ('verdict' in target) return { verdict: target.verdict, screens, facts };
    at = target.step;
  }
  throw new Error(`no verdict after ${playbook.steps.length} screens`);
}

function expectEarnedVerdict(playbook: Playbook, walked: Walked): void {
  expect(playbook.endings[walked.verdict]).toBeDefined();
  if (walked.verdict !== 'pulse') return;
  expect(walked.facts.get('signed')).toEqual({
    kind: 'choice',
    choice: expect.not.stringMatching(/^signed$/),
  });
  expect(walked.facts.get('may_check')).toEqual({ kind: 'choice', choice: 'yes' });
}

const randomPicks = fc.array(fc.nat({ max: 1000 }), { minLength: 20, maxLength: 20 });
const library = loadPlaybooks({ builtInDir: BUILT_IN_DIR });

describe.each(library.list().map((playbook) => [playbook.id, playbook] as const))(
  'any answers to %s',
  (_, playbook) => {
    it('reach a verdict with the answers it needs, within as many screens as there are steps', () => {
      fc.assert(
        fc.property(randomPicks, (picks) => expectEarnedVerdict(playbook, walk(playbook, picks))),
        { numRuns: 1000 },
      );
    });
  },
);

/** Whether some answers lead through more screens than there are steps; tries them all. */
function canLoop(playbook: PlaybookSource): boolean {
  let reached = new Set([playbook.start]);
  for (let screens = 0; screens < playbook.steps.length; screens += 1) {
    const next = new Set<string>();
    for (const step of playbook.steps.filter(({ id }) => reached.has(id))) {
      for (const to of [step.next, ...(step.choices ?? []).map((choice) => choice.next)]) {
        if (to !== undefined && 'step' in to) next.add(to.step);
      }
    }
    reached = next;
  }
  return reached.size > 0;
}

describe('any random playbook', () => {
  it('is refused, or any answers to it reach a verdict with the answers it needs', () => {
    let accepted = 0;
    fc.assert(
      fc.property(anyPlaybook, fc.array(randomPicks, { minLength: 5, maxLength: 5 }), (source, picks) => {
        if (checkPlaybook(source).length > 0) return;
        accepted += 1;
        const playbook = playbookFromSource(source, 'random');
        for (const pick of picks) expectEarnedVerdict(playbook, walk(playbook, pick));
        expect(wholeScript(source)).toHaveLength(source.steps.length);
      }),
      { numRuns: 2000 },
    );
    // The property is worth something only if the checker accepts a fair number.
    expect(accepted).toBeGreaterThan(100);
  });

  it('is refused for a loop exactly when it has one', () => {
    fc.assert(
      fc.property(anyPlaybook, (source) => {
        const codes = new Set(checkPlaybook(source).map((finding) => finding.code));
        // A loop among unreachable steps is refused too.
        if (canLoop(source)) expect(codes).toContain('loop');
        else if (!codes.has('unreachable_step')) expect(codes).not.toContain('loop');
      }),
      { numRuns: 2000 },
    );
  });
});

describe('any line of a loaded playbook', () => {
  const lines = library
    .list()
    .flatMap((playbook) => playbook.steps.flatMap((step) => [...step.say, step.why]));
  const name = fc
    .string({ minLength: 1, maxLength: 80 })
    .filter((text) => text.trim() !== '' && !/[{}[\]|]/.test(text));

  it('has no mark left, whatever is known and whatever the account is called', () => {
    const { sometimes } = KNOWN_FIELDS.call;
    fc.assert(
      fc.property(
        fc.constantFrom(...lines),
        fc.constantFrom('new' as const, 'customer' as const),
        name,
        fc.subarray([...sometimes]),
        (line, business, account, known) => {
          const fields = Object.fromEntries(known.map((field) => [field, SAMPLE_FIELDS[field]]));
          const always = { account, by_suggested: SAMPLE_FIELDS.by_suggested };
          expect(renderLine(line, { business, fields: { ...fields, ...always } })).not.toMatch(/[{}[\]|]/);
        },
      ),
    );
  });
});
