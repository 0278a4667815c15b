/** Recorded answers in words: one answer, and the facts that a message or screen needs. */
import type { Answered, Deal } from '../../deal/model/deal';
import type { AnswerValue } from '../../playbook/answer';
import type { Playbook, Reason, Step } from '../../playbook/schema';
import { choiceLabel } from './labels';
import { calendarDate, type Part } from './parts';

/** The source of labels; a deal keeps the playbook it started with. */
export interface Wording {
  readonly playbook: Playbook;
  readonly reasons: readonly Reason[];
}

/** The step an answer belongs to, when this version of the playbook has it. */
export function stepOfAnswer(playbook: Playbook, answered: { readonly stepId: string }): Step | null {
  return playbook.steps.find((step) => step.id === answered.stepId) ?? null;
}

/** An answer in words; empty when it says nothing. */
export function answerParts(answer: AnswerValue, step: Step | null, reasons: readonly Reason[]): Part[] {
  switch (answer.kind) {
    case 'said':
    case 'told':
    case 'unknown':
      return [];
    case 'text':
      return answer.text === '' ? [] : [answer.text];
    case 'reasons':
      return apart([reasonLabels(answer.reasons, reasons), answer.text]);
    case 'choice': {
      const label = step?.choices?.find((choice) => choice.id === answer.choice)?.label;
      return apart([
        label ?? choiceLabel(answer.choice),
        reasonLabels(answer.reasons ?? [], reasons),
        answer.text ?? '',
      ]);
    }
    case 'date':
      return [calendarDate(answer.date)];
    case 'datetime':
      return [{ date: answer.at }];
  }
}

function apart(lines: readonly string[]): Part[] {
  const text = lines.filter((words) => words.trim() !== '').join('\n');
  return text === '' ? [] : [text];
}

/** "Price · Delivery time"; a reason that the list lacks shows its id as its name. */
export function reasonLabels(ids: readonly string[], reasons: readonly Reason[]): string {
  return ids
    .map((id) => reasons.find((reason) => reason.id === id)?.label ?? id.replaceAll('_', ' '))
    .join(' · ');
}

/** Answers that the prospect gave and the rep did not write down during the call; the rep types them after it. */
export function writtenAnswers(deal: Deal): Answered[] {
  return deal.trail.filter((answered) => answered.answer.kind === 'told');
}
