/** Where calls end without an answer: what the lines of each version of a playbook do. */
import { type StepFigures, wordsOf } from '../insights/questions';
import type { Playbook } from '../playbook/schema';
import type { Coach, Who } from './context';
import { askedBy, type ReportAsked } from './learn';
import { playbookKept } from './playbooks';

/** Steps that calls with one version of a playbook reached, in the order of the script. */
export interface CallEnds {
  readonly playbook: Pick<Playbook, 'title'>;
  /** The first deal of the workspace with this version, ms UTC. */
  readonly since: number;
  readonly calls: number;
  readonly steps: readonly (StepFigures & { readonly title: string })[];
}

/** Of each version, the one that came into use last first. Null: this person may see no deals. */
export async function callEnds(
  coach: Coach,
  who: Who,
  asked: ReportAsked,
): Promise<readonly CallEnds[] | null> {
  const found = await askedBy(coach, who, asked);
  if (found === null) return null;
  const versions = await wordsOf(coach.store, found.figures);
  const all = await Promise.all(
    versions.map(async ({ hash, calls, steps }) => {
      const [playbook, since] = await Promise.all([
        playbookKept(coach, hash),
        coach.store.insights.firstUse(who.tenant, hash),
      ]);
      if (playbook === null || since === null) return [];
      const inOrder = playbook.steps.flatMap(({ id, title }) =>
        steps.filter(({ step }) => step === id).map((it) => ({ ...it, title })),
      );
      return [{ playbook, since, calls, steps: inOrder }];
    }),
  );
  return all.flat().sort((a, b) => b.since - a.since);
}
