/** `npx --no-install lostdeal <command>`: for people who write playbooks, in the checkout. */
import { checkFolder, printReport } from '../playbook/checking/report';

const COMMANDS: Readonly<Record<string, (...args: readonly string[]) => void>> = {
  check: (folder) => printReport(checkFolder(folder)),
};

const HELP = `npx --no-install lostdeal <command>

  check [folder]   checks the built-in playbooks, and yours in that folder
`;

const [name = 'help', ...args] = process.argv.slice(2);
const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
if (command !== undefined) {
  command(...args);
} else {
  const isAsked = ['help', '--help', '-h'].includes(name);
  process[isAsked ? 'stdout' : 'stderr'].write(isAsked ? HELP : `There's no command "${name}".\n\n${HELP}`);
  process.exitCode = isAsked ? 0 : 1;
}
