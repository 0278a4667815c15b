/**
 * The display library takes some of what Slack sends for something else. Here each such thing is brought into words
 * that it draws as Slack does; sandbox/test/displayLibrary.test.ts shows each fault, and fails once it is mended.
 */

import { withEmoji } from '../text/emoji';

const WORD_JOINER = '\u2060';

const reference = (character: string): string => `&#${character.charCodeAt(0)};`;
const EMOJI_NAME = /(:[a-z0-9_+'-]+:)/;

/**
 * Plain text in character references: the library reads markup in it otherwise. Emoji names stay names.
 * @param emoji as on a plain_text object: false leaves `:wave:` as it is written
 */
export function literal(text: string, emoji = true): string {
  const parts = emoji ? text.split(EMOJI_NAME) : [text];
  return parts
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[!-/:-@[-`{-~\n]/g, reference)))
    .join('')
    .replace(/^ +/, (spaces) => reference(' ').repeat(spaces.length));
}

/**
 * mrkdwn that the library would change: a space after each `&gt;`, a mention made of an escaped `&lt;@U1&gt;`, lines
 * dropped that begin with `#` or are only dashes, and backslashes. A `&gt;` at the start of a line is a quote in
 * Slack too, and stays.
 */
export function settledMrkdwn(text: string): string {
  return text
    .replace(/&lt;(?=[@#!])/g, `&lt;${WORD_JOINER}`)
    .replace(/(?<!^)&gt;/gm, '>')
    .replace(/\\/g, reference)
    .replace(/^(?:#(?=#*(?: |$))|[-=](?=[-=]*$))/gm, reference);
}

type Shape = Readonly<Record<string, unknown>>;

const isShape = (value: unknown): value is Shape =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A block as the library draws it right. It reads rich text and Markdown as Slack does. */
export function settled(block: unknown): unknown {
  if (Array.isArray(block)) return block.map(settled);
  if (!isShape(block)) return block;
  switch (block.type) {
    case 'rich_text':
    case 'markdown':
    // Titles of these are strings, and drawn as such.
    case 'data_visualization':
      return block;
    case 'plain_text':
      return { ...block, text: literal(String(block.text), block.emoji !== false) };
    case 'mrkdwn':
      return { ...block, text: settledMrkdwn(String(block.text)) };
    case 'raw_text':
      return { ...block, text: literal(String(block.text), false) };
    case 'raw_number':
      // It knows no numbers in tables, and falls over them.
      return { type: 'raw_text', text: literal(String(block.text ?? block.value), false) };
    case 'action_cell':
      // Nor buttons in them: only their words.
      return settled({ type: 'raw_text', text: isShape(block.element) ? wordsOf(block.element.text) : '' });
    case 'image':
      return {
        ...block,
        image_url: block.image_url ?? addressOf(block.slack_file),
        // Of a title it takes each character as it is, names of emoji too.
        ...(isShape(block.title) ? { title: titled(block.title) } : {}),
      };
    case 'data_table':
      // It draws nothing of it.
      return { type: 'table', block_id: block.block_id, rows: settled(block.rows) };
    default:
      return inside(block);
  }
}

const wordsOf = (text: unknown): string => (isShape(text) ? String(text.text) : '');

const inside = (block: Shape): Shape =>
  Object.fromEntries(Object.entries(block).map(([key, inner]) => [key, settled(inner)]));

const titled = (title: Shape): Shape =>
  title.emoji === false ? title : { ...title, text: withEmoji(String(title.text)) };

/** It draws pictures by their address only, not by a file of the workspace. */
const addressOf = (file: unknown): unknown =>
  isShape(file) ? (file.url ?? `/files/${String(file.id)}/image`) : undefined;
