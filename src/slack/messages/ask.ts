import type { KnownBlock } from '@slack/types';
import type { Ask, Deal, Question, Source } from '../../deal/deal';
import { factsOf, type Recorded } from '../../deal/facts';
import {
  type ButtonOptions,
  businessAndAmount,
  buttons,
  currentDecision,
  cut,
  decidedParts,
  ledgerLine,
  line,
  type Part,
  quote,
  type RichPiece,
  reasonLine,
  requestOf,
  rich,
  SOURCE_LABELS,
  signingParts,
} from '../text';
import { account, decisionButtons, detailsButton, EXCERPT, showAllButton } from './phrases';
import { dm, type RenderContext, type Slot, slot, THREAD } from './slot';

/** Questions shown with the ask; older ones are behind *Show all*. */
const MOST_QUESTIONS = 4;

/**
 * The question put to the manager: everything needed to decide in ten seconds, in the thread and as a direct message.
 * Keyed by the event that addressed it, so that handing it to somebody else alerts them.
 */
export function askSlots(deal: Deal, ask: Ask, context: RenderContext): Slot[] {
  if (ask.manager === null) return [];
  const id = `${ask.addressedBy}:${ask.manager}`;
  const overtaken = ask.status !== 'pending' || ask.id !== deal.ask?.id;
  const toManager: Part[] = [
    { user: ask.manager },
    ', this is yours to decide. Asked by ',
    { user: deal.rep },
    '.',
  ];
  const short = context.privacy === 'short';
  const first: Part[] = short
    ? ['They would reconsider; answer by ', { date: ask.deadline }, '.']
    : firstLine(deal, ask);
  return [
    slot({
      key: `ask:${id}`,
      place: THREAD,
      fallback: [...first, ' ', ...toManager],
      notifies: true,
      overtaken,
      blocks: short
        ? [rich(line(...first), line(...toManager)), ...endOfAsk(deal, ask, detailsButton(deal))]
        : askBlocks(deal, ask, context, toManager),
    }),
    slot({
      key: `ask-dm:${id}`,
      place: dm(ask.manager),
      fallback: firstLine(deal, ask),
      notifies: true,
      overtaken,
      blocks: askBlocks(deal, ask, context, [
        'Asked by ',
        { user: deal.rep },
        '. A reply in words counts too.',
      ]),
    }),
  ];
}

/** "{account} ({new|customer}, {amount}) will reconsider if we {request}; answer by {time}." */
export function firstLine(deal: Deal, ask: Ask): Part[] {
  return [
    account(deal),
    ` (${businessAndAmount(deal)}) will reconsider if we `,
    { bold: requestOf(deal) },
    '; answer by ',
    { date: ask.deadline, strong: true },
    '.',
  ];
}

function askBlocks(deal: Deal, ask: Ask, context: RenderContext, who: readonly Part[]): KnownBlock[] {
  const facts = askFacts(deal, ask, context);
  return [
    rich(line(...firstLine(deal, ask)), line(...who)),
    ...facts.groups.filter((pieces) => pieces.length > 0).map((pieces) => rich(...pieces)),
    ...endOfAsk(deal, ask, facts.cut ? showAllButton(deal) : null),
  ];
}

/** Buttons while it is pending; then who, what and when. */
function endOfAsk(deal: Deal, ask: Ask, more: ButtonOptions | null): KnownBlock[] {
  const rest = more === null ? [] : [more];
  if (ask.id === deal.ask?.id && ask.status === 'pending') {
    return [buttons(...decisionButtons(deal, ask), ...rest)];
  }
  const decision = currentDecision(ask);
  const end: Part[] =
    decision !== null
      ? ['Decided: ', ...decidedParts(decision), '.']
      : ask.id !== deal.ask?.id
        ? ['A newer ask has taken the place of this one.']
        : deal.signedReportedAt !== null
          ? ['They have signed with the other company. There is nothing to decide any more.']
          : ['Withdrawn. There is nothing to decide any more.'];
  return [rich(line(...end)), ...(rest.length === 0 ? [] : [buttons(...rest)])];
}

/** What a manager weighs, a group each: what they said, where it stands, what the rep thinks, questions, the past. */
function askFacts(
  deal: Deal,
  ask: Ask,
  context: RenderContext,
): { readonly groups: readonly (readonly RichPiece[])[]; readonly cut: boolean } {
  const facts = factsOf(deal);
  let shortened = false;
  const excerpt = (text: string, max = EXCERPT): string => {
    const shown = cut(text, max);
    shortened ||= shown !== text;
    return shown;
  };
  const offered = said('The other offer', facts.attraction, (text) => excerpt(text, 1_000));
  const picture = facts.picture.state === 'known' && facts.picture.value.text !== '' ? facts.picture : null;
  const hoped = said('What they hoped for', facts.hoped_for, (text) => excerpt(text, 1_000));
  const reasons = reasonLine(deal, context);
  const recommendation = deal.details.recommendation;
  const ledger = ledgerLine(
    ask.ledger,
    deal.details.competitor === null ? null : cut(deal.details.competitor, 200),
  );
  const signing = signingParts(deal);
  const questions = ask.questions.slice(-MOST_QUESTIONS);
  shortened ||= ask.questions.length > questions.length;
  const groups = [
    [
      ...offered,
      ...hoped,
      ...(picture === null ? [] : quoted('The whole picture', picture.source, excerpt(picture.value.text))),
      ...(reasons === '' ? [] : [line(`Reasons: ${excerpt(reasons, 400)}`)]),
      ...said('Also in the way', facts.obstacle, excerpt),
    ],
    signing.length === 0 ? [] : [line(...signing)],
    recommendation === null ? [] : [line({ bold: 'Rep recommends' }), quote(excerpt(recommendation))],
    questions.flatMap((question) => questionPieces(question, excerpt)),
    ledger === null ? [] : [line(ledger)],
  ];
  return { groups, cut: shortened };
}

function said(label: string, fact: Recorded<string>, excerpt: (text: string) => string): RichPiece[] {
  if (fact.state === 'told') {
    return [line({ bold: label }), line('Told on the phone; the rep is writing it down.')];
  }
  return fact.state === 'known' ? quoted(label, fact.source, excerpt(fact.value)) : [];
}

function quoted(label: string, source: Source, text: string): RichPiece[] {
  return [line({ bold: label }, { italic: `  ${SOURCE_LABELS[source]}` }), quote(text)];
}

function questionPieces(question: Question, excerpt: (text: string, max?: number) => string): RichPiece[] {
  return [
    line({ bold: 'Asked: ' }, excerpt(question.text, 200)),
    line({ bold: 'Answer: ' }, question.answer === null ? 'not yet' : excerpt(question.answer.text, 200)),
  ];
}
