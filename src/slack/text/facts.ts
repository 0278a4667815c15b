/** Facts of a deal as lines that read by themselves. */
import type { Deal, Decision, DecisionTerms, Raised } from '../../deal/model/deal';
import { factsOf, known, offerKinds } from '../../deal/model/facts';
import { formatMoney, type Money } from '../../deal/model/money';
import type { Reason } from '../../playbook/schema';
import { reasonLabels, type Wording } from './answers';
import { cut } from './encode';
import { DECISION_LABELS, EARLIER_LEVERS, KEPT_WORDS } from './labels';
import { calendarDate, type Part } from './parts';
import { line, quote, type RichPiece } from './rich';

/** An account's name in bold, short enough for any line. */
export function account(deal: Pick<Deal, 'account'>): Part {
  return { bold: cut(deal.account, 400) };
}

/** "new, EUR 48,000"; without the amount while nobody knows it. */
export function businessAndAmount(deal: Deal): string {
  const amount = deal.details.amount;
  return amount === null ? deal.business : `${deal.business}, ${formatMoney(amount)}`;
}

/**
 * The state of the prospect's signature, and the deadline. Empty when nothing is known.
 * @param signedOnly leaves out the days and hours, where they are said already
 */
export function signingParts(deal: Deal, { signedOnly = false } = {}): Part[] {
  const facts = factsOf(deal);
  const signed = known(facts.signed);
  const date = known(facts.signing_date);
  const promise = known(facts.promise);
  const parts: Part[] = [];
  // A promise is not a signature. Nobody may urge the prospect to break one, so the line must stand out.
  if (signed !== null) parts.push(signed === 'verbal' ? { bold: SIGNED.verbal } : SIGNED[signed]);
  if (signedOnly) return parts;
  if (date !== null) parts.push(`They plan to sign on ${calendarDate(date)}.`);
  if (promise !== null) parts.push('Call back promised by ', { date: promise, style: 'by' }, '.');
  return parts.flatMap((part, index) =>
    index > 0 && typeof part === 'string' && part !== '.' ? [` ${part}`] : [part],
  );
}

const SIGNED: Readonly<Record<'no' | 'verbal' | 'signed' | 'wont_say', string>> = {
  no: 'Not signed.',
  verbal: 'Not signed, but promised to the other company verbally.',
  wont_say: "Won't say whether they have signed.",
  signed: 'Signed with the other company.',
};

/**
 * The competitor's offer in the prospect's words, or the offer they hoped for from us; empty when nobody wrote it down.
 */
export function offerWords(deal: Deal): string[] {
  const facts = factsOf(deal);
  const words = [known(facts.attraction), known(facts.picture)?.text ?? null, known(facts.hoped_for)];
  return words.flatMap((text) => (text === null || text === '' ? [] : [text]));
}

/** "Globex's promise: broken.", or how to record it. */
export function pledgeParts({ pledge, details: { competitor } }: Deal): Part[] {
  const winner = cut(competitor?.trim() ?? '', LONGEST_WINNER);
  const promise = { bold: winner === '' ? 'Their promise' : `${winner}'s promise` };
  const kept = pledge?.answer?.kept ?? null;
  return kept === null ? [promise, '. Tap what they say.'] : [promise, `: ${KEPT_WORDS[kept]}.`];
}

const LONGEST_WINNER = 80;

/** The loss reasons as one line; empty when there are none. */
export function reasonLine(deal: Deal, wording: Wording): string {
  return reasonLabels(offerKinds(deal), wording.reasons);
}

/** "@maya confirmed the reason: Price · Payment terms." Empty: nobody has. */
export function confirmedParts({ confirmedReason }: Deal, reasons: readonly Reason[]): Part[] {
  if (confirmedReason === null) return [];
  const labels = cut(reasonLabels(confirmedReason.reasons, reasons), EXCERPT);
  return [{ user: confirmedReason.by }, ` confirmed the reason: ${labels}.`];
}

/** The cost of a yes as the rep knows it: "Saying yes costs about $6,000 (13%)." Null: not known. */
export function yesCostsLine({ details: { amount, yesCosts } }: Deal): string | null {
  if (yesCosts === null) return null;
  if (yesCosts.minor === 0) return 'Saying yes costs us nothing.';
  const known = amount !== null && amount.currency === yesCosts.currency;
  const share = known ? Math.round((yesCosts.minor / amount.minor) * 100) : 0;
  const part = share > 0 ? ` (${share}%)` : '';
  return `Saying yes costs about ${formatMoney(yesCosts)}${part}.`;
}

/** The cost of a yes, inside a sentence with other facts. */
export const yesCostsPhrase = (money: Money): string =>
  money.minor === 0 ? 'saying yes costs us nothing' : `saying yes costs about ${formatMoney(money)}`;

/** The worth went up since the deal was first asked about. */
export const raisedLine = ({ from, to }: Raised, since: 'the ask' | 'then' = 'the ask'): string =>
  `The worth went up from ${formatMoney(from)} to ${formatMoney(to)} since ${since}.`;

/** The facts of a decision, each a label with its words. */
export function decisionFacts(
  decision: DecisionTerms,
  reasons: readonly Reason[],
): { readonly label: string; readonly parts: Part[] }[] {
  switch (decision.kind) {
    case 'match':
      return [
        { label: 'We match', parts: [decision.terms] },
        ...(decision.cost === null ? [] : [{ label: 'What it costs us', parts: [decision.cost] }]),
        ...costs(decision.value),
        ...inReturn(decision.inReturn),
        ...expiry(decision.expiresAt),
      ];
    case 'counter':
      return [
        { label: 'We offer', parts: [decision.terms] },
        ...(decision.levers.length === 0
          ? []
          : [{ label: 'We move on', parts: [leverLabels(decision.levers, reasons)] }]),
        ...costs(decision.value),
        ...inReturn(decision.inReturn),
        ...expiry(decision.expiresAt),
      ];
    case 'decline':
      return [{ label: 'Words to repeat', parts: [decision.reason] }];
  }
}

/** "Payment terms · Price" */
const leverLabels = (levers: readonly string[], reasons: readonly Reason[]): string =>
  reasonLabels(levers, [...reasons, ...EARLIER_LEVERS]);

function inReturn(words: string | null): { readonly label: string; readonly parts: Part[] }[] {
  return words === null ? [] : [{ label: 'What we get in return', parts: [words] }];
}

function costs(value: Money | null): { readonly label: string; readonly parts: Part[] }[] {
  if (value === null) return [];
  return [{ label: 'What it costs us', parts: [value.minor === 0 ? 'nothing' : formatMoney(value)] }];
}

function expiry(at: number | null): { readonly label: string; readonly parts: Part[] }[] {
  return at === null ? [] : [{ label: 'Good until', parts: [{ date: at }] }];
}

/** Longest excerpt of a person's words in one message; *Show all* has the rest. */
export const EXCERPT = 700;

/** The facts of a decision, each a label with its words, and whether the excerpt cuts some. */
export function decisionPieces(
  decision: DecisionTerms,
  reasons: readonly Reason[],
): {
  readonly pieces: RichPiece[];
  readonly cut: boolean;
} {
  let shortened = false;
  const pieces = decisionFacts(decision, reasons).flatMap(({ label, parts }): RichPiece[] => {
    const shown = parts.map((part) => (typeof part === 'string' ? cut(part, EXCERPT) : part));
    shortened ||= shown.some((part, index) => part !== parts[index]);
    const isWords = label === 'We match' || label === 'We offer' || label === 'Words to repeat';
    return isWords ? [line({ bold: label }), quote(...shown)] : [line(`${label}: `, ...shown)];
  });
  return { pieces, cut: shortened };
}

/** "match", "counter" or "decline", inside a sentence. */
export const decisionWord = (kind: Decision['kind']): string => DECISION_LABELS[kind].toLowerCase();

/** "@manager decided: counter. Monday at 3:30 PM"; also names the proposer when somebody else approved. */
export function decidedParts({ kind, by, proposedBy, at }: Decision): Part[] {
  const proposed: Part[] =
    proposedBy === null || proposedBy === by ? [] : [', as ', { user: proposedBy }, ' proposed'];
  return [{ user: by }, ' decided: ', { bold: decisionWord(kind) }, ...proposed, ' (', { date: at }, ').'];
}
