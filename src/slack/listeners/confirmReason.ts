/** *Confirm the reason*: a manager says why a deal was lost. */
import { act, actorFor } from '../../coach/act';
import { mayConfirmReason } from '../../deal/decide/permissions';
import type { Deal } from '../../deal/model/deal';
import { ACTIONS, VIEWS } from '../ids';
import { refusalText } from '../text';
import { CONFIRM_REASON, confirmReason, readConfirmReason } from '../views/confirmReason';
import { notice } from '../views/notice';
import { dealForm, ofDeal } from './dealHandlers';
import type { On } from './handlers';
import type { Request } from './request';
import { reasonsFor } from './screen';
import { open, type Show } from './show';

export function registerConfirmReason(on: On): void {
  on.click(ACTIONS.confirmReason, ofDeal(openForm));
  on.submit(
    VIEWS.confirmReason,
    dealForm({
      read: readConfirmReason,
      save: ({ coach, who }, deal, reasons) => act(coach, who, deal.id, { type: 'confirm_reason', reasons }),
      at: CONFIRM_REASON.reasons,
    }),
  );
}

async function openForm({ coach, who }: Request, deal: Deal): Promise<Show> {
  const may = mayConfirmReason(deal, await actorFor(coach, who));
  if (!may) return open(notice('A manager does this', refusalText({ code: 'confirmer_only' })));
  const named = deal.confirmedReason?.reasons ?? [];
  return open(confirmReason(deal, await reasonsFor(coach, deal, named)));
}
