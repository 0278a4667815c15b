/** Steps that record one fact each, with each answer that such a step can take. */
import { FACT_CHOICES, FACT_KINDS, type Fact, type Step } from '../../../src/playbook/schema';

export function stepAbout(fact: Fact): Step {
  const kind = FACT_KINDS[fact];
  const next = { verdict: 'signed' } as const;
  return {
    id: fact,
    title: 'A screen',
    say: ['Thank you.'],
    why: 'It is kind.',
    record: { fact, label: 'Answer', source: fact === 'capability' ? 'rep' : 'prospect' },
    ...(kind === 'choice'
      ? { choices: (FACT_CHOICES[fact] ?? []).map((id) => ({ id, label: id, next })) }
      : { next }),
    ...(kind === 'reasons' || kind === 'text' ? { again_label: 'Once more' } : {}),
    ...(kind === 'date' ? { one_tap: [{ id: 'one_year', label: '1 year', means: '1 year' }] } : {}),
  };
}
