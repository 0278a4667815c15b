import { SlackError } from '../errors';
import type { Ids } from '../ids';
import { isObject, type JsonObject, objectsOf } from '../json';
import { boolean, type Check, integer, list, object, oneOf, Report, string } from './checks';
import { type Block, fillIds } from './fillIds';
import { checkPermitted, type Permissions } from './permissions';
import { findBlockFaults } from './validate';

/** A secondary attachment, numbered from 1 in its message. */
export interface Attachment extends JsonObject {
  readonly id: number;
  readonly fallback: string;
  readonly blocks?: readonly Block[];
}

const ATTACHMENTS = 100;
const BLOCKS = 50;

const words = string();
const time: Check = (value, at, report) => (typeof value === 'string' ? words : integer())(value, at, report);

/**
 * Fields of https://docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments without its buttons.
 */
const FIELDS: Readonly<Record<string, Check>> = {
  author_icon: words,
  author_link: words,
  author_name: words,
  author_subname: words,
  blocks: () => undefined,
  callback_id: words,
  color: words,
  fallback: words,
  fields: list(object({}, { title: words, value: words, short: boolean })),
  footer: words,
  footer_icon: words,
  image_url: words,
  mrkdwn_in: list(oneOf('pretext', 'text', 'fields')),
  pretext: words,
  text: words,
  thumb_url: words,
  title: words,
  title_link: words,
  ts: time,
};

/** Slack's fallback for attachments without notification text. */
const NO_PREVIEW = '[no preview available]';

/**
 * Reads secondary attachments: numbers them, keeps the fields that Slack knows, drops all others, and checks their
 * blocks.
 * @throws SlackError too_many_attachments, invalid_attachments, missing_scope
 */
export function readAttachments(raw: unknown, ids: Ids, permissions: Permissions): readonly Attachment[] {
  if (!Array.isArray(raw) || !raw.every(isObject)) throw new SlackError('invalid_attachments');
  if (raw.length > ATTACHMENTS) throw new SlackError('too_many_attachments');
  const faults = raw.flatMap((attachment, index) => findFaults(attachment, `/attachments/${index}`));
  if (faults.length > 0) {
    const errors = faults.map((fault) => fault.replace('[ERROR] ', ''));
    throw new SlackError('invalid_attachments', { errors, response_metadata: { messages: faults } });
  }
  return raw.map((attachment: JsonObject, index) => {
    const known = Object.entries(attachment).filter(([key, value]) => key in FIELDS && value !== null);
    const blocks = objectsOf(attachment.blocks);
    checkPermitted(blocks, permissions, `/attachments/${index}/blocks`, 'invalid_attachments');
    return {
      fallback: NO_PREVIEW,
      ...Object.fromEntries(known),
      id: index + 1,
      ...(blocks.length === 0 ? {} : { blocks: fillIds(blocks, ids) }),
    };
  });
}

function findFaults(attachment: JsonObject, at: string): readonly string[] {
  const report = new Report('message');
  for (const [key, value] of Object.entries(attachment))
    if (value !== null) FIELDS[key]?.(value, `${at}/${key}`, report);
  const { blocks } = attachment;
  const within = blocks === undefined ? [] : findBlockFaults(blocks, 'message', `${at}/blocks`, BLOCKS);
  return [...report.messages, ...within];
}
