/** People's replies beneath a deal reach the decision, and the words for a buyer, without Slack's markup. */
import fc from 'fast-check';
import { replyWords } from '../../../src/slack/listeners/replyWords';

const NAMES = new Map([['U00000MAYA', 'Maya & Co <Sales>']]);

test.each([
  ['<@U00000MAYA> says sixty days', '@Maya & Co <Sales> says sixty days'],
  ['<@U00000MAYA|maya> says so', '@Maya & Co <Sales> says so'],
  ['<@U0STRANGER|kim> says so', '@kim says so'],
  ['ask <@U0STRANGER>, <@W0STRANGER|>', 'ask @someone, @someone'],
  ['as in <#C000LOSTDL|lost-deals>', 'as in #lost-deals'],
  ['as in <#C000LOSTDL|>, <#C000LOSTDL>', 'as in #channel, #channel'],
  ['<!here> <!channel> <!everyone> <!here|here>', '@here @channel @everyone @here'],
  ['<!subteam^S0SALES|@sales> or <!subteam^S0SALES>', '@sales or @someone'],
  ['until <!date^1700000000^{date_short}|Nov 14, 2023>', 'until Nov 14, 2023'],
  ['call <tel:+4930123456|+49 30 123456>', 'call +49 30 123456'],
  ['call <tel:+4930123456>', 'call +4930123456'],
  ['<mailto:kim@acme.com|kim@acme.com>', 'kim@acme.com'],
  ['as on <https://acme.com/a?b=1&amp;c=2|our A &amp; B page>', 'as on our A & B page'],
  ['<https://acme.com/?b=1&amp;c=2>', 'https://acme.com/?b=1&c=2'],
  ['R&amp;D &lt; 5 &gt; 4', 'R&D < 5 > 4'],
  ['&amp;lt;@U00000MAYA&amp;gt;', '&lt;@U00000MAYA&gt;'],
  ['&lt;@U00000MAYA&gt;', '<@U00000MAYA>'],
])('%s reads as “%s”', (written, words) => {
  expect(replyWords(written, NAMES)).toBe(words);
});

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

interface Piece {
  readonly written: string;
  readonly read: string;
}

const id = (letter: string) => fc.stringMatching(/^[A-Z0-9]{6,10}$/u).map((rest) => `${letter}${rest}`);
const label = fc
  .string({
    unit: fc.constantFrom('a', 'Ö', ' ', '&', '<', '>', '|', ';', '😀', 'amp;', 'lt;'),
    minLength: 1,
  })
  .map((text) => text.trim())
  .filter((text) => text !== '');
/** Typed text as its author sees it, also text that looks like markup. */
const typed = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '<@U00000MAYA>',
    '&amp;',
    '<!here>',
    '&lt;b&gt;',
    '@here',
    '<https://a.b|c>',
    '5 < 6 & 7 > 6',
  ),
);

/** A piece of a message as Slack writes it, with the words that a person reads there. */
const aPieceOfAMessage: fc.Arbitrary<Piece> = fc.oneof(
  { weight: 3, arbitrary: typed.map((text) => ({ written: escaped(text), read: text })) },
  id('U').map((user) => ({ written: `<@${user}>`, read: '@someone' })),
  fc.constant({ written: '<@U00000MAYA>', read: '@Maya & Co <Sales>' }),
  fc.tuple(id('C'), label).map(([channel, name]) => ({
    written: `<#${channel}|${escaped(name)}>`,
    read: `#${name}`,
  })),
  id('C').map((channel) => ({ written: `<#${channel}|>`, read: '#channel' })),
  fc.constantFrom('here', 'channel', 'everyone').map((who) => ({ written: `<!${who}>`, read: `@${who}` })),
  id('S').map((group) => ({ written: `<!subteam^${group}>`, read: '@someone' })),
  fc.tuple(fc.webUrl({ withQueryParameters: true }), label).map(([url, name]) => ({
    written: `<${escaped(url).replaceAll('|', '%7C')}|${escaped(name)}>`,
    read: name,
  })),
  fc
    .stringMatching(/^\+?[0-9]{3,12}$/u)
    .map((number) => ({ written: `<tel:${number}|${number}>`, read: number })),
);

test('any message reads as its author meant it, whatever it mentions and whatever was typed between', () => {
  fc.assert(
    fc.property(fc.array(aPieceOfAMessage, { maxLength: 12 }), (pieces) => {
      const written = pieces.map((piece) => piece.written).join('');
      expect(replyWords(written, NAMES)).toBe(pieces.map(({ read }) => read).join(''));
    }),
    { numRuns: 1_000 },
  );
});
