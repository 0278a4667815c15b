/** Every change of the settings: the person, the setting, the moment, the old and the new value. */
import type { ModalView } from '@slack/types';
import type { SettingsField } from '../../../coach/settings/settingsSchema';
import { formatMoney } from '../../../deal/model/money';
import type { Json, SettingsEntry } from '../../../store/store';
import { ACTIONS, VIEWS } from '../../ids';
import { cut, line, type Part, rich } from '../../text';
import { apart, pageAfter, pageBefore, quiet } from '../blocks';
import { clockText } from '../fields';
import { modal } from '../modal';
import { channelParts, minutesText, peopleParts, weekdaysText } from './valueText';

/** Entries of one page. */
export const HISTORY_PAGE = 15;

/** Noted in the history, though no setting changes. */
type Noted = 'erased' | 'exported' | 'playbook' | 'playbookKeptOut';

const FIELDS: Readonly<Record<SettingsField | Noted, string>> = {
  currency: 'Currency',
  rates: 'Exchange rate',
  responseMinutes: 'Time to answer',
  workingDay: 'Working calendar',
  admins: 'Admins',
  guestsAsReps: 'Guests as reps',
  teams: 'Team',
  channel: 'Channel for threads',
  limits: 'Limit',
  gives: 'Pre-approved',
  defaultLimit: 'Limit of everybody else',
  standIns: 'Stand-in',
  fallback: 'Asked in the end',
  ownManagerAllowed: 'Deciding about own deals',
  publicThreads: 'Threads in public channels',
  tellWins: 'Telling the channel about a win',
  reasons: 'Reason',
  retentionMonths: 'Months until closed deals are erased',
  quietHours: 'Quiet hours',
  silenceDays: 'Days without news',
  reEngageBeforeDays: 'Days before a contract ends',
  sight: 'Sight',
  digest: 'Digest',
  digestPeople: 'People who get the digest',
  digestOwn: 'Own digest',
  digestChannel: 'Channel of the digest',
  digestTeam: 'Team of the digest',
  tellLosses: 'Telling of three losses',
  responseChosen: 'Response time chosen',
  invited: 'Reps invited',
  setupHidden: 'List of what to set up hidden',
  erased: 'Closed deals erased',
  exported: 'Export',
  playbook: 'Version in use of',
  playbookKeptOut: 'Unused version of',
};

const PARTS: Readonly<Record<string, string>> = {
  name: 'name',
  channel: 'channel',
  manager: 'manager',
  reps: 'reps',
  amount: 'amount',
  percent: 'percentage',
  approver: 'second approver',
  by: 'who said yes',
  team: 'team',
  reason: 'reason',
  terms: 'offer',
  inReturn: 'in return',
  cost: 'cost',
  worthUpTo: 'largest deal',
  until: 'last day',
  perQuarter: 'times a quarter',
  startMinute: 'begin',
  endMinute: 'end',
  weekdays: 'days',
  holidays: 'holidays',
  label: 'name',
  retired: 'retired',
  own: 'how often',
  stopped: 'stopped',
  rate: 'rate',
  on: 'day',
};

export function historyView(entries: readonly SettingsEntry[], page: number, more: boolean): ModalView {
  const turn = { action: ACTIONS.settingsHistory, page, more };
  return modal({
    id: VIEWS.settingsHistory,
    title: 'History',
    close: 'Back',
    ref: { page: page },
    blocks: [
      ...(entries.length === 0
        ? [quiet('Nothing has been changed yet.')]
        : apart(entries.map((it) => [entryBlock(it)]))),
      ...pageBefore('Newer', turn),
      ...pageAfter('Older', turn),
    ],
  });
}

function entryBlock(entry: SettingsEntry) {
  const { by, at, field, item, part } = entry;
  const value = (json: Json) => valueParts(part ?? field, json);
  return rich(
    line(
      { bold: Object.hasOwn(FIELDS, field) ? FIELDS[field as keyof typeof FIELDS] : field },
      ...(item === null || field === 'admins' ? [] : [' ', ...itemParts(field, item)]),
      ...(part === null ? [] : [`, ${PARTS[part] ?? part}`]),
      ...changeParts(entry, value),
    ),
    line(...(by === null ? ['By itself'] : [{ user: by }]), ', ', { date: at }),
  );
}

/** One change: an entry added to or removed from a list, or a new value. */
function changeParts({ field, from, to }: SettingsEntry, value: (json: Json) => Part[]): Part[] {
  const isEntry = (json: Json) => typeof json === 'object' && json !== null && !Array.isArray(json);
  if (['erased', 'exported', 'playbookKeptOut'].includes(field)) return [': ', ...value(to)];
  if (from === null && isEntry(to)) return [' added', ...after(value(to))];
  if (to === null && isEntry(from)) return [' removed', ...after(value(from))];
  return [': ', ...value(from), ' → ', ...value(to)];
}

const after = (parts: Part[]): Part[] => (parts.length === 0 ? [] : [': ', ...parts]);

const itemParts = (field: string, item: string): Part[] =>
  field === 'rates'
    ? [item]
    : ['teams', 'reasons', 'gives', 'playbook', 'playbookKeptOut'].includes(field)
      ? [`“${cut(item, 80)}”`]
      : [{ user: item }];

const PEOPLE = new Set([
  'manager',
  'approver',
  'reps',
  'admins',
  'userId',
  'standIn',
  'user',
  'by',
  'digestPeople',
]);
const CLOCK = new Set(['startMinute', 'endMinute']);
/** Fields that the title of the entry already shows. */
const SILENT = new Set(['id', 'kind', 'name', 'label', 'since']);
const LONGEST = 300;

/** A value in words; the name of its field gives its meaning. */
function valueParts(name: string, value: Json): Part[] {
  if (value === null || value === '') return ['–'];
  if (typeof value === 'boolean') return [value ? 'yes' : 'no'];
  if (Array.isArray(value)) {
    if (PEOPLE.has(name)) return peopleParts(value as string[], '–');
    if (name === 'weekdays') return [weekdaysText(value as number[])];
    return [value.length === 0 ? '–' : cut(value.join(', '), LONGEST)];
  }
  if (typeof value === 'object') {
    const record = value as Readonly<Record<string, Json>>;
    if ('minor' in record && 'currency' in record) {
      return [formatMoney({ minor: Number(record.minor), currency: String(record.currency) })];
    }
    if ('rate' in record) return [`${record.rate} ${record.to}, ${record.on}`];
    const told = Object.entries(record).filter(
      ([key, it]) => !SILENT.has(key) && it !== null && it !== '' && it !== false,
    );
    return told.flatMap(([key, it], index): Part[] => [
      ...(index === 0 ? [] : [', ']),
      ...valueParts(key, it),
    ]);
  }
  if (PEOPLE.has(name)) return [{ user: String(value) }];
  if (name === 'digestTeam') return ['one team'];
  if (name === 'channel' || name === 'digestChannel') return channelParts(String(value), '–');
  if (CLOCK.has(name)) return [clockText(Number(value))];
  if (name === 'responseMinutes') return [minutesText(Number(value))];
  if (name === 'percent') return [`${value} %`];
  return [cut(String(value), LONGEST)];
}
