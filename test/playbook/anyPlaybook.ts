/** Any small playbook, to hold a property over what the checker accepts. */
import fc from 'fast-check';
import {
  FACT_CHOICES,
  FACT_KINDS,
  type Fact,
  type PlaybookSource,
  playbookSchema,
  type Step,
  type Target,
  VERDICTS,
} from '../../src/playbook/schema';

/** A step, mostly a later one, or a verdict. Playbooks are small, so that every kind of tangle is likely. */
function target(index: number, count: number, wild: boolean): fc.Arbitrary<Target> {
  const steps = Array.from({ length: count }, (_, n) => n).filter((n) => wild || n > index);
  const verdict = fc.constantFrom(...VERDICTS).map((name): Target => ({ verdict: name }));
  if (steps.length === 0) return verdict;
  const step = fc.constantFrom(...steps).map((n): Target => ({ step: `s${n}` }));
  // Mostly the next step, so that most steps are reached.
  const following = fc.constant<Target>({ step: `s${Math.min(index + 1, count - 1)}` });
  return fc.oneof(
    { weight: 3, arbitrary: following },
    { weight: 1, arbitrary: step },
    { weight: 2, arbitrary: verdict },
  );
}

const facts = Object.keys(FACT_KINDS) as Fact[];

function stepAt(index: number, count: number, wild: boolean): fc.Arbitrary<Step> {
  const to = target(index, count, wild);
  return fc
    .record({
      fact: fc.option(fc.constantFrom<Fact>(...facts, 'signed', 'may_check', 'signed', 'may_check'), {
        nil: null,
      }),
      next: to,
      out: fc.option(to, { nil: null }),
      targets: fc.array(to, { minLength: 4, maxLength: 4 }),
      again: fc.boolean(),
    })
    .map(({ fact, next, out, targets, again }): Step => {
      const kind = fact === null ? null : FACT_KINDS[fact];
      const values = fact === null ? undefined : FACT_CHOICES[fact];
      const choices =
        values?.map((id, n) => ({ id, label: 'Yes', next: targets[n] ?? next })) ??
        (out === null ? undefined : [{ id: 'out', label: 'Out', next: out }]);
      return {
        id: `s${index}`,
        title: 'A screen',
        say: ['Thank you[, {prospect}].'],
        why: 'It is kind.',
        ...(fact === null ? {} : { record: { fact, label: 'Answer', source: 'prospect' as const } }),
        ...(choices === undefined ? {} : { choices }),
        ...(kind === 'choice' ? {} : { next }),
        ...(again && (kind === 'text' || kind === 'reasons') ? { again_label: 'Again' } : {}),
      };
    });
}

/** Sources of the right shape; the checker refuses many. */
export const anyPlaybook: fc.Arbitrary<PlaybookSource> = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.constantFrom(false, false, true))
  .chain(([count, wild]) =>
    fc.tuple(...Array.from({ length: count }, (_, index) => stepAt(index, count, wild))).map((steps) =>
      playbookSchema.parse({
        id: 'random',
        title: 'Random',
        summary: 'Random.',
        start: 's0',
        steps,
        endings: Object.fromEntries(
          VERDICTS.map((verdict) => [verdict, { title: 'End', say: [], why: 'It is over.' }]),
        ),
        words: Object.fromEntries(
          ['voicemail', 'mail', 'holding', 'match', 'counter', 'decline', 'welcome_back', 're_engage'].map(
            (key) => [key, ['Hello.']],
          ),
        ),
      }),
    ),
  );
