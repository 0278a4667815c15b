import type { Ask, Deal, Question, Source } from '../../deal/model/deal';
import { factsOf, type Recorded } from '../../deal/model/facts';
import { worthRaised } from '../../deal/model/worth';
import {
  cut,
  EXCERPT,
  ledgerLines,
  line,
  quote,
  type RichPiece,
  raisedLine,
  reasonLine,
  signingParts,
  sourceMark,
  yesCostsLine,
} from '../text';
import type { RenderContext } from './slot';

/** Questions shown with the ask; older ones are behind *Show all*. */
const MOST_QUESTIONS = 4;

/** What a manager weighs, a group each: what they said, where it stands, what the rep thinks, questions, the past. */
export function askFacts(
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
  const { recommendation, ourOffer } = deal.details;
  const competitor = deal.details.competitor === null ? null : cut(deal.details.competitor, 200);
  const ledger = ledgerLines(ask.ledger, competitor, context);
  const costs = yesCostsLine(deal);
  const raised = ask.id === deal.ask?.id ? worthRaised(deal) : null;
  const signing = signingParts(deal);
  const questions = ask.questions.slice(-MOST_QUESTIONS);
  shortened ||= ask.questions.length > questions.length;
  const groups = [
    [
      ...offered,
      ...(ourOffer === null ? [] : [line({ bold: 'Our offer' }), quote(excerpt(ourOffer))]),
      ...hoped,
      ...(picture === null ? [] : quoted('The whole picture', picture.source, excerpt(picture.value.text))),
      ...(reasons === '' ? [] : [line(`Reasons: ${excerpt(reasons, 400)}`)]),
      ...said('Also in the way', facts.obstacle, excerpt),
    ],
    signing.length === 0 ? [] : [line(...signing)],
    [
      ...(costs === null ? [] : [line(costs, ...sourceMark('rep'))]),
      ...(raised === null ? [] : [line(raisedLine(raised))]),
    ],
    recommendation === null ? [] : [line({ bold: 'Rep recommends' }), quote(excerpt(recommendation))],
    questions.flatMap((question) => questionPieces(question, excerpt)),
    ledger.map((text) => line(text)),
  ];
  return { groups, cut: shortened };
}

function said(label: string, fact: Recorded<string>, excerpt: (text: string) => string): RichPiece[] {
  if (fact.state === 'told') {
    return [line({ bold: label }), line('The rep is still writing it down.')];
  }
  return fact.state === 'known' ? quoted(label, fact.source, excerpt(fact.value)) : [];
}

function quoted(label: string, source: Source, text: string): RichPiece[] {
  return [line({ bold: label }, ...sourceMark(source)), quote(text)];
}

function questionPieces(question: Question, excerpt: (text: string, max?: number) => string): RichPiece[] {
  return [
    line({ bold: 'Asked: ' }, excerpt(question.text, 200)),
    line({ bold: 'Answer: ' }, question.answer === null ? 'not yet' : excerpt(question.answer.text, 200)),
  ];
}
