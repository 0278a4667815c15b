/** *The reason*: a manager confirms why a deal was lost, or corrects it. */
import type { ModalView } from '@slack/types';
import type { Deal } from '../../deal/model/deal';
import { factsOf, offerKinds } from '../../deal/model/facts';
import type { Reason } from '../../playbook/schema';
import { fieldId, VIEWS } from '../ids';
import { account, cut, EXCERPT, line, reasonLabels, rich } from '../text';
import { manyField } from './fields';
import { modal } from './modal';
import { fault, type Read, readOptions, type ViewValues, valid } from './values';

export const CONFIRM_REASON = { reasons: fieldId('confirmed_reasons') } as const;

/** @param reasons those that a manager may pick; those of the deal are among them */
export function confirmReason(deal: Deal, reasons: readonly Reason[]): ModalView {
  return modal({
    id: VIEWS.confirmReason,
    title: 'The reason',
    submit: 'Confirm',
    ref: { deal: deal.id },
    blocks: [
      rich(line('Why did we lose ', account(deal), '?'), ...known(deal, reasons).map((it) => line(it))),
      manyField({
        block: CONFIRM_REASON.reasons,
        label: 'Reasons',
        hint: 'All that counted. Figures count these before what anybody else said.',
        options: reasons.map(({ id, label }) => ({ value: id, label })),
        initial: deal.confirmedReason?.reasons ?? offerKinds(deal),
        required: true,
      }),
    ],
  });
}

/** What the buyer said and the rep picked, each with its source. */
function known(deal: Deal, reasons: readonly Reason[]): string[] {
  const { picture } = factsOf(deal);
  const ticked = picture.state === 'known' ? picture : null;
  const said = (ids: readonly string[]) => cut(reasonLabels(ids, reasons), EXCERPT);
  const picked = deal.details.reasons ?? [];
  return [
    ...(ticked === null || ticked.value.reasons.length === 0
      ? []
      : [`${ticked.source === 'prospect' ? 'They said' : 'The rep guessed'} ${said(ticked.value.reasons)}.`]),
    ...(picked.length === 0 ? [] : [`The rep picked ${said(picked)}.`]),
  ];
}

export function readConfirmReason(values: ViewValues): Read<readonly string[]> {
  const reasons = readOptions(values, CONFIRM_REASON.reasons);
  return reasons.length === 0 ? fault(CONFIRM_REASON.reasons, 'Pick at least one reason.') : valid(reasons);
}
