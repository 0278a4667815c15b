/** Parts of blocks in a given size, for tests of limits and rules. */

/** A text of this length. */
export const x = (length: number): string => 'x'.repeat(length);
export const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
export const plain = (length: number) => ({ type: 'plain_text', text: x(length) });
export const mrkdwn = (length: number) => ({ type: 'mrkdwn', text: x(length) });
/** A URL of exactly this length. */
export const link = (length: number): string => `https://${x(length - 8)}`;

export const option = (index: number, more: object = {}) => ({
  text: plain(1),
  value: `v${index}`,
  ...more,
});
export const group = (index: number) => ({ label: plain(1), options: [option(index)] });
export const actions = (...elements: object[]) => ({ type: 'actions', elements });
export const button = (more: object = {}) => ({ type: 'button', text: plain(1), ...more });
export const menu = (more: object) => actions({ type: 'static_select', ...more });
export const input = (element: object, more: object = {}) => ({
  type: 'input',
  label: plain(1),
  element,
  ...more,
});
export const textInput = (more: object = {}) => input({ type: 'plain_text_input', ...more });
export const confirm = (more: object) =>
  actions(
    button({ confirm: { title: plain(1), text: plain(1), confirm: plain(1), deny: plain(1), ...more } }),
  );
export const picture = { type: 'image', image_url: 'https://example.com/a.png', alt_text: 'A' };
export const card = (more: object = {}) => ({ type: 'card', title: mrkdwn(1), ...more });
export const container = (more: object = {}) => ({
  type: 'container',
  title: plain(1),
  child_blocks: [{ type: 'divider' }],
  ...more,
});
const richTextOf = (type: string, ...elements: object[]) => ({
  type: 'rich_text',
  elements: [{ type, elements }],
});
export const richTextSection = (...elements: object[]) => richTextOf('rich_text_section', ...elements);
export const preformatted = (...elements: object[]) => richTextOf('rich_text_preformatted', ...elements);
export const richText = (length: number) => richTextSection({ type: 'text', text: x(length) });
export const cell = (length = 1) => ({ type: 'raw_text', text: x(length) });
export const table = (rows: object[][], more: object = {}) => ({ type: 'table', rows, ...more });
export const dataTable = (rows: object[][], more: object = {}) => ({
  type: 'data_table',
  caption: 'C',
  rows,
  ...more,
});
export const video = (more: object = {}) => ({
  type: 'video',
  video_url: 'https://example.com/v',
  thumbnail_url: 'https://example.com/t.png',
  alt_text: 'V',
  title: plain(1),
  ...more,
});
export const pie = (segments: object[]) => ({
  type: 'data_visualization',
  title: 'T',
  chart: { type: 'pie', segments },
});
export const segment = (more: object = {}) => ({ label: 'L', value: 1, ...more });

/** A bar chart with so many series and categories. @param axis more of `axis_config` @param names those of the first series and category */
export const bars = (
  seriesCount: number,
  categoryCount: number,
  axis: object = {},
  { name = 's', label = 'c' }: { readonly name?: string; readonly label?: string } = {},
) => {
  // The first has the given name, the others a number.
  const named = (word: string) => (index: number) => (index === 0 ? word : `${word}${index}`);
  const categories = many(categoryCount, named(label));
  const series = many(seriesCount, (index) => ({
    name: named(name)(index),
    data: categories.map((label) => ({ label, value: index - 1 })),
  }));
  return {
    type: 'data_visualization',
    title: 'T',
    chart: { type: 'bar', series, axis_config: { categories, ...axis } },
  };
};
export const iconButton = (more: object = {}) => ({
  type: 'context_actions',
  elements: [{ type: 'icon_button', icon: 'trash', text: plain(1), ...more }],
});
export const feedback = (more: object = {}) => ({
  type: 'context_actions',
  elements: [
    {
      type: 'feedback_buttons',
      positive_button: { text: plain(1), value: 'p', ...more },
      negative_button: { text: plain(1), value: 'n' },
    },
  ],
});
export const task = (more: object = {}) => ({ type: 'task_card', task_id: 't', title: 'T', ...more });
export const workflowButton = (more: object = {}) =>
  actions({
    type: 'workflow_button',
    action_id: 'a',
    text: plain(1),
    workflow: { trigger: { url: 'https://slack.com/shortcuts/Ft1/x' } },
    ...more,
  });
/** A cell of a data table with a button. @param around more of the cell itself */
export const actionCell = (more: object = {}, around: object = {}) => ({
  type: 'action_cell',
  element: button(more),
  ...around,
});
