/** The agreement for the next call: part of every screen on which a deal ends without being won back. */

import type { InputBlock, ModalView } from '@slack/types';
import { nextTimeOf } from '../../deal/decide/nextTime';
import type { Deal, NextTime } from '../../deal/model/deal';
import { factsOf, known } from '../../deal/model/facts';
import { traitsOf } from '../../playbook/schema';
import { fieldId, VIEWS } from '../ids';
import { account, paragraph } from '../text';
import { dateField, radioField, textField } from './fields';
import { modal } from './modal';
import {
  fault,
  type Read,
  readDate,
  readNumber,
  readOneOf,
  together,
  type ViewValues,
  valid,
} from './values';

export const NEXT_TIME = {
  mayCall: fieldId('may_call'),
  callOn: fieldId('call_on'),
  contractEnd: fieldId('contract_end'),
  contractMonths: fieldId('contract_months'),
} as const;

/** Asks for the end of the competitor's contract if there is one. */
export function nextTimeFields(deal: Deal): InputBlock[] {
  const noted = nextTimeOf(deal);
  const facts = factsOf(deal);
  const signed = deal.signedReportedAt !== null || known(facts.signed) === 'signed';
  const asksContract = signed || traitsOf(deal.verdict)?.hasContract || noted.contractEnd !== null;
  return [
    radioField({
      block: NEXT_TIME.mayCall,
      label: 'May we call before their next decision?',
      initial: noted.mayCall,
      options: [
        { value: 'yes', label: 'Yes, they agreed' },
        { value: 'no', label: 'Rather not' },
      ],
    }),
    dateField({ block: NEXT_TIME.callOn, label: 'Agreed for', initial: noted.callOn }),
    ...(asksContract
      ? [
          dateField({
            block: NEXT_TIME.contractEnd,
            label: 'Their new contract runs until',
            initial: noted.contractEnd,
          }),
          textField({
            block: NEXT_TIME.contractMonths,
            label: 'Or for how many months from signing?',
            placeholder: '24',
            initial: noted.contractMonths === null ? null : String(noted.contractMonths),
            max: 3,
          }),
        ]
      : []),
  ];
}

/** Separates a mispicked day from a noted day that has passed since. */
export interface NextTimeContext {
  readonly deal: Deal;
  /** Today's calendar day in the rep's time zone. */
  readonly today: string;
}

/**
 * Reads the inputs; undefined when they were not on the screen. A past day brings no reminder, so the error stands at
 * its input.
 */
export function readNextTime(
  values: ViewValues,
  { deal, today }: NextTimeContext,
): Read<NextTime | undefined> {
  if (!(NEXT_TIME.mayCall in values)) return valid(undefined);
  const noted = nextTimeOf(deal);
  const day = (name: 'callOn' | 'contractEnd'): Read<string | null> => {
    const picked = readDate(values, NEXT_TIME[name]);
    return picked !== null && picked < today && picked !== noted[name]
      ? fault(NEXT_TIME[name], 'That day has passed. Pick a later one.')
      : valid(picked);
  };
  return together<NextTime>({
    mayCall: valid(readOneOf(values, NEXT_TIME.mayCall, ['yes', 'no'] as const)),
    callOn: day('callOn'),
    contractEnd: day('contractEnd'),
    contractMonths: readNumber(values, NEXT_TIME.contractMonths, {
      decimals: 0,
      min: 1,
      max: 999,
      message: 'Type the term in months, such as 24.',
    }),
  });
}

/** A screen of its own, for a deal whose rep reported the end with one tap. */
export function nextTime(deal: Deal): ModalView {
  return modal({
    id: VIEWS.nextTime,
    title: 'The next time',
    submit: 'Save',
    close: 'Later',
    ref: { deal: deal.id },
    blocks: [
      paragraph([
        'Saved. One day ',
        account(deal),
        " decides again. Tell us what you know, and we'll remind you in time.",
      ]),
      ...nextTimeFields(deal),
    ],
  });
}
