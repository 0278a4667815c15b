/** `/lostdeal after`: the rep writes down a finished call on one screen. */
import type { ModalView } from '@slack/types';
import type { Deal, Details, UserId } from '../../deal/model/deal';
import type { AnswerValue } from '../../playbook/answer';
import {
  FACT_KINDS,
  type Fact,
  type Playbook,
  type Step,
  VERDICT_TRAITS,
  VERDICTS,
  type Verdict,
} from '../../playbook/schema';
import { verdictsOf, wholeScript } from '../../playbook/walk';
import { blockId, fieldId, type StepField, VIEWS } from '../ids';
import { VERDICT_LABELS } from '../text';
import { answerFields, readAnswer } from './answerFields';
import { quiet } from './blocks';
import { keptWhileTyped } from './draft';
import { selectField } from './fields';
import { FILL_IN, type FillInOptions, fieldOf, readAmounts, readDetail } from './fillIn';
import { modal } from './modal';
import {
  mapRead,
  type Read,
  readOneOf,
  readOptions,
  readPerson,
  required,
  together,
  type ViewValues,
} from './values';

export const AFTER = { verdict: fieldId('verdict') } as const;

/** Visit number in block ids of a screen that shows each step once. */
const ONCE = 0;

/** The form requires only how the call ended. */
export function after(deal: Deal, playbook: Playbook, options: FillInOptions): ModalView {
  const ends = verdictsOf(playbook);
  const possible = VERDICTS.filter((verdict) => VERDICT_TRAITS[verdict].isReached && ends.includes(verdict));
  const view = modal({
    id: VIEWS.after,
    title: 'After the call',
    submit: 'Save',
    close: 'Later',
    ref: { deal: deal.id },
    blocks: [
      quiet(`${deal.account}  ·  ${deal.business}  ·  Only the first question needs an answer.`),
      selectField({
        block: AFTER.verdict,
        label: 'How did it end?',
        required: true,
        options: possible.map((verdict) => ({ value: verdict, label: VERDICT_LABELS[verdict] })),
      }),
      ...factSteps(playbook).flatMap((step) =>
        answerFields(step, deal, { visit: ONCE, reasons: [], screen: 'after' }),
      ),
      ...(
        [
          'reasons',
          'amount',
          'ourOffer',
          'yesCosts',
          'competitor',
          'prospect',
          'recommendation',
          'notes',
          'manager',
        ] as const
      ).map((name) => fieldOf(name, deal, options)),
    ],
  });
  return keptWhileTyped(view);
}

export interface AfterValue {
  readonly verdict: Verdict;
  /** The answers that are not empty, in the order of the script. */
  readonly answers: readonly { readonly stepId: string; readonly answer: AnswerValue }[];
  readonly details: Details;
  readonly manager: UserId | null;
}

/** Everything the rep typed there. We show it again when we could not keep it. */
export function typedAfter({ answers, details }: Pick<AfterValue, 'answers' | 'details'>): string {
  const heard = answers.flatMap(({ answer }) => ('text' in answer ? [answer.text] : []));
  const { ourOffer, competitor, prospect, recommendation, notes } = details;
  return [...heard, ourOffer, competitor, prospect, recommendation, notes].filter((it) => it).join('\n');
}

/** Reads the screen of `/lostdeal after`. */
export function readAfter(
  values: ViewValues,
  playbook: Playbook,
  { currency }: { readonly currency: string },
): Read<AfterValue> {
  const read = together({
    verdict: required(
      readOneOf(values, AFTER.verdict, VERDICTS),
      AFTER.verdict,
      'Please say how the call ended.',
    ),
    amounts: readAmounts(values, currency),
  });
  return mapRead(read, ({ verdict, amounts }) => ({
    verdict,
    answers: factSteps(playbook).flatMap((step) => {
      const answer = readFact(step, values);
      return answer === null ? [] : [{ stepId: step.id, answer }];
    }),
    details: {
      ...amounts,
      ourOffer: readDetail(values, 'ourOffer'),
      competitor: readDetail(values, 'competitor'),
      prospect: readDetail(values, 'prospect'),
      recommendation: readDetail(values, 'recommendation'),
      notes: readDetail(values, 'notes'),
      reasons: FILL_IN.reasons in values ? readOptions(values, FILL_IN.reasons) : null,
    },
    manager: readPerson(values, FILL_IN.manager),
  }));
}

/**
 * The first step of each fact, in the order of the script. The form does not ask when to try again: the call is over.
 */
function factSteps(playbook: Playbook): Step[] {
  const seen = new Set<Fact>(['next_attempt']);
  return wholeScript(playbook).filter((step) => {
    const fact = step.record?.fact;
    if (fact === undefined || seen.has(fact)) return false;
    seen.add(fact);
    return true;
  });
}

function readFact(step: Step, values: ViewValues): AnswerValue | null {
  if (step.record === undefined) return null;
  const at = (field: StepField) => blockId(step.id, ONCE, field);
  switch (FACT_KINDS[step.record.fact]) {
    case 'text':
      return readAnswer(values, { text: at('text') });
    case 'reasons':
      return readAnswer(values, { text: at('text'), reasons: at('reasons') });
    case 'choice':
      return readAnswer(values, { choice: at('choice') });
    case 'date':
      return readAnswer(values, { date: at('date') });
    case 'datetime':
      return readAnswer(values, { moment: at('moment') });
  }
}
