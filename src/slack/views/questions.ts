/** Between the ask and the decision: the manager's question and the rep's answer. */
import type { ModalView } from '@slack/types';
import type { Deal, Question } from '../../deal/model/deal';
import { fieldId, VIEWS } from '../ids';
import { account, askRepLabel, line, quote, rich } from '../text';
import { askFacts, askRef, type EarlierWords } from './decisions';
import { textField } from './fields';
import { modal } from './modal';
import { type Read, readText, required, type ViewValues } from './values';

export const ASK_REP = { question: fieldId('question') } as const;

/**
 * The manager asks a question before deciding.
 * @param repName null: not known
 */
export function askRep(deal: Deal, repName: string | null, words?: EarlierWords): ModalView {
  return modal({
    id: VIEWS.askRep,
    title: askRepLabel(repName),
    submit: 'Ask',
    ref: askRef(deal, words),
    blocks: [
      askFacts(deal),
      textField({
        block: ASK_REP.question,
        label: 'What do you need to know?',
        hint: 'The answer comes back to you by direct message, and to the ask.',
        required: true,
        multiline: true,
        initial: words?.text,
        focus: true,
      }),
    ],
  });
}

/** Reads the question. */
export function readAskRep(values: ViewValues): Read<string> {
  return required(readText(values, ASK_REP.question), ASK_REP.question, 'Type your question.');
}

export const ANSWER_QUESTION = { answer: fieldId('answer') } as const;

/** The rep answers the manager's question. `words`: what the rep wrote, which only the manager reads. */
export function answerQuestion(deal: Deal, question: Question, words?: EarlierWords): ModalView {
  return modal({
    id: VIEWS.answerQuestion,
    title: 'Answer',
    submit: 'Send',
    ref: { deal: deal.id, question: question.id },
    blocks: [
      rich(line({ user: question.by }, ' asks about ', account(deal), ':'), quote(question.text)),
      textField({
        block: ANSWER_QUESTION.answer,
        label: 'Your answer',
        required: true,
        multiline: true,
        initial: question.answer?.text ?? words?.text,
        focus: true,
      }),
    ],
  });
}

/** Reads the answer. */
export function readAnswerQuestion(values: ViewValues): Read<string> {
  const { answer } = ANSWER_QUESTION;
  return required(readText(values, answer), answer, 'Type your answer.');
}
