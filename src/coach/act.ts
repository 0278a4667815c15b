/**
 * The only way a deal changes: load, decide, commit, and again when another commit came first. Every action of a person
 * ends here, so one place handles permissions, duplicates and conflicts.
 */

import { pastBound } from '../deal/decide/bounds';
import { decide } from '../deal/decide/decide';
import { quarterOf } from '../deal/decide/offer';
import { maySee } from '../deal/decide/permissions';
import { isUnanswered } from '../deal/decide/withdraw';
import { apply, hasMessages } from '../deal/evolve/evolve';
import type {
  Actor,
  Command,
  CommandOf,
  DecideContext,
  ScheduleSettings,
  WorkingTime,
} from '../deal/model/commands';
import type { Deal, DealId, Tenant, UserId } from '../deal/model/deal';
import type { DealEvent } from '../deal/model/events';
import type { Decided } from '../deal/model/refusals';
import { type KeptRemark, remarkAfter } from '../deal/model/remark';
import { VERDICT_TRAITS } from '../playbook/schema';
import type { Commit, EndedDraft } from '../store/store';
import type { Coach, Who } from './context';
import { identityOf, type Role, RoleNotConfirmedError } from './identity';
import { leaversOf, successorOf } from './people';
import { kindOf, type Refusal } from './refusals';
import { managersStoodInFor, peopleOf, scheduleSettings, wakeOf } from './settings/scheduleSettings';
import { type Team, teamOf } from './settings/settings';

export type Acted = { readonly ok: true; readonly deal: Deal; readonly changed: boolean } | Refused;

export type Refused = Refusal & {
  readonly ok: false;
  /** The deal as it stands, to show instead; null when it does not exist or this person may not see it. */
  readonly deal: Deal | null;
};

/** More rounds than people can act on one deal within one commit. */
const ROUNDS = 8;

/**
 * A person acts on a deal.
 *
 * @param known.loaded the deal as the caller has just read it, to save reading it again; the commit notices a later
 * change by the revision, and the command is decided anew
 * @param known.endsDraft the form of this person whose typed text the command holds, so that its draft goes
 * @throws RoleNotConfirmedError; nothing was changed then
 * @throws what the store throws when the database does not answer; nothing was changed then
 */
export async function act(
  coach: Coach,
  who: Who,
  dealId: DealId,
  command: Command,
  known: Pick<Wanted, 'loaded' | 'endsDraft'> = {},
): Promise<Acted> {
  const team = await teamOf(coach.store, who.tenant);
  const actor = onCall(await actorIn(team, who, coach.clock.now()), who, command);
  const acted = await run(
    coach,
    { tenant: who.tenant, dealId, command, team, ...known },
    actor,
    who.delivery,
  );
  // A reply asks for no more than that its author is of the workspace, which an admin is also while their role is old.
  const counts = !isAboutRemark(command) || actor.role === 'unknown';
  if (!acted.ok && counts && kindOf(acted) === 'not_allowed') refuseUnconfirmed(actor);
  return acted;
}

/**
 * The clock acts: records what is due, if anything. Notices people who have left, even when Slack's event never came;
 * their part goes to a successor first.
 */
export async function tick(coach: Coach, tenant: Tenant, dealId: DealId): Promise<Acted> {
  const deal = await coach.store.deals.load(tenant, dealId);
  for (const userId of deal === null ? [] : await leaversOf(coach, tenant, deal)) {
    const to = deal === null ? null : await successorOf(coach, deal, userId);
    await happened(coach, tenant, dealId, { type: 'person_left', userId, to });
  }
  return happened(coach, tenant, dealId, { type: 'tick' });
}

/** Records changes that no person of the deal makes: time passes, or Slack reports that somebody left. */
export async function happened(
  coach: Coach,
  tenant: Tenant,
  dealId: DealId,
  command: CommandOf<'tick' | 'suggest_times' | 'person_left'>,
): Promise<Acted> {
  const team = await teamOf(coach.store, tenant);
  return run(coach, { tenant, dealId, command, team }, null, undefined);
}

interface Wanted {
  readonly tenant: Tenant;
  readonly dealId: DealId;
  readonly command: Command;
  readonly team: Team;
  readonly loaded?: Deal | null | undefined;
  readonly endsDraft?: string | EndedDraft | undefined;
}

async function run(
  coach: Coach,
  { tenant, dealId, command, team, loaded, endsDraft }: Wanted,
  actor: Actor | null,
  delivery: string | undefined,
): Promise<Acted> {
  for (let round = 0; round < ROUNDS; round++) {
    const before =
      round === 0 && loaded !== undefined ? loaded : await coach.store.deals.load(tenant, dealId);
    if (before === null && !beginsDeal(command)) return notFound;
    const now = coach.clock.now();
    const settings = await settingsFor(coach, { tenant, team, command }, before, actor, now);
    // Read after the deal: a newer row comes with a newer revision, which the commit notices.
    const known: { readonly remark?: KeptRemark | null } = isAboutRemark(command)
      ? { remark: await coach.store.deals.remark(tenant, dealId, command.channel, command.ts) }
      : {};
    const drafts = await draftsOf(coach, before, command);
    const decided = decide(before, command, { now, actor, settings, ...known, ...drafts });
    if (!decided.ok) return { ...(await withName(team, decided)), deal: seenBy(actor, before) };
    if (decided.events.length === 0 && before !== null) {
      // A tick may find nothing to say (overtaken); the stored wake must still move on.
      if (command.type !== 'tick') return { ok: true, deal: before, changed: false };
    }
    const { deal, events } = apply(before, decided.events, { at: now, by: actor?.userId ?? null });
    const bound = actor === null ? null : pastBound(before, deal, command.type);
    if (bound !== null) return { ok: false, code: bound, deal: seenBy(actor, before) };
    const remark = remarkAfter(known.remark ?? null, events, 'text' in command ? command.text : null);
    const result = await coach.store.deals.commit({
      deal,
      events,
      expectedRevision: before?.revision ?? 0,
      wakeAt: await wakeOf(team, deal, now),
      changesNoMessage: !hasMessages(deal) && (before === null || !hasMessages(before)),
      ...(remark === null ? {} : { remark }),
      ...givesIn(command, events, now, settings.rep),
      ...(endsDraft === undefined || actor === null
        ? {}
        : {
            endsDraft: {
              userId: actor.userId,
              ...(typeof endsDraft === 'string' ? { form: endsDraft } : endsDraft),
            },
          }),
      ...(delivery === undefined ? {} : { deliveryKey: delivery }),
    });
    if (result === 'committed') {
      coach.changed(tenant, dealId);
      return { ok: true, deal, changed: events.length > 0 };
    }
    if (result === 'given_out') return { ok: false, code: 'given_out', deal: seenBy(actor, before) };
    if (result === 'duplicate') {
      const current = await coach.store.deals.load(tenant, dealId);
      return current === null ? notFound : { ok: true, deal: current, changed: false };
    }
  }
  throw new Error(`deal ${dealId} changed ${ROUNDS} times while one command was decided`);
}

/** Has the commit count a use of what was pre-approved. */
function givesIn(
  command: Command,
  events: readonly DealEvent[],
  now: number,
  work: WorkingTime,
): Pick<Commit, 'gives'> {
  if (command.type !== 'offer' || !events.some(({ type }) => type === 'pre_approved')) return {};
  return { gives: { id: command.give.id, quarter: quarterOf(now, work), most: command.give.perQuarter } };
}

const beginsDeal = (command: Command): boolean =>
  command.type === 'start' || (command.type === 'record_after' && command.begins !== undefined);

function managerNamedBy(command: Command): UserId | null {
  switch (command.type) {
    case 'start':
    case 'assign_manager':
    case 'fill_in':
      return command.manager;
    case 'record_after':
      return command.manager ?? null;
    default:
      return null;
  }
}

/** Whether this command may put an ask to somebody, so that it matters whether they have had one. */
function putsAsk(command: Command): boolean {
  switch (command.type) {
    case 'answer':
      return 'verdict' in command.next && VERDICT_TRAITS[command.next.verdict].leadsTo === 'ask';
    case 'record_after':
      return VERDICT_TRAITS[command.verdict].leadsTo === 'ask';
    case 'fill_in':
      return command.manager !== null;
    default:
      return command.type === 'assign_manager';
  }
}

/** Adds the name of the person whom a refusal names, since the error at an input is plain text. */
async function withName(
  team: Team,
  refused: Extract<Decided, { ok: false }>,
): Promise<{ ok: false } & Refusal> {
  if (refused.code !== 'team_manager') return refused;
  return { ...refused, name: (await team.person(refused.manager))?.realName ?? '' };
}

/** Typed words count as an answer where a call without one would be erased. */
async function draftsOf(
  { store }: Coach,
  deal: Deal | null,
  { type }: Command,
): Promise<Pick<DecideContext, 'hasDraft'>> {
  const asks = (type === 'withdraw' || type === 'tick') && deal !== null && isUnanswered(deal);
  return asks ? { hasDraft: await store.drafts.isLeft(deal.tenant, deal.id) } : {};
}

type AboutRemark = CommandOf<'remark' | 'edit_remark' | 'delete_remark'>;

const isAboutRemark = (command: Command): command is AboutRemark =>
  command.type === 'remark' || command.type === 'edit_remark' || command.type === 'delete_remark';

/** A refusal shows the deal only to those who may see it. */
const seenBy = (actor: Actor | null, deal: Deal | null): Deal | null =>
  deal === null || actor === null || maySee(deal, actor) ? deal : null;

export const notFound: Refused = { ok: false, code: 'not_found', deal: null };

async function settingsFor(
  coach: Coach,
  { tenant, team, command }: Pick<Wanted, 'tenant' | 'team' | 'command'>,
  before: Deal | null,
  actor: Actor | null,
  now: number,
): Promise<ScheduleSettings> {
  const people = before
    ? peopleOf(before)
    : { rep: actor?.userId ?? '', manager: null, asked: null, waits: false };
  // A manager named by this command brings their own working hours.
  const named = managerNamedBy(command);
  const first = command.type === 'record_after' ? (command.begins?.manager ?? null) : null;
  const names = named !== null && command.type !== 'start' && actor !== null;
  const decides = command.type === 'decide' || command.type === 'approve';
  const decider = decides ? (actor?.userId ?? null) : null;
  const manager = named ?? people.manager ?? first;
  const isFirstAsk =
    manager !== null &&
    putsAsk(command) &&
    !(await coach.store.deals.wasAsked(tenant, manager, before?.id ?? ''));
  return scheduleSettings(
    team,
    {
      ...people,
      manager,
      isFirstAsk,
      decider,
      ...(names ? { namedBy: actor.userId } : {}),
    },
    now,
  );
}

/** A person as the domain knows them, with their role. */
export interface KnownActor extends Actor {
  readonly role: Role;
  /** Slack has to confirm their role before it counts: they are unknown, or an admin whose role is old. */
  readonly needsConfirming: boolean;
}

/** The person's role in this workspace: admin, stand-in, stranger. */
export async function actorFor(coach: Coach, who: Who): Promise<KnownActor> {
  return actorIn(await teamOf(coach.store, who.tenant), who, coach.clock.now());
}

/** @throws RoleNotConfirmedError when it may be allowed once Slack has confirmed their role */
export function refuseUnconfirmed({ needsConfirming, userId }: KnownActor): void {
  if (needsConfirming) throw new RoleNotConfirmedError(userId);
}

/** Only members decide, set and see by their role; a guest works deals of their own where the team allows it. */
async function actorIn(team: Team, { tenant, userId }: Who, now: number): Promise<KnownActor> {
  const { admins, guestsAsReps, ownManagerAllowed, teams } = team.settings;
  const person = await team.person(userId);
  const { role, isFresh } = identityOf(person, now);
  const isMember = role === 'member';
  const isGuest = role === 'guest' && guestsAsReps;
  const claimsAdmin = isMember && ((person?.isAdmin ?? false) || admins.includes(userId));
  const standsInFor = isMember ? await managersStoodInFor(team, userId, now) : [];
  const leads = (manager: UserId | null) =>
    manager !== null && (manager === userId || standsInFor.includes(manager));
  return {
    userId,
    teamId: isMember || isGuest ? tenant.teamId : '',
    isAdmin: claimsAdmin && isFresh,
    ...(isGuest ? { isGuest } : {}),
    standsInFor,
    manages: isMember ? teams.filter((it) => leads(it.manager)).flatMap(({ reps }) => reps) : [],
    mayDecideOwn: ownManagerAllowed && isMember,
    role,
    needsConfirming: role === 'unknown' || (claimsAdmin && !isFresh),
  };
}

/** The parts of a call, which somebody whom Slack has not described yet may start and go on with. */
const OF_CALL: readonly Command['type'][] = [
  'start',
  'answer',
  'go_back',
  'leave',
  'resume',
  'save_draft',
  'record_after',
  'fill_in',
  'ask_now',
  'try_again',
];

/** Unknown people work their own call: the domain sees to it that it is theirs. Slack named their workspace. */
const onCall = (actor: KnownActor, who: Who, command: Command): KnownActor =>
  actor.role === 'unknown' && OF_CALL.includes(command.type) ? { ...actor, teamId: who.teamId } : actor;
