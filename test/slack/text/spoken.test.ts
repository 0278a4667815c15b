/** Lines of the playbooks as a rep says them, with names and terms that people really type. */
import fc from 'fast-check';
import type { Deal } from '../../../src/deal/model/deal';
import { BUILT_IN_WORDS } from '../../../src/playbook/builtInWords';
import { FLAWS } from '../../../src/playbook/checking/checks/lines';
import type { Playbook } from '../../../src/playbook/schema';
import { requestOf, spoken } from '../../../src/slack/text';
import { answered, countered, decision, HOUR, NOW, playbooks, pulse } from '../deals';

const said = (template: string, deal: Deal): string =>
  spoken(template, deal)
    .map((part) => (typeof part === 'string' ? part : 'Monday'))
    .join('');

const linesOf = ({ steps, endings, words }: Playbook): string[] => [
  ...steps.flatMap(({ say, prompts }) => [...say, ...(prompts ?? [])]),
  ...Object.values(endings).flatMap((ending) => ending?.say ?? []),
  ...Object.values({ ...BUILT_IN_WORDS, ...words }).flat(),
];

const declined = (reason: string): Deal => {
  const deal = countered();
  if (deal.ask === null) throw new Error('this deal has no ask');
  return { ...deal, ask: { ...deal.ask, decisions: [decision(1, { kind: 'decline', reason })] } };
};

const withNames = (deal: Deal, account: string, prospect: string, competitor: string): Deal => ({
  ...deal,
  account,
  details: { ...deal.details, prospect, competitor },
});

test.each([
  [
    'I hope it works out[ with {competitor}]. I wish you well.',
    'I hope it works out with Acme Corp. I wish you well.',
  ],
  ['Goodbye, {competitor}.', 'Goodbye, Acme Corp.'],
  ['[{competitor}], then?', 'Acme Corp, then?'],
])('%s: a name that ends with a full stop brings no second mark', (template, words) => {
  expect(said(template, withNames(pulse(), 'Northwind', 'Ms Reyes', 'Acme Corp.'))).toBe(words);
});

test.each([
  ['Within ninety days!', 'Within ninety days.'],
  ['Yahoo!', 'Yahoo.'],
  ['Net 60 , fine ...', 'Net 60, fine…'],
  ['Ninety days\nno setup fee', 'Ninety days, no setup fee.'],
  ['What?? Really!!', 'What? Really.'],
  ['Off by .5', 'Off by 0.5.'],
])('%j is one sentence when it is read out', (reason, words) => {
  expect(said('{reason}.', declined(reason))).toBe(words);
});

test('terms that are too long to say end with a whole sentence', () => {
  const reason = 'We cannot pay for the move this year. '.repeat(20);
  expect(said('{reason}.', declined(reason))).toMatch(/^(We cannot pay for the move this year\. ?)+$/u);
});

test('terms without a full stop end with a whole word', () => {
  const words = said('{reason}.', declined('ninety days to pay and '.repeat(40)));
  expect(words).toMatch(/ (ninety|days|to|pay|and)…$/u);
});

test('what the prospect liked, quoted in the question to the manager, ends with a whole word', () => {
  const text = 'free training for everybody and '.repeat(20);
  const deal = pulse({ trail: [answered('attraction', 'attraction', { kind: 'text', text })] });
  expect(requestOf(deal)).toMatch(
    /^match “(free training for everybody and )+.*(?<= )(free|training|for|everybody|and)…”$/u,
  );
  expect(requestOf(deal).length).toBeLessThanOrEqual(210);
});

/** Flaws that a value can bring; a line begins and ends as its author wrote it. */
const flaws = FLAWS.slice(1, 5);

/** Names and terms with the marks that people put into them. */
const scrap = fc.constantFrom(
  'Acme',
  'Inc',
  'Yahoo',
  'Zoë',
  '90',
  'days',
  '.',
  '..',
  '...',
  '…',
  '!',
  '!!',
  '?',
  ',',
  ';',
  ':',
  ' ',
  '  ',
  '\n',
  '\t',
  '(',
  ')',
  '“',
  '”',
  '’s',
  '&',
  '-',
  '\u200b',
  '\ue000rep\ue001',
  '👩‍👩‍👧',
);
const value = fc.array(scrap, { maxLength: 12 }).map((all) => `Acme${all.join('')}`);
const longValue = fc.tuple(value, fc.integer({ min: 1, max: 60 })).map(([it, times]) => it.repeat(times));

test('no line of a playbook has two punctuation marks together, whatever people type', () => {
  const deals = fc.tuple(value, value, value, longValue, fc.boolean()).map(([a, b, c, terms, isCounter]) => {
    const deal = isCounter ? countered() : declined(terms);
    const asked =
      isCounter && deal.ask !== null
        ? {
            ...deal.ask,
            decisions: deal.ask.decisions.map((it) => (it.kind === 'decline' ? it : { ...it, terms })),
          }
        : deal.ask;
    return withNames({ ...deal, ask: asked }, a, b, c);
  });
  const lines = playbooks.flatMap(linesOf).filter((it) => /[{[]/u.test(it));
  fc.assert(
    fc.property(deals, (deal) => {
      for (const line of lines) {
        if (line.includes(deal.ask?.decisions.at(-1)?.kind === 'decline' ? '{terms}' : '{reason}')) continue;
        const words = said(line, deal);
        const bad = flaws.filter(({ shows }) => shows(words)).map(({ what }) => what);
        expect({ words, bad }).toEqual({ words, bad: [] });
      }
    }),
    { numRuns: 200 },
  );
});

describe('hours and days in a line', () => {
  const promised = (hours: number): Deal => {
    const at = NOW + hours * HOUR;
    return pulse({
      zone: 'Europe/Berlin',
      trail: [answered('promise', 'promise', { kind: 'datetime', at }, 'rep')],
    });
  };
  const template = "I'll call you[ {by_call_back}]. I said[ by {call_back}].";

  // NOW is a Monday, eleven in the morning in Berlin.
  test.each([
    ['that day', 6, '5 on Monday', '5 today'],
    ['the next day', 25, 'noon on Tuesday', 'noon on Tuesday'],
    ['in two weeks', 14 * 24 + 1, 'noon on Monday, December 7', 'noon on Monday, December 7'],
  ])(
    'for %s are words in the rep’s zone: a message names the weekday, a screen says today',
    (_, hours, inMessage, atOnce) => {
      expect(spoken(template, promised(hours))).toEqual([
        `I'll call you by ${inMessage}. I said by ${inMessage}.`,
      ]);
      expect(spoken(template, promised(hours), { atOnce: true })).toEqual([
        `I'll call you by ${atOnce}. I said by ${atOnce}.`,
      ]);
    },
  );

  test('stay Slack’s own date while the rep’s zone is not known', () => {
    expect(spoken('Until {call_back}.', { ...promised(6), zone: null })).toEqual([
      'Until ',
      { date: NOW + 6 * HOUR },
      '.',
    ]);
  });

  test('name the end of an offer from the day it was decided, and a day to look again without its weekday', () => {
    expect(spoken("It's good until {expiry}.", countered({ zone: 'UTC' }))).toEqual([
      "It's good until 10 on Wednesday.",
    ]);
    const later = [answered('look_again', 'look_again', { kind: 'date', date: '2027-03-15' })];
    expect(spoken("[I'll check in {around_look_again}.]", pulse({ trail: later }))).toEqual([
      "I'll check in around March 15.",
    ]);
  });
});
