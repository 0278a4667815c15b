import type { JsonObject } from '../json';

/** Escapes the three control characters, as Slack does with people's text in events. */
export function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/**
 * Replaces `@robin` and `#sales` in typed text by `<@U…>` and `<#C…|sales>`, and escapes the rest.
 */
export function encodeTyped(
  text: string,
  names: {
    readonly person: (name: string) => string | undefined;
    readonly channel: (name: string) => string | undefined;
  },
): string {
  return escapeText(text)
    .replace(/(^|[\s(])@([a-z0-9._-]*[a-z0-9])/g, (all, before: string, name: string) => {
      const id = names.person(name);
      return id === undefined ? all : `${before}<@${id}>`;
    })
    .replace(/(^|[\s(])#([a-z0-9_-]+)/g, (all, before: string, name: string) => {
      const id = names.channel(name);
      return id === undefined ? all : `${before}<#${id}|${name}>`;
    });
}

/** The rich_text block that Slack's composer makes of typed text. */
export function composedBlock(text: string, ts: string): JsonObject {
  const elements = text
    .split(/(<[^<>]+>)/)
    .filter((part) => part !== '')
    .map((part): JsonObject => {
      const [, kind, id] = /^<([@#])([A-Z0-9]+)(?:\|[^>]*)?>$/.exec(part) ?? [];
      if (kind === '@') return { type: 'user', user_id: id };
      if (kind === '#') return { type: 'channel', channel_id: id };
      return { type: 'text', text: part.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&') };
    });
  return {
    type: 'rich_text',
    block_id: `c${ts.replace('.', '')}`,
    elements: [{ type: 'rich_text_section', elements }],
  };
}
