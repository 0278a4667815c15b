/** Whom an ask is with, whom it has gone to so far, and who comes next. */
import type { Actor, ScheduleSettings, WorkingTime } from '../model/commands';
import type { Ask, Deal, Escalated, NobodyLeft, UserId } from '../model/deal';

/** The parts of a deal that say who was ever its rep. */
export type Reps = Pick<Deal, 'rep' | 'formerReps' | 'heldFor' | 'handover'>;

/**
 * Whether this person is or was the rep since the call. A person who only holds the deal of a rep who left is not. States
 * of earlier releases list no former reps: the last handover names one of them.
 */
export function wasRep({ rep, formerReps, heldFor, handover }: Reps, user: UserId): boolean {
  return (
    (heldFor === null && user === rep) ||
    user === heldFor ||
    user === handover?.from ||
    formerReps.includes(user)
  );
}

/** People decide about a deal that was ever theirs only when the team lets them. */
export function mayBeAsked(deal: Reps, user: UserId, settings: ScheduleSettings): boolean {
  return !wasRep(deal, user) || settings.ownManagerAllowed;
}

/**
 * The only person whom the actor may name to decide; null: anybody. Where the team has a manager, a rep of the deal names
 * nobody else, since two reps could decide for each other. When that manager was ever the rep and nobody is named, the rep
 * may name somebody, since the ask would wait for nobody.
 */
export function onlyNameable(
  deal: Reps & Pick<Deal, 'manager'>,
  actor: Actor | null,
  settings: ScheduleSettings,
): UserId | null {
  const { teamManager } = settings;
  if (actor === null || actor.isAdmin || actor.userId === teamManager || !wasRep(deal, actor.userId))
    return null;
  if (teamManager === null) return null;
  const mayDecide = (user: UserId | null): boolean => user !== null && mayBeAsked(deal, user, settings);
  return mayDecide(teamManager) || mayDecide(deal.manager) ? teamManager : null;
}

/** One station of an ask: the first person, an escalation, or an approval. */
export interface Station {
  /** Sequence number of the event that began it. */
  readonly id: number;
  readonly kind: 'asked' | 'escalated' | 'approval';
  /** Null: nobody is named yet, or it is with a channel. */
  readonly to: UserId | null;
  readonly at: number;
  readonly answerBy: number;
  readonly waitsUntil: number | null;
}

/** The station that the ask is at now: the latest one. */
export function stationOf(ask: Ask): Station {
  const { approval, escalations } = ask;
  const stations: Station[] = [
    {
      id: ask.addressedBy,
      kind: 'asked',
      to: ask.manager,
      at: ask.addressedAt,
      answerBy: ask.deadline,
      waitsUntil: ask.waitsUntil,
    },
    ...escalations.map(
      (it): Station => ({
        id: it.id,
        kind: 'escalated',
        to: it.to.kind === 'person' ? it.to.userId : null,
        at: it.at,
        answerBy: it.answerBy,
        waitsUntil: it.waitsUntil,
      }),
    ),
    ...(approval === null
      ? []
      : [
          {
            id: approval.id,
            kind: 'approval' as const,
            to: approval.approver,
            at: approval.at,
            answerBy: approval.answerBy,
            waitsUntil: approval.waitsUntil,
          },
        ]),
  ];
  return stations.reduce((latest, it) => (it.id > latest.id ? it : latest));
}

/** The person whom a pending ask waits for; null: nobody in particular, or no ask waits. */
export function askedNow(deal: Deal): UserId | null {
  return deal.ask?.status === 'pending' ? stationOf(deal.ask).to : null;
}

/** Everybody whom an ask has gone to. */
export function askedSoFar(ask: Ask): readonly UserId[] {
  const all = [
    ask.manager,
    ...ask.escalations.map(({ to }) => (to.kind === 'person' ? to.userId : null)),
    ask.approval?.approver ?? null,
    ...ask.approvers,
  ];
  return [...new Set(all.filter((it) => it !== null))];
}

/** Those of them who have been notified. */
export function notifiedSoFar(ask: Ask): readonly UserId[] {
  const waiting = [
    ...(ask.waitsUntil === null ? [] : [ask.manager]),
    ...ask.escalations.flatMap(({ waitsUntil, to }) =>
      waitsUntil !== null && to.kind === 'person' ? [to.userId] : [],
    ),
    ...(ask.approval === null || ask.approval.waitsUntil === null ? [] : [ask.approval.approver]),
  ];
  return askedSoFar(ask).filter((it) => !waiting.includes(it));
}

/**
 * The people for whom an ask, or its proposal, waits or could wait. Those who got it because nobody was left are not among
 * them: the line goes on behind them.
 */
function deciders(deal: Deal, ask: Ask): readonly UserId[] {
  const { approval } = ask;
  const wentOn = ask.escalations.flatMap(({ id, to, why }) =>
    to.kind === 'person' && why === null && id > (approval?.id ?? 0) ? [to.userId] : [],
  );
  const first = approval === null ? [ask.manager, deal.manager] : [approval.approver];
  return [...first.filter((it) => it !== null), ...wentOn];
}

/** Whether a pending ask waits for people who were ever the rep of the deal, or for nobody. */
export function waitsForNobody(deal: Deal): boolean {
  const { ask } = deal;
  if (ask?.status !== 'pending' || !ask.endsWithAdmins) return false;
  return deciders(deal, ask).every((it) => wasRep(deal, it));
}

/** Why nobody is left to decide; null: somebody is. */
export function nobodyLeft(deal: Deal, ask: Ask, settings: ScheduleSettings): NobodyLeft | null {
  if (!waitsForNobody(deal)) return null;
  const all = deciders(deal, ask);
  // No setting lets a rep of the deal approve a proposal about it.
  if (ask.approval === null && all.some((it) => mayBeAsked(deal, it, settings))) return null;
  const { teamManager } = settings;
  const ofTeam = teamManager !== null && !mayBeAsked(deal, teamManager, settings) ? teamManager : null;
  const userId = all[0] ?? ofTeam;
  return userId === null ? { kind: 'nobody_named' } : { kind: 'own_deal', userId };
}

/** Where a pending ask goes when its time is over or nobody is left to decide; null: it stays where it is. */
export function nextInLine(deal: Deal, ask: Ask, settings: ScheduleSettings): Escalated | null {
  const { fallback } = settings;
  const asked = askedSoFar(ask);
  // A proposal needs an approver: the manager's stand-in cannot do more for it.
  const deputy = ask.approval === null ? settings.standIn : settings.approverStandIn;
  const persons = deputy === null ? [] : [deputy.userId];
  if (fallback?.kind === 'person') persons.push(fallback.userId);
  const isNext = (it: UserId): boolean =>
    !asked.includes(it) && it !== ask.approval?.by && mayBeAsked(deal, it, settings);
  const person = persons.find(isNext);
  if (person !== undefined) return { kind: 'person', userId: person };
  const went = ask.escalations.some(({ to }) => to.kind === 'channel');
  if (fallback?.kind === 'channel' && !went) return { kind: 'channel', channel: fallback.channel };
  if (nobodyLeft(deal, ask, settings) === null) return null;
  const admin = settings.admins.find(({ userId }) => isNext(userId));
  return admin === undefined ? null : { kind: 'person', userId: admin.userId };
}

/** The working hours of whoever gets an ask; null: they have none, as a channel, and are notified at once. */
export function workOf(
  to: Escalated,
  { standIn, approverStandIn, fallback, admins }: ScheduleSettings,
): WorkingTime | null {
  if (to.kind === 'channel') return null;
  if (standIn?.userId === to.userId) return standIn.work;
  if (approverStandIn?.userId === to.userId) return approverStandIn.work;
  if (fallback?.kind === 'person' && fallback.userId === to.userId) return fallback.work;
  return admins.find(({ userId }) => userId === to.userId)?.work ?? null;
}
