/** Checks that a step makes sense by itself: its fact, choices and buttons fit together. */

import { FACT_CHOICES, FACT_KINDS, type Step } from '../../schema';
import type { FaultCode, FaultPath, Finding } from '../faults';

export function checkStep(step: Step, path: FaultPath): Finding[] {
  const findings: Finding[] = [];
  const add = (code: FaultCode, key: FaultPath, reason: string) =>
    findings.push({ code, path: [...path, ...key], reason });
  const choices = step.choices ?? [];
  const fact = step.record?.fact;
  const kind = fact === undefined ? null : FACT_KINDS[fact];
  const values = fact === undefined ? undefined : FACT_CHOICES[fact];

  if (kind === 'choice' && values !== undefined) {
    const valueList = values.join(', ');
    if (choices.length === 0) {
      add('choices_missing', ['record'], `fact “${fact}” is tapped: add “choices” with some of ${valueList}`);
    }
    choices.forEach((choice, index) => {
      if (!values.includes(choice.id)) {
        add(
          'choice_not_of_fact',
          ['choices', index, 'id'],
          `“${choice.id}” is not a choice of fact “${fact}”: use one of ${valueList}`,
        );
      }
    });
    if (step.next !== undefined) {
      add('next_not_allowed', ['next'], `the choices of fact “${fact}” already lead on: remove “next”`);
    }
    if (step.record?.placeholder !== undefined) {
      add(
        'never_shown',
        ['record', 'placeholder'],
        `fact “${fact}” is tapped, not typed: remove “placeholder”`,
      );
    }
  } else if (fact !== undefined && step.next === undefined) {
    add(
      'next_missing',
      ['record'],
      `fact “${fact}” is typed or picked, so *Next* has to lead somewhere: add “next”`,
    );
  } else if (step.next === undefined && choices.length === 0) {
    add('dead_end', [], `step “${step.id}” leads nowhere: add “next” or “choices”`);
  }

  if (step.again_label !== undefined && kind !== 'text' && kind !== 'reasons') {
    add(
      'again_not_allowed',
      ['again_label'],
      'only a step that records text or reasons can be shown again: remove “again_label”',
    );
  }
  if (step.next_label !== undefined && step.next === undefined) {
    add('never_shown', ['next_label'], 'there is no *Next* here to label: remove “next_label” or add “next”');
  }
  if (step.one_tap !== undefined && kind !== 'date') {
    add(
      'never_shown',
      ['one_tap'],
      'only a step that records a date is answered with a day: remove “one_tap”',
    );
  }
  if (step.unknown_label !== undefined && kind !== 'date' && kind !== 'datetime') {
    add(
      'never_shown',
      ['unknown_label'],
      'only a step that records a date or an hour has *Don’t know*: remove “unknown_label”',
    );
  }
  const taken = choices.map((choice) => choice.id);
  (step.one_tap ?? []).forEach((day, index) => {
    if (taken.includes(day.id)) {
      add(
        'duplicate_id',
        ['one_tap', index, 'id'],
        `there is a choice “${day.id}” too: give this day its own id`,
      );
    }
  });
  findings.push(
    ...repeated(
      (step.one_tap ?? []).map((day) => day.id),
      'day',
      [...path, 'one_tap'],
    ),
    ...repeated(
      choices.map((choice) => choice.id),
      'choice',
      [...path, 'choices'],
    ),
  );
  return findings;
}

/** A finding for each id that an earlier item of the list has too. */
export function repeated(ids: readonly string[], what: string, path: FaultPath): Finding[] {
  return ids.flatMap((id, index): Finding[] =>
    ids.indexOf(id) === index
      ? []
      : [
          {
            code: 'duplicate_id',
            path: [...path, index, 'id'],
            reason: `there is another ${what} “${id}” above: give this one its own id`,
          },
        ],
  );
}
