/** The rule that keeps the rooms apart is only worth something if it bites. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = join(__dirname, '..', '..');

describe('the arrows of the house', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lostdeal-house-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  async function violations(files: Record<string, string>): Promise<string[]> {
    rmSync(join(folder, 'src'), { recursive: true, force: true });
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    rmSync(join(folder, 'node_modules'), { force: true });
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const depcruise = join(ROOT, 'node_modules', '.bin', 'depcruise');
    const config = join(ROOT, '.dependency-cruiser.cjs');
    const { stdout } = await run(depcruise, ['src', '--config', config, '--output-type', 'json'], {
      cwd: folder,
    }).catch((failed: { stdout: string }) => failed);
    const report = JSON.parse(stdout) as { summary: { violations: { rule: { name: string } }[] } };
    return report.summary.violations.map(({ rule }) => rule.name);
  }

  it.each([
    ['the domain importing the store', 'src/deal/a.ts', '../store/b', 'src/store/b.ts', 'deal-imports'],
    [
      'a playbook importing the domain',
      'src/playbook/a.ts',
      '../deal/b',
      'src/deal/b.ts',
      'playbook-imports',
    ],
    ['a use case importing Slack', 'src/coach/a.ts', '../slack/b', 'src/slack/b.ts', 'coach-imports'],
    ['the store importing a use case', 'src/store/a.ts', '../coach/b', 'src/coach/b.ts', 'store-imports'],
    [
      'a listener importing SQL',
      'src/slack/a.ts',
      '../store/deals/deals',
      'src/store/deals/deals.ts',
      'slack-imports',
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
      '../sqlite/b',
      'src/store/sqlite/b.ts',
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
      'the app importing the sandbox',
      'src/deal/a.ts',
      '../../sandbox/src/b',
      'sandbox/src/b.ts',
      'app-knows-nothing-of-the-sandbox',
    ],
  ])('refuses %s', async (_what, from, specifier, to, rule) => {
    const found = await violations({
      [from]: `import { b } from '${specifier}';\nexport const a = b;\n`,
      [to]: 'export const b = 1;\n',
    });
    expect(found).toContain(rule);
  });

  it('refuses I/O in the domain', async () => {
    const found = await violations({
      'src/deal/a.ts': "import { readFileSync } from 'node:fs';\nexport const a = readFileSync;\n",
    });
    expect(found).toContain('pure-rooms-no-node-io');
  });

  it('finds nothing where an arrow goes the right way', async () => {
    const found = await violations({
      'src/coach/a.ts': "import { b } from '../deal/b';\nexport const a = b;\n",
      'src/deal/b.ts': 'export const b = 1;\n',
    });
    expect(found).toEqual([]);
  });
});
