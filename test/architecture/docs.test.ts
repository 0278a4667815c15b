/** The pages against the code: what they name exists, and what must be named is. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigError, readConfig } from '../../src/config';
import { PortTakenError } from '../../src/http/listen';
import { PLAYBOOK_ERRORS } from '../../src/playbook/errors';
import { TokenRefusedError } from '../../src/slack/install/tokenErrors';
import { STORE_ERRORS } from '../../src/store/errors';

/** An address that cannot be listened on. */
const PUBLIC = { host: '192.0.2.1', port: 3000, settings: { host: 'HOST', port: 'PORT' } } as const;

const ROOT = join(__dirname, '..', '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'packages/slack-sandbox/README.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** Every file of the house, by its path. */
const FILES = ['src', 'packages', 'scripts', 'bench', 'chaos', 'test', 'playbooks']
  .flatMap((room) =>
    readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' }).map((path) => `${room}/${path}`),
  )
  .filter((path) => !path.includes('node_modules'))
  // The last is made when it runs.
  .concat(readdirSync(ROOT), 'data');

/** First cells of the table rows under a heading, without code marks. */
function firstCells(page: string, heading: string): string[] {
  const section =
    read(page)
      .split(/^#+ /mu)
      .find((text) => text.startsWith(`${heading}\n`)) ?? '';
  return section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((row) => (row.split('|')[1] ?? '').trim().replaceAll('`', ''));
}

function scriptsOf(file: string): Record<string, string> {
  if (!existsSync(join(ROOT, file))) return {};
  return (JSON.parse(read(file)) as { scripts?: Record<string, string> }).scripts ?? {};
}

/** As GitHub makes an anchor of a heading. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

describe.each(PAGES)('%s', (page) => {
  const text = read(page).replace(/```[\s\S]*?```/gu, '');

  it('links to what is there', () => {
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/gu)].map((match) => match[1] ?? '');
    const broken = links.filter((link) => {
      if (/^https?:/u.test(link)) return false;
      const [file = '', hash] = link.split('#');
      const path = file === '' ? page : join(dirname(page), file);
      if (!existsSync(join(ROOT, path))) return true;
      const headings = [...read(path).matchAll(/^#+ (.+)$/gmu)].map((match) => anchor(match[1] ?? ''));
      return hash !== undefined && !headings.includes(hash);
    });
    expect(broken).toEqual([]);
  });

  it('names files and folders that are there', () => {
    const named = [...text.matchAll(/`([\w./-]*\w(?:\.(?:ts|yml|cjs)|(?=\/`)))\/?`/gu)].map(
      (match) => match[1] ?? '',
    );
    expect(named.filter((name) => !FILES.some((file) => `/${file}`.endsWith(`/${name}`)))).toEqual([]);
  });

  it('tells commands that exist', () => {
    const scripts = { ...scriptsOf('package.json'), ...scriptsOf(join(dirname(page), 'package.json')) };
    const named = [...read(page).matchAll(/\bnpm (?:run ([\w:-]+)|(test|start)\b)/gu)];
    const missing = named.map(([, run, own]) => run ?? own ?? '').filter((name) => !(name in scripts));
    expect(missing).toEqual([]);
  });
});

describe('the settings', () => {
  const source = read('src/config.ts');
  const parsed = [...source.matchAll(/^ {2}([A-Z][A-Z_]+): /gmu)].map((match) => match[1] ?? '');
  // Set by the way of starting, not by the operator's file.
  const settings = parsed.filter((name) => name !== 'NODE_ENV');

  it('are all in .env.example, and nothing else is', () => {
    const example = [...read('.env.example').matchAll(/^([A-Z_]+)=/gmu)].map((match) => match[1] ?? '');
    expect(example.sort()).toEqual([...settings].sort());
  });

  it('that the README names exist', () => {
    const named = firstCells('README.md', 'Configuration').filter((cell) => /^[A-Z_]+$/u.test(cell));
    expect(named.length).toBeGreaterThan(4);
    expect(settings).toEqual(expect.arrayContaining(named));
  });

  it('are read in one place', () => {
    const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
    const readers = files.filter(
      (file) => file.endsWith('.ts') && read(join('src', file)).includes('process.env'),
    );
    // The tools need one of them, which they read as the app does.
    expect(readers).toEqual(['main.ts', 'store/tools/tool.ts']);
  });
});

describe('the page for operators', () => {
  const page = read('docs/operations.md');

  it('lists every code of the store', () => {
    const cells = firstCells('docs/operations.md', 'When it does not start');
    expect(cells.filter((cell) => cell.startsWith('store_'))).toEqual(Object.values(STORE_ERRORS));
  });

  it('quotes what is said at a start that fails', () => {
    const said = [
      refusalOf(() => readConfig({})),
      new TokenRefusedError('SLACK_BOT_TOKEN', 'invalid_auth').message,
      new TokenRefusedError('SLACK_APP_TOKEN', 'invalid_auth').message,
      new PortTakenError(PUBLIC, 'EADDRINUSE', {}).message,
      new PortTakenError(PUBLIC, 'EADDRNOTAVAIL', {}).message,
    ];
    const quoted = firstCells('docs/operations.md', 'When it does not start')
      .flatMap((cell) => [...cell.matchAll(/\*([^*]+)\*/gu)])
      .map((match) => (match[1] ?? '').split('…'));
    for (const words of said) {
      expect(quoted.filter((parts) => parts.every((part) => words.includes(part.trim())))).toHaveLength(1);
    }
  });

  it('names the paths of health that exist', () => {
    const served = { server: ['/healthz', '/readyz'], adminServer: ['/healthz', '/readyz', '/metrics'] };
    for (const [server, paths] of Object.entries(served)) {
      for (const path of paths) {
        expect(page).toContain(`\`${path}\``);
        expect(read(`src/http/${server}.ts`)).toContain(`'${path}'`);
      }
    }
  });
});

it('the page on playbooks lists every code of error', () => {
  for (const code of Object.values(PLAYBOOK_ERRORS)) {
    expect(read('docs/playbooks.md')).toContain(`| \`${code}\` |`);
  }
});

describe('the page on how it is built', () => {
  const page = read('docs/architecture.md');

  it('has every room', () => {
    const rooms = readdirSync(join(ROOT, 'src'), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    for (const { name } of rooms) expect(page).toMatch(new RegExp(`^  ${name}/`, 'mu'));
  });
});

function refusalOf(start: () => unknown): string {
  try {
    start();
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
}

it('the page on privacy has every table of a database, and every scope of the manifest', () => {
  const page = read('docs/privacy.md');
  const tables = [...read('src/store/schema.ts').matchAll(/^ {2}(\w+): \w+Table;$/gmu)].map(
    ([, name]) => name,
  );
  expect(tables.length).toBeGreaterThan(10);
  expect(tables.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  const scopes = [...read('manifest.yml').matchAll(/^ {6}- ([a-z:.]+)$/gmu)]
    .map(([, scope]) => scope ?? '')
    .filter((scope) => scope === 'commands' || scope.includes(':'));
  expect(scopes.length).toBeGreaterThan(10);
  expect(scopes.filter((scope) => !page.includes(`\`${scope}\``))).toEqual([]);
});
