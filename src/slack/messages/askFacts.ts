import type { Ask, Deal, Question, Source } from '../../deal/model/deal';
import { factsOf, known, type Recorded } from '../../deal/model/facts';
import { worthRaised } from '../../deal/model/worth';
import {
  cut,
  EXCERPT,
  ledgerLines,
  line,
  type Part,
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

/** Longest recommendation beside its label. */
const BESIDE_MAX = 200;

export interface AskFacts {
  /** The facts that decide: against whom, what a yes costs, what the rep recommends. */
  readonly first: readonly RichPiece[];
  /** Other facts that a manager weighs, a group each: what they said, where it stands, questions, the past. */
  readonly groups: readonly (readonly RichPiece[])[];
  readonly cut: boolean;
}

/** @param saidAbove words that the first line has whole, so that they do not stand twice */
export function askFacts(deal: Deal, ask: Ask, context: RenderContext, saidAbove = ''): AskFacts {
  const facts = factsOf(deal);
  let shortened = false;
  const excerpt = (text: string, max = EXCERPT): string => {
    const shown = cut(text, max);
    shortened ||= shown !== text;
    return shown;
  };
  const offered =
    known(facts.attraction)?.trim() === saidAbove
      ? []
      : said('The other offer', facts.attraction, (text) => excerpt(text, 1_000));
  const picture = facts.picture.state === 'known' && facts.picture.value.text !== '' ? facts.picture : null;
  const hoped =
    known(facts.hoped_for)?.trim() === saidAbove
      ? []
      : said('What they hoped for', facts.hoped_for, (text) => excerpt(text, 1_000));
  const reasons = reasonLine(deal, context);
  const { recommendation, ourOffer } = deal.details;
  const competitor = deal.details.competitor === null ? null : cut(deal.details.competitor, 200);
  const ledger = ledgerLines(ask.ledger, competitor, context);
  const costs = yesCostsLine(deal);
  const raised = ask.id === deal.ask?.id ? worthRaised(deal) : null;
  const signing = signingParts(deal, { signedOnly: true });
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
    questions.flatMap((question) => questionPieces(question, excerpt)),
    ledger.map((text) => line(text)),
  ];
  const against: Part[] = competitor === null ? [] : [`Against ${competitor}.${costs === null ? '' : ' '}`];
  const cost: Part[] = costs === null ? [] : [costs, ...sourceMark('rep')];
  const first = [
    ...(against.length + cost.length === 0 ? [] : [line(...against, ...cost)]),
    ...(raised === null ? [] : [line(raisedLine(raised))]),
    ...(recommendation === null ? [] : recommends(deal, excerpt(recommendation))),
  ];
  return { first, groups, cut: shortened };
}

/** Beside its label where it is short. */
function recommends({ rep }: Deal, words: string): RichPiece[] {
  const label: Part[] = [{ user: rep, strong: true }, { bold: ' recommends' }];
  return words.length > BESIDE_MAX || words.includes('\n')
    ? [line(...label), quote(words)]
    : [line(...label, `: ${words}`)];
}

function said(label: string, fact: Recorded<string>, excerpt: (text: string) => string): RichPiece[] {
  if (fact.state === 'told') {
    return [];
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
