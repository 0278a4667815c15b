/** A deal that nobody has: what the screens of a playbook show while somebody looks through it. Nothing stores it. */
import type { AnswerValue } from '../../playbook/answer';
import { dayMeant, IN_A_MONTH } from '../../playbook/dayMeant';
import { FACT_KINDS, type Playbook, type Step, type Target } from '../../playbook/schema';
import { againTarget, sourceAndFact, stepOf } from '../../playbook/walk';
import { isPromised, suggestTimes } from '../asking/suggestedTimes';
import { apply } from '../evolve/evolve';
import type { WorkingTime } from '../model/commands';
import type { Business, Deal } from '../model/deal';
import type { DealEventBody } from '../model/events';
import { factsOf, known } from '../model/facts';
import { localDate } from '../model/workingTime';

/**
 * What somebody taps on a screen: *Next*, a choice or day by its id, *Ask once more*, *Don't know*, or one of the hours
 * that the screen suggests.
 */
export type Tap = 'next' | `choose:${string}` | 'again' | 'dont_know' | 'suggested' | 'suggested_other';

export interface Previewed {
  readonly business: Business;
  /** Null: not known, so lines leave it out. */
  readonly prospect: string | null;
  readonly competitor: string | null;
  readonly account: string;
  readonly rep: string;
  /** Of the rep. */
  readonly work: WorkingTime;
  readonly now: number;
}

export interface PreviewedCall {
  readonly deal: Deal;
  /** The taps that the playbook has, up to the first that it does not: a file changes while somebody looks at it. */
  readonly path: readonly Tap[];
}

/** The call after these taps, on the first screen without any. */
export function previewedCall(playbook: Playbook, path: readonly Tap[], given: Previewed): PreviewedCall {
  const { business, account, rep, work, now } = given;
  const when = { at: now, by: rep };
  const started: DealEventBody = {
    type: 'started',
    id: 'preview',
    tenant: { enterpriseId: '', teamId: '' },
    rep,
    manager: null,
    account,
    business,
    playbook: { id: playbook.id, hash: playbook.hash },
    firstStep: playbook.start,
    zone: work.tz,
  };
  const begun = apply(null, [started], when).deal;
  const { prospect, competitor } = given;
  let deal = suggesting(
    { ...begun, details: { ...begun.details, prospect, competitor } },
    playbook,
    work,
    now,
  );
  const taken: Tap[] = [];
  for (const tap of path) {
    if (deal.position === null) break;
    const step = stepOf(playbook, deal.position.stepId);
    const tapped = answerTo(step, tap, deal, localDate(now, work));
    const next = tapped === null ? null : targetOf(playbook, step, tap);
    if (tapped === null || next === null) break;
    const answered: DealEventBody = {
      type: 'answered',
      ...deal.position,
      answer: tapped,
      ...sourceAndFact(step, tapped),
      next,
    };
    const ended: DealEventBody[] =
      'verdict' in next ? [{ type: 'verdict_reached', verdict: next.verdict }] : [];
    deal = suggesting(apply(deal, [answered, ...ended], when).deal, playbook, work, now);
    taken.push(tap);
  }
  return { deal, path: taken };
}

/** Everything that can be tapped on a screen, with where it leads; the ways of a suggested hour are those of *Next*. */
export function tapsOf(step: Step): { readonly tap: Tap; readonly target: Target }[] {
  const { id, next, choices = [], one_tap = [], again_label } = step;
  return [
    ...(next === undefined ? [] : [{ tap: 'next' as const, target: next }]),
    ...(next === undefined ? [] : one_tap.map((day) => ({ tap: `choose:${day.id}` as const, target: next }))),
    ...choices.map((choice) => ({ tap: `choose:${choice.id}` as const, target: choice.next })),
    ...(again_label === undefined ? [] : [{ tap: 'again' as const, target: { step: id } }]),
  ];
}

function targetOf(playbook: Playbook, step: Step, tap: Tap): Target | null {
  if (tap === 'again') return againTarget(playbook, step.id);
  const found = tapsOf(step).find((it) => it.tap === tap);
  return found?.target ?? (tap.startsWith('choose:') ? null : (step.next ?? null));
}

/** The answer that a tap gives: a typed one stays untyped, as on a call. Null: the screen has no such button. */
function answerTo(step: Step, tap: Tap, { suggestedTimes }: Deal, today: string): AnswerValue | null {
  const kind = step.record === undefined ? null : FACT_KINDS[step.record.fact];
  switch (tap) {
    case 'next':
    case 'suggested':
    case 'suggested_other': {
      if (step.next === undefined) return null;
      const at = tap === 'suggested_other' ? suggestedTimes?.others[0] : suggestedTimes?.at;
      if (kind === 'datetime' && at !== undefined) return { kind: 'datetime', at };
      if (kind === 'date') return { kind: 'date', date: dayMeant(IN_A_MONTH, today) };
      if (kind === 'datetime') return { kind: 'unknown' };
      return kind === null ? { kind: 'said' } : { kind: 'told' };
    }
    case 'dont_know':
      return kind === 'date' || kind === 'datetime' ? { kind: 'unknown' } : null;
    case 'again':
      return step.again_label === undefined ? null : { kind: 'told' };
    default: {
      const id = tap.slice('choose:'.length);
      const day = step.one_tap?.find((it) => it.id === id);
      if (day !== undefined) return { kind: 'date', date: dayMeant(day.means, today) };
      return step.choices?.some((it) => it.id === id) ? { kind: 'choice', choice: id } : null;
    }
  }
}

/** With the hours that its screen suggests, where it asks for one. */
function suggesting(deal: Deal, playbook: Playbook, work: WorkingTime, now: number): Deal {
  if (deal.position === null || !isPromised(stepOf(playbook, deal.position.stepId).record?.fact)) return deal;
  const { at, others } = suggestTimes(now, work, known(factsOf(deal).signing_date));
  return { ...deal, suggestedTimes: { visit: deal.position.visit, at, others, madeAt: now } };
}
