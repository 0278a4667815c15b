import { spawnSync } from 'node:child_process';

/** Reads blocks as JSON from stdin and writes their HTML. A process of its own, because jest cannot load the ES modules of the library. */
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
export function renderedByLibrary(blocks: readonly object[]): readonly (string | null)[] {
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
export const textOf = (html: string): string =>
  html
    .replace(/<[^>]+>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#x27;/g, "'")
    .replace(/&amp;/g, '&');
