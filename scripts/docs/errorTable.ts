/** The tables of docs/operations.md that say what the code says: made from it, and held to it by a test. */
import { ERROR_POLICIES, type ErrorPolicy } from '../../src/reconciler/slackApi/errorPolicy';
import { SLACK_ERRORS, TRANSPORT_ERRORS } from '../../src/reconciler/slackApi/slackErrors';

const codesOf = (remedy: ErrorPolicy): string => {
  const all = [...Object.entries(TRANSPORT_ERRORS), ...Object.entries(SLACK_ERRORS)];
  return all
    .filter(([, rule]) => rule.policy === remedy)
    .map(([code, { mayHaveWorked }]) => `\`${code}\`${mayHaveWorked ? '\\*' : ''}`)
    .join(' ');
};

/** One row a remedy, with every code that wants it. */
export function errorTable(): string {
  const rows = Object.entries(ERROR_POLICIES).map(
    ([remedy, { does, tells }]) => `| ${codesOf(remedy as ErrorPolicy)} | ${does} | ${tells} |`,
  );
  return ['| Slack or the network says | Lostdeal does | who is told |', '|---|---|---|', ...rows].join('\n');
}
