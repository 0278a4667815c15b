/** *What can I offer?*: what the rep may give on this call without asking, by reason, one tap each. */
import type { AnyBlock, ModalView } from '@slack/types';
import type { PreApproved } from '../../deal/model/commands';
import type { Deal } from '../../deal/model/deal';
import { offerKinds } from '../../deal/model/facts';
import { formatMoney, type Money } from '../../deal/model/money';
import type { Reason } from '../../playbook/schema';
import { ACTIONS, fieldId, VIEWS } from '../ids';
import { buttons, calendarDate, cut, line, paragraph, reasonLabels, rich } from '../text';
import { quiet } from './blocks';
import { amountField } from './fields';
import { errorBlock, modal } from './modal';
import { type Read, readMoney, type ViewValues } from './values';

/** Each takes up to three of Slack's 100 blocks. */
const MOST_SHOWN = 30;

const OFFER_WORTH = fieldId('offer_worth');

export interface OffersOptions {
  /** Offers that fit now, and offers whose limit counts a worth that nobody has typed. */
  readonly offers: readonly { readonly give: PreApproved; readonly needsWorth: boolean }[];
  readonly reasons: readonly Reason[];
  readonly currency: string;
  /** As typed on this screen; null: nothing yet. */
  readonly worth: Money | null;
  readonly error?: string;
}

/**
 * Offers for what the buyer said come first. Shows only what the rep may give: an offer with a limit for the worth of the
 * deal comes once the rep has typed the worth.
 */
export function offers(
  deal: Deal,
  { offers: all, reasons, currency, worth, error }: OffersOptions,
): ModalView {
  const { position } = deal;
  const ready = all.filter(({ needsWorth }) => !needsWorth).map(({ give }) => give);
  const more = all.length - ready.length;
  const asksWorth = more > 0 || worth !== null;
  const said = offerKinds(deal);
  const kinds = [...new Set(ready.map(({ reason }) => reason))].sort(
    (a, b) => Number(said.includes(b)) - Number(said.includes(a)),
  );
  const shown = kinds.flatMap((kind) => ready.filter(({ reason }) => reason === kind)).slice(0, MOST_SHOWN);
  return modal({
    id: VIEWS.offers,
    title: 'What can I offer?',
    submit: asksWorth ? 'Show what fits' : null,
    close: 'Finish later',
    notifyOnClose: true,
    ref: { deal: deal.id, ...(position === null ? {} : { step: position.stepId, visit: position.visit }) },
    blocks: [
      ...(error === undefined ? [] : [errorBlock(error)]),
      quiet(ready.length === 0 ? 'Nothing fits yet.' : 'You can say yes to this yourself.'),
      ...shown.flatMap((give, index): AnyBlock[] => [
        ...(give.reason === shown[index - 1]?.reason
          ? []
          : [rich(line({ bold: cut(reasonLabels([give.reason], reasons), 100) }))]),
        ...offerBlocks(deal, give),
      ]),
      ...(asksWorth
        ? [
            amountField({
              block: OFFER_WORTH,
              label: "What's the deal worth?",
              hint: 'Some offers are only for smaller deals.',
              required: true,
              initial: worth,
              currency,
            }),
          ]
        : []),
      buttons({ action: ACTIONS.askAnyway, label: 'Ask my manager instead', ref: { deal: deal.id } }),
    ],
  });
}

function offerBlocks(deal: Deal, give: PreApproved): AnyBlock[] {
  const { terms, inReturn, until } = give;
  const limits = [
    ...(inReturn === null ? [] : [`in return for ${cut(inReturn, 200)}`]),
    ...(until === null ? [] : [`until ${calendarDate(until)}`]),
  ];
  return [
    paragraph([[cut(terms, 400), ...limits].join(', '), '.']),
    buttons({
      action: ACTIONS.offerNow,
      label: 'Offer it now',
      ref: { deal: deal.id, item: give.id },
      about: cut(terms, 60),
    }),
  ];
}

/** The worth as typed on the screen; null: nothing typed, or the screen does not ask. */
export const readWorth = (values: ViewValues, currency: string): Read<Money | null> =>
  readMoney(values, OFFER_WORTH, currency);

/** "for deals up to $50,000, until Mar 31, 2027, 3 times a quarter"; empty: no limits. */
export function giveLimits({
  worthUpTo,
  until,
  perQuarter,
}: Pick<PreApproved, 'worthUpTo' | 'until' | 'perQuarter'>): string {
  return [
    ...(worthUpTo === null ? [] : [`for deals up to ${formatMoney(worthUpTo)}`]),
    ...(until === null ? [] : [`until ${calendarDate(until)}`]),
    ...(perQuarter === null ? [] : [`${perQuarter === 1 ? 'once' : `${perQuarter} times`} a quarter`]),
  ].join(', ');
}
