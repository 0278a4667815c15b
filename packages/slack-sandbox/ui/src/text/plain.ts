import type { PlainTextElement } from '@slack/types';
import { withEmoji } from './emoji';

/** The text of a plain_text object. Emoji names become emoji, unless `emoji` is false. */
export function plain(text: PlainTextElement | undefined): string {
  if (text === undefined) return '';
  return text.emoji === false ? text.text : withEmoji(text.text);
}
