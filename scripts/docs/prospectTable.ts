/** Whom reps practice a built-in playbook with: what a rep who hears right taps, and how the call ends. */
import { type PracticeAnswer, targetOf } from '../../src/playbook/practice/answers';
import { type Prospect, prospectsOf, replyOf } from '../../src/playbook/practice/prospects';
import type { Playbook, Verdict } from '../../src/playbook/schema';
import { stepOf } from '../../src/playbook/walk';
import { answerLabel } from '../../src/slack/text/mistakes';

interface Way {
  /** The screens, each with the count of showings of its step so far, from 1. */
  readonly steps: readonly { readonly stepId: string; readonly visit: number }[];
  readonly taps: readonly string[];
  readonly verdict: Verdict;
}

/** The right taps, *Next* and the agreed hours left out. Nothing of it depends on the seed. */
export function wayWith(playbook: Playbook, prospect: Prospect): Way {
  const taps: string[] = [];
  const steps: { stepId: string; visit: number }[] = [];
  let stepId = playbook.start;
  for (;;) {
    const visit = steps.filter((shown) => shown.stepId === stepId).length + 1;
    steps.push({ stepId, visit });
    const { means } = replyOf(playbook, prospect, 0, stepId, visit);
    if (!isPlain(means)) taps.push(answerLabel(stepOf(playbook, stepId), means));
    const target = targetOf(playbook, stepId, means);
    if ('verdict' in target) return { steps, taps, verdict: target.verdict };
    stepId = target.step;
  }
}

const isPlain = (answer: PracticeAnswer): boolean => 'next' in answer || 'hour' in answer;

export function prospectTable(playbook: Playbook): string {
  const rows = prospectsOf(playbook).map((prospect) => {
    const { taps, verdict } = wayWith(playbook, prospect);
    const { id, name, company, business } = prospect;
    return `| \`${id}\` | ${name}, ${company} | ${business} | ${taps.join(' · ')} | ${verdict} |`;
  });
  return ['| prospect | who | business | the right taps | ends in |', '|---|---|---|---|---|', ...rows].join(
    '\n',
  );
}
