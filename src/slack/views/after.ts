/** `/lostdeal after`: the rep writes down a finished call on one screen, which asks only what its ending needs. */
import type { ModalView } from '@slack/types';
import type { Deal, Details, UserId } from '../../deal/model/deal';
import type { AnswerValue } from '../../playbook/answer';
import {
  FACT_KINDS,
  type Fact,
  type Playbook,
  type Step,
  traitsOf,
  VERDICT_TRAITS,
  VERDICTS,
  type Verdict,
} from '../../playbook/schema';
import { verdictsOf, wholeScript } from '../../playbook/walk';
import { blockId, fieldId, type Ref, type StepField, VIEWS } from '../ids';
import { VERDICT_LABELS } from '../text';
import { answerFields, readAnswer } from './answerFields';
import { quiet } from './blocks';
import {
  FIELDS,
  FILL_IN,
  type FillInOptions,
  fieldOf,
  moreRow,
  readAmounts,
  readDetail,
} from './detailFields';
import { keptWhileTyped } from './draft';
import { selectField } from './fields';
import { modal } from './modal';
import {
  mapRead,
  type Read,
  readDate,
  readMoment,
  readOneOf,
  readOption,
  readOptions,
  readPerson,
  required,
  together,
  type ViewValues,
  valid,
} from './values';

export const AFTER = { verdict: fieldId('verdict') } as const;

/** Visit number in block ids of a screen that shows each step once. */
const ONCE = 0;

const HEARD: readonly Fact[] = ['attraction', 'picture', 'hoped_for'];

/** The questions of the script that each ending leaves open. The ending itself answers the others. */
const FACTS: Readonly<Record<Verdict, readonly Fact[]>> = {
  pulse: [...HEARD, 'obstacle', 'signed', 'signing_date', 'promise'],
  keep_talking: [...HEARD, 'obstacle', 'signed', 'send_by'],
  signed: [...HEARD, 'contract_end', 'may_call_again'],
  no_pulse: [...HEARD, 'would_have_changed', 'contract_end', 'may_call_again'],
  declined_to_say: ['contract_end', 'may_call_again'],
  no_check: [...HEARD, 'obstacle', 'contract_end', 'may_call_again'],
  postponed: ['would_have_changed', 'who_else', 'look_again', 'may_call_again'],
  not_over: [],
  unreached: ['next_attempt'],
};

export interface AfterOptions extends FillInOptions {
  /** How it ended; null: the rep has not said, and the screen asks nothing else. */
  readonly ending: Verdict | null;
  /** A deal that begins when the screen is saved; null: it has begun. */
  readonly begins: Pick<Ref, 'account' | 'business' | 'playbook' | 'version'> | null;
}

/** The form requires only how the call ended. */
export function after(deal: Deal, playbook: Playbook, options: AfterOptions): ModalView {
  const { ending, begins, more } = options;
  const { first, rest } = FIELDS[ending ?? 'no_pulse'];
  const field = (name: (typeof first)[number]) => fieldOf(name, { ...deal, verdict: ending }, options);
  const hidden = rest.map(field);
  const view = modal({
    id: VIEWS.after,
    title: 'After the call',
    submit: 'Save',
    close: 'Later',
    ref: {
      deal: deal.id,
      ...(begins ?? {}),
      ...(ending === null ? {} : { ending }),
      ...(more === true ? { mode: 'more' } : {}),
    },
    blocks: [
      quiet(`${deal.account}  ·  ${deal.business}`),
      selectField({
        block: AFTER.verdict,
        label: 'How did it end?',
        required: true,
        options: endingsOf(playbook).map((verdict) => ({ value: verdict, label: ENDING_LABELS[verdict] })),
        initial: ending,
      }),
      ...(ending === null
        ? []
        : [
            ...factSteps(playbook)
              .filter(({ record }) => record !== undefined && FACTS[ending].includes(record.fact))
              // The loss reasons are asked apart, for every ending.
              .flatMap((step) => answerFields(step, deal, { visit: ONCE, reasons: [], screen: 'after' })),
            ...first.map(field),
            ...(more === true ? hidden : moreRow(deal, hidden)),
          ]),
      quiet(
        begins === null
          ? 'Saved as you type. You can close this.'
          : `Saved as you type. You can close this, and type /lostdeal after ${deal.account} to go on.`,
      ),
    ],
  });
  return keptWhileTyped(view);
}

const ENDING_LABELS: Readonly<Record<Verdict, string>> = {
  ...VERDICT_LABELS,
  unreached: "Couldn't reach them",
};

/** Those of the playbook; nobody answers, or nothing is lost, whatever the playbook. */
function endingsOf(playbook: Playbook): readonly Verdict[] {
  const ends = verdictsOf(playbook);
  return VERDICTS.filter(
    (verdict) =>
      ends.includes(verdict) || !VERDICT_TRAITS[verdict].isReached || !VERDICT_TRAITS[verdict].isLoss,
  );
}

/** How it ended, as the rep chose it; null: not yet. */
export const endingIn = (values: ViewValues): Verdict | null => readOneOf(values, AFTER.verdict, VERDICTS);

export interface AfterValue {
  readonly verdict: Verdict;
  /** The answers that are not empty, in the order of the script. */
  readonly answers: readonly { readonly stepId: string; readonly answer: AnswerValue }[];
  readonly details: Details;
  /** Null: the rep named nobody. */
  readonly manager: UserId | null;
}

export interface AfterContext {
  readonly currency: string;
  /** Calendar day of a moment (ms UTC) in the rep's time zone. */
  readonly dayOf: (at: number) => string;
  /** Ms UTC. */
  readonly now: number;
}

/** Reads the screen of `/lostdeal after`, and tells what contradicts itself at its field. */
export function readAfter(values: ViewValues, playbook: Playbook, context: AfterContext): Read<AfterValue> {
  const read = together({
    verdict: required(endingIn(values), AFTER.verdict, 'Say how the call ended.'),
    amounts: readAmounts(values, context.currency),
    contradictions: contradictionsIn(values, playbook, context),
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

/** Days that are over, a call after the signature, and a rescue of somebody who has signed. */
function contradictionsIn(
  values: ViewValues,
  playbook: Playbook,
  { dayOf, now }: AfterContext,
): Read<object> {
  const at = (fact: Fact, field: StepField) => blockOf(playbook, fact, field);
  const day = (fact: Fact): string | null => readDate(values, at(fact, 'date'));
  const faults: Record<string, string> = {};
  const today = dayOf(now);
  for (const fact of ['signing_date', 'contract_end', 'look_again'] as const) {
    const picked = day(fact);
    if (picked !== null && picked < today)
      faults[at(fact, 'date')] = 'That day has passed. Pick a later one.';
  }
  const next = readMoment(values, at('next_attempt', 'moment'));
  if (next !== null && next <= now)
    faults[at('next_attempt', 'moment')] = 'That time has passed. Pick a later one.';
  const call = readMoment(values, at('promise', 'moment'));
  const signs = day('signing_date');
  if (call !== null && signs !== null && dayOf(call) > signs)
    faults[at('promise', 'moment')] = "They'll have signed by then. Pick an earlier time.";
  const ending = endingIn(values);
  const hasSigned = readOption(values, at('signed', 'choice')) === 'signed';
  if (hasSigned && traitsOf(ending)?.isRescue === true)
    faults[at('signed', 'choice')] =
      `They've signed, so it can't have ended with “${VERDICT_LABELS[ending ?? 'pulse']}”. Change one of the two.`;
  return Object.keys(faults).length === 0 ? valid({}) : { ok: false, errors: faults };
}

/** Block id of the input for a fact; of no input where the playbook does not ask for it. */
export function blockOf(playbook: Playbook, fact: Fact, field: StepField): string {
  const step = factSteps(playbook).find(({ record }) => record?.fact === fact);
  return blockId(step?.id ?? fact, ONCE, field);
}

/** The first step of each fact, in the order of the script. */
function factSteps(playbook: Playbook): Step[] {
  const seen = new Set<Fact>();
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
      // Screens of earlier releases have the reasons here.
      return readAnswer(values, { text: at('text'), reasons: at('reasons') });
    case 'choice':
      return readAnswer(values, { choice: at('choice') });
    case 'date':
      return readAnswer(values, { date: at('date') });
    case 'datetime':
      return readAnswer(values, { moment: at('moment') });
  }
}
