import fc from 'fast-check';
import { clip, isSeen, nameKey, plainTyped, tidyName, tidyText } from '../../../src/deal/model/typed';

/** What nobody sees: blanks, controls, marks of direction, and the fillers of several scripts. */
const UNSEEN = [
  ' ',
  '\t',
  '\n',
  '\u0000',
  '\u00a0',
  '\u00ad',
  '\u034f',
  '\u115f',
  '\u180e',
  '\u200b',
  '\u200d',
  '\u200e',
  '\u202e',
  '\u2060',
  '\u2066',
  '\u2800',
  '\u3000',
  '\u3164',
  '\ufe0f',
  '\ufeff',
  '\uffa0',
  '\u{e0001}',
];
const unseen = fc.array(fc.constantFrom(...UNSEEN), { maxLength: 6 }).map((all) => all.join(''));
const name = fc.constantFrom(
  'Acme Inc.',
  'Wendy’s',
  'Ｋ－ｍａｒｔ',
  '日本電気',
  'Zoë',
  '👩‍👩‍👧 & Co',
  'می‌خواهم',
  '❤️',
);

test('what nobody sees is no name, whichever characters it is made of', () => {
  fc.assert(
    fc.property(unseen, (text) => {
      expect([isSeen(text), tidyText(text), tidyName(text), nameKey(text)]).toEqual([false, '', '', '']);
    }),
  );
});

test('what everybody can type is read like any other text', () => {
  const printable = fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code));
  const typed = fc.oneof(
    fc.string({ unit: printable }),
    fc.string({ unit: fc.constantFrom(' ', '`', "'", 'A', 'a') }),
  );
  fc.assert(
    fc.property(typed, (text) => {
      // A character that nobody sees, and that is not plain.
      const other = `\u200b${text}\u200b`;
      expect([tidyText(text), tidyName(text), nameKey(text)]).toEqual([
        tidyText(other),
        tidyName(other),
        nameKey(other),
      ]);
    }),
  );
});

test.each(['\u200b', '\u3164', '\u2800', '\u200b \ufeff'])('%j is no name', (text) => {
  expect(tidyName(text)).toBe('');
});

test('a name keeps every visible character, and what holds its emoji and words together', () => {
  const edge = fc
    .array(fc.constantFrom(' ', '\u200b', '\u3164', '\u2800', '\u202e', '\u00a0'), { maxLength: 4 })
    .map((all) => all.join(''));
  fc.assert(
    fc.property(name, edge, edge, (it, before, after) => {
      expect(tidyName(`${before}${it}${after}`)).toBe(it);
    }),
  );
});

test('a cut goes through no visible character, wherever it falls', () => {
  const cluster = fc.constantFrom(
    '👩‍👩‍👧‍👦',
    '🇩🇪',
    '🇫🇷',
    '👍🏽',
    'é',
    'a',
    '1️⃣',
    '한',
    '✈️',
    '\u0915\u094d\u0937',
  );
  const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
  fc.assert(
    fc.property(fc.array(cluster, { maxLength: 120 }), fc.integer({ min: 12, max: 300 }), (all, max) => {
      const text = all.join('');
      const ends = [0];
      for (const { segment } of segmenter.segment(text)) ends.push((ends.at(-1) ?? 0) + segment.length);
      const cut = clip(text, max);
      expect(cut.length).toBe(Math.max(...ends.filter((end) => end <= max)));
      expect(text.startsWith(cut)).toBe(true);
    }),
  );
});

/** What phones and desks do to a name on its way. */
const doings: readonly ((text: string) => string)[] = [
  (text) => text.toUpperCase(),
  (text) => text.toLowerCase(),
  (text) => text.normalize('NFD'),
  (text) => text.normalize('NFC'),
  (text) => text.replaceAll("'", '’'),
  (text) => text.replaceAll("'", '‘'),
  (text) => text.replaceAll("'", '´'),
  (text) => text.replaceAll("'", 'ʼ'),
  (text) => text.replaceAll('"', '“'),
  (text) => text.replaceAll('-', '–'),
  (text) => text.replaceAll('-', '\u2011'),
  (text) => text.replaceAll(' ', '\u00a0'),
  (text) => text.replaceAll(' ', '  '),
  (text) => text.replaceAll(' ', '\u3000'),
  (text) => text.replaceAll('...', '…'),
  (text) => ` ${text}\u200b`,
  (text) => text.replace(/[!-~]/g, (it) => String.fromCodePoint((it.codePointAt(0) ?? 0) + 0xfee0)),
  (text) => [...text].join('\u2060'),
];

test('a name has one key, whatever phones and desks do to it', () => {
  const plain = fc.constantFrom<string>(
    "Wendy's",
    'Coca-Cola',
    '"Blue" Sky',
    'Zoë & Co',
    'Straße 9',
    'Wait... Inc',
    'Ολυμπος',
    'Ａ１',
  );
  fc.assert(
    fc.property(plain, fc.array(fc.constantFrom(...doings), { maxLength: 5 }), (it, all) => {
      expect(nameKey(all.reduce((text, change) => change(text), it))).toBe(nameKey(it));
    }),
    { numRuns: 500 },
  );
});

test('different names have different keys', () => {
  const names = ["Wendy's", 'Wendys', 'Wendy', 'Coca-Cola', 'Coca Cola', 'Zoe', 'Zoë', 'Acme', 'Acme 2'];
  expect(new Set(names.map(nameKey)).size).toBe(names.length);
});

test('the key of a key is the key', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (it) => expect(nameKey(nameKey(it))).toBe(nameKey(it))),
  );
  const changed: string[] = [];
  for (let point = 0; point <= 0x1ffff; point += 1) {
    const key = nameKey(`a${String.fromCodePoint(point)}b`);
    if (nameKey(key) !== key) changed.push(point.toString(16));
  }
  expect(changed).toEqual([]);
});

test('a date or number of a phone reads as one of a keyboard', () => {
  expect(plainTyped('２０２６‑12–25\u200b')).toBe('2026-12-25');
  expect(plainTyped('10²')).toBeNull();
});
