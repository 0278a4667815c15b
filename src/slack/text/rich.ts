/**
 * People's words reach Slack only inside `rich_text` text elements or `plain_text` with `emoji: false`. Slack parses
 * neither, so no typed text becomes a mention, a link, an emoji or a format.
 */
import type {
  PlainTextElement,
  RichTextBlock,
  RichTextBlockElement,
  RichTextElement,
  RichTextText,
} from '@slack/types';
import { cut, pieces, wellFormed } from './encode';
import { dateFallback, dateFormat, type Part, seconds } from './parts';

/** Longest text of one rich text element. */
export const ELEMENT_MAX = 3000;

/** An element of a rich text block: a line, a quote, a list or a text to copy. */
export type RichPiece =
  | { readonly line: readonly Part[] }
  | { readonly quote: readonly Part[] }
  | { readonly list: readonly (readonly Part[])[] }
  | { readonly copied: string };

/** One line of a rich text block. */
export function line(...parts: readonly Part[]): RichPiece {
  return { line: parts };
}

/** A person's words as a quote. */
export function quote(...parts: readonly Part[]): RichPiece {
  return { quote: parts };
}

/** A bulleted list. */
export function list(items: readonly (readonly Part[])[]): RichPiece {
  return { list: items };
}

/** A text to copy, in a preformatted block. */
export function copied(text: string): RichPiece {
  return { copied: text };
}

/** Rows of cells in a fixed width, the first column to the left. A direct message on a phone takes about 40 characters a row. */
export function table(rows: readonly (readonly string[])[]): RichPiece {
  return copied(drawn(rows));
}

/** A rich text block of lines, quotes, lists and texts to copy. Consecutive lines share a section. */
export function rich(...content: readonly RichPiece[]): RichTextBlock {
  const elements: RichTextBlockElement[] = [];
  let pending: RichTextElement[] = [];
  const flush = () => {
    if (pending.length > 0) elements.push({ type: 'rich_text_section', elements: pending });
    pending = [];
  };
  for (const piece of content) {
    if ('line' in piece) {
      const inline = inlineElements(piece.line);
      if (inline.length === 0) continue;
      if (pending.length > 0) pending.push({ type: 'text', text: '\n' });
      pending.push(...inline);
      continue;
    }
    if ('quote' in piece) {
      const inline = inlineElements(piece.quote);
      if (inline.length === 0) continue;
      flush();
      elements.push({ type: 'rich_text_quote', elements: inline });
      continue;
    }
    if ('copied' in piece) {
      const text = textElements(piece.copied);
      if (text.length === 0) continue;
      flush();
      elements.push({ type: 'rich_text_preformatted', elements: text });
      continue;
    }
    const items = piece.list.map(inlineElements).filter((inline) => inline.length > 0);
    if (items.length === 0) continue;
    flush();
    elements.push({
      type: 'rich_text_list',
      style: 'bullet',
      elements: items.map((inline) => ({ type: 'rich_text_section', elements: inline })),
    });
  }
  flush();
  if (elements.length === 0) {
    elements.push({ type: 'rich_text_section', elements: [{ type: 'text', text: '–' }] });
  }
  return { type: 'rich_text', elements };
}

const isNumber = (cell: string): boolean => /^\d+$/u.test(cell);

/** Numbers and the headings above them stand to the right. */
function drawn(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(...rows.map((row) => row.length));
  const all = Array.from({ length: columns }, (_, column) => rows.map((row) => row[column] ?? ''));
  const widths = all.map((cells) => Math.max(...cells.map((cell) => [...cell].length)));
  const right = all.map((cells, column) => column > 0 && cells.some(isNumber));
  return rows
    .map((row) =>
      widths
        .map((width, column) => {
          const cell = row[column] ?? '';
          const gap = ' '.repeat(width - [...cell].length);
          return right[column] ? gap + cell : cell + gap;
        })
        .join(' ')
        .trimEnd(),
    )
    .join('\n');
}

/** A person's words as a block of their own. */
export function said(text: string): RichTextBlock {
  return rich(quote(text));
}

/** One paragraph as a block of its own. */
export function paragraph(parts: readonly Part[]): RichTextBlock {
  return rich(line(...parts));
}

/** Unparsed text of at most `max` characters as Slack counts them; longer text ends in an ellipsis. */
export function plain(text: string, max: number): PlainTextElement {
  const shown = cut(wellFormed(text), max);
  return { type: 'plain_text', text: shown === '' ? '–' : shown, emoji: false };
}

function inlineElements(parts: readonly Part[]): RichTextElement[] {
  return parts.flatMap((part): RichTextElement[] => {
    if (typeof part === 'string') return textElements(part);
    if ('bold' in part) return textElements(part.bold, { bold: true });
    if ('italic' in part) return textElements(part.italic, { italic: true });
    if ('channel' in part) return [{ type: 'channel', channel_id: part.channel }];
    if ('link' in part) return [{ type: 'link', url: part.link, text: part.text }];
    const style = part.strong === true ? { style: { bold: true } } : {};
    if ('user' in part) return [{ type: 'user', user_id: part.user, ...style }];
    return [
      {
        type: 'date',
        timestamp: seconds(part.date),
        format: dateFormat(part.style),
        fallback: dateFallback(part.date, part.style),
        ...style,
      },
    ];
  });
}

function textElements(text: string, style?: { bold?: boolean; italic?: boolean }): RichTextText[] {
  return pieces(wellFormed(text), ELEMENT_MAX).map(
    (piece): RichTextText =>
      style === undefined ? { type: 'text', text: piece } : { type: 'text', text: piece, style },
  );
}
