/** Reads playbooks and the taxonomy of reasons from their folders; reports every fault at once. */
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type * as z from 'zod';
import { faultsError } from '../errors';
import {
  type Playbook,
  type PlaybookSource,
  type Practice,
  playbookSchema,
  practiceSchema,
  type Reason,
  taxonomySchema,
} from '../schema';
import { checkParts, checkPlaybook, checkTaxonomy } from './checker';
import { checkLengths } from './checks/lengths';
import { checkPractice } from './checks/practice';
import { type Fault, type Finding, inOrder } from './faults';
import { partsOf } from './parts';
import { type Proven, textHash } from './proven';
import { shapeFindings } from './shape';
import { type Place, readYaml } from './yamlSource';

/** The folder of package.json. */
export const PACKAGE_ROOT = packageRoot(__dirname);

/** The folder of the built-in playbooks. */
export const BUILT_IN_DIR = join(PACKAGE_ROOT, 'playbooks');

export interface PlaybookFolders {
  readonly builtInDir: string;
  /** The team's own. A playbook with the id of a built-in one replaces it, and so does a taxonomy. Null: none. */
  readonly extraDir?: string | null;
  /** Built-in files that need not be checked again. Absent: none. */
  readonly proven?: Proven;
}

export interface PlaybookLibrary {
  /** The default one first, then by title. */
  list(): readonly Playbook[];
  /** The version that the files have; null: there is no such playbook now. */
  latest(id: string): Playbook | null;
  /** The operators wrote its file, or changed the one of the release. @param id of a playbook, or {@link REASONS_ID} */
  isOwn(id: string): boolean;
  /** In the order of the file. Old deals may name reasons that are not in it. */
  readonly reasons: readonly Reason[];
  /** Names this list by its content, as a hash names a playbook. */
  readonly reasonsHash: string;
  /** Id of the playbook offered first. */
  readonly default: string;
  /** What makes the screens of a team's own playbooks hard to read during a call. */
  readonly warnings: readonly Fault[];
}

const DEFAULT_PLAYBOOK = 'heartbeat';
/** Stands for the list of reasons, which has versions too, in place of a playbook's id, which never has a dot. */
export const REASONS_ID = 'taxonomy.yml';
/** A rep picks one from a menu: ten groups of 100. */
const MOST_PLAYBOOKS = 1_000;

/**
 * Loads and checks every `.yml` file of the folders; `taxonomy.yml` holds the reasons, and `.practice.yml` files whom a rep
 * practices with.
 * @throws PlaybookError `playbook_faults` with every fault of every file
 */
export function loadPlaybooks({ builtInDir, extraDir, proven }: PlaybookFolders): PlaybookLibrary {
  const builtIn = readFolder(builtInDir, proven);
  const extra = extraDir === undefined || extraDir === null ? emptyFolder : readFolder(extraDir);
  const faults = [...builtIn.faults, ...builtIn.warnings, ...extra.faults];
  const reasons = extra.reasons ?? builtIn.reasons;
  const playbooks = new Map([...builtIn.playbooks, ...extra.playbooks]);

  // With other faults, the file that seems to be missing may be a broken one.
  const isSound = faults.length === 0;
  if (isSound && reasons === null) {
    faults.push(
      folderFault(builtInDir, 'there is no taxonomy.yml: add one with the reasons for losing a deal'),
    );
  }
  if (isSound && !playbooks.has(DEFAULT_PLAYBOOK)) {
    faults.push(folderFault(builtInDir, `the default playbook “${DEFAULT_PLAYBOOK}” is missing: add it`));
  }
  if (playbooks.size > MOST_PLAYBOOKS) {
    const reason = `there are ${playbooks.size} playbooks, and Slack's menu takes ${MOST_PLAYBOOKS}: remove some`;
    faults.push(folderFault(extraDir ?? builtInDir, reason));
  }
  if (isSound) {
    const hasOwn = ({ value }: PracticeFile) => extra.playbooks.has(value.playbook);
    faults.push(
      ...addPractice(
        playbooks,
        builtIn.practices.filter((practice) => !hasOwn(practice)),
        builtIn.isProven,
      ),
      ...addPractice(playbooks, extra.practices, false),
    );
  }
  if (faults.length > 0 || reasons === null) throw faultsError(inOrder(faults));

  const listed = [...playbooks.values()].sort(
    (a, b) =>
      Number(b.id === DEFAULT_PLAYBOOK) - Number(a.id === DEFAULT_PLAYBOOK) || a.title.localeCompare(b.title),
  );
  return {
    list: () => listed,
    latest: (id) => playbooks.get(id) ?? null,
    isOwn: (id) =>
      builtIn.edited.has(id) || (id === REASONS_ID ? extra.reasons !== null : extra.playbooks.has(id)),
    reasons,
    reasonsHash: hashOf(reasons),
    default: DEFAULT_PLAYBOOK,
    warnings: inOrder(extra.warnings),
  };
}

/** Puts each practice into its playbook. A team's may belong to a built-in playbook, and replaces the practice of that. */
function addPractice(
  playbooks: Map<string, Playbook>,
  practices: readonly PracticeFile[],
  isProven: boolean,
): Fault[] {
  return practices.flatMap(({ file, value, placeOf }, index) => {
    const playbook = playbooks.get(value.playbook);
    if (playbook === undefined) {
      const reason = `there is no playbook “${value.playbook}”: correct the name or add the playbook`;
      return [{ code: 'no_such_playbook', file, ...placeOf(['playbook']), reason }];
    }
    if (practices.findIndex((other) => other.value.playbook === value.playbook) < index) {
      const reason = `another file in this folder has practice for “${value.playbook}” too: keep one`;
      return [{ code: 'duplicate_id', file, ...placeOf(['playbook']), reason }];
    }
    playbooks.set(playbook.id, { ...playbook, practice: value });
    return isProven ? [] : located(file, checkPractice(value, playbook), placeOf);
  });
}

/** A stored version, for the deals that started with it. It had no faults when it was loaded. */
export function playbookFromSource(source: PlaybookSource, hash: string): Playbook {
  return { ...source, hash };
}

/** Names a version by its content: 16 hex digits, whatever the layout, comments or order of keys. */
export function hashOf(source: PlaybookSource | readonly Reason[]): string {
  return createHash('sha256')
    .update(JSON.stringify(canonical(source)))
    .digest('hex')
    .slice(0, 16);
}

export const isYaml = (name: string): boolean => /\.ya?ml$/iu.test(name);
/** The file of the reasons. Of the others, those whose name says so are practice, and the rest are playbooks. */
export const isTaxonomy = (name: string): boolean => /^taxonomy\./iu.test(name);
export const isPractice = (name: string): boolean => /\.practice\.ya?ml$/iu.test(name);

interface Folder {
  readonly playbooks: ReadonlyMap<string, Playbook>;
  readonly reasons: readonly Reason[] | null;
  readonly faults: readonly Fault[];
  readonly warnings: readonly Fault[];
  readonly practices: readonly PracticeFile[];
  /** The build has checked every file of it. */
  readonly isProven: boolean;
  /** Ids of what somebody changed since the build. Without a build there are none. */
  readonly edited: ReadonlySet<string>;
}

interface PracticeFile {
  readonly file: string;
  readonly value: Practice;
  readonly placeOf: ReadFile<unknown>['placeOf'];
}

const emptyFolder: Folder = {
  playbooks: new Map(),
  reasons: null,
  faults: [],
  warnings: [],
  practices: [],
  isProven: false,
  edited: new Set(),
};

function readFolder(dir: string, proven: Proven = {}): Folder {
  const names = attempt(() => readdirSync(dir).sort());
  if (!names.ok)
    return { ...emptyFolder, faults: [folderFault(dir, `this folder cannot be read: ${names.why}`)] };

  const playbooks = new Map<string, Playbook>();
  const edited = new Set<string>();
  const isBuilt = Object.keys(proven).length > 0;
  const faults: Fault[] = [];
  const warnings: Fault[] = [];
  const practices: PracticeFile[] = [];
  let reasons: readonly Reason[] | null = null;
  let isProven = true;
  for (const name of names.value.filter(isYaml)) {
    const file = join(dir, name);
    if (isTaxonomy(name)) {
      const taxonomy = readFile(
        file,
        taxonomySchema,
        ({ reasons }) => checkTaxonomy(reasons),
        () => [],
        proven,
      );
      faults.push(...taxonomy.faults);
      reasons = taxonomy.value?.reasons ?? reasons;
      if (isBuilt && !taxonomy.isProven) edited.add(REASONS_ID);
      continue;
    }
    if (isPractice(name)) {
      // What it says can be held only against a whole playbook.
      const read = readFile(
        file,
        practiceSchema,
        () => [],
        () => [],
        proven,
      );
      faults.push(...read.faults);
      isProven &&= read.isProven;
      if (read.value !== null) practices.push({ file, value: read.value, placeOf: read.placeOf });
      continue;
    }
    const read = readPlaybook(file, proven);
    faults.push(...read.faults);
    isProven &&= read.isProven;
    warnings.push(...read.warnings);
    if (read.playbook === null) continue;
    const { id } = read.playbook;
    if (playbooks.has(id)) {
      const reason = `another file in this folder has the playbook “${id}” too: give this one its own id`;
      faults.push({ code: 'duplicate_id', file, ...read.placeOf(['id']), reason });
    } else {
      playbooks.set(id, read.playbook);
      if (isBuilt && !read.isProven) edited.add(id);
    }
  }
  return { playbooks, reasons, faults, warnings, practices, isProven, edited };
}

export interface ReadPlaybook {
  /** Null: the file does not have the right shape. With faults it is not fit for a call. */
  readonly playbook: Playbook | null;
  readonly faults: readonly Fault[];
  readonly warnings: readonly Fault[];
  readonly placeOf: (path: Finding['path']) => Place;
  /** The build has checked it. */
  readonly isProven: boolean;
}

/** Reads and checks the file of one playbook by itself. */
export function readPlaybook(file: string, proven: Proven = {}): ReadPlaybook {
  const { value, faults, placeOf, isProven } = readFile(
    file,
    playbookSchema,
    checkPlaybook,
    (data) => checkParts(partsOf(data)),
    proven,
  );
  if (value === null) return { playbook: null, faults: inOrder(faults), warnings: [], placeOf, isProven };
  // Broken lines cannot be measured.
  const isMeasured = faults.length === 0 && !isProven;
  return {
    playbook: { ...value, hash: hashOf(value) },
    faults: inOrder(faults),
    warnings: isMeasured ? located(file, checkLengths(value), placeOf) : [],
    placeOf,
    isProven,
  };
}

interface ReadFile<T> {
  /** Null: the file does not have the right shape. */
  readonly value: T | null;
  readonly faults: readonly Fault[];
  readonly placeOf: (path: Finding['path']) => Place;
  /** The build has checked it. */
  readonly isProven: boolean;
}

const located = (
  file: string,
  findings: readonly Finding[],
  placeOf: ReadFile<unknown>['placeOf'],
): Fault[] => findings.map(({ code, path, reason }) => ({ code, file, ...placeOf(path), reason }));

/** Reads one file. `check` is for a file of the right shape, `checkRest` for the valid parts of any other. */
function readFile<T>(
  file: string,
  schema: z.ZodType<T>,
  check: (value: T) => Finding[],
  checkRest: (data: unknown) => Finding[],
  proven: Proven,
): ReadFile<T> {
  const nowhere = { value: null, placeOf: () => ({ line: 1, column: 1 }), isProven: false };
  const bytes = attempt(() => readFileSync(file));
  if (!bytes.ok) return { ...nowhere, faults: [folderFault(file, `this file cannot be read: ${bytes.why}`)] };
  if (!isUtf8(bytes.value)) {
    return {
      ...nowhere,
      faults: [
        folderFault(file, 'this file is not in UTF-8, so letters would be broken: save it again as UTF-8'),
      ],
    };
  }
  const text = new TextDecoder().decode(bytes.value);
  const content = proven[textHash(text)];
  if (content !== undefined) return { ...nowhere, value: schema.parse(content), faults: [], isProven: true };
  const yaml = readYaml(text);
  if (!yaml.ok) return { ...nowhere, faults: yaml.faults.map((fault) => ({ code: 'yaml', file, ...fault })) };

  const parsed = schema.safeParse(yaml.data);
  const findings = parsed.success
    ? check(parsed.data)
    : [...shapeFindings(yaml.data, parsed.error.issues), ...checkRest(yaml.data)];
  return {
    value: parsed.success ? parsed.data : null,
    faults: located(file, findings, yaml.placeOf),
    placeOf: yaml.placeOf,
    isProven: false,
  };
}

function folderFault(file: string, reason: string): Fault {
  return { code: 'unreadable', file, line: null, column: null, reason };
}

type Attempt<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string };

/** Reports a file that cannot be read together with the other faults. */
function attempt<T>(read: () => T): Attempt<T> {
  try {
    return { ok: true, value: read() };
  } catch (error) {
    return { ok: false, why: explain(error) };
  }
}

const READ_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  EACCES: 'this app has no permission to read it',
  ENOTDIR: 'it is not a folder',
  EISDIR: 'it is a folder',
};

function explain(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return READ_ERRORS[code] ?? String(error);
}

/** The same value with the keys of every object sorted. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, canonical(inner)]),
  );
}

/** The nearest folder with a package.json, since compiled code and bundles are at different depths. */
function packageRoot(folder: string): string {
  const parent = dirname(folder);
  return existsSync(join(folder, 'package.json')) || parent === folder ? folder : packageRoot(parent);
}
