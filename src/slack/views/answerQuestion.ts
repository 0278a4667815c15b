import type { ModalView } from '@slack/types';
import type { Deal, Question } from '../../deal/model/deal';
import { fieldId, VIEWS } from '../ids';
import { account, line, quote, rich } from '../text';
import { type Read, readText, textField, type ViewValues } from './form';
import { modal } from './modal';

export const ANSWER_QUESTION = { answer: fieldId('answer') } as const;

/** The rep answers a question of the manager. */
export function answerQuestion(deal: Deal, question: Question): ModalView {
  return modal({
    id: VIEWS.answerQuestion,
    title: 'Answer',
    submit: 'Send',
    close: 'Cancel',
    ref: { deal: deal.id, question: question.id },
    blocks: [
      rich(line({ user: question.by }, ' asks about ', account(deal), ':'), quote(question.text)),
      textField({
        block: ANSWER_QUESTION.answer,
        label: 'Your answer',
        required: true,
        multiline: true,
        initial: question.answer?.text,
        focus: true,
      }),
    ],
  });
}

/** Reads the answer. */
export function readAnswerQuestion(values: ViewValues): Read<string> {
  const text = readText(values, ANSWER_QUESTION.answer);
  return text === null
    ? { ok: false, errors: { [ANSWER_QUESTION.answer]: 'Please type your answer.' } }
    : { ok: true, value: text };
}
