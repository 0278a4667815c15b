import { boolean, type Check, type Fields, integer, list, string } from './checks';
import { checkOptions, conversationFilter, exactlyOneOf, optionGroup, plainOption } from './composition';
import { control, type ElementRules, element, everywhere, pick, userId } from './elementRule';

const manyItems = { max_selected_items: integer({ min: 1 }) };
const conversationId = string({ like: /^[CGD][A-Z0-9]+$/ });
const responseUrl = { response_url_enabled: boolean };

/** A static menu. It has options or groups, not both, and its initial options are among them. */
function staticMenu(type: string, initial: Fields): Check {
  return element(
    type,
    {},
    {
      ...pick,
      ...initial,
      options: list(plainOption, { min: 1, max: 100 }),
      option_groups: list(optionGroup, { min: 1, max: 100 }),
    },
    (value, at, report) => {
      exactlyOneOf('options', 'option_groups')(value, at, report);
      checkOptions(value, at, report);
    },
  );
}

/**
 * Select menus and multi-select menus:
 * https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element
 */
export const MENUS: ElementRules = {
  static_select: {
    in: control,
    on: everywhere,
    check: staticMenu('static_select', { initial_option: plainOption }),
  },
  multi_static_select: {
    in: control,
    on: everywhere,
    check: staticMenu('multi_static_select', {
      initial_options: list(plainOption, { min: 1, max: 100 }),
      ...manyItems,
    }),
  },
  users_select: {
    in: control,
    on: everywhere,
    check: element('users_select', {}, { ...pick, initial_user: userId }),
  },
  multi_users_select: {
    in: control,
    on: everywhere,
    check: element('multi_users_select', {}, { ...pick, ...manyItems, initial_users: list(userId) }),
  },
  conversations_select: {
    in: control,
    on: everywhere,
    check: element(
      'conversations_select',
      {},
      {
        ...pick,
        ...responseUrl,
        initial_conversation: conversationId,
        default_to_current_conversation: boolean,
        filter: conversationFilter,
      },
    ),
  },
  multi_conversations_select: {
    in: control,
    on: everywhere,
    check: element(
      'multi_conversations_select',
      {},
      {
        ...pick,
        ...manyItems,
        initial_conversations: list(conversationId),
        default_to_current_conversation: boolean,
        filter: conversationFilter,
      },
    ),
  },
  channels_select: {
    in: control,
    on: everywhere,
    check: element('channels_select', {}, { ...pick, ...responseUrl, initial_channel: conversationId }),
  },
  multi_channels_select: {
    in: control,
    on: everywhere,
    check: element(
      'multi_channels_select',
      {},
      { ...pick, ...manyItems, initial_channels: list(conversationId) },
    ),
  },
  external_select: {
    in: control,
    on: everywhere,
    check: element(
      'external_select',
      {},
      { ...pick, initial_option: plainOption, min_query_length: integer({ min: 0 }) },
    ),
  },
  multi_external_select: {
    in: control,
    on: everywhere,
    check: element(
      'multi_external_select',
      {},
      { ...pick, ...manyItems, initial_options: list(plainOption), min_query_length: integer({ min: 0 }) },
    ),
  },
};
