/**
 * Proves that a playbook cannot surprise a rep mid-call. Each kind of proof has its file in `checks/`:
 * `steps` (a step makes sense), `paths` (every path ends well), `lines` (all read well), `screens` (all fit Slack).
 */

import type { Ending, PlaybookSource, Reason, Step } from '../schema';
import { checkLine, HINT, type LineKind, NOTE, SPOKEN } from './checks/lines';
import { checkPaths } from './checks/paths';
import {
  checkCover,
  checkEndingScreen,
  checkReasons,
  checkStepScreen,
  checkWordsScreen,
} from './checks/screens';
import { checkStep, repeated } from './checks/steps';
import type { FaultPath, Finding } from './faults';
import type { Place } from './fields';
import { type Pieces, piecesOf } from './pieces';

/** Everything wrong with a playbook of the right shape; none means that it can be used on a call. */
export function checkPlaybook(playbook: PlaybookSource): Finding[] {
  return [
    ...checkCover(playbook),
    ...repeated(
      playbook.steps.map((step) => step.id),
      'step',
      ['steps'],
    ),
    ...checkPaths(playbook),
    ...checkPieces(piecesOf(playbook)),
  ];
}

/** What is wrong with each part by itself. */
export function checkPieces(pieces: Pieces): Finding[] {
  return [
    ...pieces.steps.flatMap(({ step, index }) => [
      ...checkStep(step, ['steps', index]),
      ...checkStepScreen(step, ['steps', index]),
      ...checkStepLines(step, ['steps', index]),
    ]),
    ...pieces.endings.flatMap(({ ending, verdict }) => [
      ...checkEndingScreen(ending, ['endings', verdict]),
      ...checkEndingLines(ending, ['endings', verdict]),
    ]),
    ...pieces.words.flatMap(({ key, lines }) => [
      ...checkWordsScreen(lines, ['words', key]),
      ...checkLines(lines, key, SPOKEN, ['words', key]),
    ]),
  ];
}

export function checkTaxonomy(reasons: readonly Reason[]): Finding[] {
  return [
    ...repeated(
      reasons.map((reason) => reason.id),
      'reason',
      ['reasons'],
    ),
    ...checkReasons(reasons, ['reasons']),
  ];
}

function checkStepLines(step: Step, path: FaultPath): Finding[] {
  return [
    ...checkLines(step.say, 'call', SPOKEN, [...path, 'say']),
    ...checkLines(step.prompts ?? [], 'call', SPOKEN, [...path, 'prompts']),
    ...checkLine(step.why, 'call', NOTE, [...path, 'why']),
    ...checkLines(step.listen_for ?? [], 'call', HINT, [...path, 'listen_for']),
    ...(step.avoid === undefined ? [] : checkLine(step.avoid, 'call', NOTE, [...path, 'avoid'])),
  ];
}

function checkEndingLines(ending: Ending, path: FaultPath): Finding[] {
  return [
    ...checkLines(ending.say, 'ending', SPOKEN, [...path, 'say']),
    ...checkLine(ending.why, 'ending', NOTE, [...path, 'why']),
  ];
}

function checkLines(lines: readonly string[], place: Place, kind: LineKind, path: FaultPath): Finding[] {
  return lines.flatMap((line, index) => checkLine(line, place, kind, [...path, index]));
}
