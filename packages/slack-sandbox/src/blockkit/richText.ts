import { isObject, stringOf } from '../json';
import { boolean, byType, type Check, integer, list, number, object, oneOf, string } from './checks';

const style = object(
  {},
  {
    bold: boolean,
    italic: boolean,
    strike: boolean,
    code: boolean,
    underline: boolean,
    highlight: boolean,
    client_highlight: boolean,
    unlink: boolean,
  },
);
const styled = { style };
const CODE: ReadonlySet<string> = new Set(['text', 'link']);

const inline: Readonly<Record<string, Check>> = {
  text: object({ type: oneOf('text'), text: string({ min: 1 }) }, styled),
  link: object(
    { type: oneOf('link'), url: string({ min: 1, max: 3000 }) },
    {
      text: string(),
      unsafe: boolean,
      from_llm: boolean,
      is_slack_url: boolean,
      truncated: boolean,
      ...styled,
    },
  ),
  emoji: object(
    { type: oneOf('emoji'), name: string({ min: 1 }) },
    { unicode: string(), skin_tone: number, url: string(), ...styled },
  ),
  user: object(
    { type: oneOf('user'), user_id: string({ like: /^[UW][A-Z0-9]+$/ }) },
    { from_llm: boolean, ...styled },
  ),
  channel: object(
    { type: oneOf('channel'), channel_id: string({ like: /^[CGD][A-Z0-9]+$/ }) },
    { tab_id: string(), from_llm: boolean, ...styled },
  ),
  usergroup: object({ type: oneOf('usergroup'), usergroup_id: string({ min: 1 }) }, styled),
  team: object({ type: oneOf('team'), team_id: string({ min: 1 }) }, styled),
  broadcast: object({ type: oneOf('broadcast'), range: oneOf('here', 'channel', 'everyone') }, styled),
  color: object({ type: oneOf('color'), value: string({ like: /^#[0-9a-fA-F]{6}$/ }) }, styled),
  date: object(
    { type: oneOf('date'), timestamp: integer({ min: 0 }), format: string({ min: 1 }) },
    { timezone: string(), url: string({ max: 3000 }), fallback: string(), ...styled },
  ),
};

const id = string({ min: 1 });

/**
 * Fields of an AI source, by `citation_type`:
 * https://docs.slack.dev/reference/block-kit/block-elements/citation-element
 */
const CITED: Readonly<Record<string, readonly string[]>> = {
  file: ['descriptor', 'file_id'],
  external: ['app_name', 'app_icon_url'],
  web: ['display_name', 'title', 'snippet'],
  message: ['channel', 'message_ts'],
  memory: ['memory_id'],
};
const citationType = oneOf(...Object.keys(CITED));

const citationDetails: Check = (value, at, report) => {
  const type = isObject(value) ? stringOf(value.citation_type) : undefined;
  const own = type === undefined || !Object.hasOwn(CITED, type) ? undefined : CITED[type];
  // Accepts any field of an unknown type; its fields are unknown, too.
  const fields = own ?? (isObject(value) ? Object.keys(value) : []);
  const words = fields
    .filter((field) => field !== 'citation_type')
    .map((field) => [field, string()] as const);
  object({ citation_type: citationType }, Object.fromEntries(words))(value, at, report);
};

/** Links to other objects in Slack: https://docs.slack.dev/reference/block-kit/block-elements (September 2026) */
const named = { text: string(), url: string(), ...styled };
const product = { icon_url: string(), full_size_preview_enabled: boolean, product_name: string() };
const place = { channel_id: string(), ts: string() };
const mentions: Readonly<Record<string, Check>> = {
  attachment_mention: object(
    { type: oneOf('attachment_mention'), url: id },
    {
      ...styled,
      ...product,
      ...place,
      text: string(),
      app_id: string(),
      entity_id: string(),
      icon_name: string(),
      reference_object_type: string(),
    },
  ),
  canvas: object(
    { type: oneOf('canvas'), file_id: id },
    { ...named, label: string(), hide_title: boolean, section_id: string(), is_skill_invocation: boolean },
  ),
  canvas_message_unfurl: object(
    { type: oneOf('canvas_message_unfurl'), root_message_ts: id, root_message_channel: id },
    styled,
  ),
  canvas_user_mention: object(
    { type: oneOf('canvas_user_mention'), user_id: id },
    { thread_id: string(), ...styled },
  ),
  citation: object(
    { type: oneOf('citation'), url: id, text: id, index: number, details: citationDetails },
    { from_llm: boolean, is_slack_url: boolean },
  ),
  file: object({ type: oneOf('file'), file_id: id }, { ...named, is_skill_invocation: boolean }),
  list_record: object(
    { type: oneOf('list_record'), file_id: id },
    { ...named, record_id: string(), view_id: string() },
  ),
  message_mention: object(
    { type: oneOf('message_mention'), channel_id: id, message_ts: id },
    { ...named, author_id: string(), thread_ts: string() },
  ),
  salesforce_data_field: object(
    { type: oneOf('salesforce_data_field'), salesforce_record_id: id },
    {
      ...styled,
      salesforce_field_label: string(),
      salesforce_field_api_name: string(),
      salesforce_include_field_label: boolean,
    },
  ),
  tag: object(
    { type: oneOf('tag'), text: id },
    {
      color: oneOf('gray', 'brown', 'purple', 'indigo', 'blue', 'green', 'yellow', 'orange', 'red'),
      ...styled,
    },
  ),
  work_object_mention: object(
    { type: oneOf('work_object_mention'), entity_id: id, app_id: id, text: id, url: id },
    { ...styled, ...product },
  ),
  workflow_mention: object(
    { type: oneOf('workflow_mention'), workflow_id: id, function_trigger_id: id, text: id },
    { ...styled, ...place, url: string() },
  ),
};

/** Every element that a line of rich text may hold. */
export const INLINE_ELEMENTS: Readonly<Record<string, Check>> = { ...inline, ...mentions };

const inlineElement = byType(INLINE_ELEMENTS);
/**
 * "An array of text or link elements":
 * https://docs.slack.dev/reference/block-kit/block-elements/rich-text-preformatted-element
 */
const codeElement = byType(Object.fromEntries(Object.entries(inline).filter(([type]) => CODE.has(type))));
const section = object({ type: oneOf('rich_text_section'), elements: list(inlineElement) });
const border = { border: oneOf(0, 1) };

const parts: Readonly<Record<string, Check>> = {
  rich_text_section: section,
  rich_text_list: object(
    {
      type: oneOf('rich_text_list'),
      style: oneOf('bullet', 'ordered'),
      elements: list(byType({ rich_text_section: section })),
    },
    { indent: integer({ min: 0, max: 8 }), offset: integer({ min: 0 }), ...border },
  ),
  rich_text_quote: object({ type: oneOf('rich_text_quote'), elements: list(inlineElement) }, border),
  rich_text_preformatted: object(
    { type: oneOf('rich_text_preformatted'), elements: list(codeElement) },
    { language: string(), ...border },
  ),
};

/** A rich_text block, also the value of a rich_text_input or of a table cell. */
export const richText: Check = object(
  { type: oneOf('rich_text'), elements: list(byType(parts)) },
  { block_id: string({ max: 255 }) },
);
