/** Whatever playbook, prospect and seed: a practice call reaches an ending. */
import fc from 'fast-check';
import { checkPlaybook } from '../../../src/playbook/checking/checker';
import { checkPractice } from '../../../src/playbook/checking/checks/practice';
import { BUILT_IN_DIR, loadPlaybooks, playbookFromSource } from '../../../src/playbook/checking/loader';
import { answersOf, type PracticeAnswer, targetOf, wordOf } from '../../../src/playbook/practice/answers';
import { mistakeOf } from '../../../src/playbook/practice/mistakes';
import { nextProspect, type Prospect, prospectsOf, replyOf } from '../../../src/playbook/practice/prospects';
import { FACT_KINDS, type Playbook, type PlaybookSource, type Verdict } from '../../../src/playbook/schema';
import { stepOf } from '../../../src/playbook/walk';
import { anyPlaybook, anyPractice } from '../anyPlaybook';

/** Every step once, and once more where it can be shown again. */
const mostScreens = ({ steps }: Playbook): number =>
  steps.length + steps.filter((step) => step.again_label !== undefined).length;

/**
 * Takes each reply for what it means, now and then for something else first, and goes back then.
 * @param wrong whether the rep errs on a screen, by its place in the call
 */
function practice(
  playbook: Playbook,
  prospect: Prospect,
  seed: number,
  wrong: readonly number[] = [],
): { readonly verdict: Verdict; readonly taps: readonly string[] } {
  const taps: string[] = [];
  const visits = new Map<string, number>();
  for (let stepId = playbook.start; taps.length < mostScreens(playbook); ) {
    const step = stepOf(playbook, stepId);
    const visit = (visits.get(stepId) ?? 0) + 1;
    visits.set(stepId, visit);
    const reply = replyOf(playbook, prospect, seed, stepId, visit);
    expect(reply).toEqual(replyOf(playbook, prospect, seed, stepId, visit));
    expect(reply.says).toMatch(/^[^{}[\]|]{1,200}$/u);
    expectAnswerOfStep(reply.means, step);
    const errs = wrong[taps.length] ?? 0;
    if (errs > 0) expectMistake(step, reply.means, errs);
    expect(mistakeOf(step, reply.means, reply.means)).toBeNull();
    taps.push(`${stepId}:${wordOf(reply.means)}`);
    const target = targetOf(playbook, stepId, reply.means);
    if ('verdict' in target) return { verdict: target.verdict, taps };
    stepId = target.step;
  }
  throw new Error(`no ending after ${taps.join(' ')}`);
}

function expectAnswerOfStep(means: PracticeAnswer, step: Playbook['steps'][number]): void {
  expect([...answersOf(step).values()]).toContainEqual(means);
}

/** A wrong tap has a name, and what the prospect said before is said again after *Back*. */
function expectMistake(step: Playbook['steps'][number], means: PracticeAnswer, errs: number): void {
  const others = [...answersOf(step).values()].filter((answer) => wordOf(answer) !== wordOf(means));
  const tapped = others[errs % others.length];
  if (tapped === undefined) return;
  const mistake = mistakeOf(step, means, tapped);
  if (mistake === null) {
    const isAllowed =
      'next' in tapped || step.record?.source === 'rep' || step.record?.fact === 'next_attempt';
    expect([step.id, wordOf(means), wordOf(tapped), isAllowed]).toEqual([
      step.id,
      wordOf(means),
      wordOf(tapped),
      true,
    ]);
  }
}

const seeds = fc.integer();
const wrongs = fc.array(fc.nat({ max: 5 }), { maxLength: 12 });

describe('a practice call', () => {
  it('reaches an ending in any playbook that loads, as any prospect, also with wrong taps', () => {
    const accepted: PlaybookSource[] = [];
    fc.assert(
      fc.property(anyPlaybook, fc.nat(), seeds, wrongs, (source, pick, seed, wrong) => {
        if (checkPlaybook(source).length > 0) return;
        accepted.push(source);
        const bare = playbookFromSource(source, 'random');
        const [own] = fc.sample(anyPractice(bare), { numRuns: 1, seed });
        if (own !== undefined) expect(checkPractice(own, bare)).toEqual([]);
        const playbook = own === undefined ? bare : { ...bare, practice: own };
        const all = prospectsOf(playbook);
        const prospect = all[pick % all.length];
        if (prospect === undefined) throw new Error('nobody to practise with');
        practice(playbook, prospect, seed, wrong);
      }),
      { numRuns: 1000 },
    );
    expect(accepted.length).toBeGreaterThan(50);
    // Every kind of screen is among those that were practised.
    const steps = accepted.flatMap((source) => source.steps);
    const kinds = new Set(steps.map(({ record }) => (record === undefined ? null : FACT_KINDS[record.fact])));
    expect(kinds).toEqual(new Set([null, 'text', 'reasons', 'choice', 'date', 'datetime']));
    expect(steps.some(({ again_label }) => again_label !== undefined)).toBe(true);
    expect(steps.some(({ one_tap }) => one_tap !== undefined)).toBe(true);
    expect(Math.max(...steps.map(({ choices = [] }) => choices.length))).toBe(5);
    expect(accepted.some(({ language }) => language === 'de')).toBe(true);
  });

  it('with somebody of no playbook can take every answer of every step', () => {
    const seeds = Array.from({ length: 60 }, (_, seed) => seed);
    for (const { practice: _, ...bare } of loadPlaybooks({ builtInDir: BUILT_IN_DIR }).list()) {
      for (const step of bare.steps) {
        const means = seeds.map((seed) => {
          const prospect = nextProspect(bare, [], seed);
          return wordOf(replyOf(bare, prospect, seed, step.id, 1).means);
        });
        expect([...new Set(means)].sort()).toEqual([...answersOf(step).keys()].sort());
      }
    }
  });
});

describe('the next prospect', () => {
  const [playbook] = loadPlaybooks({ builtInDir: BUILT_IN_DIR }).list();
  if (playbook === undefined) throw new Error('there is no playbook');
  const ids = prospectsOf(playbook).map(({ id }) => id);

  it('is one whom the rep has not met, until there is none', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const met: string[] = [];
        for (const _ of ids) met.push(nextProspect(playbook, met, seed).id);
        expect([...met].sort()).toEqual([...ids].sort());
        expect(nextProspect(playbook, met, seed).id).toBe(met[0]);
      }),
    );
  });
});
