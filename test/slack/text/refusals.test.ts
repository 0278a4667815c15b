/** The sentences that people read after a refusal. */
import { parseMoney } from '../../../src/deal/model/money';
import { amountProblem, refusalText } from '../../../src/slack/text';

/** The error that a person reads who typed this as an amount. */
function sentenceFor(typed: string, zero = false): string {
  const parsed = parseMoney(typed, 'EUR', { zero });
  if (parsed.ok) throw new Error(`${typed} is an amount`);
  return amountProblem(parsed.problem);
}

test.each([
  ['', 'Type an amount, such as 48,000.'],
  ['a lot', "I can't read “a lot” as an amount. Type it like 48,000 or 48k."],
  ['-5', 'An amount is more than zero.'],
  ['5 quid', "I don't know “quid”. Use k for thousands or m for millions."],
  ['€5 USD', 'That names two currencies: USD and EUR.'],
  ['1.2345', 'EUR has at most 2 decimals.'],
  ['JPY 1.5', 'JPY has no decimals.'],
  ['1.200k', 'Is “1.200” with thousands or with decimals? Write it out.'],
  ['1.2.3', "I can't tell thousands from decimals in “1.2.3”. Type it like 48,000.50."],
  ['99999999999999999', "That's more than I can count. Is there a zero too many?"],
  ['9'.repeat(100), "That's too long for an amount. Type it like 48,000."],
])('whoever types the amount “%s” reads: %s', (typed, sentence) => {
  expect(sentenceFor(typed)).toBe(sentence);
});

test('a person who types a cost below zero reads so', () => {
  expect(sentenceFor('-3', true)).toBe('An amount is never below zero.');
});

test('a refusal names the days and the person it is about', () => {
  expect(refusalText({ code: 'closed_long_ago', days: 30 })).toBe(
    'This deal was closed more than 30 days ago.',
  );
  expect(refusalText({ code: 'person_left', name: 'Dana Diaz', decides: true })).toBe(
    'Dana Diaz has left this workspace. Name somebody else.',
  );
  expect(refusalText({ code: 'person_left', name: 'Dana Diaz', decides: false })).toBe(
    'Dana Diaz has left this workspace. Pick somebody else.',
  );
});
