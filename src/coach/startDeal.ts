/** A rep starts working a deal they just lost. */
import type { Command } from '../deal/model/commands';
import type { Business, DealId } from '../deal/model/deal';
import { type Acted, act } from './act';
import type { Coach, Who } from './context';
import { managerFor } from './team';

export interface NewDeal {
  /** Given out when the intake was opened, so that submitting twice starts one deal. */
  readonly id: DealId;
  readonly account: string;
  readonly business: Business;
  /** Null: the default playbook. */
  readonly playbookId: string | null;
}

export async function startDeal(coach: Coach, who: Who, start: NewDeal): Promise<Acted> {
  const existing = await coach.store.deals.load(who.tenant, start.id);
  if (existing) return { ok: true, deal: existing, changed: false };
  const playbook =
    coach.playbooks.latest(start.playbookId ?? coach.playbooks.default) ??
    coach.playbooks.latest(coach.playbooks.default);
  if (playbook === null) throw new Error(`there is no playbook ${coach.playbooks.default}`);
  const command: Command = {
    type: 'start',
    id: start.id,
    tenant: who.tenant,
    account: start.account,
    business: start.business,
    manager: await managerFor(coach, who),
    playbook: { id: playbook.id, hash: playbook.hash },
    firstStep: playbook.start,
  };
  const started = await act(coach, who, start.id, command, existing);
  // Submitted twice at the same moment: both see the one deal.
  return !started.ok && started.code === 'already_done' && started.deal !== null
    ? { ok: true, deal: started.deal, changed: false }
    : started;
}
