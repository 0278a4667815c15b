import {
  bars,
  button,
  card,
  cell,
  container,
  dataTable,
  link,
  many,
  mrkdwn,
  picture,
  pie,
  plain,
  segment,
  table,
  x,
} from '../blockParts';
import { limitsOn, type SourcedLimit } from './sourcedLimit';

/** Blocks that Slack added in 2025 and 2026. */
export const NEW_BLOCK_LIMITS: readonly SourcedLimit[] = [
  ...limitsOn('blocks/alert-block', [
    ['alert text', 'characters', 200, (n) => ({ type: 'alert', text: plain(n) }), '/text/text', 'modal'],
  ]),
  ...limitsOn('blocks/card-block', [
    ['card title', 'characters', 150, (n) => card({ title: mrkdwn(n) }), '/title/text'],
    ['card subtitle', 'characters', 150, (n) => card({ subtitle: mrkdwn(n) }), '/subtitle/text'],
    ['card body', 'characters', 200, (n) => card({ body: mrkdwn(n) }), '/body/text'],
    ['card subtext', 'characters', 200, (n) => card({ subtext: mrkdwn(n) }), '/subtext/text'],
    ['card actions', 'items', 3, (n) => card({ actions: many(n, () => button()) }), '/actions'],
    [
      'card hero_image',
      'characters',
      3000,
      (n) => card({ hero_image: { ...picture, image_url: link(n) } }),
      '/hero_image/image_url',
    ],
    [
      'card icon alt_text',
      'characters',
      2000,
      (n) => card({ icon: { ...picture, alt_text: x(n) } }),
      '/icon/alt_text',
    ],
    [
      'card icon',
      'characters',
      3000,
      (n) => card({ icon: { ...picture, image_url: link(n) } }),
      '/icon/image_url',
    ],
    [
      'card hero_image alt_text',
      'characters',
      2000,
      (n) => card({ hero_image: { ...picture, alt_text: x(n) } }),
      '/hero_image/alt_text',
    ],
  ]),
  ...limitsOn('blocks/carousel-block', [
    [
      'carousel cards',
      'items',
      10,
      (n) => ({ type: 'carousel', elements: many(n, () => card()) }),
      '/elements',
    ],
  ]),
  ...limitsOn('blocks/container-block', [
    ['container title', 'characters', 150, (n) => container({ title: plain(n) }), '/title/text'],
    ['container subtitle', 'characters', 150, (n) => container({ subtitle: plain(n) }), '/subtitle/text'],
    [
      'container blocks',
      'items',
      10,
      (n) => container({ child_blocks: many(n, () => ({ type: 'divider' })) }),
      '/child_blocks',
    ],
    [
      'container icon',
      'characters',
      3000,
      (n) => container({ icon: { ...picture, image_url: link(n) } }),
      '/icon/image_url',
    ],
    [
      'container icon alt_text',
      'characters',
      2000,
      (n) => container({ icon: { ...picture, alt_text: x(n) } }),
      '/icon/alt_text',
    ],
  ]),
  ...limitsOn('blocks/table-block', [
    ['table rows', 'items', 100, (n) => table(many(n, () => [cell()])), '/rows'],
    ['table cells', 'items', 20, (n) => table([many(n, () => cell())]), '/rows/0'],
    [
      'table column_settings',
      'items',
      20,
      (n) => table([[cell()]], { column_settings: many(n, () => ({ align: 'left' })) }),
      '/column_settings',
    ],
  ]),
  ...limitsOn('blocks/data-table-block', [
    ['data_table rows', 'items', 201, (n) => dataTable(many(n, () => [cell()])), '/rows'],
    ['data_table cells', 'items', 20, (n) => dataTable(many(2, () => many(n, () => cell()))), '/rows/0'],
    [
      'page_size',
      'number',
      100,
      (n) =>
        dataTable(
          many(2, () => [cell()]),
          { page_size: n },
        ),
      '/page_size',
    ],
    [
      'row_header_column_index',
      'number',
      1,
      (n) =>
        dataTable(
          many(2, () => [cell(), cell()]),
          { row_header_column_index: n },
        ),
      '/row_header_column_index',
    ],
  ]),
  ...limitsOn('blocks/data-visualization-block', [
    ['chart title', 'characters', 50, (n) => ({ ...pie([segment()]), title: x(n) }), '/title'],
    ['pie segments', 'items', 12, (n) => pie(many(n, () => segment())), '/chart/segments'],
    ['segment label', 'characters', 20, (n) => pie([segment({ label: x(n) })]), '/chart/segments/0/label'],
    ['chart series', 'items', 12, (n) => bars(n, 1), '/chart/series'],
    ['series name', 'characters', 20, (n) => bars(1, 1, {}, { name: x(n) }), '/chart/series/0/name'],
    ['data points', 'items', 20, (n) => bars(1, n), '/chart/series/0/data'],
    ['category', 'characters', 20, (n) => bars(1, 1, {}, { label: x(n) }), '/chart/axis_config/categories/0'],
    ['point label', 'characters', 20, (n) => bars(1, 1, {}, { label: x(n) }), '/chart/series/0/data/0/label'],
    ['x_label', 'characters', 50, (n) => bars(1, 1, { x_label: x(n) }), '/chart/axis_config/x_label'],
    ['y_label', 'characters', 50, (n) => bars(1, 1, { y_label: x(n) }), '/chart/axis_config/y_label'],
  ]),
];
