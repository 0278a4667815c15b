/** A rep records a finished call on one screen. */
import type { DealId, Details } from '../deal/model/deal';
import { ledgerOf } from '../insights/ledger';
import type { AnswerValue } from '../playbook/answer';
import type { Verdict } from '../playbook/schema';
import { sourceAndFact, stepOf } from '../playbook/walk';
import { type Acted, act } from './act';
import type { Coach, Who } from './context';
import { playbookOf } from './playbooks';

export interface FinishedCall {
  readonly verdict: Verdict;
  readonly answers: readonly { readonly stepId: string; readonly answer: AnswerValue }[];
  readonly details: Partial<Details>;
}

export async function recordAfter(
  coach: Coach,
  who: Who,
  dealId: DealId,
  call: FinishedCall,
): Promise<Acted> {
  const deal = await coach.store.deals.load(who.tenant, dealId);
  if (deal === null) {
    return { ok: false, code: 'not_found', detail: 'This deal is not here any more.', deal: null };
  }
  const playbook = await playbookOf(coach, deal);
  return act(coach, who, dealId, {
    type: 'record_after',
    verdict: call.verdict,
    answers: call.answers.map(({ stepId, answer }) => ({
      stepId,
      answer,
      ...sourceAndFact(stepOf(playbook, stepId), answer),
    })),
    details: call.details,
    ledger: await ledgerOf(coach.store, { ...deal, ...deal.details, ...call.details }),
  });
}
