/**
 * Proves that a playbook cannot surprise a rep during a call. Each kind of check has a file in `checks/`: `steps` (a step
 * makes sense), `paths` (every path ends in a verdict), `lines` (every line reads well), `screens` (every screen fits Slack).
 */

import type { Ending, PlaybookSource, Reason, Reply, Step } from '../schema';
import { checkLanguage } from './checks/language';
import { checkLine, FRAGMENT, HINT, type LineKind, NOTE, SPOKEN } from './checks/lines';
import { checkPaths } from './checks/paths';
import {
  checkCover,
  checkEndingScreen,
  checkMailScreen,
  checkReasons,
  checkRepliesScreen,
  checkStepScreen,
  checkWordsScreen,
} from './checks/screens';
import { checkStep, repeated } from './checks/steps';
import type { FaultPath, Finding } from './faults';
import { MAIL_MOMENTS, type Moment, momentOf } from './fields';
import { type Parts, partsOf } from './parts';

/** Every fault of a playbook that has the right shape. Empty: it can be used on a call. */
export function checkPlaybook(playbook: PlaybookSource): Finding[] {
  return [
    ...checkCover(playbook),
    ...repeated(
      playbook.steps.map((step) => step.id),
      'step',
      ['steps'],
    ),
    ...checkPaths(playbook),
    ...checkLanguage(playbook),
    ...checkParts(partsOf(playbook)),
  ];
}

/** The faults of each part by itself. */
export function checkParts(parts: Parts): Finding[] {
  return [
    ...parts.steps.flatMap(({ step, index }) => [
      ...checkStep(step, ['steps', index]),
      ...checkStepScreen(step, ['steps', index]),
      ...checkStepLines(step, ['steps', index]),
    ]),
    ...parts.endings.flatMap(({ ending, verdict }) => [
      ...checkEndingScreen(ending, ['endings', verdict]),
      ...checkEndingLines(ending, ['endings', verdict]),
    ]),
    ...parts.words.flatMap(({ key, lines }) => [
      ...checkWordsScreen(lines, ['words', key]),
      ...checkLines(lines, key, SPOKEN, ['words', key]),
    ]),
    ...parts.mails.flatMap(({ key, mail }) => [
      ...checkMailScreen(mail, ['mails', key]),
      ...checkLines(mail.text, MAIL_MOMENTS[key], NOTE, ['mails', key, 'text']),
    ]),
    ...parts.replies.flatMap(({ key, replies }) => [
      ...checkRepliesScreen(replies, ['they_say', key]),
      ...checkReplies(replies, key, ['they_say', key]),
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
  const moment = momentOf(step.record?.fact);
  const fragment = (key: 'cue' | 'dont') => {
    const text = step[key];
    return text === undefined ? [] : checkLine(text, moment, FRAGMENT, [...path, key]);
  };
  return [
    ...checkLines(step.say, moment, SPOKEN, [...path, 'say']),
    ...checkLines(step.prompts ?? [], moment, SPOKEN, [...path, 'prompts']),
    ...checkLine(step.why, moment, NOTE, [...path, 'why']),
    ...fragment('cue'),
    ...fragment('dont'),
    ...checkLines(step.listen_for ?? [], moment, HINT, [...path, 'listen_for']),
    ...(step.avoid === undefined ? [] : checkLine(step.avoid, moment, NOTE, [...path, 'avoid'])),
    ...checkReplies(step.they_say ?? [], moment, [...path, 'they_say']),
  ];
}

function checkReplies(replies: readonly Reply[], moment: Moment, path: FaultPath): Finding[] {
  return replies.flatMap(({ hear, reply }, index) => [
    ...checkLine(hear, moment, NOTE, [...path, index, 'hear']),
    ...checkLine(reply, moment, SPOKEN, [...path, index, 'reply']),
  ]);
}

function checkEndingLines(ending: Ending, path: FaultPath): Finding[] {
  return [
    ...checkLines(ending.say, 'ending', SPOKEN, [...path, 'say']),
    ...checkLine(ending.why, 'ending', NOTE, [...path, 'why']),
  ];
}

function checkLines(lines: readonly string[], moment: Moment, kind: LineKind, path: FaultPath): Finding[] {
  return lines.flatMap((line, index) => checkLine(line, moment, kind, [...path, index]));
}
