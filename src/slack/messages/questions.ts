import type { Ask, Deal, Question } from '../../deal/model/deal';
import { ACTIONS } from '../ids';
import {
  account,
  type ButtonOptions,
  buttons,
  cut,
  decisionButtons,
  detailsButton,
  line,
  type Part,
  quote,
  type RichPiece,
  rich,
  showAllButton,
} from '../text';
import {
  ADDRESSED,
  type Addressed,
  IN_THREAD,
  type Message,
  messageKind,
  NUMBERED,
  type Numbered,
  TO_ADDRESSEE,
} from './kind';
import { NO_LONGER, toFormerRep } from './lastWords';
import { asksOf, isPending } from './phrases';
import type { RenderContext } from './slot';

const EXCERPT = 1_500;

/** A question of the manager and its answer. */
export const questionInThread = messageKind({
  kind: 'question',
  key: NUMBERED,
  place: IN_THREAD,
  notifies: false,
  phases: ['thread'],
  messages: (deal, context) => questionsOf(deal).map(({ question }) => inThread(deal, question, context)),
  lastWords: () => [NO_LONGER],
});

/** The rep answers it. */
export const questionDm = messageKind({
  kind: 'question-dm',
  key: ADDRESSED,
  place: TO_ADDRESSEE,
  notifies: true,
  phases: ['thread'],
  messages: (deal) => questionsOf(deal).map(({ ask, question }) => toRep(deal, ask, question)),
  lastWords: (deal, { to }) => toFormerRep(deal, to, [account(deal), ': ', NO_LONGER]),
});

/** The answer, to the one who asked. */
export const answerDm = messageKind({
  kind: 'answer-dm',
  key: ADDRESSED,
  place: TO_ADDRESSEE,
  notifies: true,
  phases: ['thread'],
  messages: (deal, { repName }) =>
    questionsOf(deal).flatMap(({ ask, question }) =>
      question.answer === null ? [] : [answerBack(deal, ask, question, question.answer, repName)],
    ),
  lastWords: (deal) => [account(deal), ': ', NO_LONGER],
});

const questionsOf = (deal: Deal) =>
  asksOf(deal).flatMap((ask) => ask.questions.map((question) => ({ ask, question })));

function inThread(deal: Deal, question: Question, { privacy }: RenderContext): Message<Numbered> {
  const { id, by, answer } = question;
  const note: Part[] = [
    { user: by },
    answer === null ? ' asked the rep a question.' : ' asked the rep a question, and has an answer.',
  ];
  if (privacy === 'short') {
    return { key: { id }, fallback: note, blocks: [rich(line(...note)), buttons(detailsButton(deal))] };
  }
  return {
    key: { id },
    fallback: [{ user: by }, ' asks: ', question.text],
    blocks: [
      rich(line({ user: by }, ' asks:'), quote(cut(question.text, EXCERPT)), ...answerPieces(question)),
      ...row(rest(deal, question)),
    ],
  };
}

function toRep(deal: Deal, ask: Ask, question: Question): Message<Addressed> {
  const { id, by, text, answer } = question;
  const asks: Part[] = [{ user: by }, ' asks about ', account(deal), ':'];
  const open = isPending(deal, ask) && answer === null;
  const answerButton: ButtonOptions = {
    action: ACTIONS.answerQuestion,
    label: 'Answer',
    ref: { deal: deal.id, question: id },
    style: 'primary',
  };
  return {
    key: { id, to: deal.rep },
    fallback: [...asks, ' ', text],
    overtaken: !open,
    blocks: [
      rich(
        line(...asks),
        quote(cut(text, EXCERPT)),
        ...answerPieces(question),
        ...(open || answer !== null ? [] : [line(noAnswerNeeded(deal))]),
      ),
      ...row(open ? [answerButton, ...rest(deal, question)] : rest(deal, question)),
    ],
  };
}

const noAnswerNeeded = ({ removed }: Deal): string =>
  removed === null
    ? "Already decided, so there's no need to answer."
    : "It isn't lost, so there's no need to answer.";

function answerBack(
  deal: Deal,
  ask: Ask,
  question: Question,
  answer: NonNullable<Question['answer']>,
  repName: string | null,
): Message<Addressed> {
  const pending = isPending(deal, ask);
  const answers: Part[] = [{ user: answer.by }, ' answers your question about ', account(deal), ':'];
  const more = rest(deal, question);
  return {
    key: { id: question.id, to: question.by },
    fallback: [...answers, ' ', answer.text],
    overtaken: !pending,
    blocks: [
      rich(line('You asked: ', cut(question.text, 300)), line(...answers), quote(cut(answer.text, EXCERPT))),
      ...row(pending ? [...decisionButtons(deal, ask, repName), ...more] : more),
    ],
  };
}

const answerPieces = ({ answer }: Question): RichPiece[] =>
  answer === null ? [] : [line({ user: answer.by }, ' answers:'), quote(cut(answer.text, EXCERPT))];

/** *Show all*, where something was cut. */
function rest(deal: Deal, { text, answer }: Question): ButtonOptions[] {
  const cutShort = text.length > EXCERPT || (answer?.text.length ?? 0) > EXCERPT;
  return cutShort ? [showAllButton(deal)] : [];
}

function row(all: readonly ButtonOptions[]) {
  return all.length === 0 ? [] : [buttons(...all)];
}
