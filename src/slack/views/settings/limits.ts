/** How much a manager may give away alone, and who is asked for more. */
import type { Limit } from '../../../coach/settings/settingsSchema';
import { formatMoney } from '../../../deal/model/money';
import { fieldId } from '../../ids';
import { amountExample, amountText } from '../amount';
import { personField, readMoney, readPerson, readText, textField } from '../form';
import { Reading, type SettingsForm } from './form';
import type { SettingsList } from './list';

export const LIMIT = {
  manager: fieldId('limit_manager'),
  amount: fieldId('limit_amount'),
  percent: fieldId('limit_percent'),
  approver: fieldId('limit_approver'),
} as const;

export const limitForm: SettingsForm<Limit> = {
  title: 'Limit',
  newTitle: 'New limit',
  of: ({ limits }, item) => limits.find(({ manager }) => manager === item) ?? null,
  blocks: (limit, { currency }) => [
    personField({ block: LIMIT.manager, label: 'Manager', required: true, initial: limit?.manager ?? null }),
    textField({
      block: LIMIT.amount,
      label: 'May give up to this amount',
      placeholder: amountExample(currency),
      initial: amountText(limit?.amount ?? null),
    }),
    textField({
      block: LIMIT.percent,
      label: 'And up to this percentage of the deal',
      hint: 'Either or both. A yes that gives more goes on to the second approver.',
      placeholder: '10',
      initial: limit?.percent === null || limit === null ? null : String(limit.percent),
    }),
    personField({
      block: LIMIT.approver,
      label: 'Second approver',
      required: true,
      initial: limit?.approver ?? null,
    }),
  ],
  read(values, { currency }) {
    const reading = new Reading();
    const manager = readPerson(values, LIMIT.manager) ?? '';
    const approver = readPerson(values, LIMIT.approver) ?? '';
    if (manager === '') reading.fail(LIMIT.manager, 'Please choose a person.');
    if (approver === '') reading.fail(LIMIT.approver, 'Please choose who is asked for more.');
    if (approver !== '' && approver === manager) {
      reading.fail(
        LIMIT.approver,
        'The second approver has to be somebody else. Please choose another person.',
      );
    }
    const amount = readMoney(values, LIMIT.amount, currency);
    if (!amount.ok) reading.fail(LIMIT.amount, amount.error);
    const percentText = readText(values, LIMIT.percent);
    const percent = percentText === null ? null : percentOf(percentText);
    if (percentText !== null && percent === null) {
      reading.fail(LIMIT.percent, 'Type a percentage from 0.1 to 100, such as 10.');
    }
    if (amount.ok && amount.amount === null && percentText === null) {
      reading.fail(LIMIT.amount, 'Type an amount, a percentage, or both.');
    }
    return reading.done({ manager, approver, amount: amount.ok ? amount.amount : null, percent });
  },
  put({ limits }, item, value) {
    if (limits.some(({ manager }) => manager === value.manager && manager !== item)) {
      return {
        ok: false,
        errors: { [LIMIT.manager]: 'This manager has a limit already. Change that one instead.' },
      };
    }
    const known = limits.some(({ manager }) => manager === item);
    return {
      ok: true,
      patch: { limits: known ? limits.map((it) => (it.manager === item ? value : it)) : [...limits, value] },
    };
  },
};

function percentOf(text: string): number | null {
  const [, number] = /^(\d{1,3}(?:[.,]\d)?)\s*%?$/u.exec(text) ?? [];
  const percent = Number(number?.replace(',', '.'));
  return percent > 0 && percent <= 100 ? percent : null;
}

/** "$5,000 or 10 %" */
export function limitText({ amount, percent }: Pick<Limit, 'amount' | 'percent'>): string {
  return [
    ...(amount === null ? [] : [formatMoney(amount)]),
    ...(percent === null ? [] : [`${percent} % of the deal`]),
  ].join(' and ');
}

export const limitsList: SettingsList = {
  title: 'Limits',
  intro: 'A yes that gives more than a manager’s limit waits for a second approver.',
  empty: 'Nobody has a limit: whoever may decide, decides alone.',
  add: 'Add a limit',
  form: 'limit',
  entries: ({ limits }) =>
    limits.map((limit) => ({
      id: limit.manager,
      lines: [
        [
          { user: limit.manager },
          ` gives up to ${limitText(limit)}; more needs `,
          { user: limit.approver },
          '.',
        ],
      ],
      removal: 'This manager then decides alone, whatever it gives.',
    })),
  without: ({ limits }, entry) => ({ limits: limits.filter(({ manager }) => manager !== entry) }),
};
