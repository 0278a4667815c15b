/** The team's pre-approved offers that fit a deal now: its rep may give them on a call without asking. */
import { type MayGive, mayGive, quarterOf } from '../deal/decide/offer';
import type { PreApproved } from '../deal/model/commands';
import type { Deal, DealId } from '../deal/model/deal';
import { factsOf, known } from '../deal/model/facts';
import type { Money } from '../deal/model/money';
import type { Step } from '../playbook/schema';
import { stepOf } from '../playbook/walk';
import { type Acted, act } from './act';
import type { Coach, Who } from './context';
import { canTakePart, identityOf } from './identity';
import { workDeal } from './overview';
import { playbookOf } from './playbooks';
import { limitFor, peopleOf, scheduleSettings } from './settings/scheduleSettings';
import { type Team, teamOf } from './settings/settings';
import type { Give } from './settings/settingsSchema';

export interface Offer {
  readonly give: PreApproved;
  /** A limit counts the worth of the deal, so the screen asks for it. */
  readonly needsWorth: boolean;
}

/** The steps at which a rep may give alone: instead of asking whether to check, or of saying who can do it. */
export const mayOfferAt = ({ record }: Step): boolean =>
  record?.fact === 'may_check' || record?.fact === 'capability';

/**
 * Offers that the rep of this deal may give on its screen now; empty on all other screens.
 * @param worth of the deal; null: not known
 */
export async function offersFor(
  coach: Coach,
  deal: Deal,
  worth: Money | null = deal.details.amount,
): Promise<readonly Offer[]> {
  const { position } = deal;
  if (deal.stage !== 'coaching' || position === null) return [];
  const team = await teamOf(coach.store, deal.tenant);
  if (team.settings.gives.length === 0 || !(await mayKnow(coach, team, deal))) return [];
  if (!mayOfferAt(stepOf(await playbookOf(coach, deal), position.stepId))) return [];
  if (known(factsOf(deal).signed) === 'signed') return [];
  const offered = await preApprovedFor(coach, team, deal, worth);
  return offered.flatMap(({ give, may }) =>
    may === 'no' ? [] : [{ give, needsWorth: may === 'needs_worth' }],
  );
}

/** A person whom Slack has not described may be from outside: they go on with their call, and read nothing of the team's. */
async function mayKnow({ clock }: Coach, { settings, person }: Team, { rep }: Deal): Promise<boolean> {
  const { role } = identityOf(await person(rep), clock.now());
  return role === 'member' || (role === 'guest' && settings.guestsAsReps);
}

/**
 * Gives it at once.
 * @param worth typed on the screen; null: nothing typed
 */
export async function offerNow(
  coach: Coach,
  who: Who,
  dealId: DealId,
  offered: {
    readonly stepId: string;
    readonly visit: number;
    readonly give: string;
    readonly worth: Money | null;
  },
): Promise<Acted> {
  const worked = await workDeal(coach, who, dealId);
  if (!worked.ok) return worked;
  const { deal } = worked;
  const { stepId, visit, worth } = offered;
  // A repeated tap finds the offer given already, even if its entry is gone by then.
  if (deal.ask?.preApproved?.give === offered.give) return { ok: false, code: 'already_done', deal };
  const team = await teamOf(coach.store, who.tenant);
  const found = (await preApprovedFor(coach, team, deal, deal.details.amount)).find(
    ({ give }) => give.id === offered.give,
  );
  if (found === undefined) return { ok: false, code: 'not_pre_approved', deal };
  return act(coach, who, dealId, { type: 'offer', stepId, visit, worth, give: found.give }, { loaded: deal });
}

/** Offers for the rep's team that are left this quarter, by people who may still pre-approve them. */
async function preApprovedFor(
  coach: Coach,
  team: Team,
  deal: Deal,
  worth: Money | null,
): Promise<readonly { readonly give: PreApproved; readonly may: MayGive }[]> {
  const now = coach.clock.now();
  const { teams, gives } = team.settings;
  const own = teams.find(({ reps }) => reps.includes(deal.rep))?.id ?? null;
  const ofTeam = gives.filter((it) => it.team === null || it.team === own);
  if (ofTeam.length === 0) return [];
  const { rep: work } = await scheduleSettings(team, peopleOf(deal), now);
  const used = await coach.store.deals.givesUsed(deal.tenant, quarterOf(now, work));
  const left = ofTeam.filter(({ id, perQuarter }) => perQuarter === null || (used.get(id) ?? 0) < perQuarter);
  const entitled = await Promise.all(left.map((it) => maySayYes(team, it)));
  return Promise.all(
    left
      .filter((_, index) => entitled[index])
      .map(async ({ team: _team, ...it }) => {
        const limit = await limitFor(team, deal, it.by, now);
        const give = {
          ...it,
          limit: limit && { amount: limit.amount, percent: limit.percent, approver: limit.approver },
        };
        return { give, may: mayGive(deal, give, { worth, work, now }) };
      }),
  );
}

/** They are still there, and still an admin or the manager of that team. */
async function maySayYes({ settings, person }: Team, { by, team }: Give): Promise<boolean> {
  const them = await person(by);
  if (!canTakePart(them)) return false;
  const leads = team !== null && settings.teams.some(({ id, manager }) => id === team && manager === by);
  return leads || settings.admins.includes(by) || them?.isAdmin === true;
}
