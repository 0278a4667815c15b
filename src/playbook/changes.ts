/** What differs between two versions of a playbook, for a person who decides which of them to use. */
import { isDeepStrictEqual } from 'node:util';
import {
  type Choice,
  type Ending,
  MAILS,
  type MailKey,
  type PlaybookSource,
  type Reason,
  type Reply,
  type Step,
  type Target,
  VERDICTS,
  type Verdict,
  WORDS,
  type WordsKey,
} from './schema';

/** A part of a screen, of an ending, or of the words after a call. */
export type ChangedPart =
  | 'title'
  | 'summary'
  | 'language'
  | 'say'
  | 'prompts'
  | 'cue'
  | 'dont'
  | 'why'
  | 'they_say'
  | 'buttons'
  | 'leads'
  | 'field'
  | 'start'
  /** Anything that no line shows. */
  | 'rest';

/** The lines that only one of the two versions has. */
export interface PartChange {
  readonly part: ChangedPart;
  readonly was: readonly string[];
  readonly now: readonly string[];
}

export type Changed =
  | { readonly kind: 'playbook' }
  | { readonly kind: 'step'; readonly title: string }
  | { readonly kind: 'ending'; readonly verdict: Verdict; readonly title: string }
  | { readonly kind: 'words'; readonly moment: WordsKey }
  | { readonly kind: 'mail'; readonly mail: MailKey; readonly subject: string };

export type PlaybookChange = Changed &
  (
    | { readonly how: 'added' | 'removed'; readonly says: readonly string[] }
    | { readonly how: 'changed'; readonly parts: readonly PartChange[] }
  );

type Lines = Partial<Record<ChangedPart, readonly string[]>>;

/** In the order in which a rep meets them: the playbook, its steps, its endings, the words for later. Empty: nothing. */
export function changesBetween(before: PlaybookSource, after: PlaybookSource): readonly PlaybookChange[] {
  const changes = listed(before, after);
  return changes.length > 0 || isDeepStrictEqual(before, after)
    ? changes
    : [{ kind: 'playbook', how: 'changed', parts: [REST] }];
}

const REST: PartChange = { part: 'rest', was: [], now: [] };

function listed(before: PlaybookSource, after: PlaybookSource): readonly PlaybookChange[] {
  const starts = before.start === after.start ? null : [before, after];
  return [
    ...change({ kind: 'playbook' }, headOf(before, starts), headOf(after, starts)),
    ...stepChanges(before, after),
    ...VERDICTS.flatMap((verdict) => {
      const [was, now] = [before.endings[verdict], after.endings[verdict]];
      const title = (now ?? was)?.title ?? '';
      return change({ kind: 'ending', verdict, title }, endingLines(was), endingLines(now));
    }),
    ...WORDS.flatMap((moment) =>
      change({ kind: 'words', moment }, momentLines(before, moment), momentLines(after, moment)),
    ),
    ...MAILS.flatMap((mail) => {
      const [was, now] = [before.mails?.[mail], after.mails?.[mail]];
      const subject = (now ?? was)?.subject ?? '';
      const lines = (it: typeof was): Lines | null =>
        it === undefined ? null : { title: [it.subject], say: it.text };
      return change({ kind: 'mail', mail, subject }, lines(was), lines(now));
    }),
  ];
}

function stepChanges(before: PlaybookSource, after: PlaybookSource): readonly PlaybookChange[] {
  const was = new Map(before.steps.map((step) => [step.id, step]));
  const kept = new Set(after.steps.map(({ id }) => id));
  // Ways are compared by today's names, so that a renamed screen or button is one change.
  const named = [after, before];
  const changed = after.steps.flatMap((step) => {
    const old = was.get(step.id);
    const lines = old === undefined ? null : stepLines(old, named, step);
    return change({ kind: 'step', title: step.title }, lines, stepLines(step, named, step), [old, step]);
  });
  const removed = before.steps
    .filter(({ id }) => !kept.has(id))
    .flatMap((step) => change({ kind: 'step', title: step.title }, stepLines(step, named, step), null));
  return [...changed, ...removed];
}

/**
 * @param was null: the old version lacks it
 * @param now null: the new version lacks it
 * @param whole compared where no line differs
 */
function change(
  what: Changed,
  was: Lines | null,
  now: Lines | null,
  whole: readonly [unknown, unknown] = [null, null],
): readonly PlaybookChange[] {
  if (was === null && now === null) return [];
  if (was === null || now === null)
    return [{ ...what, how: was === null ? 'added' : 'removed', says: (now ?? was)?.say ?? [] }];
  const parts = (Object.keys({ ...was, ...now }) as ChangedPart[]).flatMap((part) => {
    const [old, fresh] = [was[part] ?? [], now[part] ?? []];
    if (isDeepStrictEqual(old, fresh)) return [];
    if (part === 'rest') return [REST];
    const gone = old.filter((line) => !fresh.includes(line));
    const added = fresh.filter((line) => !old.includes(line));
    // The same lines in another order.
    return gone.length + added.length === 0
      ? [{ part, was: old, now: fresh }]
      : [{ part, was: gone, now: added }];
  });
  if (parts.length > 0) return [{ ...what, how: 'changed', parts }];
  return isDeepStrictEqual(whole[0], whole[1]) ? [] : [{ ...what, how: 'changed', parts: [REST] }];
}

const some = (...lines: readonly (string | undefined)[]): readonly string[] =>
  lines.filter((line) => line !== undefined);

/** @param starts where to look up the title of the first screen; null: the first screen is the same */
const headOf = (
  { title, summary, language, phrases, start }: PlaybookSource,
  starts: readonly PlaybookSource[] | null,
): Lines => ({
  title: [title],
  summary: [summary],
  language: some(language),
  start: starts === null ? [] : [whereTo({ step: start }, starts)],
  rest: phrases === undefined ? [] : [JSON.stringify(phrases)],
});

/** @param today the step with the current names of its buttons */
function stepLines(step: Step, named: readonly PlaybookSource[], today: Step): Lines {
  const nameOf = (choice: Choice) => today.choices?.find(({ id }) => id === choice.id)?.label ?? choice.label;
  return {
    title: [step.title],
    say: step.say,
    prompts: step.prompts ?? [],
    cue: some(step.cue, ...(step.listen_for ?? [])),
    dont: some(step.dont, step.avoid),
    why: [step.why],
    they_say: repliesOf(step.they_say),
    buttons: some(
      ...(step.choices ?? []).map(({ label }) => label),
      ...(step.one_tap ?? []).map(({ label }) => label),
      step.next_label,
      step.unknown_label,
      step.again_label,
    ),
    leads: some(
      ...(step.choices ?? []).map((choice) => `${nameOf(choice)}: ${whereTo(choice.next, named)}`),
      ...(step.next === undefined ? [] : [`${today.next_label ?? 'Next'}: ${whereTo(step.next, named)}`]),
    ),
    field: some(step.record?.label, step.record?.placeholder),
  };
}

/** The title of the screen or ending, from the first of these versions that has it. */
function whereTo(next: Target, versions: readonly PlaybookSource[]): string {
  const titles = versions.map(({ steps, endings }) =>
    'step' in next ? steps.find(({ id }) => id === next.step)?.title : endings[next.verdict]?.title,
  );
  return titles.find((title) => title !== undefined) ?? ('step' in next ? next.step : next.verdict);
}

const endingLines = (ending: Ending | undefined): Lines | null =>
  ending === undefined ? null : { title: [ending.title], say: ending.say, why: [ending.why] };

/** Null: the built-in words are used. */
function momentLines({ words, they_say }: PlaybookSource, moment: WordsKey): Lines | null {
  const [say, replies] = [words?.[moment], they_say?.[moment]];
  return say === undefined && replies === undefined ? null : { say: say ?? [], they_say: repliesOf(replies) };
}

const repliesOf = (replies: readonly Reply[] | undefined): readonly string[] =>
  (replies ?? []).map(({ hear, reply }) => `“${hear}” ${reply}`);

export interface ReasonChanges {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly renamed: readonly { readonly was: string; readonly now: string }[];
}

/** What differs between two lists of reasons, by their labels. All empty: at most their order. */
export function reasonChanges(before: readonly Reason[], after: readonly Reason[]): ReasonChanges {
  const was = new Map(before.map(({ id, label }) => [id, label]));
  const now = new Map(after.map(({ id, label }) => [id, label]));
  return {
    added: after.filter(({ id }) => !was.has(id)).map(({ label }) => label),
    removed: before.filter(({ id }) => !now.has(id)).map(({ label }) => label),
    renamed: before.flatMap(({ id, label }) => {
      const today = now.get(id) ?? label;
      return today === label ? [] : [{ was: label, now: today }];
    }),
  };
}
