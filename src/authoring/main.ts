/** `npx --no-install lostdeal <command>`: for people who write playbooks, in the checkout. */
import { checkFolder, printReport } from '../playbook/checking/report';

import { print } from './print/command';

const COMMANDS: Readonly<Record<string, (...args: readonly string[]) => void | Promise<void>>> = {
  check: (folder) => printReport(checkFolder(folder)),
  // It loads the screens of Slack, which take a second to compile where nothing is built.
  preview: async (file) => (await import('./preview/command.ts')).preview(file),
  print,
};

const HELP = `npx --no-install lostdeal <command>

  check [folder]   checks the built-in playbooks, and yours in that folder
  preview [file]   plays a playbook on a page of this machine, and again on each save
  print [file]     puts a playbook on one sheet for the wall, as HTML and PDF (--letter: US paper)
`;

const [name = 'help', ...args] = process.argv.slice(2);
const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
if (command !== undefined) {
  void command(...args);
} else {
  const isAsked = ['help', '--help', '-h'].includes(name);
  process[isAsked ? 'stdout' : 'stderr'].write(isAsked ? HELP : `There's no command "${name}".\n\n${HELP}`);
  process.exitCode = isAsked ? 0 : 1;
}
