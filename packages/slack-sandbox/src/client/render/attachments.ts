import { objectsOf } from '../../json';
import type { SeenAttachment } from '../../protocol';
import { renderBlocks } from './blocks';
import type { Reader } from './reader';
import { renderMrkdwn } from './text';

/** Renders a secondary attachment as plain text: its blocks if it has any, else its fields from top to bottom. */
export function attachmentText(reader: Reader, attachment: SeenAttachment): string {
  if (attachment.blocks !== undefined) return renderBlocks(reader, objectsOf(attachment.blocks));
  const { pretext, author_name, title, text, fields = [], footer } = attachment;
  const pairs = fields.map((field) => `${field.title ?? ''}: ${field.value ?? ''}`);
  return [pretext, author_name, title, text, ...pairs, footer]
    .filter((line) => line !== undefined && line !== '')
    .map((line) => renderMrkdwn(reader, line ?? ''))
    .join('\n');
}
