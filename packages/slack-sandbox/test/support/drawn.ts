import { spawnSync } from 'node:child_process';

/** Draws what comes in as JSON, in a process of its own: the library is in part of modules that jest cannot load. */
const DRAW = `
  const { createElement } = require('react');
  const { renderToStaticMarkup } = require('react-dom/server');
  const { Message } = require('slack-blocks-to-jsx');
  const draw = (block) => {
    const props = { blocks: [block], withoutWrapper: true, name: '', logo: '', theme: 'light' };
    try { return renderToStaticMarkup(createElement(Message, props)); } catch { return null; }
  };
  const blocks = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
  process.stdout.write(JSON.stringify(blocks.map(draw)));
`;

/** Each block as HTML, as the display library draws it; null where it falls over. */
export function drawnByLibrary(blocks: readonly object[]): readonly (string | null)[] {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', DRAW], {
    cwd: __dirname,
    input: JSON.stringify(blocks),
    encoding: 'utf8',
    maxBuffer: 16_000_000,
  });
  if (status !== 0) throw new Error(`the library could not be run: ${stderr}`);
  return JSON.parse(stdout) as (string | null)[];
}

/** What somebody reads of it. */
export const wordsOf = (html: string): string =>
  html
    .replace(/<[^>]+>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#x27;/g, "'")
    .replace(/&amp;/g, '&');
