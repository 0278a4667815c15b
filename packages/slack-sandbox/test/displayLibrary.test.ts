/**
 * What the display library draws otherwise than Slack, and that the page's settling mends it. Each of these also holds
 * that the library still needs it: when one fails there, the library is mended and what the page does can go.
 */
import type { MessageProps } from 'slack-blocks-to-jsx';
import { settled } from '../ui/src/blocks/settle';
import { renderedByLibrary, textOf } from './support/libraryRender';

const plain = (text: string, more: object = {}) => ({ type: 'plain_text', text, ...more });
const section = (text: object) => ({ type: 'section', text });
const marked = (text: string) => section({ type: 'mrkdwn', text });
const table = (...cells: object[]) => ({ type: 'table', rows: [cells] });
const MARKUP = 'a *b* _c_ ~d~ `e` <@U1> <https://x.y|z> &amp; 1. x\n> q\n# h\n---\n\\*  www.x.y a@b.c';

describe('what the library misreads is settled', () => {
  const cases: readonly [what: string, block: object, slackShows: string][] = [
    ['plain text of a section', section(plain(MARKUP)), MARKUP],
    ['plain text of a header', { type: 'header', text: plain('4*3*2 <b>') }, '4*3*2 <b>'],
    ['plain text of a context', { type: 'context', elements: [plain('*a* &lt;')] }, '*a* &lt;'],
    ['plain text of an alert', { type: 'alert', level: 'info', text: plain('*a*') }, '*a*'],
    ['names of emoji that are to stay', section(plain(':wave: hi', { emoji: false })), ':wave: hi'],
    ['words of a table cell', table({ type: 'raw_text', text: '*a*' }), '*a*'],
    ['an escaped >', marked('3 &gt;2'), '3 >2'],
    ['an escaped mention', marked('&lt;@U1&gt;'), '<\u2060@U1>'],
    ['a line that begins with #', marked('# one'), '# one'],
    ['a line of dashes', marked('---'), '---'],
    ['a backslash', marked('C:\\*x'), 'C:\\*x'],
    ['a table with numbers', table({ type: 'raw_number', value: 3, text: '3.0' }), '3.0'],
    [
      'a data table',
      { ...table({ type: 'raw_text', text: 'Won' }), type: 'data_table', caption: 'C' },
      'Won',
    ],
    [
      'a button in a data table',
      {
        ...table({ type: 'action_cell', element: { type: 'button', text: plain('Open *it*') } }),
        type: 'data_table',
        caption: 'C',
      },
      'Open *it*',
    ],
  ];
  const asSent = renderedByLibrary(cases.map(([, block]) => block));
  const asSettled = renderedByLibrary(cases.map(([, block]) => settled(block) as object));

  it.each(cases.map(([what, , slackShows], index) => ({ what, slackShows, index })))(
    '$what',
    ({ slackShows, index }) => {
      expect(textOf(asSettled[index] ?? 'nothing')).toBe(slackShows);
      expect(textOf(asSent[index] ?? 'nothing')).not.toBe(slackShows);
    },
  );

  it('a picture that is a file of the workspace', () => {
    const block = { type: 'image', slack_file: { id: 'F1' }, alt_text: 'a' };
    const [sent, mended] = renderedByLibrary([block, settled(block) as object]);
    expect(sent ?? '').not.toContain('src=');
    expect(mended).toContain('src="/files/F1/image"');
  });

  it('rich text, Markdown and ordinary mrkdwn are left alone', () => {
    for (const block of [
      { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [plain(MARKUP)] }] },
      { type: 'markdown', text: '# *a*\n\n---' },
      marked('*a* _b_ `c` <https://x.y|z> <@U1> :wave:\n&gt; quoted'),
    ])
      expect(settled(block)).toEqual(block);
  });
});

describe('what the page draws itself, because the library', () => {
  it('puts buttons without a name to pictures and videos, and in videos links into links', () => {
    const picture = { type: 'image', image_url: 'https://x.y/z.png', alt_text: 'a', title: plain('Titled') };
    const video = {
      type: 'video',
      title: plain('<https://x.y|There>'),
      title_url: 'https://x.y',
      video_url: 'https://x.y',
      thumbnail_url: 'https://x.y/z.png',
      alt_text: 'a',
    };
    const drawn = renderedByLibrary([picture, video]);
    for (const html of drawn) expect(html).toMatch(/<button type="button" class="[^"]*"><svg/);
    expect(drawn[1]).toMatch(/<a [^>]*>(?:(?!<\/a>).)*<a /);
  });

  it('has no callbacks: nobody hears of a control that it draws', () => {
    // The compiler fails here once there are more hooks: perhaps one for controls.
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
