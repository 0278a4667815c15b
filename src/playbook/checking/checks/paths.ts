/** Checks that every path through a playbook ends, and has the answers that its verdict needs. */

import { type PlaybookSource, type Step, VERDICT_TRAITS, type Verdict } from '../../schema';
import { type Exit, exitsOf, verdictsOf } from '../../walk';
import type { FaultPath, Finding } from '../faults';

interface Graph {
  /** Steps by id; with a duplicate id, the first one. */
  readonly steps: ReadonlyMap<string, { readonly step: Step; readonly index: number }>;
  readonly start: string;
}

/**
 * Proves that every target exists, every step is reached, no path is a loop, and a verdict that asks the manager comes only
 * after answers that they have not signed and let us check. Since every step leads on (`steps.ts`), any answers reach a
 * verdict within as many screens as there are steps.
 */
export function checkPaths(playbook: PlaybookSource): Finding[] {
  const steps = new Map<string, { step: Step; index: number }>();
  playbook.steps.forEach((step, index) => {
    if (!steps.has(step.id)) steps.set(step.id, { step, index });
  });
  const graph: Graph = { steps, start: playbook.start };
  return [
    ...missingTargets(playbook, graph),
    ...unreachableSteps(graph),
    ...loops(graph),
    ...unearnedVerdicts(graph),
    ...missingEndings(playbook),
  ];
}

function missingTargets(playbook: PlaybookSource, graph: Graph): Finding[] {
  const missing = (id: string, path: FaultPath): Finding[] =>
    graph.steps.has(id)
      ? []
      : [
          {
            code: 'no_such_step',
            path,
            reason: `there is no step “${id}”: correct the name or add the step`,
          },
        ];
  return [
    ...missing(playbook.start, ['start']),
    ...playbook.steps.flatMap((step, index) =>
      exitsOf(step).flatMap(({ target, path }) =>
        'step' in target ? missing(target.step, ['steps', index, ...path]) : [],
      ),
    ),
  ];
}

function unreachableSteps(graph: Graph): Finding[] {
  // Without a start no step is reached; one fault is enough.
  if (!graph.steps.has(graph.start)) return [];
  const reached = new Set<string>();
  const waiting = [graph.start];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const found = graph.steps.get(id);
    if (found === undefined || reached.has(id)) continue;
    reached.add(id);
    for (const { target } of exitsOf(found.step)) if ('step' in target) waiting.push(target.step);
  }
  return [...graph.steps.values()]
    .filter(({ step }) => !reached.has(step.id))
    .map(({ step, index }) => ({
      code: 'unreachable_step',
      path: ['steps', index],
      reason: `no path from “${graph.start}” leads to step “${step.id}”: add one or remove the step`,
    }));
}

function loops(graph: Graph): Finding[] {
  const findings: Finding[] = [];
  const done = new Set<string>();
  /** Steps on the way to the current one; a target among them makes a loop. */
  const way: string[] = [];

  const visit = (id: string): void => {
    const found = graph.steps.get(id);
    if (found === undefined || done.has(id)) return;
    way.push(id);
    for (const { target, path } of exitsOf(found.step)) {
      if (!('step' in target)) continue;
      const from = way.indexOf(target.step);
      if (from < 0) {
        visit(target.step);
        continue;
      }
      findings.push({
        code: 'loop',
        path: ['steps', found.index, ...path],
        reason: `${[...way.slice(from), target.step].join(' → ')} is a loop: lead to a later step (only “again_label” may show a screen again)`,
      });
    }
    way.pop();
    done.add(id);
  };

  for (const id of [graph.start, ...graph.steps.keys()]) visit(id);
  return findings;
}

/** The two facts on which a rescue depends, as recorded on one path. */
interface Recorded {
  readonly stepId: string;
  readonly signed: string | null;
  readonly mayCheck: string | null;
  readonly way: readonly string[];
}

function unearnedVerdicts(graph: Graph): Finding[] {
  const findings = new Map<string, Finding>();
  const seen = new Set<string>();
  const waiting: Recorded[] = [{ stepId: graph.start, signed: null, mayCheck: null, way: [graph.start] }];

  for (let state = waiting.shift(); state !== undefined; state = waiting.shift()) {
    const found = graph.steps.get(state.stepId);
    const key = JSON.stringify([state.stepId, state.signed, state.mayCheck]);
    if (found === undefined || seen.has(key)) continue;
    seen.add(key);
    for (const exit of exitsOf(found.step)) {
      const after = record(state, found.step, exit);
      if ('step' in exit.target) {
        waiting.push({ ...after, stepId: exit.target.step, way: [...state.way, exit.target.step] });
        continue;
      }
      const finding = verdictFault(exit.target.verdict, after, ['steps', found.index, ...exit.path]);
      // One example path for each target and kind of fault is enough.
      if (finding !== null) {
        const once = JSON.stringify([finding.code, finding.path]);
        if (!findings.has(once)) findings.set(once, finding);
      }
    }
  }
  return [...findings.values()];
}

function record(state: Recorded, step: Step, exit: Exit): Recorded {
  if (exit.choice === null) return state;
  if (step.record?.fact === 'signed') return { ...state, signed: exit.choice };
  if (step.record?.fact === 'may_check') return { ...state, mayCheck: exit.choice };
  return state;
}

function verdictFault(verdict: Verdict, recorded: Recorded, path: FaultPath): Finding | null {
  const { isRescue, leadsTo } = VERDICT_TRAITS[verdict];
  if (!isRescue) return null;
  const way = `(${recorded.way.join(' → ')})`;
  if (recorded.signed === 'signed') {
    return {
      code: 'rescue_after_signing',
      path,
      reason: `verdict “${verdict}” is reached after they signed ${way}: a signature ends the rescue, so lead to verdict “signed”`,
    };
  }
  if (leadsTo !== 'ask') return null;
  const lacking = [
    ...(recorded.signed === null ? ['an answer to fact “signed”'] : []),
    ...(recorded.mayCheck === 'yes' ? [] : ['a “yes” to fact “may_check”']),
  ];
  if (lacking.length === 0) return null;
  return {
    code: 'pulse_not_earned',
    path,
    reason: `verdict “${verdict}” is reached without ${lacking.join(' and ')} ${way}: ask first, or lead to another verdict`,
  };
}

function missingEndings(playbook: PlaybookSource): Finding[] {
  return verdictsOf(playbook)
    .filter((verdict) => playbook.endings[verdict] === undefined)
    .map((verdict) => ({
      code: 'ending_missing',
      path: ['endings'],
      reason: `verdict “${verdict}” has no ending: add “${verdict}” here with title, say and why`,
    }));
}
