/** The other side of a practice call: who it is, and what they say at each step. The seed chooses among their lines. */
import { createHash } from 'node:crypto';
import { renderLine } from '../line';
import type { Playbook, Step } from '../schema';
import { stepOf } from '../walk';
import { answersOf, type PracticeAnswer, wordOf } from './answers';
import { decidedAnswer, linesFor } from './character';
import { GENERIC_PROSPECTS } from './generic';

export interface Prospect {
  /** Unique in its playbook. */
  readonly id: string;
  readonly name: string;
  readonly company: string;
  /** Who they are, and what has happened so far. */
  readonly about: string;
  readonly business: 'new' | 'customer';
  /** Null: nobody else is in it. */
  readonly competitor: string | null;
}

export interface PracticeReply {
  readonly says: string;
  /** The answer of the step that these words are. */
  readonly means: PracticeAnswer;
}

/** Those of the playbook; people who fit any playbook where it has none. */
export function prospectsOf({ practice }: Playbook): readonly Prospect[] {
  return (
    practice?.prospects?.map(({ id, name, company, about, business, competitor = null }) => ({
      id,
      name,
      company,
      about,
      business,
      competitor,
    })) ?? GENERIC_PROSPECTS
  );
}

/**
 * Somebody whom the rep has not met; when there is nobody, the one met longest ago.
 * @param met ids of prospects in the order of the calls
 */
export function nextProspect(playbook: Playbook, met: readonly string[], seed: number): Prospect {
  const all = prospectsOf(playbook);
  const longestAgo = Math.min(...all.map(({ id }) => met.lastIndexOf(id)));
  return pick(
    all.filter(({ id }) => met.lastIndexOf(id) === longestAgo),
    ['prospect', seed],
  );
}

/**
 * What this prospect says at a step, and which of its answers that is. The same arguments give the same reply.
 * @param visit counts the showings of the step from 1; nobody has more to say on a second one
 * @throws PlaybookError `playbook_unknown_step`
 */
export function replyOf(
  playbook: Playbook,
  prospect: Prospect,
  seed: number,
  stepId: string,
  visit: number,
): PracticeReply {
  const step = stepOf(playbook, stepId);
  const character = playbook.practice?.prospects?.find(({ id }) => id === prospect.id) ?? null;
  const seeds = [prospect.id, seed, stepId];
  const decided = character === null ? null : decidedAnswer(playbook, character, step, visit);
  const means = decided ?? anyAnswer(step, visit, ['answer', ...seeds]);
  // The same answer is said in the same words again after *Back*.
  const line = pick(linesFor(playbook, character, step, wordOf(means)), ['line', ...seeds]);
  return { says: said(line, prospect), means };
}

/** The usual answer of a step is this many times as likely as any other. */
const USUAL = 3;

function anyAnswer(step: Step, visit: number, seeds: readonly (string | number)[]): PracticeAnswer {
  const answers = [...answersOf(step).values()];
  const usual = step.next === undefined ? [] : answers.slice(0, 1);
  const answer = pick([...Array.from({ length: USUAL - 1 }, () => usual).flat(), ...answers], seeds);
  return 'again' in answer && visit > 1 ? (usual[0] ?? answer) : answer;
}

function said(line: string, { company, name, competitor, business }: Prospect): string {
  const fields = { account: company, prospect: name, ...(competitor === null ? {} : { competitor }) };
  return renderLine(line, { business, fields });
}

/** One of the items, always the same for the same seeds. */
function pick<Item>(items: readonly Item[], seeds: readonly (string | number)[]): Item {
  const number = createHash('sha256').update(JSON.stringify(seeds)).digest().readUInt32BE(0);
  const item = items[number % items.length];
  if (item === undefined) throw new Error('there is nothing to pick from');
  return item;
}
