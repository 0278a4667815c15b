import { BLOCKS } from '../blockkit/blocks';
import { ELEMENTS } from '../blockkit/elements';
import { BLOCK_COVERAGE, ELEMENT_COVERAGE, RICH_TEXT_COVERAGE, RULE_COVERAGE } from './blocks';
import { EVENT_COVERAGE } from './events';
import { INTERACTION_COVERAGE } from './interactions';
import { METHOD_COVERAGE } from './methods';
import type { MethodRow, Support, Tier } from './support';

/** Makes the coverage section of the README from the tables. */

const START = '<!-- coverage: made by `npm run readme -w slack-sandbox`, do not edit -->';
const END = '<!-- /coverage -->';

const TIERS: Readonly<Record<Tier, string>> = {
  t2: '2 (20+)',
  t3: '3 (50+)',
  t4: '4 (100+)',
  post: '1 a second and channel',
  often: 'special',
};

type Rows = Readonly<Record<string, { readonly support: Support; readonly missing?: string }>>;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function present<T extends { readonly support: Support }>(rows: Readonly<Record<string, T>>) {
  return Object.entries(rows).filter(([, row]) => row.support !== 'absent');
}

function absentNames(rows: Rows): string {
  const names = Object.entries(rows).filter(([, row]) => row.support === 'absent');
  return names.length === 0 ? 'none' : names.map(([name]) => `\`${name}\``).join(' ');
}

const code = (items: readonly string[]) => items.map((item) => `\`${item}\``).join(' ');

function scopesOf({ scopes, token }: MethodRow): string {
  const kind = { any: 'bot or person', bot: 'bot', app: 'app', none: 'none' };
  return scopes.length === 0 ? `${kind[token]}` : `${kind[token]}: ${code(scopes)}`;
}

function countOf(rows: Rows): string {
  const count = (support: Support) => Object.values(rows).filter((row) => row.support === support).length;
  return `${count('supported')} supported, ${count('partial')} in part, ${count('absent')} absent.`;
}

function methods(): string {
  const served = Object.entries<MethodRow>(METHOD_COVERAGE);
  const rows = served.map(([name, row]) => [
    `\`${name}\``,
    scopesOf(row),
    TIERS[row.tier],
    row.missing ?? '',
  ]);
  const inFull = served.filter(([, row]) => row.support === 'supported').length;
  return `### Web API methods

${served.length} methods, ${inFull} of them in full. Every other one is answered with \`unknown_method\`, as Slack answers a
name that it does not know. A call needs one of the scopes named. A tier is calls a minute.

${table(['method', 'token: scopes', 'tier', 'missing'], rows)}`;
}

function events(): string {
  const rows = present(EVENT_COVERAGE).map(([name, row]) => [
    `\`${name}\``,
    code(row.scopes),
    'missing' in row ? (row.missing ?? '') : '',
  ]);
  return `### Events

${countOf(EVENT_COVERAGE)} The sandbox sends an event only if the manifest subscribes to it
and the bot is a member of the channel.

${table(['event', 'scopes', 'missing'], rows)}

Absent, although a manifest may subscribe to them: ${absentNames(EVENT_COVERAGE)}`;
}

function interactions(): string {
  const rows = Object.entries(INTERACTION_COVERAGE).map(([name, row]) => [
    `\`${name}\``,
    row.what,
    row.support,
  ]);
  return `### Commands and interactions\n\n${table(['type', 'what', ''], rows)}`;
}

function blockKit(): string {
  const blocks = present(BLOCK_COVERAGE).map(([name, row]) => [
    `\`${name}\``,
    (BLOCKS[name]?.on ?? []).join(', '),
    row.missing ?? '',
  ]);
  const elements = present(ELEMENT_COVERAGE).map(([name, row]) => [
    `\`${name}\``,
    (ELEMENTS[name]?.in ?? []).join(', '),
    (ELEMENTS[name]?.on ?? []).join(', '),
    row.missing ?? '',
  ]);
  const rules = Object.values(RULE_COVERAGE).map((row) => [row.what, row.support]);
  return `### Blocks

${table(['block', 'surfaces', 'missing'], blocks)}

Absent: ${absentNames(BLOCK_COVERAGE)}

### Block elements

${table(['element', 'blocks', 'surfaces', 'missing'], elements)}

### Rich text

${present(RICH_TEXT_COVERAGE)
  .map(([name]) => `\`${name}\``)
  .join(' ')}

### Rules of Block Kit

${table(['rule', ''], rules)}`;
}

/**
 * @returns the README with a fresh coverage section
 * @throws Error if the README has lost its markers
 */
export function withCoverage(readme: string): string {
  const [before, rest] = readme.split(START);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error('the README has no coverage markers');
  const section = [methods(), events(), interactions(), blockKit()].join('\n\n');
  return `${before}${START}\n\n${section}\n\n${END}${after}`;
}
