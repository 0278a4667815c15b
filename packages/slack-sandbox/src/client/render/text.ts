import { isObject, type JsonObject, objectsOf, stringOf } from '../../json';
import { formatDate } from './dates';
import { channelMention, mention, type Reader } from './reader';

/** Renders mrkdwn as a person reads it: names, dates and links instead of tokens, without formatting characters. */
export function renderMrkdwn(reader: Reader, text: string): string {
  const code: string[] = [];
  const keep = (content: string) => `\u0000${code.push(content) - 1}\u0000`;
  return unescapeText(
    text
      .replace(/```\n?([\s\S]*?)```/g, (_, content: string) => keep(content))
      .replace(/`([^`\n]+)`/g, (_, content: string) => keep(content))
      .replace(/<([^<>]+)>/g, (_, token: string) => keep(renderToken(reader, token)))
      .replace(/(^|[^\w*])\*(\S|\S[^*\n]*\S)\*(?![\w*])/gm, '$1$2')
      .replace(/(^|[^\w_])_(\S|\S[^_\n]*\S)_(?![\w_])/gm, '$1$2')
      .replace(/(^|[^\w~])~(\S|\S[^~\n]*\S)~(?![\w~])/gm, '$1$2')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the marks put in above
      .replace(/\u0000(\d+)\u0000/g, (_, index: string) => code[Number(index)] ?? ''),
  );
}

function renderToken(reader: Reader, token: string): string {
  const [target = '', label] = splitOnce(token, '|');
  if (target.startsWith('@')) return mention(reader, target.slice(1));
  if (target.startsWith('#')) return label ? `#${label}` : channelMention(reader, target.slice(1));
  if (target.startsWith('!date^')) {
    const [, seconds = '', format = ''] = target.split('^');
    return Number.isFinite(Number(seconds)) ? formatDate(reader, Number(seconds), format) : (label ?? '');
  }
  if (target.startsWith('!subteam^')) return label ?? `@${target.slice('!subteam^'.length)}`;
  if (target.startsWith('!')) return label ?? `@${target.slice(1)}`;
  return label ?? target.replace(/^mailto:/, '');
}

function splitOnce(text: string, separator: string): readonly [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function unescapeText(text: string): string {
  return text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}

/** Renders a text object: plain_text as it is, mrkdwn without its formatting. */
export function renderText(reader: Reader, text: unknown): string {
  if (typeof text === 'string') return renderMrkdwn(reader, text);
  if (!isObject(text)) return '';
  const content = stringOf(text.text) ?? '';
  return text.type === 'mrkdwn' ? renderMrkdwn(reader, content) : content;
}

/** Renders a rich_text block, one line a paragraph or list item. */
export function renderRichText(reader: Reader, block: JsonObject): string {
  return objectsOf(block.elements)
    .map((part) => renderPart(reader, part))
    .join('\n');
}

function renderPart(reader: Reader, part: JsonObject): string {
  const inline = () =>
    objectsOf(part.elements)
      .map((element) => renderInline(reader, element))
      .join('');
  switch (part.type) {
    case 'rich_text_list': {
      const indent = '  '.repeat(typeof part.indent === 'number' ? part.indent : 0);
      const offset = typeof part.offset === 'number' ? part.offset : 0;
      return objectsOf(part.elements)
        .map((item, index) => {
          const bullet = part.style === 'ordered' ? `${offset + index + 1}.` : '•';
          return `${indent}${bullet} ${renderPart(reader, item)}`;
        })
        .join('\n');
    }
    case 'rich_text_quote':
      return inline().replace(/^/gm, '> ');
    default:
      return inline();
  }
}

function renderInline(reader: Reader, element: JsonObject): string {
  switch (element.type) {
    case 'text':
      return stringOf(element.text) ?? '';
    case 'link':
      return stringOf(element.text) ?? stringOf(element.url) ?? '';
    case 'emoji':
      return `:${String(element.name)}:`;
    case 'user':
      return mention(reader, String(element.user_id));
    case 'channel':
      return channelMention(reader, String(element.channel_id));
    case 'usergroup':
      return `@${String(element.usergroup_id)}`;
    case 'broadcast':
      return `@${String(element.range)}`;
    case 'color':
      return String(element.value);
    case 'date':
      return formatDate(reader, Number(element.timestamp), String(element.format));
    default:
      // Links to files, canvases, workflows and so on show their text or, without one, their URL.
      return stringOf(element.text) ?? stringOf(element.label) ?? stringOf(element.url) ?? '';
  }
}
