import type { ModalView } from '@slack/types';
import type { Deal, DecisionTerms } from '../../deal/model/deal';
import { fieldId, VIEWS } from '../ids';
import { askFacts, askRef } from './askFacts';
import { type Read, readText, textField, type ViewValues } from './form';
import { modal } from './modal';
import { earlierTerms, type YesContext } from './yes';

export const DECLINE = { reason: fieldId('reason') } as const;

/** A no that the rep can take back to the prospect with good grace. */
export function decline(deal: Deal, words?: YesContext['words']): ModalView {
  const before = earlierTerms(deal);
  return modal({
    id: VIEWS.decline,
    title: 'Decline',
    submit: 'Decline',
    close: 'Cancel',
    ref: askRef(deal, words?.remark),
    blocks: [
      askFacts(deal),
      textField({
        block: DECLINE.reason,
        label: 'Words the rep can repeat',
        hint: 'The rep still owes the prospect a call. An honest reason keeps the door open.',
        required: true,
        multiline: true,
        initial: words?.text ?? (before?.kind === 'decline' ? before.reason : null),
      }),
    ],
  });
}

/** Reads a decline. */
export function readDecline(values: ViewValues): Read<DecisionTerms> {
  const reason = readText(values, DECLINE.reason);
  return reason === null
    ? { ok: false, errors: { [DECLINE.reason]: 'Please give the rep words to repeat.' } }
    : { ok: true, value: { kind: 'decline', reason } };
}
