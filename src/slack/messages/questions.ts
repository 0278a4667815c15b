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
import { dm, type RenderContext, type Slot, slot, THREAD } from './slot';

const EXCERPT = 1_500;

/** A question of the manager and its answer: noted in the thread, and to each who has to know by direct message. */
export function questionSlots(deal: Deal, ask: Ask, question: Question, { privacy }: RenderContext): Slot[] {
  const pending = ask.id === deal.ask?.id && ask.status === 'pending';
  const { answer } = question;
  const asks: Part[] = [{ user: question.by }, ' asks about ', account(deal), ':'];
  const asked = [line(...asks), quote(cut(question.text, EXCERPT))];
  const answered: RichPiece[] =
    answer === null ? [] : [line({ user: answer.by }, ' answers:'), quote(cut(answer.text, EXCERPT))];
  const cutShort = question.text.length > EXCERPT || (answer?.text.length ?? 0) > EXCERPT;
  const rest = cutShort ? [showAllButton(deal)] : [];
  const short = privacy === 'short';
  const note: Part[] = [
    { user: question.by },
    answer === null ? ' asked the rep a question.' : ' asked the rep a question, and has an answer.',
  ];
  const thread = slot({
    key: `question:${question.id}`,
    place: THREAD,
    fallback: short ? note : [{ user: question.by }, ' asks: ', question.text],
    blocks: short
      ? [rich(line(...note)), buttons(detailsButton(deal))]
      : [
          rich(line({ user: question.by }, ' asks:'), quote(cut(question.text, EXCERPT)), ...answered),
          ...row(rest),
        ],
  });
  const open = pending && answer === null;
  const answerButton: ButtonOptions = {
    action: ACTIONS.answerQuestion,
    label: 'Answer',
    ref: { deal: deal.id, question: question.id },
    style: 'primary',
  };
  const toRep = slot({
    key: `question-dm:${question.id}:${deal.rep}`,
    place: dm(deal.rep),
    fallback: [...asks, ' ', question.text],
    notifies: true,
    overtaken: !open,
    blocks: [
      rich(
        ...asked,
        ...answered,
        ...(open || answer !== null ? [] : [line('Decided meanwhile; no answer is needed.')]),
      ),
      ...row(open ? [answerButton, ...rest] : rest),
    ],
  });
  if (answer === null) return [thread, toRep];
  const answers: Part[] = [{ user: answer.by }, ' answers your question about ', account(deal), ':'];
  const back = slot({
    key: `answer-dm:${question.id}:${question.by}`,
    place: dm(question.by),
    fallback: [...answers, ' ', answer.text],
    notifies: true,
    overtaken: !pending,
    blocks: [
      rich(line('You asked: ', cut(question.text, 300)), line(...answers), quote(cut(answer.text, EXCERPT))),
      ...row(pending ? [...decisionButtons(deal, ask), ...rest] : rest),
    ],
  });
  return [thread, toRep, back];
}

function row(all: readonly ButtonOptions[]) {
  return all.length === 0 ? [] : [buttons(...all)];
}
