/** What an editor says about a playbook: the YAML language server, which is behind most of them, with our schema. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import * as z from 'zod';

/** Too big to be a dependency. It is installed for this test, from the registry or npm's cache. */
const SERVER = 'yaml-language-server@1.25.0';
const SCHEMA = join(__dirname, '..', '..', 'playbooks', 'playbook.schema.json');

const FIVE_FAULTS = `# yaml-language-server: $schema=${pathToFileURL(SCHEMA).href}
id: Goodbye
title: A kind goodbye
summary: Thank them and ask.
start: thanks
steps:
  - id: thanks
    title: Thanks
    say: "Thank you for the time."
    why: It is kind.
    nextlabel: Said it
    record:
      fact: atraction
      label: What they liked
      source: prospect
    next: { verdict: unreached }
endings:
  unreachd: { title: Not reached, say: [], why: I will remind you. }
`;

const message = z.object({
  id: z.number().optional(),
  method: z.string().optional(),
  params: z.unknown().optional(),
  result: z.unknown().optional(),
});
const diagnostics = z.object({
  diagnostics: z.array(
    z.object({
      message: z.string(),
      range: z.object({ start: z.object({ line: z.number(), character: z.number() }) }),
    }),
  ),
});
const hover = z.object({ contents: z.object({ value: z.string() }) });

let folder: string;
let server: ChildProcess | null = null;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lostdeal-editor-'));
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const options = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];
  await promisify(execFile)('npm', ['install', ...options, SERVER], { cwd: folder });
});
afterAll(() => {
  server?.kill();
  rmSync(folder, { recursive: true });
});

/** Opens a file as an editor does. Resolves with its faults, and the explanation of the place that is pointed at. */
async function open(text: string, pointed: { line: number; character: number }) {
  mkdirSync(join(folder, 'ours'));
  const uri = pathToFileURL(join(folder, 'ours', 'five.yml')).href;
  const started = spawn(process.execPath, [
    join(folder, 'node_modules/yaml-language-server/bin/yaml-language-server'),
    '--stdio',
  ]);
  server = started;
  const send = (body: object) => {
    const json = JSON.stringify({ jsonrpc: '2.0', ...body });
    started.stdin.write(`Content-Length: ${Buffer.byteLength(json)}\r\n\r\n${json}`);
  };
  let faults: string[] = [];
  let explained = '';
  send({ id: 1, method: 'initialize', params: { processId: process.pid, rootUri: null, capabilities: {} } });
  let waiting = Buffer.alloc(0);
  for await (const chunk of started.stdout) {
    waiting = Buffer.concat([waiting, chunk as Buffer]);
    for (let end = waiting.indexOf('\r\n\r\n'); end >= 0; end = waiting.indexOf('\r\n\r\n')) {
      const length = Number(/Content-Length: (\d+)/u.exec(waiting.subarray(0, end).toString())?.[1]);
      if (waiting.length < end + 4 + length) break;
      const { id, method, params, result } = message.parse(
        JSON.parse(waiting.subarray(end + 4, end + 4 + length).toString()),
      );
      waiting = waiting.subarray(end + 4 + length);
      if (id === 1 && method === undefined) {
        send({ method: 'initialized', params: {} });
        const textDocument = { uri, languageId: 'yaml', version: 1, text };
        send({ method: 'textDocument/didOpen', params: { textDocument } });
        send({ id: 2, method: 'textDocument/hover', params: { textDocument: { uri }, position: pointed } });
      } else if (id === 2 && method === undefined) {
        explained = hover.parse(result).contents.value;
      } else if (method === 'textDocument/publishDiagnostics') {
        faults = diagnostics
          .parse(params)
          .diagnostics.map(
            ({ range: { start }, message }) => `${start.line + 1}:${start.character + 1} ${message}`,
          );
      } else if (method !== undefined && id !== undefined) {
        send({ id, result: null });
      }
      if (faults.length > 0 && explained !== '') return { faults, explained };
    }
  }
  throw new Error('the language server ended');
}

it('says what is wrong with each of five faults, and where, and explains a key', async () => {
  const { faults, explained } = await open(FIVE_FAULTS, { line: 8, character: 5 });
  expect(faults.sort((one, other) => Number.parseInt(one, 10) - Number.parseInt(other, 10))).toEqual([
    '2:5 use small letters, digits and _ (at most 40)',
    '9:10 Incorrect type. Expected "array".',
    '11:5 Property nextlabel is not allowed.',
    expect.stringMatching(
      /^13:13 Value is not accepted. Valid values: "attraction", "picture", .*"send_by"\.$/u,
    ),
    '18:3 Property unreachd is not allowed.',
  ]);
  expect(explained).toContain('Lines to read aloud, one breath each');
});
