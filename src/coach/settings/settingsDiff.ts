/** The changes between two states of the settings, one by one, for the audit trail. */
import { isDeepStrictEqual } from 'node:util';
import type { Json, SettingsChange } from '../../store/store';
import type { SettingsField, TeamSettings } from './settingsSchema';

type Entry = Readonly<Record<string, Json>>;

/** The key and the name of each entry of a list. */
interface ListRule {
  readonly key: (entry: Entry) => string;
  readonly item: (entry: Entry) => string;
}

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
const by = (field: string): ListRule => ({ key: (it) => text(it[field]), item: (it) => text(it[field]) });

const LISTS: Readonly<Partial<Record<SettingsField, ListRule>>> = {
  teams: { key: (it) => text(it.id), item: (it) => text(it.name) },
  limits: by('manager'),
  // A manager may have a deputy for good and another one for a week.
  standIns: {
    key: (it) => [it.manager, it.standIn, it.from, it.until].join(' '),
    item: (it) => text(it.manager),
  },
  gives: { key: (it) => text(it.id), item: (it) => text(it.terms) },
  rates: { key: (it) => [it.currency, it.to].join(' '), item: (it) => text(it.currency) },
  quietHours: by('user'),
  digestOwn: by('user'),
  reasons: { key: (it) => text(it.id), item: (it) => text(it.label) },
};

/** Ids, which mean nothing to people. */
const HIDDEN = ['id'];

export function settingsDiff(before: TeamSettings, after: TeamSettings): SettingsChange[] {
  return (Object.keys(after) as SettingsField[]).flatMap((field) => {
    const [from, to] = [before[field] as Json, after[field] as Json];
    if (isDeepStrictEqual(from, to)) return [];
    const rule = LISTS[field];
    if (rule !== undefined && (isList(from) || isList(to))) {
      return ofList(field, rule, isList(from) ? from : [], isList(to) ? to : []);
    }
    if (field === 'workingDay') return ofParts(field, null, from as Entry, to as Entry);
    return [{ field, item: null, part: null, from, to }];
  });
}

const isList = (value: Json): value is readonly Entry[] => Array.isArray(value);

function ofList(
  field: SettingsField,
  rule: ListRule,
  before: readonly Entry[],
  after: readonly Entry[],
): SettingsChange[] {
  const keyed = new Map(before.map((entry) => [rule.key(entry), entry]));
  const kept = new Set(after.map(rule.key));
  return [
    ...before
      .filter((entry) => !kept.has(rule.key(entry)))
      .map((entry) => ({ field, item: rule.item(entry), part: null, from: entry, to: null })),
    ...after.flatMap((entry) => {
      const was = keyed.get(rule.key(entry));
      return was === undefined
        ? [{ field, item: rule.item(entry), part: null, from: null, to: entry }]
        : ofParts(field, rule.item(was), was, entry);
    }),
  ];
}

function ofParts(field: SettingsField, item: string | null, before: Entry, after: Entry): SettingsChange[] {
  return Object.keys(after)
    .filter((part) => !HIDDEN.includes(part) && !isDeepStrictEqual(before[part], after[part]))
    .map((part) => ({ field, item, part, from: before[part] ?? null, to: after[part] ?? null }));
}
