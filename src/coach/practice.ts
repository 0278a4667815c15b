/** Practice calls: what a rep does in one, kept in a row of its own. No deal, message or figure comes of them. */
import { createHash } from 'node:crypto';
import { DateTime } from 'luxon';
import { isPromised, suggestTimes } from '../deal/asking/suggestedTimes';
import { MOST_OF_STATE } from '../deal/decide/bounds';
import type { Deal } from '../deal/model/deal';
import type { Practice } from '../deal/model/practice';
import { type Check, checksOf, type KnownReplies } from '../deal/practice/feedback';
import {
  beginPractice,
  dealOfPractice,
  type PracticeMove,
  practised,
  showingOf,
  withTimes,
} from '../deal/practice/practise';
import type { AnswerValue } from '../playbook/answer';
import { dayMeant } from '../playbook/dayMeant';
import type { PracticeAnswer } from '../playbook/practice/answers';
import {
  nextProspect,
  type PracticeReply,
  type Prospect,
  prospectsOf,
  replyOf,
} from '../playbook/practice/prospects';
import { FACT_KINDS, type Playbook, type Step } from '../playbook/schema';
import { stepOf } from '../playbook/walk';
import { actorFor } from './act';
import type { Coach, Who } from './context';
import { todayOf } from './people';
import { playbookInUse, playbookOf, playbooksInUse } from './playbooks';
import { scheduleSettings } from './settings/scheduleSettings';
import { teamOf } from './settings/settings';

/** A practice with all that its screens show. */
export interface PracticeScene {
  readonly practice: Practice;
  readonly playbook: Playbook;
  readonly prospect: Prospect;
  /** The deal that it would be. */
  readonly deal: Deal;
  /** Null: the call has ended. */
  readonly reply: PracticeReply | null;
  /** Once it has ended. */
  readonly feedback: readonly Check[];
  /** It is a preview of a version that waits. */
  readonly waits: boolean;
}

/** The prospect that a rep practices a playbook with next, and how many prospects they have met so far. */
export interface NextPractice {
  readonly playbook: Playbook;
  readonly prospect: Prospect;
  readonly met: number;
  readonly outOf: number;
}

/** What a rep can practise now. */
export interface PracticeOffer {
  /** A practice of today that has not ended; null: there is none. */
  readonly unfinished: PracticeScene | null;
  readonly next: readonly NextPractice[];
  /** Of the practice that begins. */
  readonly id: string;
  /** They read what went well after their calls. */
  readonly wantsAdvice: boolean;
}

/** A practice can be picked up again for this long, from its start, ms. */
const A_DAY = 24 * 60 * 60_000;

/** Null: this person starts no deals here, so there is nothing to practise. */
export async function offerPractice(coach: Coach, who: Who): Promise<PracticeOffer | null> {
  if (!(await mayPractise(coach, who))) return null;
  const { store, clock, ids } = coach;
  const id = ids.deal();
  const left = await store.practices.unfinished(who.tenant, who.userId, clock.now() - A_DAY);
  const next = await Promise.all(
    (await playbooksInUse(coach, who.tenant)).map((playbook) => nextFor(coach, who, playbook, id)),
  );
  const wantsAdvice = await store.workspace.wantsAdvice(who.tenant, who.userId);
  return { id, next, wantsAdvice, unfinished: left === null ? null : await sceneOf(coach, left) };
}

/** The prospect of the practice with this id, which follows one of this playbook. */
export const practiceAfter = async (coach: Coach, who: Who, { playbook }: PracticeScene, id: string) =>
  nextFor(coach, who, await playbookInUse(coach, who.tenant, playbook.id), id);

/**
 * Begins a practice with the next prospect; the one with this id, if it has begun.
 * @returns null when this person may not
 */
export async function startPractice(
  coach: Coach,
  who: Who,
  { id, playbookId }: { readonly id: string; readonly playbookId: string },
): Promise<PracticeScene | null> {
  if (!(await mayPractise(coach, who))) return null;
  const playbook = await playbookInUse(coach, who.tenant, playbookId);
  return begin(coach, who, {
    id,
    playbook,
    prospect: (await nextFor(coach, who, playbook, id)).prospect.id,
    isPreview: false,
  });
}

type Begins = Pick<Practice, 'id' | 'prospect' | 'isPreview'> & { readonly playbook: Playbook };

async function begin(coach: Coach, who: Who, begins: Begins): Promise<PracticeScene | null> {
  const shown = await timed(coach, begun(coach, who, begins), begins.playbook);
  await coach.store.practices.save(shown, 0);
  return seePractice(coach, who, begins.id);
}

const begun = (coach: Coach, who: Who, begins: Begins): Practice =>
  beginPractice({
    ...begins,
    tenant: who.tenant,
    rep: who.userId,
    seed: seedOf(begins.id),
    at: coach.clock.now(),
  });

/** Starts a preview of one version, which does not count as practice. The caller checks that they may see it. */
export const startPreview = (
  coach: Coach,
  who: Who,
  { id, playbook }: { readonly id: string; readonly playbook: Playbook },
): Promise<PracticeScene | null> => begin(coach, who, previewBegun(id, playbook));

/** The first screen of a preview. Nothing is stored. */
export const previewScene = (
  coach: Coach,
  who: Who,
  { id, playbook }: { readonly id: string; readonly playbook: Playbook },
): Promise<PracticeScene> => sceneOf(coach, begun(coach, who, previewBegun(id, playbook)));

const previewBegun = (id: string, playbook: Playbook): Begins => ({
  id,
  playbook,
  prospect: nextProspect(playbook, [], seedOf(id)).id,
  isPreview: true,
});

/** The practice of this person; null: they have none with this id. */
export async function seePractice(coach: Coach, who: Who, id: string): Promise<PracticeScene | null> {
  const practice = await coach.store.practices.load(who.tenant, who.userId, id);
  return practice === null ? null : sceneOf(coach, practice);
}

/** A tap on a screen of a practice. */
export type PracticeTap =
  | Exclude<PracticeMove, { readonly do: 'tap' }>
  | {
      readonly do: 'tap';
      readonly tap: PracticeAnswer;
      /** The inputs of the screen; null: nothing was typed. */
      readonly typed: AnswerValue | null;
      /** The hour on the button, ms UTC. Absent: it has none. */
      readonly at?: number | undefined;
    };

/** More rounds than taps of one person come within one commit. */
const ROUNDS = 4;

/**
 * The rep taps on a screen of their practice. A tap on an older showing changes nothing: the present screen shows.
 * @returns null when this person has no such practice
 */
export async function practise(
  coach: Coach,
  who: Who,
  at: { readonly id: string; readonly visit: number },
  tap: PracticeTap,
): Promise<PracticeScene | null> {
  for (let round = 0; round < ROUNDS; round++) {
    const scene = await seePractice(coach, who, at.id);
    if (scene === null || scene.reply === null) return scene;
    const { practice, playbook, reply } = scene;
    if (practice.state.position?.visit !== at.visit) return scene;
    const move = await moveOf(coach, scene, tap);
    const after = move === null ? practice : practised(practice, playbook, reply, move, coach.clock.now());
    if (after === practice) return scene;
    const shown = await timed(coach, after, playbook);
    if ((await coach.store.practices.save(shown, practice.revision)) === 'committed')
      return sceneOf(coach, shown);
  }
  throw new Error(`practice ${at.id} changed ${ROUNDS} times during one tap`);
}

/** Things that went well, of which a rep reads at most so many after a call, with one to try next time. */
const MOST_PRAISE = 3;

/**
 * What the rep did well on the call that ended, and the one thing to try next time. For the rep alone: empty for everybody
 * else, for a rep who wants none, and for a call that was recorded afterwards or begun by somebody else.
 */
export async function adviceFor(coach: Coach, who: Who, deal: Deal): Promise<readonly Check[]> {
  const isOwn = deal.rep === who.userId && deal.handover === null;
  if (!isOwn || deal.verdict === null || deal.trail[0]?.stepId !== deal.firstStep) return [];
  if (!(await coach.store.workspace.wantsAdvice(who.tenant, who.userId))) return [];
  const checks = checksOf(deal, await playbookOf(coach, deal), null);
  return [
    ...checks.filter(({ passed }) => passed).slice(0, MOST_PRAISE),
    ...checks.filter(({ passed }) => !passed).slice(0, 1),
  ];
}

/** Whoever may start a deal may practise. */
export async function mayPractise(coach: Coach, who: Who): Promise<boolean> {
  const { role, teamId } = await actorFor(coach, who);
  return (role === 'unknown' ? who.teamId : teamId) === who.tenant.teamId;
}

async function nextFor(coach: Coach, who: Who, playbook: Playbook, id: string): Promise<NextPractice> {
  const met = await coach.store.practices.met(who.tenant, who.userId, playbook.id);
  const all = prospectsOf(playbook);
  return {
    playbook,
    prospect: nextProspect(playbook, met, seedOf(id)),
    met: all.filter((prospect) => met.includes(prospect.id)).length,
    outOf: all.length,
  };
}

/** Fits a column of 32 bits. */
const seedOf = (id: string): number => createHash('sha256').update(id).digest().readUInt32BE() >>> 1;

async function sceneOf(coach: Coach, practice: Practice): Promise<PracticeScene> {
  const playbook = await playbookOf(coach, practice);
  const all = prospectsOf(playbook);
  const prospect =
    all.find(({ id }) => id === practice.prospect) ?? nextProspect(playbook, [], practice.seed);
  const { position, misheard } = practice.state;
  const deal = dealOfPractice(practice, prospect, await zoneOf(coach, practice));
  const reply = (stepId: string, showing: number) =>
    replyOf(playbook, prospect, practice.seed, stepId, showing);
  const known: KnownReplies = {
    misheard,
    meant: (...at) => reply(...at).means,
    said: (...at) => reply(...at).says,
  };
  return {
    practice,
    playbook,
    prospect,
    deal,
    reply: position === null ? null : reply(position.stepId, showingOf(practice.state)),
    feedback: practice.isPreview ? [] : checksOf(deal, playbook, known),
    waits: practice.isPreview && (await isWaiting(coach, practice)),
  };
}

async function isWaiting(coach: Coach, { tenant, playbook }: Practice): Promise<boolean> {
  const versions = await coach.store.workspace.playbookVersions(tenant);
  return versions.some(({ playbookId, next }) => playbookId === playbook.id && next?.hash === playbook.hash);
}

const workOf = async (coach: Coach, { tenant, rep }: Practice) =>
  (
    await scheduleSettings(
      await teamOf(coach.store, tenant),
      { rep, manager: null, asked: null, waits: false },
      coach.clock.now(),
    )
  ).rep;

const zoneOf = async (coach: Coach, practice: Practice): Promise<string> =>
  (await workOf(coach, practice)).tz;

/** With the hours that its screen offers, where it asks for one. */
async function timed(coach: Coach, practice: Practice, playbook: Playbook): Promise<Practice> {
  const { position, suggestedTimes, trail } = practice.state;
  if (position === null || suggestedTimes?.visit === position.visit) return practice;
  const { record } = stepOf(playbook, position.stepId);
  if (record === undefined || FACT_KINDS[record.fact] !== 'datetime') return practice;
  const now = coach.clock.now();
  const signing = trail.find(({ fact }) => fact === 'signing_date')?.answer;
  const date = isPromised(record.fact) && signing?.kind === 'date' ? signing.date : null;
  const times = suggestTimes(now, await workOf(coach, practice), date);
  return withTimes(practice, { visit: position.visit, madeAt: now, ...times });
}

async function moveOf(coach: Coach, scene: PracticeScene, given: PracticeTap): Promise<PracticeMove | null> {
  if (given.do !== 'tap') return given;
  const { practice, playbook } = scene;
  const { position } = practice.state;
  if (position === null) return null;
  const step = stepOf(playbook, position.stepId);
  const typed = isFull(practice) ? null : given.typed;
  const answer = await answerOf(coach, practice, step, { ...given, typed });
  return answer === null ? null : { do: 'tap', tap: given.tap, answer };
}

/** Every tap writes the state once. A practice that is full goes on without more words. */
const isFull = ({ state }: Practice): boolean => JSON.stringify(state).length > MOST_OF_STATE;

/** Null: the step has no such answer. */
async function answerOf(
  coach: Coach,
  practice: Practice,
  step: Step,
  { tap, typed, at }: Extract<PracticeTap, { readonly do: 'tap' }>,
): Promise<AnswerValue | null> {
  if ('choice' in tap) {
    return (step.choices ?? []).some(({ id }) => id === tap.choice)
      ? { kind: 'choice', choice: tap.choice }
      : null;
  }
  if ('again' in tap) return step.again_label === undefined ? null : (typed ?? { kind: 'told' });
  if (step.next === undefined) return null;
  if ('unknown' in tap) return { kind: 'unknown' };
  if ('hour' in tap) return at === undefined ? null : { kind: 'datetime', at };
  const today = await todayOf(coach, practice, practice.rep);
  if ('day' in tap) {
    const day = step.one_tap?.find(({ id }) => id === tap.day);
    return day === undefined ? null : { kind: 'date', date: dayMeant(day.means, today) };
  }
  const kind = step.record === undefined ? null : FACT_KINDS[step.record.fact];
  if (kind === null) return { kind: 'said' };
  return kind === 'date' ? { kind: 'date', date: someDay(step, today) } : (typed ?? { kind: 'told' });
}

/** The day that a prospect named in words: they sign within days, and everything else is months away. */
function someDay({ record }: Step, today: string): string {
  const from = DateTime.fromISO(today, { zone: 'utc' });
  const day = record?.fact === 'signing_date' ? from.plus({ days: 7 }) : from.plus({ months: 10 });
  return day.toISODate() ?? today;
}
