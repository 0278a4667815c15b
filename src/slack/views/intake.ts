import type { AnyBlock, ModalView } from '@slack/types';
import type { Business, Deal, DealId, UserId } from '../../deal/model/deal';
import { clip, tidyName } from '../../deal/model/typed';
import { ACTIONS, companyRef, fieldId, VIEWS } from '../ids';
import {
  account,
  BUSINESS_LABELS,
  type ButtonOptions,
  buttons,
  encodedLength,
  notLostButton,
  openButton,
  type Part,
  paragraph,
  resumeButtons,
} from '../text';
import { divider, quiet } from './blocks';
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
  /** Open deals with the company: this rep's, and those of others, of whom only their names are told. */
  readonly found?: { readonly mine: Deal | null; readonly others: readonly UserId[] } | undefined;
  /** The person who would get the ask, if we already know. */
  readonly manager?: UserId | null | undefined;
}

export const INTAKE = {
  account: fieldId('account'),
  business: fieldId('business'),
  playbook: fieldId('playbook'),
} as const;

/** A company's name may begin like the commands for figures. */
const figureForms = (word: string): string =>
  `Looking for figures? Type /lostdeal ${word}, /lostdeal ${word} last month or /lostdeal ${word} vs Globex.`;

/** So does one like the command for a practice call. */
const PRACTICE_FORM = 'Looking for a practice call? Type /lostdeal practice and nothing else.';

/** The first screen asks two things; everything else can wait. */
export function intake(options: IntakeOptions): ModalView {
  const several = options.playbooks.length > 1;
  const preferred = options.playbooks.find((playbook) => playbook.id === (options.playbook ?? 'heartbeat'));
  const first = preferred ?? options.playbooks[0];
  const [word] = /^(?:report|export)\b/iu.exec(options.account ?? '') ?? [];
  return modal({
    id: VIEWS.intake,
    title: options.mode === 'live' ? 'They said no?' : 'After the call',
    submit: options.mode === 'live' ? 'Start' : 'Next',
    ref: {
      deal: options.dealId,
      mode: options.mode,
      ...(options.found === undefined ? {} : { company: companyRef(options.account ?? '') }),
    },
    blocks: [
      ...(word === undefined ? [] : [quiet(figureForms(word.toLowerCase()))]),
      ...(/^practi[cs]e\b/iu.test(options.account ?? '') ? [quiet(PRACTICE_FORM)] : []),
      ...foundBlocks(options.found),
      paragraph([
        options.mode === 'live'
          ? 'Stay on the line. Two taps, then one question at a time.'
          : 'Two taps, then one screen for what you heard.',
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
        label: 'New business or a customer?',
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
      ...(options.mode === 'live' ? [buttons({ action: ACTIONS.practice, label: 'Practice first' })] : []),
      ...(options.manager === null || options.manager === undefined
        ? [quiet('Everything else can wait until after the call.')]
        : [paragraph(["If they'd reconsider, we'll ask ", { user: options.manager }, '.'])]),
    ],
  });
}

/** Others named at most. */
const MOST_NAMED = 3;

function foundBlocks(found: IntakeOptions['found']): AnyBlock[] {
  if (found === undefined) return [];
  const { mine, others } = found;
  const named = others.slice(0, MOST_NAMED);
  return [
    ...(mine === null
      ? []
      : [
          paragraph(
            mine.stage === 'coaching' && mine.position !== null
              ? ['You were on with ', account(mine), '. Pick up where you left off?']
              : ['You already have an open deal with ', account(mine), '.'],
          ),
          buttons(...waysIn(mine)),
          quiet('Or start another one here.'),
        ]),
    ...(named.length === 0
      ? []
      : [
          paragraph([
            ...named.flatMap((user, at): Part[] => [
              ...(at === 0 ? [] : [at === named.length - 1 ? ' and ' : ', ']),
              { user },
            ]),
            named.length === 1 ? ' has' : ' have',
            ' an open deal with this company.',
          ]),
        ]),
    ...(mine === null && named.length === 0 ? [] : [divider()]),
  ];
}

/** *Resume* for an unfinished call, *Try now* when the rep reached nobody, both with the way out, else *Open*. */
function waysIn(deal: Deal): ButtonOptions[] {
  if (deal.stage !== 'coaching') return [openButton(deal)];
  return deal.position === null
    ? [{ action: ACTIONS.tryNow, label: 'Try now', ref: { deal: deal.id } }, notLostButton(deal)]
    : resumeButtons(deal);
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
      ? fault(INTAKE.account, `That name is too long. Use ${ACCOUNT_MAX} characters or fewer.`)
      : required(account, INTAKE.account, "Type the company's name."),
    business: required(
      readOneOf(values, INTAKE.business, BUSINESSES),
      INTAKE.business,
      'Pick one of the two.',
    ),
    playbookId: valid(readOption(values, INTAKE.playbook)),
  });
}
