/** The server of `lostdeal preview`: a page on this machine that plays a playbook and is drawn again on each save. */
import { existsSync, readFileSync, watch } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, extname, join, normalize } from 'node:path';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { PACKAGE_ROOT } from '../../playbook/checking/loader';
import { type Files, folderOf, readFiles, type ShownFault } from './files';
import { acted, actSchema, firstLook, type Look, lookSchema, pathTo } from './look';
import { mapOf, verdictId } from './map';
import { mapHtml, pageHtml } from './page';
import { REP, type Seen, seen } from './screens';

const asked = z.object({
  /** Null: the first one. */
  look: lookSchema.nullable(),
  act: actSchema.optional(),
  /** The box of the map to go to. */
  go: z.string().optional(),
  tz: z.string(),
});

/** What the page shows. */
export interface Answer {
  /** Null: no file can be shown. */
  readonly shown: {
    readonly look: Look;
    readonly modals: Seen['modals'];
    readonly people: readonly { readonly id: string; readonly realName: string }[];
    readonly me: string;
    readonly now: number;
    readonly map: string;
    /** The boxes of the path; the last one is on the screen. */
    readonly visited: readonly string[];
    readonly title: string;
    readonly note: string | null;
  } | null;
  readonly playbooks: readonly { readonly id: string; readonly title: string }[];
  readonly faults: readonly ShownFault[];
  readonly warnings: readonly ShownFault[];
}

export interface Preview {
  readonly url: string;
  close(): Promise<void>;
}

export interface PreviewOptions {
  /** Null: the built-in playbooks. */
  readonly file: string | null;
  readonly now: () => number;
}

const LOOPBACK = '127.0.0.1';
/** An editor writes a file in several steps. */
const SETTLED_MS = 60;

/** Listens on loopback alone, on a free port. */
export async function startPreview({ file, now }: PreviewOptions): Promise<Preview> {
  const watching = new Set<ServerResponse>();
  let files = readFiles(file);
  let settling: NodeJS.Timeout | undefined;
  const watcher = watch(folderOf(file), (_, name) => {
    if (file !== null && name !== null && !/\.ya?ml$/iu.test(name)) return;
    clearTimeout(settling);
    settling = setTimeout(() => {
      files = readFiles(file);
      for (const response of watching) response.write('data: changed\n\n');
    }, SETTLED_MS);
  });
  const server = createServer((request, response) => {
    answer(request, response, watching, { file, files, now: now() }).catch((error: unknown) => {
      response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' });
      response.end(error instanceof Error ? error.message : String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${LOOPBACK}:${port}`,
    close: () => {
      clearTimeout(settling);
      watcher.close();
      return ended(server);
    },
  };
}

function ended(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  watching: Set<ServerResponse>,
  { file, files, now }: { readonly file: string | null; readonly files: Files; readonly now: number },
): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://preview');
  // A page of the internet cannot read this one by a name of its own that points here.
  if (!/^(?:127\.0\.0\.1|localhost)(?::\d+)?$/u.test(request.headers.host ?? ''))
    return send(response, 403, 'Only this machine may read this.', 'txt');
  if (pathname === '/') {
    const name = file === null ? 'the built-in playbooks' : basename(file);
    return send(response, 200, pageHtml(name), 'html');
  }
  if (pathname === '/page.js') return sendFile(response, join(PACKAGE_ROOT, 'dist', 'authoring'), 'page.js');
  if (pathname.startsWith('/slack/'))
    return sendFile(
      response,
      join(PACKAGE_ROOT, 'packages', 'slack-sandbox', 'ui-dist'),
      pathname.slice('/slack/'.length),
    );
  if (pathname === '/changes') {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(': open\n\n');
    watching.add(response);
    response.on('close', () => watching.delete(response));
    return;
  }
  if (pathname === '/screen' && request.method === 'POST') {
    const given = asked.parse(JSON.parse(await text(request)));
    return send(response, 200, JSON.stringify(answerTo(given, files, now)), 'json');
  }
  return send(response, 404, 'There is nothing here.', 'txt');
}

/** What the page shows after what somebody did on it. */
export function answerTo(
  { look: before, act, go, tz }: z.infer<typeof asked>,
  files: Files,
  now: number,
): Answer {
  const { playbooks, reasons, faults, warnings } = files;
  const titles = playbooks.map(({ id, title }) => ({ id, title }));
  const playbook = playbooks.find(({ id }) => id === before?.playbook) ?? playbooks[0];
  if (playbook === undefined) return { shown: null, playbooks: titles, faults, warnings };
  const here: Look = before === null ? firstLook(playbook.id) : { ...before, playbook: playbook.id };
  const then = act === undefined ? { look: here, note: null } : acted(here, act);
  const walked = seen(then.look, playbook, reasons, now, tz);
  const target: Look =
    go === undefined
      ? then.look
      : {
          ...then.look,
          overlay: null,
          picking: false,
          path: pathTo(playbook, go, visitedBy(walked), walked.call.path),
        };
  const { modals, call } = go === undefined ? walked : seen(target, playbook, reasons, now, tz);
  const visited = visitedBy({ modals, call });
  const map = mapOf(playbook);
  return {
    shown: {
      look: { ...target, path: [...call.path] },
      modals,
      people: [REP],
      me: REP.id,
      now,
      map: mapHtml(map),
      visited,
      title: map.boxes.find(({ id }) => id === visited.at(-1))?.title ?? playbook.title,
      // A submission of the last screen goes nowhere.
      note:
        act?.type === 'submit' && call.path.length < target.path.length
          ? 'In Slack this saves the notes.'
          : then.note,
    },
    playbooks: titles,
    faults,
    warnings,
  };
}

const visitedBy = ({ call: { deal } }: Seen): string[] => [
  ...deal.trail.map(({ stepId }) => stepId),
  ...(deal.position === null
    ? deal.verdict === null
      ? []
      : [verdictId(deal.verdict)]
    : [deal.position.stepId]),
];

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json',
  txt: 'text/plain; charset=utf-8',
  woff2: 'font/woff2',
};

function send(response: ServerResponse, status: number, body: string | Buffer, type: string): void {
  response.writeHead(status, {
    'content-type': TYPES[type] ?? 'application/octet-stream',
    'cache-control': 'no-store',
  });
  response.end(body);
}

function sendFile(response: ServerResponse, folder: string, path: string): void {
  const file = join(folder, normalize(`/${decodeURIComponent(path)}`));
  if (existsSync(file)) send(response, 200, readFileSync(file), extname(file).slice(1));
  else send(response, 404, `${basename(file)} isn't built.`, 'txt');
}
