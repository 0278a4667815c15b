/** `npx --no-install lostdeal <command>`: for people who write playbooks, in the checkout. */
import { checkFolder, printReport } from '../playbook/checking/report';
import { preview } from './preview/command';

const COMMANDS: Readonly<Record<string, (...args: readonly string[]) => void | Promise<void>>> = {
  check: (folder) => printReport(checkFolder(folder)),
  preview,
};

const HELP = `npx --no-install lostdeal <command>

  check [folder]   checks the built-in playbooks, and yours in that folder
  preview [file]   plays a playbook on a page of this machine, and again on each save
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
