import type { Answered } from '../../../src/deal/model/deal';
import { factsOf, known } from '../../../src/deal/model/facts';
import type { AnswerValue } from '../../../src/playbook/answer';
import type { Fact } from '../../../src/playbook/schema';
import { choice, text } from '../world';

const trail = (...noted: [Fact | null, AnswerValue][]): { trail: Answered[] } => ({
  trail: noted.map(([fact, answer], index) => ({
    stepId: `s${index}`,
    visit: index + 1,
    answer,
    fact,
    source: 'prospect',
    at: index,
  })),
});
const reasons = (said: string, ...ids: string[]): AnswerValue => ({
  kind: 'reasons',
  text: said,
  reasons: ids,
});

test('a fact never asked is missing, *Next* without words is told, *Don’t know* is unknown', () => {
  const facts = factsOf(trail(['attraction', { kind: 'told' }], ['signing_date', { kind: 'unknown' }]));
  expect([facts.attraction.state, facts.signing_date.state, facts.promise.state]).toEqual([
    'told',
    'unknown',
    'missing',
  ]);
  expect(known(facts.attraction)).toBeNull();
});

test('every kind of answer is read', () => {
  const facts = factsOf(
    trail(
      ['attraction', text('Weekly delivery')],
      ['would_have_kept', choice('yes')],
      ['promise', { kind: 'datetime', at: 5 }],
      ['contract_end', { kind: 'date', date: '2026-06-30' }],
    ),
  );
  expect(facts.attraction).toEqual({ state: 'known', value: 'Weekly delivery', source: 'prospect', at: 0 });
  expect(known(facts.would_have_kept)).toBe('yes');
  expect(known(facts.promise)).toBe(5);
  expect(known(facts.contract_end)).toBe('2026-06-30');
});

test('the last answer holds', () => {
  const facts = factsOf(trail(['would_have_kept', choice('unclear')], ['would_have_kept', choice('no')]));
  expect(known(facts.would_have_kept)).toBe('no');
});

test.each([
  ['"already told me"', { kind: 'told' }],
  ['an empty screen', text('  ')],
  ['a way out of the screen', choice('nobody_won')],
] as const)('%s keeps earlier words', (_, answer) => {
  expect(known(factsOf(trail(['attraction', text('Price')], ['attraction', answer])).attraction)).toBe(
    'Price',
  );
});

test('an unknown choice is no answer', () => {
  expect(factsOf(trail(['signed', choice('perhaps')])).signed.state).toBe('missing');
});

test('the picture joins all that was said on its screens', () => {
  const facts = factsOf(
    trail(
      ['picture', reasons('Price', 'price')],
      ['picture', reasons('Price, and delivery', 'price', 'delivery')],
      ['picture', { kind: 'told' }],
      ['picture', reasons('They know the boss', 'relationship')],
    ),
  );
  expect(known(facts.picture)).toEqual({
    text: 'Price, and delivery\nThey know the boss',
    reasons: ['price', 'delivery', 'relationship'],
  });
});

test('reasons alone or words alone make a picture', () => {
  expect(known(factsOf(trail(['picture', reasons('', 'price')])).picture)).toEqual({
    text: '',
    reasons: ['price'],
  });
  expect(known(factsOf(trail(['picture', text('Price')])).picture)).toEqual({ text: 'Price', reasons: [] });
  expect(factsOf(trail(['picture', reasons('')])).picture.state).toBe('missing');
});
