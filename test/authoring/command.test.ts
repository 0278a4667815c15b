/** The command for people who write playbooks. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

const lostdeal = (...args: string[]) =>
  spawnSync(process.execPath, ['--import', 'tsx', 'src/authoring/main.ts', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });

it('says what to do where nothing is built yet', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lostdeal-not-built-'));
  try {
    cpSync(join(ROOT, 'bin'), join(folder, 'bin'), { recursive: true });
    const { status, stderr } = spawnSync(process.execPath, [join(folder, 'bin', 'lostdeal.js'), 'check'], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('Lostdeal isn\'t built yet. Run "npm ci && npm run build" here, then try again.\n');
    expect(status).toBe(1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('prints the report of a check, and exits with 1 when there are faults', () => {
  const sound = lostdeal('check');
  expect(sound.stdout).toMatch(/^The playbooks have no faults:\n/);
  expect(sound.status).toBe(0);
  const faulty = lostdeal('check', 'no/such/folder');
  expect(faulty.stderr).toMatch(
    /^The playbooks have 1 fault:\n {2}no\/such\/folder: this folder cannot be read/,
  );
  expect(faulty.status).toBe(1);
});

it('lists its commands when it is asked without one', () => {
  const { status, stdout } = lostdeal();
  expect(stdout).toMatch(/^npx --no-install lostdeal <command>\n\n {2}check \[folder\]/);
  expect(status).toBe(0);
});

it('lists its commands when there is no such one, and exits with 1', () => {
  const { status, stderr } = lostdeal('chek');
  expect(stderr).toMatch(/^There's no command "chek"\.\n\nnpx --no-install lostdeal <command>\n/);
  expect(status).toBe(1);
});
