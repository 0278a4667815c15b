/**
 * `npm run erase -- --team T (--account A | --person U | --workspace) [--dry-run]`: erases for good what is kept of an
 * account, a person or a workspace, and reports what went and what stays.
 */
import { parseArgs } from 'node:util';
import { eraseData, type Scope } from './eraseData';
import { databaseUrl, runTool, say } from './tool';

const USAGE =
  'Say what to erase: npm run erase -- --team T024BE7LH --account "Acme Ltd" (or --person U024BE7LH, or --workspace). With --dry-run nothing is erased, and Lostdeal may run meanwhile.';

runTool(async () => {
  const { values } = parseArgs({
    options: {
      team: { type: 'string' },
      account: { type: 'string' },
      person: { type: 'string' },
      workspace: { type: 'boolean' },
      'dry-run': { type: 'boolean', default: false },
    },
  });
  const scopes: Scope[] = [
    ...(values.account?.trim() ? [{ what: 'account', account: values.account } as const] : []),
    ...(values.person?.trim() ? [{ what: 'person', user: values.person } as const] : []),
    ...(values.workspace === true ? [{ what: 'workspace' } as const] : []),
  ];
  const [scope, ...more] = scopes;
  if (!values.team?.trim() || scope === undefined || more.length > 0) throw new Error(USAGE);
  const asked = { url: databaseUrl(), teamId: values.team, scope, isDryRun: values['dry-run'] };
  for (const line of await eraseData(asked)) say(line);
});
