import { existsSync, readFileSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join, normalize, resolve } from 'node:path';
import { sendText } from './http';

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  json: 'application/json',
  map: 'application/json',
  woff2: 'font/woff2',
};

const NOT_BUILT = `<!doctype html><meta charset="utf-8"><title>Slack sandbox</title>
<body style="font:16px/1.5 system-ui;max-width:40em;margin:4em auto;padding:0 1em">
<h1>The sandbox is running</h1>
<p>Its browser UI is not built yet. In the repository, run <code>npm run build:ui -w slack-sandbox</code>,
then load this page again.</p>`;

/** Serves the built page. Paths without a file get its index page. */
export function serveUi(directory: string, path: string, response: ServerResponse): void {
  const root = resolve(directory);
  if (!existsSync(join(root, 'index.html'))) {
    sendText(response, 200, NOT_BUILT, TYPES.html);
    return;
  }
  const wanted = join(root, normalize(decodeURIComponent(path)));
  const isFile = wanted.startsWith(root) && existsSync(wanted) && statSync(wanted).isFile();
  const file = isFile ? wanted : join(root, 'index.html');
  const content = readFileSync(file);
  response.writeHead(200, {
    'content-type': TYPES[file.split('.').pop() ?? ''] ?? 'application/octet-stream',
    'content-length': content.length,
  });
  response.end(content);
}
