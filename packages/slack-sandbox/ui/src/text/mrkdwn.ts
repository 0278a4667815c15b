import type { Person } from '../../../src/protocol';

/** A message's text as its author typed it, with mentions as `@handle` and `#channel` and without escapes. */
export function decodeTyped(text: string, people: readonly Person[]): string {
  return text
    .replace(/<@([A-Z0-9]+)(?:\|[^>]*)?>/g, (whole, id: string) => {
      const person = people.find((candidate) => candidate.id === id);
      return person === undefined ? whole : `@${person.name}`;
    })
    .replace(/<#[A-Z0-9]+\|([^>]*)>/g, '#$1')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}

/** A message's text in one line of at most 140 characters, for screen readers. */
export function plainLine(text: string, people: readonly Person[]): string {
  const words = decodeTyped(
    text.replace(/<!date\^[^|>]*\|([^>]*)>/g, '$1').replace(/<(?![@#])[^|>]*\|([^>]*)>/g, '$1'),
    people,
  )
    .replace(/\s+/g, ' ')
    .trim();
  return words.length > 140 ? `${words.slice(0, 139)}…` : words;
}
