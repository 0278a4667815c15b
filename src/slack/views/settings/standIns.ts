/** Stand-ins who decide while a manager is out, and deputies for good. */
import type { StandIn, TeamSettings } from '../../../coach/settings/settingsSchema';
import { fieldId } from '../../ids';
import { calendarDate, type Part } from '../../text';
import { dateField, personField } from '../fields';
import {
  fault,
  mapRead,
  type Read,
  readDate,
  readPerson,
  required,
  together,
  type ViewValues,
  valid,
} from '../values';
import { type SettingsForm, withEntry } from './form';
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
      initial: it?.manager,
    }),
    personField({ block: STAND_IN.standIn, label: 'Stand-in', required: true, initial: it?.standIn }),
    dateField({ block: STAND_IN.from, label: 'First day out', initial: it?.from }),
    dateField({
      block: STAND_IN.until,
      label: 'Last day out',
      hint: 'With a date, the stand-in decides on those days. Without one, we ask them when nobody answers in time, and they can decide any time. Nobody approves their own proposal.',
      initial: it?.until,
    }),
  ],
  read(values) {
    const manager = readPerson(values, STAND_IN.manager);
    const read = together({
      manager: required(manager, STAND_IN.manager, 'Pick a person.'),
      standIn: readStandIn(values, manager, {
        themselves: 'Pick somebody other than the manager.',
      }),
    });
    return mapRead(read, ({ standIn, ...rest }) => ({ ...rest, ...standIn }));
  },
  put({ standIns }, item, value) {
    const isEntry = (it: StandIn) => standInId(it) === item;
    const isTwice = standIns.some((it) => !isEntry(it) && standInId(it) === standInId(value));
    return isTwice
      ? fault(STAND_IN.standIn, 'This stand-in is already there.')
      : valid({ standIns: withEntry(standIns, isEntry, value) });
  },
};

/**
 * The stand-in of `manager`, and their dates. `themselves` is the error when somebody picks the manager; `notBefore` is
 * the earliest last day.
 */
export function readStandIn(
  values: ViewValues,
  manager: string | null,
  { themselves, notBefore }: { readonly themselves: string; readonly notBefore?: string },
): Read<Omit<StandIn, 'manager'>> {
  const standIn = readPerson(values, STAND_IN.standIn);
  const [from, until] = [readDate(values, STAND_IN.from), readDate(values, STAND_IN.until)];
  return together({
    standIn:
      standIn !== null && standIn === manager
        ? fault(STAND_IN.standIn, themselves)
        : required(standIn, STAND_IN.standIn, 'Pick who decides then.'),
    from: valid(from),
    until:
      from !== null && until !== null && until < from
        ? fault(STAND_IN.until, 'The last day is before the first one. Pick a later day.')
        : until !== null && notBefore !== undefined && until < notBefore
          ? fault(STAND_IN.until, 'That day has passed. Pick a later one.')
          : valid(until),
  });
}

/** The id of an entry: one manager may have a deputy for good and others for some days. */
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
  intro: "Managers and second approvers can say they're out with /lostdeal out. Here you can do it for them.",
  empty: 'There are no stand-ins.',
  add: 'Add a stand-in',
  form: 'stand_in',
  entries: ({ standIns }) =>
    standIns.map((it) => ({
      id: standInId(it),
      name: spanText(it.from, it.until),
      lines: [[...standInParts(it), '.']],
      removal: 'We ask the manager again.',
    })),
  without: ({ standIns }: TeamSettings, entry) => ({
    standIns: standIns.filter((it) => standInId(it) !== entry),
  }),
};
