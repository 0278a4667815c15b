import { isObject } from '../json';

/**
 * Writes out what text objects mean when they do not say it, as Slack's own payloads and answers do: `emoji: true` for
 * plain text, `verbatim: false` for mrkdwn. At any depth.
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
