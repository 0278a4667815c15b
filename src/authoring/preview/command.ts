/** `lostdeal preview [file]`: starts the page, says where it is, and ends with Ctrl-C. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../playbook/checking/loader';
import { startPreview } from './server';

export async function preview(file?: string): Promise<void> {
  if (file !== undefined && !existsSync(file)) {
    process.stderr.write(`There's no file ${file}.\n`);
    process.exitCode = 1;
    return;
  }
  // The page draws screens with the parts of the local Slack. Building them again takes no time when nothing has changed.
  const built = spawnSync(
    process.execPath,
    [join(PACKAGE_ROOT, 'packages', 'slack-sandbox', 'buildUi.mjs')],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  if (built.status !== 0) {
    process.stderr.write(
      'The screens can\'t be drawn. Run "npm ci" here, with the packages for development.\n',
    );
    process.exitCode = 1;
    return;
  }
  const page = await startPreview({ file: file ?? null, now: () => Date.now() });
  process.stdout.write(`Preview: ${page.url} (Ctrl-C ends it)\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void page.close());
}
