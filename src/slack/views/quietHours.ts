import type { ModalView } from '@slack/types';
import type { QuietHours } from '../../coach/settings/settingsSchema';
import { fieldId, VIEWS } from '../ids';
import { paragraph } from '../text';
import type { Read, ViewValues } from './form';
import { modal } from './modal';
import { readTime, timeField } from './pickers';

export const QUIET = { from: fieldId('quiet_from'), until: fieldId('quiet_until') } as const;

type Hours = Pick<QuietHours, 'startMinute' | 'endMinute'>;

/** When somebody does not want to be disturbed, each day. */
export function quietHours(current: Hours | null): ModalView {
  return modal({
    id: VIEWS.quietHours,
    title: 'My quiet hours',
    submit: 'Save',
    close: 'Cancel',
    blocks: [
      paragraph([
        'Reminders wait until these hours are over, in your own time zone. Only what cannot wait for a prospect comes through.',
      ]),
      timeField({ block: QUIET.from, label: 'Quiet from', initial: current?.startMinute ?? null }),
      timeField({
        block: QUIET.until,
        label: 'Until',
        hint: 'May be on the next morning. Leave both empty for no quiet hours.',
        initial: current?.endMinute ?? null,
      }),
    ],
  });
}

/** Null: none. */
export function readQuietHours(values: ViewValues): Read<Hours | null> {
  const [startMinute, endMinute] = [readTime(values, QUIET.from), readTime(values, QUIET.until)];
  if (startMinute === null && endMinute === null) return { ok: true, value: null };
  if (startMinute === null) return { ok: false, errors: { [QUIET.from]: 'Please pick when they begin.' } };
  if (endMinute === null) return { ok: false, errors: { [QUIET.until]: 'Please pick when they end.' } };
  return startMinute === endMinute
    ? { ok: false, errors: { [QUIET.until]: 'Both are the same time. Please pick another one.' } }
    : { ok: true, value: { startMinute, endMinute } };
}
