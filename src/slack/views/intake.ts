import type { ModalView } from '@slack/types';
import type { Business, DealId, UserId } from '../../deal/model/deal';
import { clip, tidyName } from '../../deal/model/typed';
import { fieldId, VIEWS } from '../ids';
import { BUSINESS_LABELS, encodedLength, paragraph } from '../text';
import { quiet } from './blocks';
import { radioField, selectField, textField } from './fields';
import { modal } from './modal';
import {
  fault,
  type Read,
  readName,
  readOneOf,
  readOption,
  required,
  together,
  type ViewValues,
  valid,
} from './values';

const BUSINESSES = ['new', 'customer'] as const satisfies readonly Business[];

/** Longest account name. */
export const ACCOUNT_MAX = 80;

export interface IntakeOptions {
  /** Chosen when the screen opens, so that two submissions start one deal. */
  readonly dealId: DealId;
  readonly mode: 'live' | 'after';
  readonly account?: string | undefined;
  readonly business?: Business | undefined;
  /** In the order of the menu; the first is the default unless `playbook` names one. */
  readonly playbooks: readonly { readonly id: string; readonly title: string; readonly summary: string }[];
  readonly playbook?: string | undefined;
  /** The person who would get the ask, if we already know. */
  readonly manager?: UserId | null | undefined;
}

export const INTAKE = {
  account: fieldId('account'),
  business: fieldId('business'),
  playbook: fieldId('playbook'),
} as const;

/** The first screen asks two things; everything else can wait. */
export function intake(options: IntakeOptions): ModalView {
  const several = options.playbooks.length > 1;
  const preferred = options.playbooks.find((playbook) => playbook.id === (options.playbook ?? 'heartbeat'));
  const first = preferred ?? options.playbooks[0];
  return modal({
    id: VIEWS.intake,
    title: options.mode === 'live' ? 'Ask before you go' : 'After the call',
    submit: options.mode === 'live' ? 'Start' : 'Next',
    ref: { deal: options.dealId, mode: options.mode },
    blocks: [
      paragraph([
        options.mode === 'live'
          ? 'They said no. Two things to know, then one question a screen. No typing is needed during the call.'
          : 'The call is over. Two things to know, then one screen for what you heard.',
      ]),
      textField({
        block: INTAKE.account,
        label: 'Account',
        required: true,
        placeholder: 'Company name',
        initial: clip(tidyName(options.account ?? ''), ACCOUNT_MAX),
        max: ACCOUNT_MAX,
        focus: (options.account ?? '') === '',
      }),
      radioField({
        block: INTAKE.business,
        label: 'Who is it?',
        required: true,
        initial: options.business,
        options: BUSINESSES.map((business) => ({ value: business, label: BUSINESS_LABELS[business] })),
      }),
      ...(several
        ? [
            selectField({
              block: INTAKE.playbook,
              label: 'Playbook',
              initial: first?.id,
              options: options.playbooks.map(({ id, title }) => ({ value: id, label: title })),
            }),
          ]
        : []),
      ...(options.manager === null || options.manager === undefined
        ? [quiet('Amount and manager are asked after the call, only when they matter.')]
        : [
            paragraph([
              'If they would reconsider, ',
              { user: options.manager },
              ' will be asked. You can name somebody else after the call.',
            ]),
          ]),
    ],
  });
}

export interface IntakeValue {
  readonly account: string;
  readonly business: Business;
  /** Null: the default playbook. */
  readonly playbookId: string | null;
}

/** Reads the first screen. */
export function readIntake(values: ViewValues): Read<IntakeValue> {
  const account = readName(values, INTAKE.account);
  const isLong =
    account !== null && (account.length > ACCOUNT_MAX || encodedLength(account) > ACCOUNT_MAX * 5);
  return together({
    account: isLong
      ? fault(INTAKE.account, `Please use at most ${ACCOUNT_MAX} characters.`)
      : required(account, INTAKE.account, 'Please give the company a name.'),
    business: required(
      readOneOf(values, INTAKE.business, BUSINESSES),
      INTAKE.business,
      'Please choose one of the two.',
    ),
    playbookId: valid(readOption(values, INTAKE.playbook)),
  });
}
