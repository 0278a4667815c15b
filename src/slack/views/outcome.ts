/** The outcome after the rep went back to the prospect: won back, or lost after all. */
import type { ModalView } from '@slack/types';
import type { Deal, NextTime, Outcome } from '../../deal/model/deal';
import { decisionInForce } from '../../deal/model/inForce';
import { fieldId, VIEWS } from '../ids';
import { account, paragraph } from '../text';
import { amountField, dateField, radioField, textField } from './fields';
import { modal } from './modal';
import { type NextTimeContext, nextTimeFields, readNextTime } from './nextTime';
import {
  fault,
  mapRead,
  type Read,
  readDate,
  readMoney,
  readOneOf,
  readText,
  required,
  together,
  type ViewValues,
  valid,
} from './values';

export const WON_BACK = {
  part: fieldId('part'),
  amount: fieldId('amount'),
  took: fieldId('took'),
  signed: fieldId('signed'),
  signsOn: fieldId('signs_on'),
} as const;

const SIGNED = ['signed', 'verbal'] as const;

/** The deal is won back; asks whether it is signed, and how much of it came back. */
export function wonBack(deal: Deal, { currency }: { readonly currency: string }): ModalView {
  const said = deal.outcome?.kind === 'verbal_yes' ? deal.outcome : null;
  return modal({
    id: VIEWS.wonBack,
    title: 'Won back',
    submit: 'Save',
    ref: { deal: deal.id },
    blocks: [
      paragraph([account(deal), ' is back. You asked, and it was worth asking.']),
      radioField({
        block: WON_BACK.signed,
        label: 'Is it signed?',
        required: true,
        initial: 'signed',
        options: [
          { value: 'signed', label: "Yes, it's signed" },
          { value: 'verbal', label: 'Not yet, but they said yes' },
        ],
      }),
      dateField({
        block: WON_BACK.signsOn,
        label: 'If not yet, when do they sign?',
        hint: "I'll remind you on that day. It counts as won back once it's signed.",
        initial: said?.signsOn,
      }),
      radioField({
        block: WON_BACK.part,
        label: 'How much of it?',
        required: true,
        initial: said?.part ?? 'whole',
        options: [
          { value: 'whole', label: 'All of it' },
          { value: 'part', label: 'Part of it' },
        ],
      }),
      amountField({
        block: WON_BACK.amount,
        label: 'What is it worth now?',
        initial: said?.amount ?? deal.details.amount,
        currency,
      }),
      textField({
        block: WON_BACK.took,
        label: 'What did it take?',
        hint: 'The terms, a person, a gesture. It helps with the next one.',
        multiline: true,
        initial: said?.took ?? termsOf(deal),
      }),
    ],
  });
}

/** Our offer, which may have been enough to win the deal back. */
function termsOf(deal: Deal): string | null {
  const decision = decisionInForce(deal);
  return decision === null || decision.kind === 'decline' ? null : decision.terms;
}

/** Reads how much the rep won back, signed or not. A form of an earlier release does not ask, so it is signed. */
export function readWonBack(
  values: ViewValues,
  { currency, today }: { readonly currency: string; readonly today: string },
): Read<Outcome> {
  const part = readOneOf(values, WON_BACK.part, ['whole', 'part'] as const);
  const isVerbal = readOneOf(values, WON_BACK.signed, SIGNED) === 'verbal';
  const read = together({
    part: required(part, WON_BACK.part, 'Pick one of the two.'),
    amount: readMoney(values, WON_BACK.amount, currency),
    signsOn: isVerbal ? readSignsOn(values, today) : valid(null),
  });
  const took = readText(values, WON_BACK.took);
  return mapRead(read, ({ signsOn, ...back }) =>
    signsOn === null ? { kind: 'won_back', ...back, took } : { kind: 'verbal_yes', ...back, took, signsOn },
  );
}

function readSignsOn(values: ViewValues, today: string): Read<string> {
  const day = readDate(values, WON_BACK.signsOn);
  if (day !== null && day < today) return fault(WON_BACK.signsOn, 'That day has passed. Pick a later one.');
  return required(day, WON_BACK.signsOn, 'Pick the day they sign, so I can remind you. A guess is fine.');
}

export const ASK_AGAIN = { changed: fieldId('changed') } as const;

const CHANGED_MAX = 600;

/** Asks what has changed since the decision, which the new ask begins with. */
export function askAgain(deal: Deal): ModalView {
  const decision = decisionInForce(deal);
  return modal({
    id: VIEWS.askAgain,
    title: 'Ask again',
    submit: 'Ask again',
    ref: { deal: deal.id },
    blocks: [
      ...(decision === null || decision.kind === 'decline'
        ? []
        : [paragraph([{ user: decision.by }, "’s yes holds until there's a new answer."])]),
      textField({
        block: ASK_AGAIN.changed,
        label: "What's changed?",
        hint: 'What they said, what they want now. The new ask begins with it.',
        required: true,
        multiline: true,
        max: CHANGED_MAX,
        focus: true,
      }),
    ],
  });
}

/** Reads what has changed. */
export const readAskAgain = (values: ViewValues): Read<string> =>
  required(
    readText(values, ASK_AGAIN.changed, CHANGED_MAX),
    ASK_AGAIN.changed,
    "Say what's changed. They want 45 days now, for example.",
  );

export const LOST = { reason: fieldId('reason') } as const;

/** The deal stayed lost; the reason helps with the next deal. */
export function lost(deal: Deal): ModalView {
  return modal({
    id: VIEWS.lost,
    title: 'Lost',
    submit: 'Save',
    ref: { deal: deal.id },
    blocks: [
      paragraph([account(deal), ' stays with the other company. You went back and asked, and that counts.']),
      textField({
        block: LOST.reason,
        label: 'What did they say?',
        hint: 'In their words, if you have them. It helps with the next one.',
        multiline: true,
      }),
      ...nextTimeFields(deal),
    ],
  });
}

export interface LostValue {
  readonly outcome: Extract<Outcome, { kind: 'lost' }>;
  readonly nextTime?: NextTime;
}

/** Reads why it stayed lost, and the agreement for the next call. */
export function readLost(values: ViewValues, context: NextTimeContext): Read<LostValue> {
  return mapRead(readNextTime(values, context), (nextTime) => ({
    outcome: { kind: 'lost', reason: readText(values, LOST.reason) },
    ...(nextTime === undefined ? {} : { nextTime }),
  }));
}
