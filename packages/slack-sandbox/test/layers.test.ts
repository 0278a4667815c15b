import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PACKAGE = join(__dirname, '..');
/** npm links it into the package or, within a workspace, into the folder above. */
const DEPCRUISE = [PACKAGE, join(PACKAGE, '..', '..')]
  .map((folder) => join(folder, 'node_modules', '.bin', 'depcruise'))
  .find(existsSync);

/** The file that imports, the file that it imports, and the rule that forbids it. */
const FORBIDDEN = [
  ['src/blockkit/a.ts', 'src/workspace/b.ts', 'blockkit-imports'],
  ['src/coverage/a.ts', 'src/api/b.ts', 'coverage-imports'],
  ['src/config/a.ts', 'src/workspace/b.ts', 'config-imports'],
  ['src/workspace/a.ts', 'src/core.ts', 'workspace-imports'],
  ['src/oauth/a.ts', 'src/api/b.ts', 'oauth-imports'],
  ['src/delivery/a.ts', 'src/control/b.ts', 'delivery-imports'],
  ['src/api/a.ts', 'src/control/b.ts', 'api-imports'],
  ['src/control/a.ts', 'src/client/b.ts', 'control-imports'],
  ['src/client/a.ts', 'src/workspace/b.ts', 'client-imports'],
  ['src/protocol/a.ts', 'src/json.ts', 'protocol-imports'],
  ['src/c.ts', 'test/b.ts', 'src-not-to-tests'],
  ['src/d.ts', '../outside.ts', 'stands-on-its-own'],
] as const;
const ALLOWED = ['src/api/allowed.ts', 'src/delivery/b.ts'] as const;

describe('the rules about imports', () => {
  const folder = mkdtempSync(join(tmpdir(), 'slack-sandbox-layers-'));
  const root = join(folder, 'package');
  /** Names of broken rules by importing file. */
  const broken = new Map<string, string[]>();

  beforeAll(async () => {
    for (const [from, to] of [...FORBIDDEN, ALLOWED]) {
      const steps = '../'.repeat(from.split('/').length - 1);
      write(from, `import { b } from './${steps}${to.replace('.ts', '')}';\nexport const a = b;\n`);
      write(to, 'export const b = 1;\n');
    }
    const config = join(PACKAGE, '.dependency-cruiser.cjs');
    const { stdout } = await run(
      DEPCRUISE ?? 'depcruise',
      ['src', '--config', config, '--output-type', 'json'],
      { cwd: root },
    ).catch((failed: { stdout: string }) => failed);
    const { summary } = JSON.parse(stdout) as {
      summary: { violations: { from: string; rule: { name: string } }[] };
    };
    for (const { from, rule } of summary.violations)
      broken.set(from, [...(broken.get(from) ?? []), rule.name]);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function write(path: string, text: string): void {
    const target = join(root, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }

  it.each(FORBIDDEN)('%s must not import %s (%s)', (from, _to, rule) => {
    expect(broken.get(from)).toEqual([rule]);
  });

  it(`${ALLOWED[0]} may import ${ALLOWED[1]}`, () => {
    expect(broken.get(ALLOWED[0])).toBeUndefined();
  });
});
