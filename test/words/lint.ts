/**
 * Finds words that people should not read: a semicolon, a phrase of `phrases.json`, two punctuation marks in a row, and a
 * button that is too long to take in at a glance. The checker of playbooks counts the words of a cue.
 */
import phrases from './phrases.json';

/** Characters of a button. */
const BUTTON_MAX = 24;

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
/** Whole phrases: `stands` is not in `understands`. A typographic apostrophe counts as a plain one. */
const PHRASES = phrases.map((phrase) => ({
  phrase,
  pattern: new RegExp(`(?<![\\p{L}\\p{N}])${escaped(phrase)}(?![\\p{L}\\p{N}])`, 'iu'),
}));

/** Such as `..`, `,.` or `?.`. An ellipsis may end a question. */
const DOUBLED = /[,.;:!?]\s*[,.;:]|[,;:]\s*[!?]|…\s*[,.;:]/u;

/** What is wrong with words that somebody reads; empty: nothing. */
export function wordFaults(text: string): string[] {
  const plain = text.replaceAll('’', "'");
  return [
    ...(plain.includes(';') ? ['a semicolon'] : []),
    ...PHRASES.filter(({ pattern }) => pattern.test(plain)).map(({ phrase }) => `“${phrase}”`),
    ...(DOUBLED.test(plain) ? ['two punctuation marks in a row'] : []),
  ].map((fault) => `${fault} in “${text}”`);
}

interface Node {
  readonly [key: string]: unknown;
}
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const nodes = (value: unknown): Node[] => (Array.isArray(value) ? value.filter(isNode) : []);

/** What is wrong with the words and buttons of blocks or of a whole screen. */
export function renderedFaults(value: unknown): string[] {
  return [...textsIn(value).flatMap(wordFaults), ...buttonsIn(value).flatMap(buttonFaults)];
}

function buttonFaults(label: string): string[] {
  return label.length > BUTTON_MAX ? [`“${label}” is longer than ${BUTTON_MAX} characters`] : [];
}

/** Each text of blocks as a person reads it: lines of rich text with names and dates in place, and all plain texts. */
function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (!isNode(value)) return [];
  if (/^rich_text_(section|quote|preformatted)$/u.test(String(value.type)))
    return nodes(value.elements).map(inline).join('').split('\n');
  if (value.type === 'plain_text') return String(value.text).split('\n');
  return Object.values(value).flatMap(textsIn);
}

function inline(element: Node): string {
  switch (element.type) {
    case 'text':
      return String(element.text);
    case 'link':
      return String(element.text ?? element.url);
    case 'user':
      return 'Maya';
    case 'channel':
      return 'a channel';
    case 'date':
      return 'tomorrow at noon';
    default:
      return '';
  }
}

function buttonsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(buttonsIn);
  if (!isNode(value)) return [];
  const label = value.type === 'button' && isNode(value.text) ? [String(value.text.text)] : [];
  return [...label, ...Object.values(value).flatMap(buttonsIn)];
}
