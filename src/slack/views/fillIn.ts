import type { AnyBlock, InputBlock, ModalView } from '@slack/types';
import { owesOutcome } from '../../deal/decide/outcome';
import { lastAnswerOf } from '../../deal/decide/undoVerdict';
import type { Answered, Ask, Deal, Details, NextTime, UserId } from '../../deal/model/deal';
import type { Check } from '../../deal/practice/feedback';
import { FACT_KINDS, type Fact, type Playbook, traitsOf } from '../../playbook/schema';
import { wordsOf } from '../../playbook/words';
import { ACTIONS, blockId, VIEWS } from '../ids';
import {
  type ButtonOptions,
  buttons,
  feedbackPieces,
  line,
  outcomeButtons,
  type Part,
  paragraph,
  plainLine,
  quote,
  rich,
  spoken,
  strong,
  VERDICT_LABELS,
  writtenAnswers,
} from '../text';
import { divider, heading, quiet } from './blocks';
import {
  FIELDS,
  FILL_IN,
  type FillInOptions,
  fieldOf,
  moreRow,
  readAmounts,
  readDetail,
  readReasons,
} from './detailFields';
import { keptWhileTyped } from './draft';
import { textField } from './fields';
import { modal } from './modal';
import { type NextTimeContext, nextTimeFields, readNextTime } from './nextTime';
import { mapRead, type Read, readPerson, readText, together, type ViewValues } from './values';

/** The answers in words that count first. */
const FIRST_WORDS: readonly Fact[] = ['attraction', 'hoped_for', 'would_have_changed'];

/** *While it's fresh*: the end of the call in kind words, and everything that could wait until after it. */
export function fillIn(deal: Deal, playbook: Playbook, options: FillInOptions): ModalView {
  const verdict = deal.verdict;
  const ending = verdict === null ? undefined : playbook.endings[verdict];
  const fields = FIELDS[verdict ?? 'no_pulse'];
  const isGiven = deal.ask?.preApproved != null && owesOutcome(deal);
  const { rest } = fields;
  // Nobody is asked about what was pre-approved.
  const first = isGiven
    ? fields.first.filter((name) => name !== 'manager' && name !== 'recommendation')
    : fields.first;
  const traits = traitsOf(verdict);
  const asked = traits?.isReached === true && traits.isLoss;
  const words = writtenFields(deal, playbook);
  const hidden = [
    ...words.filter(({ counts }) => !counts).map(({ field }) => field),
    ...rest.map((name) => fieldOf(name, deal, options)),
  ];
  const view = modal({
    id: VIEWS.fillIn,
    title: "While it's fresh",
    submit: 'Save',
    close: 'Later',
    ref: { deal: deal.id, ...(options.more === true ? { mode: 'more' } : {}) },
    blocks: [
      ...(isGiven
        ? wordsToOffer(deal, playbook)
        : verdict === null
          ? []
          : [heading(ending === undefined ? VERDICT_LABELS[verdict] : plainLine(ending.title, deal))]),
      ...(asked ? [quiet('You asked. Most people never do.')] : []),
      ...(ending === undefined || isGiven || ending.say.length === 0
        ? []
        : [
            rich(
              line('Say'),
              ...ending.say.map((template) =>
                quote(...strong(spoken(template, deal, { atOnce: true, of: playbook }))),
              ),
            ),
          ]),
      ...(ending === undefined || isGiven ? [] : [quiet(`Why: ${plainLine(ending.why, deal, playbook)}`)]),
      ...askRow(deal),
      ...(traits?.isReached === false ? wordsToLeave(deal, playbook) : []),
      ...words.filter(({ counts }) => counts).map(({ field }) => field),
      ...first.map((name) => fieldOf(name, deal, options)),
      ...(traits?.asksNextTime ? nextTimeFields(deal) : []),
      ...(options.more === true ? hidden : moreRow(deal, hidden)),
      quiet('Saved as you type. You can close this.'),
      ...adviceBlocks(deal, playbook, options.advice ?? []),
    ],
  });
  return keptWhileTyped(view);
}

/** What went well, and the one thing to try next time. */
function adviceBlocks(deal: Deal, playbook: Playbook, checks: readonly Check[]): AnyBlock[] {
  if (checks.length === 0) return [];
  return [
    divider(),
    rich(...feedbackPieces(checks, deal, playbook)),
    quiet('Only you see this.'),
    buttons({ action: ACTIONS.noAdvice, label: "Don't show this", ref: { deal: deal.id } }),
  ];
}

/** An answer that the prospect gave during the call and the rep types now. */
export interface WrittenAnswer {
  readonly stepId: string;
  readonly visit: number;
  readonly text: string;
}

export interface FillInValue {
  /** Only fields that were on the screen; null: left empty. */
  readonly details: Partial<Details>;
  readonly manager: UserId | null;
  readonly written: readonly WrittenAnswer[];
  /** Absent where the screen does not ask for it. */
  readonly nextTime?: NextTime;
}

/** Reads *Fill in while it's fresh*. */
export function readFillIn(
  values: ViewValues,
  { currency, deal, today }: NextTimeContext & { readonly currency: string },
): Read<FillInValue> {
  const read = together({
    amounts: readAmounts(values, currency),
    nextTime: readNextTime(values, { deal, today }),
  });
  const texts = (['ourOffer', 'competitor', 'prospect', 'recommendation', 'notes'] as const).flatMap(
    (name) => (FILL_IN[name] in values ? [[name, readDetail(values, name)] as const] : []),
  );
  return mapRead(read, ({ amounts, nextTime }) => ({
    details: {
      ...Object.fromEntries(texts),
      ...(FILL_IN.amount in values ? { amount: amounts.amount } : {}),
      ...(FILL_IN.yesCosts in values ? { yesCosts: amounts.yesCosts } : {}),
      ...readReasons(values, deal),
    },
    manager: readPerson(values, FILL_IN.manager),
    written: writtenAnswers(deal).flatMap(({ stepId, visit }) => {
      const text = readText(values, blockId(stepId, visit, 'text'));
      return text === null ? [] : [{ stepId, visit, text }];
    }),
    ...(nextTime === undefined ? {} : { nextTime }),
  }));
}

/**
 * When the ask goes out, with *Ask now* until then; and *Back*, after a wrong tap. The first notes remove *Back*, because
 * they confirm the answer.
 */
function askRow(deal: Deal): AnyBlock[] {
  const ref = { deal: deal.id };
  const last = deal.filledIn ? null : lastAnswerOf(deal);
  const asked = deal.ask?.status === 'pending' ? deal.ask : null;
  const isHeld = asked?.heldUntil != null && asked.manager !== null;
  const row: readonly ButtonOptions[] = [
    ...(isHeld ? [{ action: ACTIONS.askNow, label: 'Ask now', ref }] : []),
    ...(last === null
      ? []
      : [{ action: ACTIONS.backToCall, label: 'Back', ref: { ...ref, visit: last.visit } }]),
  ];
  return [...(asked === null ? [] : whenAsked(asked)), ...(row.length === 0 ? [] : [buttons(...row)])];
}

/** Nothing while nobody is named: the field beneath says what happens. Asks of earlier releases went out at once. */
function whenAsked({ manager, sending, heldUntil, waitsUntil }: Ask): AnyBlock[] {
  if (manager === null || sending === null) return [];
  const them: Part = { user: manager };
  if (waitsUntil !== null && waitsUntil !== heldUntil)
    return [paragraph([them, ' gets this ', { date: waitsUntil }, ', when their working day begins.'])];
  return heldUntil === null
    ? [paragraph([them, ' has your ask. What you add here goes with it.'])]
    : [paragraph([them, ' gets this when you save, or in 5 minutes.'])];
}

/** The buyer says first whether they want to hear it; then the words of a yes, without the greeting of a new call. */
function wordsToOffer(deal: Deal, playbook: Playbook): AnyBlock[] {
  const say = (template: string) => quote(...strong(spoken(template, deal, { atOnce: true, of: playbook })));
  const [greeting, ...yes] = wordsOf(playbook, 'match');
  return [
    heading('You can say yes yourself'),
    rich(line('Say'), ...wordsOf(playbook, 'offer_now').map(say)),
    rich(
      line('If they want to hear it'),
      ...(yes.length === 0 && greeting !== undefined ? [greeting] : yes).map(say),
    ),
    // They are on the line, so nobody is still to be reached.
    buttons(...outcomeButtons(deal).filter(({ action }) => action !== ACTIONS.noAnswer)),
  ];
}

function wordsToLeave(deal: Deal, playbook: Playbook): AnyBlock[] {
  const reminder: AnyBlock[] =
    deal.nextTryAt === null
      ? []
      : [paragraph(["I'll remind you to try again ", { date: deal.nextTryAt }, '.'])];
  if (deal.cadence !== null) return [paragraph(['The words to leave are in your messages.']), ...reminder];
  return [
    ...reminder,
    rich(
      line({ bold: 'On voicemail' }),
      ...wordsOf(playbook, 'voicemail').map((template) => quote(...spoken(template, deal, { of: playbook }))),
      line({ bold: 'By mail' }),
      ...wordsOf(playbook, 'mail').map((template) => quote(...spoken(template, deal, { of: playbook }))),
    ),
  ];
}

/** `counts`: of what counts first. */
function writtenFields(
  deal: Deal,
  playbook: Playbook,
): { readonly field: InputBlock; readonly counts: boolean }[] {
  return writtenAnswers(deal)
    .slice(0, 20)
    .flatMap((answered: Answered) => {
      const step = playbook.steps.find(({ id }) => id === answered.stepId);
      if (step?.record === undefined) return [];
      const { fact, label } = step.record;
      if (FACT_KINDS[fact] !== 'text' && FACT_KINDS[fact] !== 'reasons') return [];
      const block = blockId(answered.stepId, answered.visit, 'text');
      const field = textField({
        block,
        label: plainLine(label, deal),
        hint: 'Use their words.',
        multiline: true,
      });
      return [{ field, counts: FIRST_WORDS.includes(fact) }];
    });
}
