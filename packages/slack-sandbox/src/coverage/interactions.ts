import type { FeatureRow } from './support';

const full = (what: string): FeatureRow => ({ support: 'supported', what });
const absent = (what: string): FeatureRow => ({ support: 'absent', what });

/** Payloads other than events, by their `type`. */
export const INTERACTION_COVERAGE: Readonly<Record<string, FeatureRow>> = {
  slash_command: full('slash commands, with should_escape'),
  block_actions: full('buttons and choices in messages, modals and Home tabs'),
  shortcut: full('global shortcuts'),
  message_action: full('shortcuts on messages'),
  view_submission: full('modals submitted, with response_urls'),
  view_closed: full('modals closed, with is_cleared'),
  block_suggestion: full('options for external selects, over HTTP at the path of `message_menu_options_url`'),
  ssl_check: absent('the probe of a request URL’s certificate'),
  interactive_message: absent('buttons of attachments'),
  dialog_submission: absent('dialogs'),
  workflow_step_edit: absent('Workflow Steps from Apps, which Slack has removed'),
};
