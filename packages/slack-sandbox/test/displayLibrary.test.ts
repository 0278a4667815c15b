/**
 * The differences between the display library and Slack, and that the page corrects them. Each test also fails once the
 * library draws a block as Slack does: the page's correction can go then.
 */
import { spawnSync } from 'node:child_process';
import type { MessageProps } from 'slack-blocks-to-jsx';
import { adaptForLibrary } from '../ui/src/blocks/adaptForLibrary';
import { mrkdwnText, plainText } from './support/blockKit';

/** Reads blocks as JSON from stdin, and writes their HTML. Jest cannot load the library's ES modules, so another process does. */
const RENDER = `
  const { createElement } = require('react');
  const { renderToStaticMarkup } = require('react-dom/server');
  const { Message } = require('slack-blocks-to-jsx');
  const render = (block) => {
    const props = { blocks: [block], withoutWrapper: true, name: '', logo: '', theme: 'light' };
    try { return renderToStaticMarkup(createElement(Message, props)); } catch { return null; }
  };
  const blocks = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
  process.stdout.write(JSON.stringify(blocks.map(render)));
`;

/** The HTML that the display library makes of each block; null where it throws. */
function renderedByLibrary(blocks: readonly object[]): readonly (string | null)[] {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', RENDER], {
    cwd: __dirname,
    input: JSON.stringify(blocks),
    encoding: 'utf8',
    maxBuffer: 16_000_000,
  });
  if (status !== 0) throw new Error(`the library could not be run: ${stderr}`);
  return JSON.parse(stdout) as (string | null)[];
}

/** The text that a person reads in it. */
const textOf = (html: string): string =>
  html
    .replace(/<[^>]+>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#x27;/g, "'")
    .replace(/&amp;/g, '&');

const section = (text: object) => ({ type: 'section', text });
const mrkdwn = (text: string) => section(mrkdwnText(text));
const table = (...cells: object[]) => ({ type: 'table', rows: [cells] });
const MARKUP = 'a *b* _c_ ~d~ `e` <@U1> <https://x.y|z> &amp; 1. x\n> q\n# h\n---\n\\*  www.x.y a@b.c';

describe('the page corrects', () => {
  const cases: readonly [what: string, block: object, slackShows: string][] = [
    ['plain text of a section', section(plainText(MARKUP)), MARKUP],
    ['plain text of a header', { type: 'header', text: plainText('4*3*2 <b>') }, '4*3*2 <b>'],
    ['plain text of a context', { type: 'context', elements: [plainText('*a* &lt;')] }, '*a* &lt;'],
    ['plain text of an alert', { type: 'alert', level: 'info', text: plainText('*a*') }, '*a*'],
    ['emoji names where emoji is false', section({ ...plainText(':wave: hi'), emoji: false }), ':wave: hi'],
    ['plain text of a table cell', table({ type: 'raw_text', text: '*a*' }), '*a*'],
    ['an escaped >', mrkdwn('3 &gt;2'), '3 >2'],
    ['an escaped mention', mrkdwn('&lt;@U1&gt;'), '<\u2060@U1>'],
    ['a line that begins with #', mrkdwn('# one'), '# one'],
    ['a line of dashes', mrkdwn('---'), '---'],
    ['a backslash', mrkdwn('C:\\*x'), 'C:\\*x'],
    ['a table with numbers', table({ type: 'raw_number', value: 3, text: '3.0' }), '3.0'],
    [
      'a data table',
      { ...table({ type: 'raw_text', text: 'Won' }), type: 'data_table', caption: 'C' },
      'Won',
    ],
    [
      'a button in a data table',
      {
        ...table({ type: 'action_cell', element: { type: 'button', text: plainText('Open *it*') } }),
        type: 'data_table',
        caption: 'C',
      },
      'Open *it*',
    ],
  ];
  const sent = renderedByLibrary(cases.map(([, block]) => block));
  const adapted = renderedByLibrary(cases.map(([, block]) => adaptForLibrary(block) as object));

  it.each(cases.map(([what, , slackShows], index) => ({ what, slackShows, index })))(
    '$what',
    ({ slackShows, index }) => {
      expect(textOf(adapted[index] ?? 'nothing')).toBe(slackShows);
      expect(textOf(sent[index] ?? 'nothing')).not.toBe(slackShows);
    },
  );

  it('an image that is a file of the workspace', () => {
    const block = { type: 'image', slack_file: { id: 'F1' }, alt_text: 'a' };
    const [asSent, asAdapted] = renderedByLibrary([block, adaptForLibrary(block) as object]);
    expect(asSent ?? '').not.toContain('src=');
    expect(asAdapted).toContain('src="/files/F1/image"');
  });

  it('neither rich text nor Markdown nor ordinary mrkdwn', () => {
    for (const block of [
      { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [plainText(MARKUP)] }] },
      { type: 'markdown', text: '# *a*\n\n---' },
      mrkdwn('*a* _b_ `c` <https://x.y|z> <@U1> :wave:\n&gt; quoted'),
    ])
      expect(adaptForLibrary(block)).toEqual(block);
  });
});

describe('the page draws blocks itself because the library', () => {
  it('draws images and videos with unnamed buttons, and videos with links in links', () => {
    const picture = {
      type: 'image',
      image_url: 'https://x.y/z.png',
      alt_text: 'a',
      title: plainText('Titled'),
    };
    const video = {
      type: 'video',
      title: plainText('<https://x.y|There>'),
      title_url: 'https://x.y',
      video_url: 'https://x.y',
      thumbnail_url: 'https://x.y/z.png',
      alt_text: 'a',
    };
    const drawn = renderedByLibrary([picture, video]);
    for (const html of drawn) expect(html).toMatch(/<button type="button" class="[^"]*"><svg/);
    expect(drawn[1]).toMatch(/<a [^>]*>(?:(?!<\/a>).)*<a /);
  });

  it('has no callbacks for its controls', () => {
    // The compiler fails here once the library has another hook, perhaps one for controls.
    const hooks: Readonly<Record<keyof NonNullable<MessageProps['hooks']>, 'displays'>> = {
      user: 'displays',
      channel: 'displays',
      usergroup: 'displays',
      atChannel: 'displays',
      atEveryone: 'displays',
      atHere: 'displays',
      emoji: 'displays',
      date: 'displays',
      link: 'displays',
    };
    expect(Object.keys(hooks)).toHaveLength(9);
  });
});
