import type { RichTextBlock, RichTextElement } from '@slack/types';
import fc from 'fast-check';
import {
  calendarDate,
  cut,
  encodedLength,
  FALLBACK_MAX,
  fallbackText,
  paragraph,
  pieces,
  plain,
  said,
  shares,
  timeLeft,
  wellFormed,
} from '../../../src/slack/text';

/** Any text that a person can type or paste, and the marks that Slack would act upon. */
const tricky = fc.constantFrom(
  '@here',
  '<!channel>',
  '<@U0REP>',
  '<#C0DEALS>',
  ':tada:',
  '*bold*',
  '_it_',
  '~no~',
  '`code`',
  'https://evil.example/x?a=1&b=2',
  'www.example.com',
  'a@b.example',
  '> quote',
  '&lt;!here&gt;',
  '\u202e',
  '👩‍👩‍👧‍👦',
  '\n',
);
const anyText = fc
  .array(
    fc.oneof(
      { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
      { weight: 1, arbitrary: tricky },
    ),
    {
      maxLength: 40,
    },
  )
  .map((parts) => parts.join(''));
const longText = fc
  .tuple(anyText, fc.integer({ min: 1, max: 200 }))
  .map(([text, times]) => text.repeat(times));

function elementsOf(block: RichTextBlock): RichTextElement[] {
  return block.elements.flatMap((element): RichTextElement[] =>
    element.type === 'rich_text_list' ? element.elements.flatMap((item) => item.elements) : element.elements,
  );
}

/** The words of a block that has nothing but words. */
function wordsIn(block: RichTextBlock): string {
  return elementsOf(block)
    .map((element) => {
      if (element.type !== 'text') throw new Error(`a ${element.type} was made of somebody's words`);
      return element.text;
    })
    .join('');
}

describe('words in rich text', () => {
  it('reach the block as typed, and make no mention, link, emoji or format', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const block = said(text);
        expect(wordsIn(block)).toBe(text === '' ? '–' : wellFormed(text));
        expect(elementsOf(block).every((element) => !('style' in element))).toBe(true);
      }),
    );
  });

  it('are split where an element would be too long, and nothing is lost', () => {
    fc.assert(
      fc.property(longText, (text) => {
        const elements = elementsOf(said(text));
        expect(
          elements.every((element) => element.type === 'text' && encodedLength(element.text) <= 3000),
        ).toBe(true);
        expect(wordsIn(said(text))).toBe(text === '' ? '–' : wellFormed(text));
      }),
      { numRuns: 30 },
    );
  });

  it('are never parted inside a visible character', () => {
    const family = '👩‍👩‍👧‍👦';
    for (const piece of pieces(family.repeat(600), 3000)) {
      expect(piece.length % family.length).toBe(0);
    }
  });

  it('stand beside our own people and dates', () => {
    const block = paragraph(['by ', { user: 'U0REP' }, ', ', { date: Date.UTC(2026, 10, 23, 15, 30) }]);
    expect(elementsOf(block)).toEqual([
      { type: 'text', text: 'by ' },
      { type: 'user', user_id: 'U0REP' },
      { type: 'text', text: ', ' },
      {
        type: 'date',
        timestamp: Date.UTC(2026, 10, 23, 15, 30) / 1000,
        format: '{date_short_pretty} at {time}',
        fallback: '2026-11-23 15:30 UTC',
      },
    ]);
  });
});

describe('plain text', () => {
  it('is as typed and never longer than Slack counts', () => {
    fc.assert(
      fc.property(longText, fc.integer({ min: 1, max: 150 }), (text, max) => {
        const object = plain(text, max);
        expect(object.emoji).toBe(false);
        expect(object.text.length).toBeGreaterThan(0);
        expect(encodedLength(object.text)).toBeLessThanOrEqual(max);
        if (encodedLength(wellFormed(text)) <= max && text !== '') expect(object.text).toBe(wellFormed(text));
      }),
    );
  });
});

describe('the fallback text', () => {
  const undo = (text: string) =>
    text.replaceAll('\u200b', '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

  it('reads as typed', () => {
    fc.assert(
      fc.property(
        anyText.filter((text) => !text.includes('\u200b') && text !== '' && text.length < 200),
        (text) => {
          expect(undo(fallbackText([text]))).toBe(wellFormed(text));
        },
      ),
    );
  });

  it('makes no mention, link, emoji, quote or format, whether a gap counts as a space or as a letter', () => {
    fc.assert(
      fc.property(longText, (text) => {
        for (const gap of [' ', 'ɣ']) {
          const seen = fallbackText([text]).replaceAll('\u200b', gap);
          expect(seen).not.toMatch(/[<>]/u);
          expect(seen).not.toMatch(/[@#][a-z0-9]/iu);
          expect(seen).not.toMatch(/:[a-z0-9_+'-]+:/iu);
          expect(seen).not.toMatch(/:\/\/|[a-z0-9][.@][a-z0-9]/iu);
          expect(seen).not.toMatch(/(^|[\s\p{P}\p{S}])[*_~`](?=\S)/mu);
          expect(seen).not.toMatch(/^&gt;/mu);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('stays within its limit, also when everything has to be escaped', () => {
    fc.assert(
      fc.property(longText, (text) => {
        const result = fallbackText([{ bold: text }, ' by ', { user: 'U0REP' }]);
        expect(result.length).toBeGreaterThan(0);
        expect(result.length).toBeLessThanOrEqual(FALLBACK_MAX);
      }),
      { numRuns: 30 },
    );
  });

  it('keeps our own mentions and dates alive', () => {
    expect(fallbackText([{ user: 'U0REP' }, ', answer by ', { date: Date.UTC(2026, 10, 23, 15, 30) }])).toBe(
      '<@U0REP>, answer by <!date^1795447800^{date_short_pretty} at {time}|2026-11-23 15:30 UTC>',
    );
  });

  it('takes no mention from something that is no user id', () => {
    expect(fallbackText([{ user: '!channel' }])).toBe('!channel');
  });
});

describe('small words', () => {
  it('a calendar date has no time zone to lose', () => {
    expect(calendarDate('2026-03-09')).toBe('9 Mar 2026');
  });

  it.each([
    [2 * 3_600_000, '2 hours left'],
    [3_600_000, '1 hour left'],
    [90_000, '2 minutes left'],
    [10_000, '1 minute left'],
    [72 * 3_600_000, '3 days left'],
    [0, 'no time left'],
  ])('%d ms are “%s”', (ms, words) => {
    expect(timeLeft(ms)).toBe(words);
  });

  it('shares room so that short texts stay whole', () => {
    expect(shares([10, 500, 20, 900], 600)).toEqual([10, 285, 20, 285]);
    expect(shares([10, 20], 600)).toEqual([10, 20]);
  });

  it('cuts with an ellipsis, counting entities', () => {
    expect(cut('a & b & c', 8)).toBe('a &…');
  });

  it.each([
    ['ninety days to pay', 15, 'ninety days to…'],
    ['ninety days to pay', 14, 'ninety days…'],
    ['no incomprehensibilities', 20, 'no incomprehensibil…'],
    ['incomprehensibilities', 12, 'incomprehen…'],
    ['ninety days\nto pay', 14, 'ninety days…'],
  ])('cuts %j at %i behind a whole word, unless little would be left', (text, max, start) => {
    expect(cut(text, max)).toBe(start);
  });

  it('cuts no word of a sentence in two', () => {
    const word = fc.stringMatching(/^[a-zé&🚀]{1,12}$/u);
    const sentence = fc.array(word, { minLength: 8, maxLength: 60 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(sentence, fc.integer({ min: 200, max: 400 }), (text, max) => {
        const short = cut(text, max);
        expect(encodedLength(short)).toBeLessThanOrEqual(max);
        if (short !== text) expect(`${text} `).toContain(`${short.slice(0, -1)} `);
      }),
    );
  });
});
