/** Every package that an install brings is known by its hash, its licence and whether it runs code of its own. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

interface Rules {
  /** SPDX ids that any package may have. */
  readonly allowed: readonly string[];
  /** Packages with another licence, by name, each with the reason why it is taken. */
  readonly exceptions: Readonly<Record<string, { readonly license: string; readonly reason: string }>>;
  /** Packages for which the registry has no hash, by name, each with the reason. */
  readonly withoutIntegrity: Readonly<Record<string, string>>;
}

const json = <T>(path: string): T => JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as T;
const lock = json<{ readonly packages: Readonly<Record<string, Locked>> }>('package-lock.json');
const { allowScripts } = json<{ readonly allowScripts: Readonly<Record<string, boolean>> }>('package.json');
const rules = json<Rules>('scripts/licences.json');

/** What an install brings: entries below node_modules that are no link to a package of this repository. */
const installed = (packages: Readonly<Record<string, Locked>>): [name: string, locked: Locked][] =>
  Object.entries(packages)
    .filter(([path, { link }]) => path.includes('node_modules/') && link !== true)
    .map(([path, locked]) => [path.split('node_modules/').at(-1) ?? path, locked]);

/** An SPDX expression is allowed if one side of each OR, and every side of an AND, is. */
function isAllowed(expression: string): boolean {
  const inner = expression.replace(/^\((.*)\)$/u, '$1');
  if (inner.includes(' OR ')) return inner.split(' OR ').some(isAllowed);
  if (inner.includes(' AND ')) return inner.split(' AND ').every(isAllowed);
  return rules.allowed.includes(inner);
}

function faultsOf([name, locked]: [string, Locked]): string[] {
  const at = `${name}@${locked.version}`;
  const licence = locked.license ?? 'none';
  return [
    ...(locked.integrity === undefined && rules.withoutIntegrity[name] === undefined
      ? [`${at} has no integrity: take it from the registry, or name the reason in scripts/licences.json`]
      : []),
    ...(isAllowed(licence) || rules.exceptions[name]?.license === licence
      ? []
      : [`${at} has the licence ${licence}: add it to scripts/licences.json with a reason, or leave it out`]),
    ...(locked.hasInstallScript === true && allowScripts[name] === undefined
      ? [`${at} runs a script when it is installed: say in allowScripts of package.json whether it may`]
      : []),
  ];
}

describe('the lock file', () => {
  it('has a hash, a listed licence and a listed install script for every package', () => {
    expect(installed(lock.packages).flatMap(faultsOf)).toEqual([]);
  });

  it('lists no exception that nothing needs', () => {
    const names = new Set(installed(lock.packages).map(([name]) => name));
    const listed = [
      ...Object.keys(rules.exceptions),
      ...Object.keys(rules.withoutIntegrity),
      ...Object.keys(allowScripts),
    ];
    expect(listed.filter((name) => !names.has(name))).toEqual([]);
  });

  it.each([
    ['without a hash', { license: 'MIT' }, 'has no integrity'],
    ['without a licence', { integrity: 'sha512-x' }, 'the licence none'],
    ['under a licence that is not listed', { integrity: 'sha512-x', license: 'SSPL-1.0' }, 'SSPL-1.0'],
    ['with only half of an AND listed', { integrity: 'sha512-x', license: 'MIT AND SSPL-1.0' }, 'SSPL-1.0'],
    [
      'that runs a script',
      { integrity: 'sha512-x', license: 'MIT', hasInstallScript: true },
      'runs a script when it is installed',
    ],
  ])('refuses a package %s', (_, locked, words) => {
    expect(faultsOf(['newcomer', { version: '1.0.0', ...locked }])).toEqual([expect.stringContaining(words)]);
  });

  it('takes a package that offers one licence of the list', () => {
    const locked = { version: '1.0.0', integrity: 'sha512-x', license: '(MIT OR WTFPL)' };
    expect(faultsOf(['newcomer', locked])).toEqual([]);
  });
});
