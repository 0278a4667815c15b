/**
 * The display library misreads some of what Slack sends. This module rewrites it, so that the library draws it as Slack
 * does. test/displayLibrary.test.ts shows each fault, and fails once the library has corrected it.
 */

import { withEmoji } from '../text/emoji';

const WORD_JOINER = '\u2060';

const characterReference = (character: string): string => `&#${character.charCodeAt(0)};`;
const EMOJI_NAME = /(:[a-z0-9_+'-]+:)/;

/**
 * Plain text in character references, because the library would read markup in it. Emoji names stay names.
 * @param emoji as on a plain_text object: false keeps `:wave:` as text
 */
function escapeMarkup(text: string, emoji = true): string {
  const parts = emoji ? text.split(EMOJI_NAME) : [text];
  return parts
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[!-/:-@[-`{-~\n]/g, characterReference)))
    .join('')
    .replace(/^ +/, (spaces) => characterReference(' ').repeat(spaces.length));
}

/**
 * Prevents the library's changes to mrkdwn: it puts a space after each `&gt;`, makes a mention of an escaped
 * `&lt;@U1&gt;`, and drops backslashes and lines that begin with `#` or have only dashes. A `&gt;` at the start of a line
 * stays, because it is a quote in Slack too.
 */
function adaptMrkdwn(text: string): string {
  return text
    .replace(/&lt;(?=[@#!])/g, `&lt;${WORD_JOINER}`)
    .replace(/(?<!^)&gt;/gm, '>')
    .replace(/\\/g, characterReference)
    .replace(/^(?:#(?=#*(?: |$))|[-=](?=[-=]*$))/gm, characterReference);
}

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Rewrites a block, or a part of one. Rich text and Markdown stay, because the library reads them as Slack does. */
export function adaptForLibrary(block: unknown): unknown {
  if (Array.isArray(block)) return block.map(adaptForLibrary);
  if (!isObject(block)) return block;
  switch (block.type) {
    case 'rich_text':
    case 'markdown':
    // Its titles are strings, which the library draws as they are.
    case 'data_visualization':
      return block;
    case 'plain_text':
      return { ...block, text: escapeMarkup(String(block.text), block.emoji !== false) };
    case 'mrkdwn':
      return { ...block, text: adaptMrkdwn(String(block.text)) };
    case 'raw_text':
      return { ...block, text: escapeMarkup(String(block.text), false) };
    case 'raw_number':
      // The library throws on numbers in tables.
      return { type: 'raw_text', text: escapeMarkup(String(block.text ?? block.value), false) };
    case 'action_cell':
      // The library draws no buttons in tables, so only their text remains.
      return adaptForLibrary({
        type: 'raw_text',
        text: isObject(block.element) ? textOf(block.element.text) : '',
      });
    case 'image':
      return {
        ...block,
        image_url: block.image_url ?? urlOf(block.slack_file),
        ...(isObject(block.title) ? { title: adaptTitle(block.title) } : {}),
      };
    case 'data_table':
      // The library draws nothing of this block.
      return { type: 'table', block_id: block.block_id, rows: adaptForLibrary(block.rows) };
    default:
      return adaptFields(block);
  }
}

const textOf = (text: unknown): string => (isObject(text) ? String(text.text) : '');

const adaptFields = (block: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(block).map(([key, field]) => [key, adaptForLibrary(field)]));

/** The library draws each character of an image title as it is, emoji names too. */
const adaptTitle = (title: JsonObject): JsonObject =>
  title.emoji === false ? title : { ...title, text: withEmoji(String(title.text)) };

/** The library draws images by URL only, not by a file of the workspace. */
const urlOf = (file: unknown): unknown =>
  isObject(file) ? (file.url ?? `/files/${String(file.id)}/image`) : undefined;
