/** Money, silence, coming back, and how long closed deals are kept. */
import type { TeamSettings } from '../../../coach/settings/settingsSchema';
import { fieldId } from '../../ids';
import { readText, textField } from '../form';
import { Reading, type SettingsForm, wholeNumber } from './form';

export const FOLLOWING = {
  currency: fieldId('currency'),
  silence: fieldId('silence_days'),
  lead: fieldId('lead_days'),
  retention: fieldId('retention_months'),
} as const;

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

type FollowingValue = Pick<
  TeamSettings,
  'currency' | 'silenceDays' | 'reEngageBeforeDays' | 'retentionMonths'
>;

export const followingForm: SettingsForm<FollowingValue> = {
  title: 'Following through',
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
      label: 'Days without news until a deal is closed',
      required: true,
      initial: value === null ? null : String(value.silenceDays),
      max: 5,
    }),
    textField({
      block: FOLLOWING.lead,
      label: 'Days before a competitor’s contract ends to call again',
      required: true,
      initial: value === null ? null : String(value.reEngageBeforeDays),
      max: 5,
    }),
    textField({
      block: FOLLOWING.retention,
      label: 'Erase closed deals after so many months',
      hint: 'Empty: they are kept. Erased for good: the deal, its answers, and a call planned for later. Messages in Slack stay.',
      initial: value?.retentionMonths === null || value === null ? null : String(value.retentionMonths),
      max: 5,
    }),
  ],
  read(values) {
    const reading = new Reading();
    const currency = (readText(values, FOLLOWING.currency) ?? '').toUpperCase();
    if (!CURRENCIES.has(currency)) {
      reading.fail(FOLLOWING.currency, 'Type the three letters of a currency, such as USD or EUR.');
    }
    const number = (block: string, min: number, max: number, unit: string) =>
      reading.field(block, wholeNumber(readText(values, block), min, max, unit), min);
    return reading.done({
      currency,
      silenceDays: number(FOLLOWING.silence, 1, 365, 'days'),
      reEngageBeforeDays: number(FOLLOWING.lead, 1, 730, 'days'),
      retentionMonths:
        readText(values, FOLLOWING.retention) === null ? null : number(FOLLOWING.retention, 1, 240, 'months'),
    });
  },
  put: (_settings, _item, value) => ({ ok: true, patch: value }),
};
