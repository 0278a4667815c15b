/** Currency, silence, reminders to call again, and how long the team keeps closed deals. */
import type { TeamSettings } from '../../../coach/settings/settingsSchema';
import { parseCurrency } from '../../../deal/model/money';
import { fieldId } from '../../ids';
import { textField } from '../fields';
import { type Read, readNumber, readText, required, together, type ViewValues, valid } from '../values';
import type { SettingsForm } from './form';

export const FOLLOWING = {
  currency: fieldId('currency'),
  silence: fieldId('silence_days'),
  lead: fieldId('lead_days'),
  retention: fieldId('retention_months'),
} as const;

type FollowingValue = Pick<
  TeamSettings,
  'currency' | 'silenceDays' | 'reEngageBeforeDays' | 'retentionMonths'
>;

export const followingForm: SettingsForm<FollowingValue> = {
  title: 'Follow-up & data',
  of: ({ currency, silenceDays, reEngageBeforeDays, retentionMonths }) => ({
    currency,
    silenceDays,
    reEngageBeforeDays,
    retentionMonths,
  }),
  blocks: (value) => [
    textField({
      block: FOLLOWING.currency,
      label: 'Currency',
      hint: 'Used when somebody types an amount without a currency: USD, EUR, GBP …',
      required: true,
      initial: value?.currency,
      max: 3,
    }),
    textField({
      block: FOLLOWING.silence,
      label: 'Close a deal after this many days of silence',
      required: true,
      initial: value === null ? null : String(value.silenceDays),
      max: 5,
    }),
    textField({
      block: FOLLOWING.lead,
      label: 'Call again this many days before a contract ends',
      required: true,
      initial: value === null ? null : String(value.reEngageBeforeDays),
      max: 5,
    }),
    textField({
      block: FOLLOWING.retention,
      label: 'Erase closed deals after this many months',
      hint: 'Leave it empty to keep them. The deal, its answers and a planned call go for good. Messages in Slack stay. 30 days after Lostdeal is uninstalled, everything goes.',
      initial: value?.retentionMonths === null || value === null ? null : String(value.retentionMonths),
      max: 5,
    }),
  ],
  read(values) {
    const currency = parseCurrency(readText(values, FOLLOWING.currency) ?? '');
    const hasRetention = readText(values, FOLLOWING.retention) !== null;
    return together<FollowingValue>({
      currency: required(
        currency,
        FOLLOWING.currency,
        'Type the three letters of a currency, such as USD or EUR.',
      ),
      silenceDays: readWhole(values, FOLLOWING.silence, { max: 365, unit: 'days' }),
      reEngageBeforeDays: readWhole(values, FOLLOWING.lead, { max: 730, unit: 'days' }),
      retentionMonths: hasRetention
        ? readWhole(values, FOLLOWING.retention, { max: 240, unit: 'months' })
        : valid(null),
    });
  },
  put: (_settings, _item, value) => valid(value),
};

/** A whole number from 1 to `max`. */
function readWhole(
  values: ViewValues,
  block: string,
  { max, unit }: { readonly max: number; readonly unit: string },
): Read<number> {
  const message = `Type a whole number of ${unit}, from 1 to ${max}.`;
  const number = readNumber(values, block, { decimals: 0, min: 1, max, message });
  return number.ok ? required(number.value, block, message) : number;
}
