import type { FeatureRow } from './support';

type Rows = Readonly<Record<string, Omit<FeatureRow, 'what'>>>;

const full = { support: 'supported' } as const;
const absent = { support: 'absent' } as const;
const partly = (missing: string) => ({ support: 'partial', missing }) as const;

/**
 * Blocks by type. The validator's table has their surfaces. The sandbox checks partial ones but does not act on all
 * of them.
 */
export const BLOCK_COVERAGE: Rows = {
  actions: full,
  alert: full,
  call: absent,
  card: full,
  carousel: full,
  container: full,
  context: full,
  context_actions: full,
  data_table: partly('the page shows a button in a cell as text (the client for tests clicks it)'),
  data_visualization: full,
  divider: full,
  // Slack makes it from a remote file. An app cannot post one.
  file: absent,
  header: full,
  image: full,
  input: full,
  markdown: full,
  plan: full,
  rich_text: full,
  section: full,
  share_shortcut: absent,
  table: full,
  task_card: full,
  video: full,
};

/** Elements by type. */
export const ELEMENT_COVERAGE: Rows = {
  button: full,
  channels_select: full,
  checkboxes: full,
  conversations_select: full,
  datepicker: full,
  datetimepicker: full,
  email_text_input: full,
  external_select: full,
  feedback_buttons: full,
  file_input: partly('files of 10 to 100 MB'),
  icon_button: full,
  image: full,
  multi_channels_select: full,
  multi_conversations_select: full,
  multi_external_select: full,
  multi_static_select: full,
  multi_users_select: full,
  number_input: full,
  overflow: full,
  plain_text_input: full,
  radio_buttons: full,
  rich_text_input: partly('formatting: people type plain text'),
  static_select: full,
  timepicker: full,
  url_text_input: full,
  users_select: full,
  workflow_button: partly('it runs no workflow'),
};

/**
 * Elements that a line of rich text may hold. Links to objects that the sandbox lacks are checked and show their
 * text.
 */
export const RICH_TEXT_COVERAGE: Rows = {
  attachment_mention: full,
  broadcast: full,
  canvas: full,
  canvas_message_unfurl: full,
  canvas_user_mention: full,
  channel: full,
  citation: full,
  color: full,
  date: full,
  emoji: full,
  file: full,
  link: full,
  list_record: full,
  message_mention: full,
  salesforce_data_field: full,
  tag: full,
  team: full,
  text: full,
  user: full,
  usergroup: full,
  work_object_mention: full,
  workflow_mention: full,
};

/** Rules for a message or a view as a whole. */
export const RULE_COVERAGE = {
  message_blocks: { ...full, what: 'at most 50 blocks in a message' },
  view_blocks: { ...full, what: 'at most 100 blocks in a view' },
  block_characters: { ...full, what: 'about 12,000 characters in all blocks of a message' },
  unknown_block: { ...full, what: 'unknown block types are refused' },
  unknown_element: { ...full, what: 'unknown element types are refused' },
  wrong_surface: { ...full, what: 'a block stands only on its surfaces' },
  wrong_parent: { ...full, what: 'an element stands only in its blocks' },
  required_field: { ...full, what: 'required fields' },
  unknown_field: { ...full, what: 'unknown fields are refused' },
  duplicate_block_id: { ...full, what: 'block_id is unique in a message or view' },
  duplicate_action_id: { ...full, what: 'action_id is unique in its block' },
  one_focus: { ...full, what: 'one focus_on_load in a view' },
  submit_with_input: { ...full, what: 'a modal with inputs has a submit' },
  initial_option: { ...full, what: 'initial options are among the options' },
  view_size: { ...full, what: 'a view has at most 250 kB' },
  image_reachable: { ...absent, what: 'images are fetched, and must be there' },
} satisfies Readonly<Record<string, FeatureRow>>;
