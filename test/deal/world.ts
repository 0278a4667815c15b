/** A deal, its people and a clock, for tests. */

import { askedNow } from '../../src/deal/asking/stations';
import { decide } from '../../src/deal/decide/decide';
import { apply } from '../../src/deal/evolve/evolve';
import type {
  Actor,
  Command,
  DecideContext,
  Limit,
  PreApproved,
  ScheduleSettings,
  WorkingTime,
} from '../../src/deal/model/commands';
import type { Deal, DecisionTerms, Source } from '../../src/deal/model/deal';
import type { DealEvent, DealEventBody } from '../../src/deal/model/events';
import type { Decided, RefusalCode } from '../../src/deal/model/refusals';
import { type KeptRemark, remarkAfter } from '../../src/deal/model/remark';
import { nextWake } from '../../src/deal/schedule/schedule';
import type { AnswerValue } from '../../src/playbook/answer';
import type { Fact, Target, Verdict } from '../../src/playbook/schema';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const TENANT = { enterpriseId: '', teamId: 'T1' };
const person = (userId: string, more: Partial<Actor> = {}): Actor => ({
  userId,
  teamId: 'T1',
  isAdmin: false,
  standsInFor: [],
  mayDecideOwn: false,
  ...more,
});
export const REP = person('UREP');
export const MANAGER = person('UMAN');
export const OTHER_MANAGER = person('UMAN2');
export const STAND_IN = person('USTAND', { standsInFor: ['UMAN'] });
export const ADMIN = person('UADMIN', { isAdmin: true });
export const APPROVER = person('UAPPR');
export const COLLEAGUE = person('UCOL');
export const STRANGER = person('USTR', { teamId: 'T2', isAdmin: true, standsInFor: ['UMAN'] });

export const weekdays = (tz: string, more: Partial<WorkingTime> = {}): WorkingTime => ({
  tz,
  startMinute: 9 * 60,
  endMinute: 17 * 60,
  weekdays: [1, 2, 3, 4, 5],
  holidays: [],
  quiet: null,
  tzKnown: true,
  ...more,
});

export const settingsIn = (repZone: string, managerZone: string): ScheduleSettings => ({
  rep: weekdays(repZone),
  manager: weekdays(managerZone),
  asked: weekdays(managerZone),
  standIn: null,
  approverStandIn: null,
  fallback: null,
  admins: [],
  limit: null,
  hasLimits: false,
  teamManager: null,
  isFirstAsk: false,
  tellsWins: true,
  ownManagerAllowed: false,
  responseMinutes: 240,
  // Tests of a held ask set their own.
  holdAskMs: 0,
  resumeOfferAfterMs: 10 * MINUTE,
  abandonAfterMs: 14 * DAY,
  silenceAfterMs: 14 * DAY,
  reEngageBeforeMs: 90 * DAY,
});

/** Tuesday 3 June 2025, 10:00 UTC. */
export const TUESDAY = Date.UTC(2025, 5, 3, 10);

export const MATCH = {
  kind: 'match',
  terms: 'Net 60',
  cost: null,
  value: null,
  inReturn: null,
  expiresAt: null,
} satisfies DecisionTerms;
export const COUNTER = {
  kind: 'counter',
  terms: 'Weekly delivery',
  levers: ['delivery'],
  value: null,
  inReturn: null,
  expiresAt: null,
} satisfies DecisionTerms;
export const DECLINE = { kind: 'decline', reason: 'We cannot deliver weekly.' } satisfies DecisionTerms;

/** Something that the manager has pre-approved. */
export const GIVE: PreApproved = {
  id: 'G1',
  by: 'UMAN',
  limit: null,
  reason: 'payment_terms',
  terms: '60 days to pay',
  inReturn: null,
  cost: null,
  worthUpTo: null,
  until: null,
  perQuarter: null,
};

export const choice = (it: string): AnswerValue => ({ kind: 'choice', choice: it });
export const text = (it: string): AnswerValue => ({ kind: 'text', text: it });

export type Noted = readonly [fact: Fact, answer: AnswerValue];

export class World {
  deal: Deal | null = null;
  readonly events: DealEvent[] = [];
  /** Rows of replies, by their `ts`. */
  readonly remarks = new Map<string, KeptRemark>();

  /** The manager's limit. `coach/settings/scheduleSettings.ts` looks up the limit of the person who decides. */
  limit: Limit | null = null;

  /** Words that somebody typed and did not save. */
  hasDraft = false;

  /** The limit of everybody else. Its approver has none. */
  defaultLimit: Limit | null = null;

  constructor(
    public now = TUESDAY,
    public settings = settingsIn('UTC', 'UTC'),
  ) {}

  context(actor: Actor | null, command?: Command): DecideContext {
    const byDefault = actor?.userId === this.defaultLimit?.approver ? null : this.defaultLimit;
    const limit = (actor?.userId === MANAGER.userId ? this.limit : null) ?? byDefault;
    const hasLimits = this.limit !== null || this.defaultLimit !== null;
    const { now, hasDraft } = this;
    const context = { now, actor, hasDraft, settings: { ...this.settings, limit, hasLimits } };
    const ts = command !== undefined && 'ts' in command ? command.ts : null;
    return ts === null ? context : { ...context, remark: this.remarks.get(ts) ?? null };
  }

  /** Applies the events that a command was decided to be. */
  apply(command: Command, bodies: readonly DealEventBody[], actor: Actor | null): readonly DealEvent[] {
    const known = this.context(actor, command).remark ?? null;
    const { deal, events } = apply(this.deal, bodies, { at: this.now, by: actor?.userId ?? null });
    this.deal = deal;
    this.events.push(...events);
    const row = remarkAfter(known, events, 'text' in command ? command.text : null);
    if (row !== null) this.remarks.set(row.ts, row);
    return events;
  }

  /** Decides a command and applies its events; a refusal changes nothing. */
  run(command: Command, actor: Actor | null = REP): Decided {
    const decided = decide(this.deal, command, this.context(actor, command));
    if (decided.ok && (this.deal !== null || decided.events.length > 0)) {
      this.apply(command, decided.events, actor);
    }
    return decided;
  }

  /** Runs a command that must be accepted, and returns the types of its events. */
  accepted(command: Command, actor: Actor | null = REP): string[] {
    const decided = this.run(command, actor);
    if (!decided.ok) throw new Error(`${command.type}: ${decided.code}`);
    return decided.events.map((it) => it.type);
  }

  /** Runs a command that must be refused, and returns the code. */
  refusal(command: Command, actor: Actor | null = REP): RefusalCode {
    const before = this.deal;
    const decided = this.run(command, actor);
    if (decided.ok) throw new Error(`${command.type} was not refused`);
    expect(this.deal).toBe(before);
    return decided.code;
  }

  get it(): Deal {
    if (this.deal === null) throw new Error('no deal yet');
    return this.deal;
  }

  start(manager: string | null = MANAGER.userId): this {
    this.accepted({
      type: 'start',
      id: 'D1',
      tenant: TENANT,
      account: 'Acme',
      business: 'customer',
      manager,
      playbook: { id: 'heartbeat', hash: 'h1' },
      firstStep: 'thanks',
    });
    return this;
  }

  /** The command that answers the current screen. */
  answerCommand(
    answer: AnswerValue,
    next: Target,
    fact: Fact | null = null,
    source: Source = 'prospect',
  ): Command {
    const position = this.it.position ?? { stepId: 'none', visit: 0 };
    return { type: 'answer', ...position, answer, fact, source, next, ledger: null };
  }

  say(answer: AnswerValue, nextStep: string, fact: Fact | null = null): this {
    this.accepted(this.answerCommand(answer, { step: nextStep }, fact));
    return this;
  }

  verdict(verdict: Verdict): string[] {
    return this.accepted(this.answerCommand({ kind: 'said' }, { verdict }));
  }

  /** Answers a screen for each fact, types a word, then reaches the verdict. */
  reach(verdict: Verdict, ...facts: readonly Noted[]): this {
    facts.forEach(([fact, answer], index) => {
      this.say(answer, `step${index}`, fact);
    });
    this.accepted(this.answerCommand({ kind: 'choice', choice: 'said', text: 'A word' }, { verdict }));
    return this;
  }

  decided(decision: DecisionTerms, actor: Actor = MANAGER): this {
    this.accepted({ type: 'decide', ask: this.it.ask?.id ?? 0, decision }, actor);
    return this;
  }

  tick(): string[] {
    const decided = this.run({ type: 'tick' }, null);
    if (!decided.ok) throw new Error(decided.code);
    return decided.events.map((it) => (it.type === 'nudged' ? `${it.kind} → ${it.to}` : it.type));
  }

  wait(ms: number): this {
    this.now += ms;
    return this;
  }

  /** Lets the clock run from wake to wake until `end`, and returns what it recorded and when. */
  eventsUntil(end: number): [at: string, said: string][] {
    const said: [string, string][] = [];
    for (let i = 0; i < 200; i++) {
      const wake = nextWake(this.it, this.settings, this.now);
      if (wake === null || wake.at > end) break;
      this.now = Math.max(this.now, wake.at);
      for (const it of this.tick()) said.push([new Date(this.now).toISOString().slice(0, 16), it]);
    }
    this.now = end;
    return said;
  }

  /** The working hours of a person, as `coach/settings/scheduleSettings.ts` finds them. */
  private workOf(user: string | null): WorkingTime {
    const { manager, standIn, approverStandIn, fallback } = this.settings;
    if (standIn?.userId === user) return standIn.work;
    if (approverStandIn?.userId === user) return approverStandIn.work;
    return fallback?.kind === 'person' && fallback.userId === user ? fallback.work : manager;
  }

  /** Lets the clock run for some days, and returns in short what it recorded for whom. */
  eventsInDays(days: number, words: Readonly<Record<string, string>>): string[] {
    const end = this.now + days * DAY;
    const said: string[] = [];
    for (let i = 0; i < 200; i++) {
      this.settings = { ...this.settings, asked: this.workOf(askedNow(this.it)) };
      const wake = nextWake(this.it, this.settings, this.now);
      if (wake === null || wake.at > end) break;
      this.now = Math.max(this.now, wake.at);
      const before = this.events.length;
      this.tick();
      const at = new Date(this.now).toISOString().slice(8, 16).replace(/^0/u, '');
      for (const event of this.events.slice(before)) said.push(`${at} ${inShort(event, this.it, words)}`);
    }
    return said;
  }
}

function inShort(event: DealEvent, deal: Deal, words: Readonly<Record<string, string>>): string {
  const why = 'urgent' in event && event.urgent !== undefined ? ` (${event.urgent})` : '';
  switch (event.type) {
    case 'nudged':
      return `${words[event.kind] ?? event.kind} ${event.to}`;
    case 'ask_delivered':
      return `told ${askedNow(deal)}${why}`;
    case 'escalated': {
      const later = event.waitsUntil === undefined ? '' : ' later';
      return `on ${event.to.kind === 'person' ? event.to.userId : event.to.channel}${later}${why}`;
    }
    default:
      return words[event.type] ?? event.type;
  }
}

export const promisedAt = (at: string): Noted => ['promise', { kind: 'datetime', at: Date.parse(at) }];
export const signsOn = (date: string): Noted => ['signing_date', { kind: 'date', date }];
