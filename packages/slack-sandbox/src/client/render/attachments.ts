import { objectsOf } from '../../json';
import type { SeenAttachment } from '../../protocol';
import { renderBlocks } from './blocks';
import type { Reader } from './reader';
import { renderMrkdwn } from './text';

/** A secondary attachment as plain text, from top to bottom; its blocks if it has some. */
export function attachmentText(reader: Reader, attachment: SeenAttachment): string {
  if (attachment.blocks !== undefined) return renderBlocks(reader, objectsOf(attachment.blocks));
  const { pretext, author_name, title, text, fields = [], footer } = attachment;
  const pairs = fields.map((field) => `${field.title ?? ''}: ${field.value ?? ''}`);
  return [pretext, author_name, title, text, ...pairs, footer]
    .filter((line) => line !== undefined && line !== '')
    .map((line) => renderMrkdwn(reader, line ?? ''))
    .join('\n');
}
