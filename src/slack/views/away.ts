/**
 * A person's own settings: their stand-in while they are out, whether pending asks go on to the stand-in, and quiet
 * hours.
 */
import type { ModalView } from '@slack/types';
import type { QuietHours, StandIn } from '../../coach/settings/settingsSchema';
import type { Deal, UserId } from '../../deal/model/deal';
import { ACTIONS, fieldId, VIEWS } from '../ids';
import { buttons, cut, line, list, paragraph, rich } from '../text';
import { quiet } from './blocks';
import { dateField, personField, timeField } from './fields';
import { modal } from './modal';
import { readStandIn, STAND_IN, spanText } from './settings/standIns';
import { fault, mapRead, type Read, readTime, type ViewValues, valid } from './values';

export interface OutOptions {
  readonly viewer: UserId;
  /** The stand-in with dates that this manager already has. */
  readonly current: StandIn | null;
  /** Today's calendar day in their time zone. */
  readonly today: string;
}

export function out({ current, today }: OutOptions): ModalView {
  return modal({
    id: VIEWS.out,
    title: "When I'm out",
    submit: 'Save',
    blocks: [
      ...(current === null
        ? [paragraph(['Your stand-in decides on these days. After that, asks come to you again.'])]
        : [
            paragraph([
              { user: current.standIn },
              ` decides for you, ${spanText(current.from, current.until)}.`,
            ]),
            buttons({ action: ACTIONS.backAgain, label: "I'm back", ref: {} }),
          ]),
      personField({
        block: STAND_IN.standIn,
        label: "Who decides while you're out?",
        required: true,
        initial: current?.standIn ?? null,
      }),
      dateField({
        block: STAND_IN.from,
        label: 'First day out',
        required: true,
        initial: current?.from ?? today,
      }),
      dateField({
        block: STAND_IN.until,
        label: 'Last day out',
        hint: "Leave it empty and it lasts until you're back.",
        initial: current?.until ?? null,
      }),
    ],
  });
}

export function readOut(values: ViewValues, { viewer, today }: Omit<OutOptions, 'current'>): Read<StandIn> {
  const read = readStandIn(values, viewer, {
    themselves: 'Pick somebody other than yourself.',
    notBefore: today,
  });
  return mapRead(read, ({ from, ...standIn }) => ({ manager: viewer, from: from ?? today, ...standIn }));
}

/** The screen lists at most this many asks and counts the others. */
const SHOWN = 10;

/** The asks that wait for somebody who is now out. */
export function passAsks(deals: readonly Deal[], standIn: UserId): ModalView {
  return modal({
    id: VIEWS.passAsks,
    title: 'Before you go',
    submit: 'Pass them on',
    close: 'Keep them',
    blocks: [
      rich(
        line('These are waiting for you. Should ', { user: standIn }, ' decide?'),
        list(
          deals
            .slice(0, SHOWN)
            .map((deal) => [
              { bold: cut(deal.account, 200) },
              ...(deal.ask === null ? [] : [', due ', { date: deal.ask.deadline }]),
            ]),
        ),
      ),
      ...(deals.length > SHOWN ? [quiet(`And ${deals.length - SHOWN} more.`)] : []),
    ],
  });
}

export const QUIET = { from: fieldId('quiet_from'), until: fieldId('quiet_until') } as const;

type Hours = Pick<QuietHours, 'startMinute' | 'endMinute'>;

/** The hours of each day in which a person wants no messages. */
export function quietHours(current: Hours | null): ModalView {
  return modal({
    id: VIEWS.quietHours,
    title: 'My quiet hours',
    submit: 'Save',
    blocks: [
      paragraph([
        "Reminders wait until these hours are over, in your time zone. You'll only hear from us when a prospect can't wait.",
      ]),
      timeField({ block: QUIET.from, label: 'Quiet from', initial: current?.startMinute ?? null }),
      timeField({
        block: QUIET.until,
        label: 'Until',
        hint: 'It can be the next morning. Leave both empty for no quiet hours.',
        initial: current?.endMinute ?? null,
      }),
    ],
  });
}

/** Reads the quiet hours; null: none. */
export function readQuietHours(values: ViewValues): Read<Hours | null> {
  const [startMinute, endMinute] = [readTime(values, QUIET.from), readTime(values, QUIET.until)];
  if (startMinute === null && endMinute === null) return valid(null);
  if (startMinute === null) return fault(QUIET.from, 'Pick when they start.');
  if (endMinute === null) return fault(QUIET.until, 'Pick when they end.');
  return startMinute === endMinute
    ? fault(QUIET.until, 'Both are the same time. Pick another one.')
    : valid({ startMinute, endMinute });
}
