/**
 * Names that stand outside the code: in databases, in Slack, in the environment and in dashboards. A release that renames
 * or removes one breaks what an earlier release left there. `outsideNames.json` lists them: names are only ever added.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as z from 'zod';
import { teamSettingsSchema } from '../../src/coach/settings/settingsSchema';
import { METRICS } from '../../src/http/metricNames';
import { playbookSchema, practiceSchema } from '../../src/playbook/schema';
import {
  ACTIONS,
  blockId,
  chooseAction,
  ERROR_BLOCK,
  encodeRef,
  fieldId,
  practiceAction,
  type Ref,
  STEP_FIELDS,
  VIEWS,
} from '../../src/slack/ids';
import { MESSAGE_KINDS } from '../../src/slack/messages/renderThread';
import { slotMetadata } from '../../src/slack/messages/slot';
import { openStore } from '../../src/store/open';
import { practiceStateSchema } from '../../src/store/practices/practices';
import { dealSchema } from '../../src/store/records/dealJson';
import { eventSchema } from '../../src/store/records/eventJson';
import { connectSqlite } from '../../src/store/sqlite/connectSqlite';
import { tempFolder } from '../store/harness';

const ROOT = join(__dirname, '..', '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const LISTED: Readonly<Record<string, readonly string[]>> = JSON.parse(
  read('test/architecture/outsideNames.json'),
);

type Definition = z.core.$ZodTypes['_zod']['def'];

/** Every key of a schema by its path, and every value that it names: `ask.status`, `ask.status=pending`. */
function namesIn(schema: z.core.$ZodType, at = ''): string[] {
  const definition = schema._zod.def as Definition;
  switch (definition.type) {
    case 'object':
      return Object.entries(definition.shape).flatMap(([key, inner]) => {
        const path = at === '' ? key : `${at}.${key}`;
        return [path, ...namesIn(inner, path)];
      });
    case 'array':
      return namesIn(definition.element, at);
    case 'record':
      return [
        ...namesIn(definition.keyType).map((key) => `${at}.${key.replace('=', '')}`),
        ...namesIn(definition.valueType, `${at}.*`),
      ];
    case 'union':
      return definition.options.flatMap((option) => namesIn(option, at));
    case 'enum':
      return Object.values(definition.entries).map((value) => `${at}=${value}`);
    case 'literal':
      return definition.values.map((value) => `${at}=${value}`);
    case 'nullable':
    case 'optional':
    case 'default':
      return namesIn(definition.innerType, at);
    default:
      return [];
  }
}

/** Keys of an event, behind its type: `asked.deadline`. */
const eventNames = (): string[] =>
  eventSchema.options.flatMap((event) =>
    event.shape.type._zod.def.values.flatMap((type) => [type, ...namesIn(event, type)]),
  );

/** Tables and columns of a new database. */
async function columns(): Promise<string[]> {
  const folder = tempFolder();
  const store = await openStore(folder.url('names.db'));
  await store.close();
  const database = connectSqlite(folder.file('names.db'), { readonly: true });
  const names = database
    .prepare<[], { name: string }>(
      `select t.name || '.' || c.name as name from sqlite_schema t, pragma_table_xinfo(t.name) c
       where t.type = 'table' and t.name not like 'sqlite_%'`,
    )
    .all()
    .map(({ name }) => name);
  database.close();
  folder.remove();
  return names;
}

/** What source files under a folder hold between the quotes of these patterns. */
const inSource = (folder: string, pattern: RegExp): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [...read(join(folder, file)).matchAll(pattern)].map((match) => match[1] ?? ''));

const EVERY_REFERENCE: Required<Ref> = {
  deal: 'D1',
  visit: 1,
  step: 'thanks',
  at: 1,
  ask: 1,
  question: 1,
  remark: 1,
  approval: 1,
  event: 1,
  page: 1,
  section: 'teams',
  item: 'T1',
  mode: 'live',
  company: 'acme',
  ending: 'pulse',
  account: 'Acme',
  business: 'new',
  playbook: 'heartbeat',
  version: '0123456789abcdef',
  practice: 'P1',
  figure: 'back',
};

const ACTUAL: Readonly<Record<string, () => readonly string[] | Promise<readonly string[]>>> = {
  'stored deals': () => namesIn(dealSchema),
  'stored events': eventNames,
  'stored practice calls': () => namesIn(practiceStateSchema),
  'stored settings': () => namesIn(teamSettingsSchema),
  'playbooks, in files and stored': () => namesIn(playbookSchema),
  'files of practice': () => namesIn(practiceSchema),
  'tables and columns': columns,
  environment: () =>
    [...read('src/config.ts').matchAll(/^ {2}([A-Z][A-Z_]+): /gmu)].map(([, name]) => name ?? ''),
  metrics: () => Object.keys(METRICS),
  'callback ids': () => Object.values(VIEWS),
  'action ids': () => [
    ...Object.values(ACTIONS),
    chooseAction('…'),
    practiceAction({ choice: '…' }),
    practiceAction({ day: '…' }),
  ],
  'block ids': () => [
    ERROR_BLOCK,
    ...STEP_FIELDS.map((field) => blockId('…', 1, field)),
    ...inSource('src/slack/views', /\bfieldId\('([^']+)'\)/gu).map(fieldId),
  ],
  'keys of private_metadata and button values': () => Object.keys(JSON.parse(encodeRef(EVERY_REFERENCE))),
  'kinds of slot keys': () => MESSAGE_KINDS.map(({ kind }) => kind),
  'metadata of messages': () => {
    const both = (['deal', 'notice'] as const).map((kind) => slotMetadata({ kind, id: '1' }, 'summary'));
    return both.flatMap(({ event_type, event_payload }) => [
      event_type,
      ...Object.keys(event_payload).map((key) => `${event_type}.${key}`),
    ]);
  },
};

describe.each(Object.entries(ACTUAL))('%s', (what, actual) => {
  it('keep every name that an earlier release left behind', async () => {
    const names = await actual();
    expect((LISTED[what] ?? []).filter((name) => !names.includes(name))).toEqual([]);
  });

  it('have no name that outsideNames.json does not list: add it there', async () => {
    const names = await actual();
    expect([...new Set(names)].filter((name) => !LISTED[what]?.includes(name))).toEqual([]);
  });
});
