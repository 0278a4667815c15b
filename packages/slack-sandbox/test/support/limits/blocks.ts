import {
  actions,
  bars,
  button,
  iconButton,
  input,
  link,
  many,
  mrkdwn,
  picture,
  plain,
  task,
  video,
  x,
} from '../blockParts';
import { limitsOn, SLACKBLOCKS, type SourcedLimit } from './sourcedLimit';

/** Blocks from before 2025, and the objects in them. */
export const BLOCK_LIMITS: readonly SourcedLimit[] = [
  ...limitsOn('blocks/section-block', [
    ['section text', 'characters', 3000, (n) => ({ type: 'section', text: mrkdwn(n) }), '/text/text'],
    ['section fields', 'items', 10, (n) => ({ type: 'section', fields: many(n, () => plain(1)) }), '/fields'],
    [
      'section field text',
      'characters',
      2000,
      (n) => ({ type: 'section', fields: [mrkdwn(n)] }),
      '/fields/0/text',
    ],
  ]),
  ...limitsOn('blocks/header-block', [
    ['header text', 'characters', 150, (n) => ({ type: 'header', text: plain(n) }), '/text/text'],
    ['header level', 'number', 4, (n) => ({ type: 'header', text: plain(1), level: n }), '/level'],
  ]),
  ...limitsOn('blocks/context-block', [
    [
      'context elements',
      'items',
      10,
      (n) => ({ type: 'context', elements: many(n, () => mrkdwn(1)) }),
      '/elements',
    ],
  ]),
  ...limitsOn('composition-objects/text-object', [
    [
      'context text',
      'characters',
      3000,
      (n) => ({ type: 'context', elements: [mrkdwn(n)] }),
      '/elements/0/text',
    ],
    [
      'text without a limit of its own',
      'characters',
      3000,
      (n) => iconButton({ text: plain(n) }),
      '/elements/0/text/text',
    ],
  ]),
  ...limitsOn('blocks/actions-block', [
    ['actions elements', 'items', 25, (n) => actions(...many(n, () => button())), '/elements'],
    ['block_id', 'characters', 255, (n) => ({ type: 'divider', block_id: x(n) }), '/block_id'],
  ]),
  ...limitsOn('blocks/image-block', [
    ['image alt_text', 'characters', 2000, (n) => ({ ...picture, alt_text: x(n) }), '/alt_text'],
    ['image title', 'characters', 2000, (n) => ({ ...picture, title: plain(n) }), '/title/text'],
    ['image_url', 'characters', 3000, (n) => ({ ...picture, image_url: link(n) }), '/image_url'],
  ]),
  ...limitsOn('blocks/input-block', [
    [
      'input label',
      'characters',
      2000,
      (n) => input({ type: 'plain_text_input' }, { label: plain(n) }),
      '/label/text',
    ],
    [
      'input hint',
      'characters',
      2000,
      (n) => input({ type: 'plain_text_input' }, { hint: plain(n) }),
      '/hint/text',
    ],
  ]),
  ...limitsOn('blocks/markdown-block', [
    ['markdown text', 'characters', 12_000, (n) => ({ type: 'markdown', text: x(n) }), '/text'],
  ]),
  ...limitsOn('blocks/context-actions-block', [
    [
      'context_actions elements',
      'items',
      5,
      (n) => ({ type: 'context_actions', elements: many(n, () => iconButton().elements[0]) }),
      '/elements',
    ],
  ]),
  ...limitsOn('blocks/video-block', [
    ['video title', 'characters', 199, (n) => video({ title: plain(n) }), '/title/text'],
    ['video author_name', 'characters', 49, (n) => video({ author_name: x(n) }), '/author_name'],
    ['video description', 'characters', 199, (n) => video({ description: plain(n) }), '/description/text'],
  ]),
  ...limitsOn(SLACKBLOCKS, [
    ['video provider_name', 'characters', 50, (n) => video({ provider_name: x(n) }), '/provider_name'],
    ['video alt_text', 'characters', 200, (n) => video({ alt_text: x(n) }), '/alt_text'],
    [
      'plan tasks',
      'items',
      50,
      (n) => ({ type: 'plan', title: 'P', tasks: many(n, (i) => ({ task_id: `t${i}`, title: 'T' })) }),
      '/tasks',
    ],
    [
      'source url',
      'characters',
      3000,
      (n) => task({ sources: [{ type: 'url', url: link(n), text: 'S' }] }),
      '/sources/0/url',
    ],
    [
      'visible_to_user_ids',
      'items',
      10,
      (n) => iconButton({ visible_to_user_ids: many(n, () => 'U1') }),
      '/elements/0/visible_to_user_ids',
    ],
    ['categories', 'items', 20, (n) => bars(1, n), '/chart/axis_config/categories'],
  ]),
];
