/** `lostdeal print [file]`: a playbook on one sheet, as a page of HTML and, by the system's Chromium, as a PDF. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeFault } from '../../playbook/checking/faults';
import { BUILT_IN_DIR, loadPlaybooks, readPlaybook } from '../../playbook/checking/loader';
import type { Playbook } from '../../playbook/schema';
import { sheetOf } from './sheet';

export function print(...args: readonly string[]): void {
  const paper = args.includes('--letter') ? 'letter' : 'A4';
  const playbooks = playbooksOf(args.find((it) => !it.startsWith('--')));
  for (const playbook of playbooks) {
    const name = playbook.id.replaceAll('_', '-');
    const page = resolve(`${name}.html`);
    writeFileSync(page, sheetOf(playbook, paper));
    const pdf = resolve(`${name}.pdf`);
    const isPrinted = printPdf(page, pdf);
    process.stdout.write(
      isPrinted
        ? `${name}.html and ${name}.pdf: “${playbook.title}” on one sheet\n`
        : `${name}.html: “${playbook.title}” on one sheet. Chromium isn't here, so print it from your browser.\n`,
    );
  }
}

/** Those without faults; prints the faults of the others. */
function playbooksOf(file: string | undefined): readonly Playbook[] {
  if (file === undefined) return loadPlaybooks({ builtInDir: BUILT_IN_DIR }).list();
  const { playbook, faults } = readPlaybook(file);
  if (playbook !== null && faults.length === 0) return [playbook];
  process.stderr.write(`This file doesn't load:\n${faults.map((it) => `  ${describeFault(it)}\n`).join('')}`);
  process.exitCode = 1;
  return [];
}

/** Debian's name first, then those of other systems. */
const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** @returns false where there is no Chromium */
function printPdf(page: string, pdf: string): boolean {
  // Chromium refuses to run as root with its sandbox; the page is our own.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const options = ['--headless', '--no-pdf-header-footer', ...asRoot, `--print-to-pdf=${pdf}`];
  return CHROMIUM.some(
    (name) => spawnSync(name, [...options, pathToFileURL(page).href], { stdio: 'ignore' }).status === 0,
  );
}
