/** The amount that a manager may give away alone, and the approver for more. */
import type { Limit, TeamSettings } from '../../../coach/settings/settingsSchema';
import { formatMoney } from '../../../deal/model/money';
import { fieldId } from '../../ids';
import { amountField, personField, textField } from '../fields';
import {
  fault,
  mapRead,
  readMoney,
  readNumber,
  readPerson,
  readText,
  required,
  together,
  valid,
} from '../values';
import { type SettingsForm, withEntry } from './form';
import type { SettingsList } from './list';

export const LIMIT = {
  manager: fieldId('limit_manager'),
  amount: fieldId('limit_amount'),
  percent: fieldId('limit_percent'),
  approver: fieldId('limit_approver'),
} as const;

const PERCENT = {
  decimals: 1,
  min: 0.1,
  max: 100,
  unit: '%',
  message: 'Type a percentage from 0.1 to 100, such as 10.',
} as const;

export const limitForm: SettingsForm<Limit> = {
  title: 'Limit',
  newTitle: 'New limit',
  of: ({ limits }, item) => limits.find(({ manager }) => manager === item) ?? null,
  blocks: (limit, { currency }) => [
    personField({ block: LIMIT.manager, label: 'Manager', required: true, initial: limit?.manager }),
    amountField({
      block: LIMIT.amount,
      label: 'May give up to this amount',
      initial: limit?.amount,
      currency,
    }),
    textField({
      block: LIMIT.percent,
      label: 'And up to this percentage of the deal',
      hint: 'Either or both. A bigger yes needs the second approver.',
      placeholder: '10',
      initial: limit?.percent === null || limit === null ? null : String(limit.percent),
    }),
    personField({
      block: LIMIT.approver,
      label: 'Second approver',
      required: true,
      initial: limit?.approver,
    }),
  ],
  read(values, { currency }) {
    const manager = readPerson(values, LIMIT.manager);
    const approver = readPerson(values, LIMIT.approver);
    const amount = readMoney(values, LIMIT.amount, currency);
    const typed = readText(values, LIMIT.percent);
    const percent = readNumber(values, LIMIT.percent, PERCENT);
    return together<Limit>({
      manager: required(manager, LIMIT.manager, 'Pick a person.'),
      approver:
        approver !== null && approver === manager
          ? fault(LIMIT.approver, 'The second approver has to be somebody else. Pick another person.')
          : required(approver, LIMIT.approver, 'Pick who approves more.'),
      amount:
        amount.ok && amount.value === null && typed === null
          ? fault(LIMIT.amount, 'Type an amount, a percentage, or both.')
          : amount,
      percent,
    });
  },
  put({ limits }, item, value) {
    return limits.some(({ manager }) => manager === value.manager && manager !== item)
      ? fault(LIMIT.manager, 'This manager already has a limit. Change that one instead.')
      : valid({ limits: withEntry(limits, ({ manager }) => manager === item, value) });
  },
};

export const DEFAULT_LIMIT = {
  amount: fieldId('default_amount'),
  percent: fieldId('default_percent'),
  approver: fieldId('default_approver'),
} as const;

/** The limit of everybody who has none of their own; all fields empty: they decide alone. */
export const defaultLimitForm: SettingsForm<Pick<TeamSettings, 'defaultLimit'>> = {
  title: 'Everybody else’s limit',
  of: ({ defaultLimit }) => ({ defaultLimit }),
  blocks: (value, { currency }) => {
    const limit = value?.defaultLimit ?? null;
    return [
      amountField({
        block: DEFAULT_LIMIT.amount,
        label: 'May give up to this amount',
        hint: 'Anybody without a limit of their own, admins too. Leave all three empty and they decide alone.',
        initial: limit?.amount,
        currency,
      }),
      textField({
        block: DEFAULT_LIMIT.percent,
        label: 'And up to this percentage of the deal',
        hint: 'Either or both. A bigger yes needs the second approver.',
        placeholder: '10',
        initial: limit === null || limit.percent === null ? null : String(limit.percent),
      }),
      personField({
        block: DEFAULT_LIMIT.approver,
        label: 'Second approver',
        hint: 'Decides alone, unless they have a limit of their own.',
        initial: limit?.approver,
      }),
    ];
  },
  read(values, { currency }) {
    const approver = readPerson(values, DEFAULT_LIMIT.approver);
    const amount = readMoney(values, DEFAULT_LIMIT.amount, currency);
    const percent = readNumber(values, DEFAULT_LIMIT.percent, PERCENT);
    const isEmpty = amount.ok && amount.value === null && readText(values, DEFAULT_LIMIT.percent) === null;
    const read = together({
      amount:
        isEmpty && approver !== null
          ? fault(DEFAULT_LIMIT.amount, 'Type an amount, a percentage, or both.')
          : amount,
      percent,
      approver:
        !isEmpty && approver === null
          ? fault(DEFAULT_LIMIT.approver, 'Pick who approves more.')
          : valid(approver),
    });
    return mapRead(read, (limit) => ({
      defaultLimit: limit.approver === null ? null : { ...limit, approver: limit.approver },
    }));
  },
  put: (_settings, _item, value) => valid(value),
};

/** "$5,000 or 10 %" */
export function limitText({ amount, percent }: Pick<Limit, 'amount' | 'percent'>): string {
  return [
    ...(amount === null ? [] : [formatMoney(amount)]),
    ...(percent === null ? [] : [`${percent} % of the deal`]),
  ].join(' and ');
}

export const limitsList: SettingsList = {
  title: 'Limits',
  intro: 'A yes above a manager’s limit needs a second approver.',
  empty: 'Nobody has a limit of their own.',
  add: 'Add a limit',
  form: 'limit',
  entries: ({ limits }) =>
    limits.map((limit) => ({
      id: limit.manager,
      name: `up to ${limitText(limit)}`,
      lines: [
        [
          { user: limit.manager },
          ` gives up to ${limitText(limit)}. More needs `,
          { user: limit.approver },
          '.',
        ],
      ],
      removal: 'This manager then has everybody else’s limit, or decides alone where there is none.',
    })),
  without: ({ limits }, entry) => ({ limits: limits.filter(({ manager }) => manager !== entry) }),
};
