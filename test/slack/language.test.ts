/** A playbook in another language: no word that a rep reads out or sends is English. Labels of screens stay English. */
import { join } from 'node:path';
import { firstLook } from '../../src/authoring/preview/look';
import { mapOf } from '../../src/authoring/preview/map';
import { answerTo } from '../../src/authoring/preview/server';
import type { Deal, DecisionTerms } from '../../src/deal/model/deal';
import { readPlaybook } from '../../src/playbook/checking/loader';
import { MAILS, type Playbook, type PlaybookSource, WORDS } from '../../src/playbook/schema';
import { speechOf } from '../../src/playbook/speech';
import { wordsOf as linesOf } from '../../src/playbook/words';
import { renderThread } from '../../src/slack/messages/renderThread';
import { mailPieces, requestOf, rich, spoken } from '../../src/slack/text';
import { aboutDayWords, momentWords } from '../../src/slack/text/readOut';
import { script, theySayBack } from '../../src/slack/views/script';
import { faultsOf, read } from '../playbook/tiny';
import { answered, decision, HOUR, NOW, newDeal, pendingAsk, pulse, reasons, wordsOf } from './deals';

const FILE = join(__dirname, '..', '..', 'docs', 'examples', 'abschied.yml');

const german: Playbook = (() => {
  const { playbook, faults } = readPlaybook(FILE);
  if (playbook === null || faults.length > 0) throw new Error('the German example has faults');
  return playbook;
})();

const ENGLISH = new RegExp(
  `\\b(?:${[
    'the|by|on|at|of|for|and|or|you|we|your|our|is|it|to|what|with|until|next|day|working',
    'today|tomorrow|noon|midnight|around|match|bring|hi|best|they|hoped',
    'Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday',
    'January|February|March|May|June|July|October|December|am|pm',
  ].join('|')})\\b`,
  'iu',
);
/** Words that are German too. */
const isEnglish = (text: string) => ENGLISH.test(text.replace(/\bam\b/gu, ''));

interface Node {
  readonly type?: string;
  readonly [key: string]: unknown;
}

/** Everything that is quoted to be read out, and every mail to be copied. */
function readOut(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(readOut);
  if (typeof value !== 'object' || value === null) return [];
  const node = value as Node;
  if (node.type === 'rich_text_quote' || node.type === 'rich_text_preformatted')
    return [(node.elements as Node[]).map(({ text }) => (typeof text === 'string' ? text : '@')).join('')];
  return Object.values(node).flatMap(readOut);
}

const DETAILS = {
  ...pulse().details,
  prospect: 'Frau Reyes',
  competitor: 'Contoso',
  recommendation: null,
};
const TOLD = [
  answered('grund', 'attraction', { kind: 'text', text: 'Lieferung in drei Wochen' }),
  answered('unterschrieben', 'signed', { kind: 'choice', choice: 'no' }),
  answered('fragen', 'may_check', { kind: 'choice', choice: 'yes' }),
  answered('rueckruf', 'promise', { kind: 'datetime', at: NOW + 26 * HOUR }, 'rep'),
];
const asked = (over: Partial<Deal> = {}): Deal =>
  pulse({ zone: 'Europe/Berlin', details: DETAILS, trail: TOLD, ...over });
const decided = (terms: DecisionTerms, over: Partial<Deal> = {}): Deal =>
  asked({
    stage: terms.kind === 'decline' ? 'calling_back' : 'winning_back',
    ask: pendingAsk({ status: 'decided', decisions: [decision(20, terms)] }),
    ...over,
  });
const offer = { value: null, inReturn: 'die Bestellung bis Freitag', expiresAt: NOW + 72 * HOUR };
const DEALS: readonly Deal[] = [
  asked(),
  decided({ kind: 'match', terms: 'Lieferung in drei Wochen', cost: null, ...offer }),
  decided({ kind: 'counter', terms: 'Lieferung in vier Wochen', levers: [], ...offer }),
  decided({ kind: 'decline', reason: 'das schaffen wir nicht' }),
];

describe('a playbook in German', () => {
  it('is read out in German on every screen and at every ending, to either business, with names and without', () => {
    const files = { playbooks: [german], reasons, faults: [], warnings: [] };
    let lines = 0;
    for (const { id } of mapOf(german).boxes) {
      for (const business of ['new', 'customer'] as const) {
        for (const names of [true, false]) {
          const look = { ...firstLook(german.id), business, names };
          for (const overlay of [null, 'script', 'they_say'] as const) {
            const gone = answerTo({ look, go: id, tz: 'Europe/Berlin' }, files, NOW).shown?.look ?? look;
            const { shown } = answerTo({ look: { ...gone, overlay }, tz: 'Europe/Berlin' }, files, NOW);
            const said = readOut(shown?.modals);
            lines += said.length;
            expect(said.filter(isEnglish)).toEqual([]);
          }
        }
      }
    }
    expect(lines).toBeGreaterThan(100);
  });

  it('is read out in German in every message, and so is every mail and what they say then', () => {
    for (const deal of DEALS) {
      const context = { privacy: 'full' as const, playbook: german, reasons, remarks: wordsOf(deal) };
      const said = readOut([
        renderThread(deal, { ...context, repName: 'Robin Reyes' }),
        script(german, deal),
        theySayBack(deal, german),
        // Only a no has a reason to write.
        ...MAILS.filter((key) => key !== 'decline' || deal.stage === 'calling_back').map((key) =>
          rich(...mailPieces(deal, german, key, 'Robin Reyes')),
        ),
      ]);
      expect(said.length).toBeGreaterThan(10);
      expect(said.filter(isEnglish)).toEqual([]);
      for (const key of WORDS) {
        const words = linesOf(german, key).filter((it) => !/\{(?:terms|reason|pledged)\}/u.test(it));
        const parts = words.flatMap((it) => spoken(it, deal, { of: german }));
        expect(parts.filter((it) => typeof it === 'string' && isEnglish(it))).toEqual([]);
      }
    }
  });

  it('names days and hours as Germans do', () => {
    const speech = speechOf(german);
    const from = Date.UTC(2026, 10, 23, 9);
    const at = (day: number, hour: number, atOnce = true, minute = 0) =>
      momentWords(Date.UTC(2026, 10, day, hour, minute), { zone: 'Europe/Berlin', from, atOnce }, speech);
    expect(at(23, 16)).toBe('heute um 17 Uhr');
    expect(at(24, 11)).toBe('morgen um 12 Uhr');
    expect(at(24, 11, false)).toBe('Dienstag um 12 Uhr');
    expect(at(25, 8, true, 30)).toBe('Mittwoch um 9:30');
    expect(at(43, 11)).toBe('Sonntag, 13. Dezember um 12 Uhr');
    expect(aboutDayWords('2027-03-15', { zone: 'Europe/Berlin', from }, speech)).toBe('15. März');
    expect(aboutDayWords('2028-03-15', { zone: 'Europe/Berlin', from }, speech)).toBe('15. März 2028');
    expect(requestOf(asked(), speech)).toBe('bei „Lieferung in drei Wochen“ mitgehen');
    const [line] = spoken('{by_suggested}', newDeal({ zone: null }), { of: german });
    expect(line).toBe('bis am nächsten Werktag um 12 Uhr');
  });

  it('greets and ends its mails in German', () => {
    const [mail = ''] = readOut(rich(...mailPieces(asked(), german, 'thank_you', 'Robin Reyes')));
    expect(mail).toMatch(/^Guten Tag Frau Reyes,\n\n.*\n\nViele Grüße\nRobin Reyes$/su);
  });
});

describe('the check of a playbook in another language', () => {
  const { hash: _, ...source } = german;
  const without = (change: Partial<Record<keyof PlaybookSource, unknown>>) =>
    read(faultsOf({ 'ours.yml': JSON.stringify({ ...source, ...change }) })).map((it) =>
      it.replace(/^ours\.yml:\d+: /u, ''),
    );

  it('has no fault when everything is there', () => {
    expect(without({})).toEqual([]);
  });

  it('names every line that a rep would read out in English', () => {
    const { holding: _h, ...words } = source.words ?? {};
    const { last: _l, ...mails } = source.mails ?? {};
    expect(without({ words, mails, they_say: undefined, phrases: undefined })).toEqual([
      'there are no “phrases”, so days and hours would be read out in English: add them',
      '“words” has no “holding”, so a rep would read it out in English: add it',
      '“mails” has no “last”, so a rep would read it out in English: add it',
      '“they_say” has no “match”, so a rep would read it out in English: add it',
      '“they_say” has no “counter”, so a rep would read it out in English: add it',
      '“they_say” has no “decline”, so a rep would read it out in English: add it',
    ]);
    expect(without({ language: undefined, words, mails, they_say: undefined, phrases: undefined })).toEqual(
      [],
    );
  });

  it('says how to write a language and a phrase', () => {
    expect(without({ language: 'Deutsch!' })).toEqual([
      '“language” is wrong: write it like “de”, “fr” or “pt-BR”',
    ]);
    const phrases = { ...source.phrases, moment: '{day}' };
    expect(without({ phrases })).toEqual(['“moment” is wrong: write it with {day} and {time}']);
  });
});
