import { isObject } from '../json';

/**
 * Adds the defaults of text objects at any depth, as Slack's payloads and answers do: `emoji: true` for plain text,
 * `verbatim: false` for mrkdwn.
 */
export function fillTexts<T>(value: T): T {
  return fill(value) as T;
}

function fill(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fill);
  if (!isObject(value)) return value;
  if (value.type === 'plain_text') return { emoji: true, ...value };
  if (value.type === 'mrkdwn') return { verbatim: false, ...value };
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item)]));
}
