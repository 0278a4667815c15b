/** The reasons a rep can tick. Screens offer no retired reason; old deals still name it. */
import type { TeamReason, TeamSettings } from '../../../coach/settings/settingsSchema';
import { nameKey } from '../../../deal/model/typed';
import { fieldId } from '../../ids';
import { MOST_OPTIONS, manyField, textField } from '../fields';
import { fault, readName, readOptions, required, together, valid } from '../values';
import { type FormContext, type SettingsForm, withEntry } from './form';
import type { SettingsList } from './list';

export const REASON = { label: fieldId('reason_label'), retired: fieldId('reason_retired') } as const;

/** Slack shows this many characters of a checkbox label. */
const LABEL_MAX = 75;

type ReasonValue = Omit<TeamReason, 'id'>;

/** The team's own reasons; until it has some, those of the playbooks. */
export function reasonsOf(
  { reasons }: Pick<TeamSettings, 'reasons'>,
  { reasons: ours }: Pick<FormContext, 'reasons'>,
): readonly TeamReason[] {
  return reasons ?? ours.map(({ id, label }) => ({ id, label, retired: false }));
}

export const reasonForm: SettingsForm<ReasonValue> = {
  title: 'Reason',
  newTitle: 'New reason',
  of(settings, item, context) {
    const reason = reasonsOf(settings, context).find(({ id }) => id === item);
    return reason === undefined ? null : { label: reason.label, retired: reason.retired };
  },
  blocks: (reason) => [
    textField({
      block: REASON.label,
      label: 'Reason',
      hint: 'In a few words, as a prospect would say it. A new name shows on old deals too.',
      required: true,
      initial: reason?.label,
      max: LABEL_MAX,
    }),
    ...(reason === null
      ? []
      : [
          manyField({
            block: REASON.retired,
            label: 'In use?',
            options: [{ value: 'retired', label: 'Retired: only on old deals' }],
            initial: reason.retired ? ['retired'] : [],
          }),
        ]),
  ],
  read(values) {
    const label = readName(values, REASON.label, LABEL_MAX);
    return together<ReasonValue>({
      label: required(label, REASON.label, 'Type the reason.'),
      retired: valid(readOptions(values, REASON.retired).includes('retired')),
    });
  },
  put(settings, item, value, context) {
    const reasons = reasonsOf(settings, context);
    const others = reasons.filter(({ id }) => id !== item);
    const sameLabel = others.find(({ label }) => nameKey(label) === nameKey(value.label));
    if (sameLabel !== undefined) {
      const what = sameLabel.retired
        ? 'is already there, retired. Put it back in use instead.'
        : 'is already there.';
      return fault(REASON.label, `“${value.label}” ${what}`);
    }
    if (value.retired && !others.some(({ retired }) => !retired)) {
      return fault(REASON.retired, 'At least one reason has to stay in use.');
    }
    const inUse = others.filter(({ retired }) => !retired).length;
    if (!value.retired && inUse >= MOST_OPTIONS) {
      return fault(
        REASON.label,
        `There are ${MOST_OPTIONS.toLocaleString('en-US')} reasons in use. Retire one first.`,
      );
    }
    const reason = { id: item ?? context.newId, ...value };
    return valid({ reasons: withEntry(reasons, ({ id }) => id === item, reason) });
  },
};

export const reasonsList: SettingsList = {
  title: 'Reasons',
  intro: 'What a rep can tick when a prospect says what attracted them. Retired ones stay on old deals.',
  empty: 'There are none.',
  add: 'Add a reason',
  form: 'reason',
  entries: (settings, context) =>
    reasonsOf(settings, context).map(({ id, label, retired }) => ({
      id,
      name: label,
      lines: [retired ? [label, { italic: '  ·  retired' }] : [label]],
      removal: null,
    })),
  without: () => null,
};
