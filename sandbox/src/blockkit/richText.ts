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

const inline: Readonly<Record<string, Check>> = {
  text: object({ type: oneOf('text'), text: string({ min: 1 }) }, styled),
  link: object(
    { type: oneOf('link'), url: string({ min: 1, max: 3000 }) },
    { text: string(), unsafe: boolean, ...styled },
  ),
  emoji: object(
    { type: oneOf('emoji'), name: string({ min: 1 }) },
    { unicode: string(), skin_tone: number, url: string(), ...styled },
  ),
  user: object({ type: oneOf('user'), user_id: string({ like: /^[UW][A-Z0-9]+$/ }) }, styled),
  channel: object({ type: oneOf('channel'), channel_id: string({ like: /^[CGD][A-Z0-9]+$/ }) }, styled),
  usergroup: object({ type: oneOf('usergroup'), usergroup_id: string({ min: 1 }) }, styled),
  team: object({ type: oneOf('team'), team_id: string({ min: 1 }) }, styled),
  broadcast: object({ type: oneOf('broadcast'), range: oneOf('here', 'channel', 'everyone') }, styled),
  color: object({ type: oneOf('color'), value: string({ like: /^#[0-9a-fA-F]{6}$/ }) }, styled),
  date: object(
    { type: oneOf('date'), timestamp: integer({ min: 0 }), format: string({ min: 1 }) },
    { url: string({ max: 3000 }), fallback: string(), ...styled },
  ),
};

const inlineElement = byType(inline);
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
    { type: oneOf('rich_text_preformatted'), elements: list(byType(inline)) },
    { language: string(), ...border },
  ),
};

/** A rich_text block, also as the value of a rich_text_input or a table cell. */
export const richText: Check = object(
  { type: oneOf('rich_text'), elements: list(byType(parts)) },
  { block_id: string({ max: 255 }) },
);
