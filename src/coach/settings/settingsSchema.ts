/**
 * The stored form of a team's settings. Every field has a default, so that settings stored before the field existed
 * still load. People and channels are Slack ids; dates are `YYYY-MM-DD`, in the zone of the person they concern.
 */
import * as z from 'zod';

const userId = z.string().min(1);
const channelId = z.string().min(1);
const minuteOfDay = z.number().int().min(0).max(1440);

const money = z.object({ minor: z.number().int().positive(), currency: z.string().length(3) });

/** An amount, or zero. */
const cost = z.object({ minor: z.number().int().nonnegative(), currency: z.string().length(3) });

const workingDay = z.object({
  startMinute: z.number().int().min(0).max(1439),
  endMinute: z.number().int().min(1).max(1440),
  /** ISO: 1 Monday … 7 Sunday. */
  weekdays: z.array(z.number().int().min(1).max(7)).min(1),
  holidays: z.array(z.iso.date()),
});

/** Reps and the manager of their deals. A rep is in at most one team. */
const team = z.object({
  id: z.string().min(1),
  name: z.string(),
  /** The channel of their deals' threads; null: the workspace's channel. */
  channel: channelId.nullable(),
  manager: userId.nullable(),
  reps: z.array(userId),
});

const upTo = {
  amount: money.nullable(),
  percent: z.number().positive().max(100).nullable(),
  approver: userId,
};

/** A yes of this manager above this goes on to the approver. */
const limit = z.object({ manager: userId, ...upTo });

/** An offer that reps may give on a call without asking. */
const give = z.object({
  id: z.string().min(1),
  /** The person who saved it last, and so pre-approved it. */
  by: userId,
  /** The team whose reps may give it; null: everybody's. */
  team: z.string().nullable(),
  /** Id of a loss reason. */
  reason: z.string().min(1),
  terms: z.string().min(1),
  inReturn: z.string().nullable(),
  /** The highest cost to us. */
  cost: cost.nullable(),
  /** Only for deals worth at most this. */
  worthUpTo: money.nullable(),
  /** The last day, in the rep's zone. */
  until: z.iso.date().nullable(),
  /** How often all reps together may give it in a calendar quarter. */
  perQuarter: z.number().int().positive().nullable(),
});

/** Both days included, in the manager's zone; null: open at that end. */
const standIn = z.object({
  manager: userId,
  standIn: userId,
  from: z.iso.date().nullable().default(null),
  until: z.iso.date().nullable().default(null),
});

const fallback = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), userId }),
  z.object({ kind: z.literal('channel'), channel: channelId }),
]);

/** Screens offer no retired reason; old deals still name it. */
const reason = z.object({ id: z.string().min(1), label: z.string().min(1), retired: z.boolean() });

/** One unit of `currency` was worth `rate` units of `to` on that day. A rate counts while `to` is the team's currency. */
const rate = z.object({
  currency: z.string().length(3),
  to: z.string().length(3),
  /** Above zero, as text because a double would round it. */
  rate: z.string().regex(/^\d{1,9}(?:\.\d{1,9})?$/),
  on: z.iso.date(),
});

/** The hours in which a rep wants no messages; they end past midnight when the end is not after the start. */
const quietHours = z.object({ user: userId, startMinute: minuteOfDay, endMinute: minuteOfDay });

/** `since`: when somebody chose it, ms UTC. */
const digest = z.object({ every: z.enum(['week', 'month']), since: z.number().int() });

/** A person's own choice about the digest. `own` null: what the admins chose for them. */
const ownDigest = z.object({
  user: userId,
  own: digest.nullable(),
  /** They get none. `own` stays, so that the digest can come back on its day. */
  stopped: z.boolean(),
});

export const teamSettingsSchema = z.object({
  /** ISO 4217, used where a person types an amount without a currency. */
  currency: z.string().length(3).default('USD'),
  rates: z.array(rate).default([]),
  /** Working minutes a manager has when nothing else sets the deadline. */
  responseMinutes: z.number().int().positive().default(240),
  workingDay: workingDay.default({
    startMinute: 9 * 60,
    endMinute: 17 * 60,
    weekdays: [1, 2, 3, 4, 5],
    holidays: [],
  }),
  /** People who may act as admins of Lostdeal, besides Slack's own admins and owners. */
  admins: z.array(userId).default([]),
  /** Whether guests of the workspace may be reps. They never decide, set or see other deals. */
  guestsAsReps: z.boolean().default(false),
  teams: z.array(team).default([]),
  /** The channel of threads; null: the one of the installation or the environment. */
  channel: channelId.nullable().default(null),
  limits: z.array(limit).default([]),
  /** The limit of everybody who has none of their own; null: they decide alone. */
  defaultLimit: z.object(upTo).nullable().default(null),
  standIns: z.array(standIn).default([]),
  gives: z.array(give).default([]),
  /** The last place of an ask that nobody has answered; null: none. */
  fallback: fallback.nullable().default(null),
  /** True when a person may decide about a deal of which they are the rep. */
  ownManagerAllowed: z.boolean().default(false),
  /** A thread in a public channel says everything (`full`), or no names, words, terms or amounts (`short`). */
  publicThreads: z.enum(['short', 'full']).default('short'),
  /** The channel reads of a deal that came back, not only its thread. */
  tellWins: z.boolean().default(true),
  /** The reasons a prospect may give; null: the playbooks' own list. */
  reasons: z.array(reason).nullable().default(null),
  /** Months after which a closed deal is erased; null: never. */
  retentionMonths: z.number().int().positive().nullable().default(null),
  quietHours: z.array(quietHours).default([]),
  /** Days after which a deal without news is closed. */
  silenceDays: z.number().int().positive().default(14),
  /** Days by which the reminder comes before the end of a competitor's contract. */
  reEngageBeforeDays: z.number().int().positive().default(90),
  /** How often the digest goes out, and since when an admin wants it so, ms UTC; null: never. */
  digest: digest.nullable().default(null),
  /** Each reads only figures of deals that they may see. */
  digestPeople: z.array(userId).default([]),
  /** People's own choices, which count before `digestPeople`. */
  digestOwn: z.array(ownDigest).default([]),
  /** A private channel of this company alone. */
  digestChannel: channelId.nullable().default(null),
  /** The team whose figures the channel reads; null: all. */
  digestTeam: z.string().nullable().default(null),
  /** The manager of a team hears of three losses to one competitor for one reason. */
  tellLosses: z.boolean().default(true),
  /** The people who may read a deal: its own and admins (`parties`), or the whole workspace. */
  sight: z.enum(['parties', 'everyone']).default('parties'),
  /** An admin has saved the response time, changed or not. */
  responseChosen: z.boolean().default(false),
  /** An admin has invited the reps. */
  invited: z.boolean().default(false),
  /** Admins no longer see what is left to set up. */
  setupHidden: z.boolean().default(false),
});

export type TeamSettings = z.infer<typeof teamSettingsSchema>;
export type SettingsField = keyof TeamSettings;
export type SalesTeam = TeamSettings['teams'][number];
export type Limit = TeamSettings['limits'][number];
export type Give = TeamSettings['gives'][number];
export type StandIn = TeamSettings['standIns'][number];
export type ExchangeRate = TeamSettings['rates'][number];
export type QuietHours = TeamSettings['quietHours'][number];
export type TeamReason = NonNullable<TeamSettings['reasons']>[number];
