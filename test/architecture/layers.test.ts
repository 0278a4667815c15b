/** The rule that keeps the rooms apart is only worth something if it bites. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = join(__dirname, '..', '..');

/** What, the file that imports, what it imports, the file that is, and the rule that it breaks. */
const REFUSED = [
  ['the domain importing the store', 'src/deal/a.ts', '../store/b', 'src/store/b.ts', 'deal-imports'],
  ['a playbook importing the domain', 'src/playbook/a.ts', '../deal/c', 'src/deal/c.ts', 'playbook-imports'],
  ['a use case importing Slack', 'src/coach/a.ts', '../slack/d', 'src/slack/d.ts', 'coach-imports'],
  ['the store importing a use case', 'src/store/a.ts', '../coach/e', 'src/coach/e.ts', 'store-imports'],
  [
    'a listener importing SQL',
    'src/slack/a.ts',
    '../store/deals/deals',
    'src/store/deals/deals.ts',
    'slack-imports',
  ],
  [
    'a screen importing a message',
    'src/slack/views/a.ts',
    '../messages/b',
    'src/slack/messages/b.ts',
    'slack-views-imports',
  ],
  [
    'a message importing a screen',
    'src/slack/messages/a.ts',
    '../views/b',
    'src/slack/views/b.ts',
    'slack-messages-imports',
  ],
  [
    'shared blocks importing a message',
    'src/slack/text/a.ts',
    '../messages/c',
    'src/slack/messages/c.ts',
    'slack-text-imports',
  ],
  [
    'PostgreSQL importing from SQLite',
    'src/store/postgres/a.ts',
    '../sqlite/b',
    'src/store/sqlite/b.ts',
    'store-one-database',
  ],
  [
    'a part of the store importing a database',
    'src/store/deals/a.ts',
    '../sqlite/c',
    'src/store/sqlite/c.ts',
    'store-parts-know-no-database',
  ],
  [
    'a record importing a query',
    'src/store/records/a.ts',
    '../work/b',
    'src/store/work/b.ts',
    'store-records-imports',
  ],
  [
    'the app importing a tool of authors',
    'src/lostdeal.ts',
    './authoring/b',
    'src/authoring/b.ts',
    'app-loads-no-tools-of-authors',
  ],
  [
    'the app importing the sandbox',
    'src/deal/f.ts',
    '../../packages/slack-sandbox/src/b',
    'packages/slack-sandbox/src/b.ts',
    'app-knows-nothing-of-the-sandbox',
  ],
  [
    'a test importing an inner file of the sandbox',
    'test/slack/a.ts',
    '../../packages/slack-sandbox/src/core',
    'packages/slack-sandbox/src/core.ts',
    'sandbox-through-its-front-door',
  ],
] as const;

/** The rules that say what a room, or a shelf in it, imports. */
const ARROWS = (
  jest.requireActual(join(ROOT, '.dependency-cruiser.cjs')) as {
    forbidden: { name: string; from: { path: string }; to: { path: string; pathNot?: string | string[] } }[];
  }
).forbidden.filter(({ name, to }) => name.endsWith('-imports') && Array.isArray(to.pathNot));

const foldersIn = (path: string): string[] =>
  readdirSync(join(ROOT, path), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [`${path}/${entry.name}`] : [],
  );
const FOLDERS = foldersIn('src').flatMap((room) => [room, ...foldersIn(room)]);

/** For each rule every room and shelf that it keeps out: the file that imports, the file that is, and the rule. */
const KEPT_OUT = ARROWS.flatMap(({ name, from, to }) => {
  const room = from.path.replace(/^\^|\/$/gu, '');
  const allowed = [to.pathNot ?? []].flat().map((path) => new RegExp(path, 'u'));
  return FOLDERS.map((folder) => `${folder}/target.ts`)
    .filter((file) => new RegExp(to.path, 'u').test(file) && !allowed.some((path) => path.test(file)))
    .map((file, index) => [`${room}/outward${index}.ts`, file, name] as const);
});

const IO = {
  'src/deal/io.ts': "import { readFileSync } from 'node:fs';\nexport const a = readFileSync;\n",
};
const ALLOWED = {
  'src/coach/allowed.ts': "import { b } from '../deal/wanted';\nexport const a = b;\n",
  'src/deal/wanted.ts': 'export const b = 1;\n',
};

describe('the arrows of the house', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lostdeal-house-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** The rules that each file breaks. Each case has files of its own, so that one look answers all. */
  const broken = new Map<string, string[]>();

  beforeAll(async () => {
    const files: Record<string, string> = { ...IO, ...ALLOWED };
    for (const [, from, specifier, to] of REFUSED) {
      files[from] = `import { b } from '${specifier}';\nexport const a = b;\n`;
      files[to] = 'export const b = 1;\n';
    }
    for (const [from, to] of KEPT_OUT) {
      const specifier = relative(dirname(from), to.replace(/\.ts$/u, ''));
      files[from] =
        `import { b } from '${specifier.startsWith('.') ? specifier : `./${specifier}`}';\nexport const a = b;\n`;
      files[to] = 'export const b = 1;\n';
    }
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const depcruise = join(ROOT, 'node_modules', '.bin', 'depcruise');
    const config = join(ROOT, '.dependency-cruiser.cjs');
    const { stdout } = await run(depcruise, ['src', 'test', '--config', config, '--output-type', 'json'], {
      cwd: folder,
    }).catch((failed: { stdout: string }) => failed);
    const report = JSON.parse(stdout) as {
      modules: { source: string }[];
      summary: { violations: { from: string; rule: { name: string } }[] };
    };
    for (const { source } of report.modules) broken.set(source, []);
    for (const { from, rule } of report.summary.violations) broken.get(from)?.push(rule.name);
  });

  it.each(REFUSED)('refuses %s', (_what, from, _specifier, _to, rule) => {
    expect(broken.get(from)).toContain(rule);
  });

  it('has a rule for every room', () => {
    expect(ARROWS.map(({ name }) => name)).toEqual(
      expect.arrayContaining(foldersIn('src').map((room) => `${room.replace('src/', '')}-imports`)),
    );
  });

  it.each(ARROWS.map(({ name }) => name))('keeps out whatever the rule %s does not name', (name) => {
    const cases = KEPT_OUT.filter(([, , rule]) => rule === name);
    expect(cases.filter(([from]) => !broken.get(from)?.includes(name))).toEqual([]);
    expect(cases.length).toBeGreaterThan(0);
  });

  it('refuses I/O in the domain', () => {
    expect(broken.get('src/deal/io.ts')).toContain('pure-rooms-no-node-io');
  });

  it('finds nothing where an arrow goes the right way', () => {
    for (const file of Object.keys(ALLOWED)) expect(broken.get(file)).toEqual([]);
  });
});
