import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import { SandboxError } from '../errors';
import { isObject, type JsonObject, objectsOf, stringOf, stringsOf } from '../json';

/** A guest is let into several channels of the workspace, or into one. */
export type GuestKind = 'multi_channel' | 'single_channel';

/** An Enterprise Grid organization. */
export interface Organization {
  readonly id: string;
  readonly name: string;
  /** Ids, that of ours included. */
  readonly workspaces: readonly string[];
}

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  /** Absent: the workspace is in none. */
  readonly organization?: Organization;
}

export interface SeedPerson {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  readonly title: string;
  readonly email: string;
  readonly tz: string;
  readonly isAdmin: boolean;
  readonly isOwner: boolean;
  readonly deleted: boolean;
  /** The id of another workspace. Unless the organization has it, the person is a stranger by Slack Connect. */
  readonly teamId?: string;
  /** Absent: no guest. */
  readonly guest?: GuestKind;
  readonly otherTeams?: readonly string[];
  readonly color: string;
}

export interface SeedChannel {
  readonly id: string;
  readonly name: string;
  readonly isPrivate: boolean;
  readonly isArchived: boolean;
  readonly topic: string;
  readonly withApp: boolean;
  /** Ids. */
  readonly members: readonly string[];
  readonly messages: readonly { readonly from: string; readonly text: string }[];
}

/** The people and channels of a fresh sandbox. */
export interface Seed {
  readonly team: Team;
  readonly people: readonly SeedPerson[];
  readonly channels: readonly SeedChannel[];
}

const COLORS = ['#2f6f5e', '#8a4b2d', '#3f5aa6', '#8b3a62', '#6b5ca5', '#5f6b2f', '#a2562f', '#27708a'];

const GUEST_KINDS: readonly GuestKind[] = ['multi_channel', 'single_channel'];

const KEYS = {
  root: ['team', 'organization', 'people', 'channels'],
  organization: ['id', 'name', 'workspaces'],
  team: ['id', 'name', 'domain'],
  person: [
    'id',
    'name',
    'real_name',
    'title',
    'email',
    'tz',
    'admin',
    'owner',
    'deactivated',
    'team_id',
    'guest',
    'other_teams',
    'color',
  ],
  channel: ['id', 'name', 'private', 'archived', 'topic', 'app', 'members', 'messages'],
} as const;

/**
 * Reads a seed file. The README has its format.
 * @throws SandboxError invalid_seed, with every fault and its place
 */
export function readSeed(path: string): Seed {
  return parseSeed(readFileSync(path, 'utf8'), path);
}

/** Same as readSeed, from text. */
export function parseSeed(text: string, name = 'the seed'): Seed {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const faults: string[] = document.errors.map((error) => error.message);
  const at = (path: readonly (string | number)[]): string => {
    const node = document.getIn(path, true);
    const range = isObject(node) && Array.isArray(node.range) ? (node.range[0] as unknown) : undefined;
    const place = path
      .map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
      .join('')
      .replace(/^\./, '');
    return typeof range === 'number' ? `line ${lines.linePos(range).line}, ${place}` : place;
  };
  const root = document.errors.length === 0 ? (document.toJS() as unknown) : {};
  if (!isObject(root)) throw invalid(name, ['it is not a mapping']);
  const unknownKeys = (value: JsonObject, allowed: readonly string[], path: readonly (string | number)[]) => {
    for (const key of Object.keys(value)) {
      if (!allowed.includes(key))
        faults.push(`${at([...path, key])}: unknown key (known: ${allowed.join(', ')})`);
    }
  };

  unknownKeys(root, KEYS.root, []);
  const team = isObject(root.team) ? root.team : {};
  unknownKeys(team, KEYS.team, ['team']);
  const teamId = stringOf(team.id) ?? 'T000SANDBX';
  const organization = isObject(root.organization) ? organizationOf(root.organization, teamId) : undefined;
  if (isObject(root.organization)) unknownKeys(root.organization, KEYS.organization, ['organization']);
  if (organization !== undefined && !/^E[A-Z0-9]{5,}$/.test(organization.id))
    faults.push(`${at(['organization'])}: id must look like E0000GROUP`);
  const people = objectsOf(root.people).map((raw, index) => {
    const path = ['people', index];
    unknownKeys(raw, KEYS.person, path);
    const person = personOf(raw, index);
    if (!/^[UW][A-Z0-9]{5,}$/.test(person.id)) faults.push(`${at(path)}: id must look like U0000ROBIN`);
    if (!/^[a-z0-9._-]+$/.test(person.name))
      faults.push(`${at(path)}: name must consist of lower-case letters, digits, and . _ -`);
    if (!isZone(person.tz)) faults.push(`${at([...path, 'tz'])}: "${person.tz}" is not an IANA time zone`);
    if (raw.guest !== undefined && person.guest === undefined)
      faults.push(`${at([...path, 'guest'])}: must be ${GUEST_KINDS.join(' or ')}`);
    return person;
  });
  if (people.length === 0) faults.push('people: the list is empty');
  faults.push(...duplicates('people', 'id', people), ...duplicates('people', 'name', people));

  const byName = new Map(people.map((person) => [person.name, person]));
  const channels = objectsOf(root.channels).map((raw, index) => {
    const path = ['channels', index];
    unknownKeys(raw, KEYS.channel, path);
    const members = stringsOf(raw.members).map((member) => {
      const person = byName.get(member);
      if (person === undefined) faults.push(`${at([...path, 'members'])}: nobody is called "${member}"`);
      return person?.id ?? member;
    });
    const messages = objectsOf(raw.messages).map((message, position) => {
      const from = byName.get(stringOf(message.from) ?? '');
      const said = stringOf(message.text) ?? '';
      if (from === undefined || said === '')
        faults.push(`${at([...path, 'messages', position])}: needs from and text`);
      return { from: from?.id ?? '', text: said };
    });
    const channel: SeedChannel = {
      id: stringOf(raw.id) ?? '',
      name: (stringOf(raw.name) ?? '').replace(/^#/, ''),
      isPrivate: raw.private === true,
      isArchived: raw.archived === true,
      topic: stringOf(raw.topic) ?? '',
      withApp: raw.app === true,
      members,
      messages,
    };
    if (!/^C[A-Z0-9]{5,}$/.test(channel.id)) faults.push(`${at(path)}: id must look like C0000SALES`);
    if (!/^[a-z0-9_-]{1,80}$/.test(channel.name))
      faults.push(`${at(path)}: name must be lower case, no spaces`);
    return channel;
  });
  faults.push(...duplicates('channels', 'id', channels), ...duplicates('channels', 'name', channels));
  if (faults.length > 0) throw invalid(name, faults);

  return {
    team: {
      id: teamId,
      name: stringOf(team.name) ?? 'Sandbox',
      domain: stringOf(team.domain) ?? 'sandbox',
      ...(organization === undefined ? {} : { organization }),
    },
    people,
    channels,
  };
}

const organizationOf = (raw: JsonObject, teamId: string): Organization => ({
  id: stringOf(raw.id) ?? '',
  name: stringOf(raw.name) ?? '',
  workspaces: [...new Set([teamId, ...stringsOf(raw.workspaces)])],
});

function personOf(raw: JsonObject, index: number): SeedPerson {
  const name = stringOf(raw.name) ?? '';
  const teamId = stringOf(raw.team_id);
  const guest = GUEST_KINDS.find((it) => it === raw.guest);
  return {
    id: stringOf(raw.id) ?? '',
    name,
    realName: stringOf(raw.real_name) ?? name,
    title: stringOf(raw.title) ?? '',
    email: stringOf(raw.email) ?? `${name}@example.com`,
    tz: stringOf(raw.tz) ?? 'UTC',
    isAdmin: raw.admin === true || raw.owner === true,
    isOwner: raw.owner === true,
    deleted: raw.deactivated === true,
    ...(teamId === undefined ? {} : { teamId }),
    ...(guest === undefined ? {} : { guest }),
    ...(raw.other_teams === undefined ? {} : { otherTeams: stringsOf(raw.other_teams) }),
    color: stringOf(raw.color) ?? COLORS[index % COLORS.length] ?? '#555555',
  };
}

function isZone(tz: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: tz });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function duplicates<K extends string>(
  list: string,
  key: K,
  items: readonly Readonly<Record<K, string>>[],
): string[] {
  const seen = new Set<string>();
  const faults: string[] = [];
  for (const item of items) {
    if (seen.has(item[key])) faults.push(`${list}: ${key} "${item[key]}" is used twice`);
    seen.add(item[key]);
  }
  return faults;
}

function invalid(name: string, faults: readonly string[]): SandboxError {
  return new SandboxError('invalid_seed', `${name} cannot be used:\n- ${faults.join('\n- ')}`);
}
