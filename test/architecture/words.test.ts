/** Words that people read keep the voice of the product: in the strings of screens and messages, and in the playbooks. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument, visit } from 'yaml';
import { wordFaults } from '../words/lint';
import { filesOf, SRC, stringsIn } from './sourceStrings';

const ROOMS = ['slack/views', 'slack/messages', 'slack/text', 'slack/listeners', 'playbook/practice'].flatMap(
  filesOf,
);
/** Their words are for the log. */
const FOR_OPERATORS = ['slack/listeners/channelCheck.ts', 'slack/listeners/home.ts'];
const isLinted = (file: string) => !FOR_OPERATORS.includes(file);

/** Several words, or one with a capital: not an id, a key or a format. */
const isRead = (text: string) => /\S\s+\S|^\p{Lu}|^\W*\s\p{L}/u.test(text);

const faultsOf = (file: string): string[] => stringsIn(join(SRC, file)).filter(isRead).flatMap(wordFaults);

test.each(ROOMS.filter(isLinted))('%s has the voice of the product', (file) => {
  expect(faultsOf(file)).toEqual([]);
});

const PLAYBOOKS = join(SRC, '..', 'playbooks');
const FILES = readdirSync(PLAYBOOKS).filter((file) => file.endsWith('.yml'));
test.each(FILES)('%s has the voice of the product', (file) => {
  const faults: string[] = [];
  visit(parseDocument(readFileSync(join(PLAYBOOKS, file), 'utf8')), {
    Scalar: (key, { value }) => {
      if (key !== 'key' && typeof value === 'string' && isRead(value)) faults.push(...wordFaults(value));
    },
  });
  expect(faults).toEqual([]);
});

describe('the lint', () => {
  it.each([
    [
      'The time to answer about Acme has come; a decision still helps.',
      ['a semicolon', '“the time to answer”', '“has come”'],
    ],
    ['Who is asked Meanwhile?', ['“meanwhile”']],
    ['You asked; most don’t.', ['a semicolon', "“most don't”"]],
    ['Lost to Globex Inc..', ['two punctuation marks in a row']],
    ['Is it “yes?”.', []],
    ['Due today, .', ['two punctuation marks in a row']],
    ['Nobody understands where the meanwhiles stand.', []],
    ['USD, EUR, GBP … Type one.', []],
  ])('bites on what should not be there: %s', (text, faults) => {
    expect(wordFaults(text)).toEqual(faults.map((fault) => `${fault} in “${text}”`));
  });

  it('reads every string of a screen, and none that goes to the log', () => {
    expect(stringsIn(join(SRC, 'slack/views/help.ts')).filter(isRead)).toContain('What to type');
    const logged = 'the first screen could not be opened';
    expect(readFileSync(join(SRC, 'slack/listeners/command.ts'), 'utf8')).toContain(logged);
    expect(stringsIn(join(SRC, 'slack/listeners/command.ts'))).not.toContain(logged);
  });
});
