/** Any small playbook, to hold a property over what the checker accepts; and anybody to practise one with. */
import { join } from 'node:path';
import fc from 'fast-check';
import { readPlaybook } from '../../src/playbook/checking/loader';
import { answersOf, isForTheRep, targetOf } from '../../src/playbook/practice/answers';
import {
  type Character,
  FACT_CHOICES,
  FACT_KINDS,
  type Fact,
  type Playbook,
  type PlaybookSource,
  type Practice,
  playbookSchema,
  type Step,
  type Target,
  VERDICTS,
} from '../../src/playbook/schema';
import { stepOf } from '../../src/playbook/walk';

/** All that a playbook in another language has to bring. */
const GERMAN = (() => {
  const { playbook } = readPlaybook(join(__dirname, '..', '..', 'docs', 'examples', 'abschied.yml'));
  if (playbook === null) throw new Error('the German example has faults');
  const { language, phrases, feedback_words, words, mails, they_say } = playbook;
  return { language, phrases, feedback_words, words, mails, they_say };
})();

const SAYS = [
  'Thank you[, {prospect}].',
  'Would that have {won|kept} your business[, {prospect}]?',
  'What did you like[ about {competitor}]?',
];

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

const DAYS = ['1 year', '18 months', 'next month', 'next quarter', 'next year'].map((means, n) => ({
  id: `day${n}`,
  label: `Day ${n}`,
  means,
}));

function stepAt(index: number, count: number, wild: boolean): fc.Arbitrary<Step> {
  const to = target(index, count, wild);
  return fc
    .record({
      fact: fc.option(fc.constantFrom<Fact>(...facts, 'signed', 'may_check', 'signed', 'may_check'), {
        nil: null,
      }),
      next: to,
      outs: fc.oneof(fc.constant<Target[]>([]), fc.array(to, { minLength: 1, maxLength: 5 })),
      days: fc.integer({ min: 0, max: 5 }),
      say: fc.constantFrom(...SAYS),
      labels: fc.boolean(),
      source: fc.constantFrom('prospect' as const, 'prospect' as const, 'rep' as const),
      targets: fc.array(to, { minLength: 4, maxLength: 4 }),
      again: fc.boolean(),
    })
    .map(({ fact, next, outs, days, say, labels, source, targets, again }): Step => {
      const kind = fact === null ? null : FACT_KINDS[fact];
      const values = fact === null ? undefined : FACT_CHOICES[fact];
      const choices =
        values?.map((id, n) => ({ id, label: 'Yes', next: targets[n] ?? next })) ??
        (outs.length === 0
          ? undefined
          : outs.map((out, n) => ({ id: `out${n}`, label: `Out ${n}`, next: out })));
      return {
        id: `s${index}`,
        title: 'A screen',
        say: [say],
        why: 'It is kind.',
        ...(fact === null ? {} : { record: { fact, label: 'Answer', source } }),
        ...(choices === undefined ? {} : { choices }),
        ...(kind === 'choice' ? {} : { next }),
        ...(again && (kind === 'text' || kind === 'reasons') ? { again_label: 'Again' } : {}),
        ...(kind === 'date' && days > 0 ? { one_tap: DAYS.slice(0, days) } : {}),
        ...(labels && (kind === 'date' || kind === 'datetime') ? { unknown_label: 'No time' } : {}),
        ...(labels && kind !== 'choice' ? { next_label: 'Said it' } : {}),
      };
    });
}

/** Sources of the right shape; the checker refuses many. */
export const anyPlaybook: fc.Arbitrary<PlaybookSource> = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.constantFrom(false, false, true), fc.boolean())
  .chain(([count, wild, isGerman]) =>
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
        ...(isGerman ? GERMAN : {}),
      }),
    ),
  );

/**
 * Up to three people with an answer at every step that they come to, and lines of the playbook's own for some steps; or
 * nothing, so that people and lines for any playbook serve.
 */
export const anyPractice = (playbook: Playbook): fc.Arbitrary<Practice | undefined> =>
  fc.option(
    fc
      .record({
        people: fc.array(fc.array(fc.nat({ max: 99 }), { minLength: 9, maxLength: 9 }), { maxLength: 3 }),
        written: fc.subarray(playbook.steps.map(({ id }) => id)),
      })
      .map(
        ({ people, written }): Practice => ({
          playbook: playbook.id,
          steps: Object.fromEntries(written.map((id) => [id, linesOf(stepOf(playbook, id))])),
          ...(people.length === 0
            ? {}
            : { prospects: people.map((picks, n) => somebody(playbook, picks, n)) }),
        }),
      ),
    { nil: undefined, freq: 3 },
  );

const linesOf = (step: Step) =>
  Object.fromEntries([...answersOf(step).keys()].map((word) => [word, [`{prospect} means ${word}.`]]));

/** @param picks an answer for each step that they come to, in turn */
function somebody(playbook: Playbook, picks: readonly number[], n: number): Character {
  const answers: Record<string, string> = {};
  const waiting = [playbook.start];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (id in answers) continue;
    const step = stepOf(playbook, id);
    const offered = [...answersOf(step)];
    const pick = picks[Object.keys(answers).length] ?? 0;
    const [word, answer] = offered[pick % offered.length] ?? ['next', { next: true as const }];
    answers[id] = word;
    const on = 'again' in answer ? ({ next: true } as const) : answer;
    for (const given of isForTheRep(step) ? answersOf(step).values() : [on]) {
      const target = targetOf(playbook, id, given);
      if ('step' in target) waiting.push(target.step);
    }
  }
  return {
    id: `p${n}`,
    name: `Person ${n}`,
    company: `Company ${n}`,
    about: 'Somebody.',
    business: n % 2 === 0 ? 'new' : 'customer',
    answers,
  };
}
