/** Who decides while a manager is out, and deputies for good. */
import type { StandIn, TeamSettings } from '../../../coach/settings/settingsSchema';
import { fieldId } from '../../ids';
import { calendarDate, type Part } from '../../text';
import { dateField, personField, readDate, readPerson } from '../form';
import { Reading, type SettingsForm } from './form';
import type { SettingsList } from './list';

export const STAND_IN = {
  manager: fieldId('out_manager'),
  standIn: fieldId('out_stand_in'),
  from: fieldId('out_from'),
  until: fieldId('out_until'),
} as const;

export const standInForm: SettingsForm<StandIn> = {
  title: 'Stand-in',
  newTitle: 'New stand-in',
  of: ({ standIns }, item) => standIns.find((it) => standInId(it) === item) ?? null,
  blocks: (it) => [
    personField({
      block: STAND_IN.manager,
      label: 'Manager or second approver',
      required: true,
      initial: it?.manager ?? null,
    }),
    personField({ block: STAND_IN.standIn, label: 'Stand-in', required: true, initial: it?.standIn ?? null }),
    dateField({ block: STAND_IN.from, label: 'First day out', initial: it?.from ?? null }),
    dateField({
      block: STAND_IN.until,
      label: 'Last day out',
      hint: 'With a date, asks go to the stand-in on those days. Without any date, they are asked when nobody answered in time, and may decide at any time. Nobody approves what they proposed themselves.',
      initial: it?.until ?? null,
    }),
  ],
  read(values) {
    const reading = new Reading();
    const manager = readPerson(values, STAND_IN.manager) ?? '';
    if (manager === '') reading.fail(STAND_IN.manager, 'Please choose a person.');
    const rest = readStandIn(reading, values, manager);
    return reading.done({ manager, ...rest });
  },
  put({ standIns }, item, value) {
    const others = standIns.filter((it) => standInId(it) !== item);
    if (others.some((it) => standInId(it) === standInId(value))) {
      return { ok: false, errors: { [STAND_IN.standIn]: 'This stand-in is set already.' } };
    }
    const known = standIns.some((it) => standInId(it) === item);
    return {
      ok: true,
      patch: {
        standIns: known ? standIns.map((it) => (standInId(it) === item ? value : it)) : [...standIns, value],
      },
    };
  },
};

/** The part that a manager says of themselves, too. */
export function readStandIn(
  reading: Reading,
  values: Parameters<SettingsForm['read']>[0],
  manager: string,
  somebodyElse = 'Please choose somebody other than the manager.',
): Omit<StandIn, 'manager'> {
  const standIn = readPerson(values, STAND_IN.standIn) ?? '';
  const [from, until] = [readDate(values, STAND_IN.from), readDate(values, STAND_IN.until)];
  if (standIn === '') reading.fail(STAND_IN.standIn, 'Please choose who is asked meanwhile.');
  else if (standIn === manager) reading.fail(STAND_IN.standIn, somebodyElse);
  if (from !== null && until !== null && until < from) {
    reading.fail(STAND_IN.until, 'The last day is before the first one. Please pick a later day.');
  }
  return { standIn, from, until };
}

/** Names an entry: one manager may have a deputy for good and others for some days. */
export function standInId({ manager, standIn, from, until }: StandIn): string {
  return [manager, standIn, from ?? '', until ?? ''].join(' ');
}

/** "@ann for @maya, 2 Mar 2026 to 6 Mar 2026". */
export function standInParts({ manager, standIn, from, until }: StandIn): Part[] {
  return [{ user: standIn }, ' for ', { user: manager }, `, ${spanText(from, until)}`];
}

export function spanText(from: string | null, until: string | null): string {
  if (from === null && until === null) return 'when they are late';
  if (until === null) return `from ${calendarDate(from ?? '')} on`;
  return from === null
    ? `until ${calendarDate(until)}`
    : from === until
      ? `on ${calendarDate(from)}`
      : `${calendarDate(from)} to ${calendarDate(until)}`;
}

export const standInsList: SettingsList = {
  title: 'Stand-ins',
  intro:
    'Managers and second approvers say themselves when they are out, with /lostdeal out. Here you can do it for them.',
  empty: 'Nobody stands in for anybody.',
  add: 'Add a stand-in',
  form: 'stand_in',
  entries: ({ standIns }) =>
    standIns.map((it) => ({
      id: standInId(it),
      lines: [[...standInParts(it), '.']],
      removal: 'Whoever they stood in for is asked again.',
    })),
  without: ({ standIns }: TeamSettings, entry) => ({
    standIns: standIns.filter((it) => standInId(it) !== entry),
  }),
};
