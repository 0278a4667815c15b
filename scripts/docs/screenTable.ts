/** The screens of the built-in playbooks: what a rep says, reads and taps on each, and on a whole call to a pulse. */
import { mostWords } from '../../src/playbook/checking/checks/lengths';
import { FACT_KINDS, type Playbook, type Step } from '../../src/playbook/schema';
import { exitsOf, stepOf, wholeScript } from '../../src/playbook/walk';
import { cueOf } from '../../src/playbook/words';

/** A calm voice. */
const SAID_A_SECOND = 3;
/** Silent reading, 250 words a minute. */
const READ_A_SECOND = 250 / 60;

export interface Load {
  readonly said: number;
  readonly read: number;
}

/** Words to say, without the further questions of which a rep picks one; and words to read beside the lines. */
export function loadOf(step: Step): Load {
  const count = (lines: readonly (string | null | undefined)[]) =>
    lines.reduce((sum, line) => sum + (line ? mostWords(line) : 0), 0);
  return { said: count(step.say), read: count([cueOf(step), step.dont ?? step.avoid]) };
}

export const secondsToSay = ({ said }: Load): number => Math.round(said / SAID_A_SECOND);
export const secondsToRead = ({ read }: Load): number => Math.round(read / READ_A_SECOND);

/** The screens of the longest call that ends in a pulse, without a question that is asked twice. */
export function callToPulse(playbook: Playbook): Step[] {
  const longest = (at: string, way: readonly Step[]): readonly Step[] => {
    const here = [...way, stepOf(playbook, at)];
    return exitsOf(stepOf(playbook, at))
      .map(({ target }) => {
        if ('step' in target) return longest(target.step, here);
        return target.verdict === 'pulse' ? here : [];
      })
      .reduce(
        (best, one) =>
          (facts(one) >= facts(best) && one.length < best.length) || facts(one) > facts(best) ? one : best,
        [],
      );
  };
  return [...longest(playbook.start, [])];
}

const facts = (way: readonly Step[]): number =>
  new Set(way.flatMap(({ id, record }) => record?.fact ?? id)).size;

export const loadOfCall = (steps: readonly Step[]): Load =>
  steps.map(loadOf).reduce((sum, { said, read }) => ({ said: sum.said + said, read: sum.read + read }), {
    said: 0,
    read: 0,
  });

export function screenTable(playbook: Playbook): string {
  const call = callToPulse(playbook);
  const total = loadOfCall(call);
  return [
    '| screen | to say | to read beside it | one tap |',
    '|---|---|---|---|',
    ...wholeScript(playbook).map((step) => row(step.title, loadOf(step), tapsOf(step).join(' · '))),
    row(`**a call to a pulse, ${call.length} screens**`, total, `${call.length} taps`),
  ].join('\n');
}

const row = (name: string, load: Load, taps: string): string =>
  `| ${name} | ${load.said} words, ${secondsToSay(load)} s | ${load.read} words, ${secondsToRead(load)} s | ${taps} |`;

function tapsOf(step: Step): string[] {
  const kind = step.record === undefined ? null : FACT_KINDS[step.record.fact];
  const asksWhen = kind === 'date' || kind === 'datetime';
  return [
    ...(step.next === undefined ? [] : [step.next_label ?? 'Next']),
    ...(step.again_label === undefined ? [] : [step.again_label]),
    ...(step.one_tap ?? []).map(({ label }) => label),
    ...(asksWhen ? [step.unknown_label ?? "Don't know"] : []),
    ...(step.choices ?? []).map(({ label }) => label),
  ];
}
