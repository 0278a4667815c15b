/**
 * Lines of the playbook as they are said about this deal. Moments and people in them stay Slack's own date and name
 * elements, so that a rep reads them in their own time zone.
 */
import type { Deal } from '../../deal/model/deal';
import { factsOf, known } from '../../deal/model/facts';
import { isFixed, renderLine } from '../../playbook/line';
import type { MergeField } from '../../playbook/schema';
import { cut } from './encode';
import type { Part } from './parts';

/** Private-use characters around the name of a field that is not plain text. */
const MARK = /\ue000(call_back|expiry|rep|manager)\ue001/u;

const LONGEST = 300;

/** A line, ready for a rich text block. */
export function spoken(template: string, deal: Deal): Part[] {
  if (isFixed(template)) return template === '' ? [] : [template];
  const moments = { call_back: callBackAt(deal), expiry: expiryOf(deal) };
  const text = renderLine(template, { business: deal.business, fields: fieldsOf(deal) });
  return text.split(MARK).flatMap((piece, index): Part[] => {
    if (index % 2 === 0) return piece === '' ? [] : [piece];
    if (piece === 'rep') return [{ user: deal.rep }];
    if (piece === 'manager') return deal.manager === null ? [] : [{ user: deal.manager }];
    const at = piece === 'call_back' ? moments.call_back : moments.expiry;
    return at === null ? [] : [{ date: at }];
  });
}

/** A line as plain words, where no date or name is expected (labels and hints). */
export function plainLine(template: string, deal: Deal): string {
  return spoken(template, deal)
    .map((part) => (typeof part === 'string' ? part : '…'))
    .join('');
}

/** When the rep told the prospect to expect a call, ms UTC; null when nothing was promised. */
export function callBackAt(deal: Deal): number | null {
  return known(factsOf(deal).promise);
}

/**
 * What we would have to do, as a phrase after "if we": the prospect's own words, quoted, so that any words fit.
 * Never empty.
 */
export function requestOf(deal: Deal): string {
  const facts = factsOf(deal);
  const offered = firstLine(known(facts.attraction) ?? known(facts.picture)?.text ?? '');
  if (offered !== '') return `match “${cut(offered, 200)}”`;
  const hoped = firstLine(known(facts.hoped_for) ?? '');
  if (hoped !== '') return `bring “${cut(hoped, 200)}”`;
  return facts.hoped_for.state === 'missing' ? 'match the other offer' : 'bring what they hoped for';
}

function fieldsOf(deal: Deal): Partial<Record<MergeField, string>> {
  const decision = deal.ask?.decisions.at(-1) ?? null;
  return {
    account: deal.account,
    rep: mark('rep'),
    request: requestOf(deal),
    ...(deal.details.prospect === null ? {} : { prospect: cut(deal.details.prospect, LONGEST) }),
    ...(deal.details.competitor === null ? {} : { competitor: cut(deal.details.competitor, LONGEST) }),
    ...(deal.manager === null ? {} : { manager: mark('manager') }),
    ...(callBackAt(deal) === null ? {} : { call_back: mark('call_back') }),
    ...(expiryOf(deal) === null ? {} : { expiry: mark('expiry') }),
    ...(decision === null
      ? {}
      : decision.kind === 'decline'
        ? { reason: inSentence(decision.reason) }
        : { terms: inSentence(decision.terms) }),
  };
}

function expiryOf(deal: Deal): number | null {
  const decision = deal.ask?.decisions.at(-1);
  return decision === undefined || decision.kind === 'decline' ? null : decision.expiresAt;
}

/** What a person wrote, to stand inside a sentence that brings its own full stop. */
function inSentence(text: string): string {
  return cut(text.trim().replace(/[.\s]+$/u, ''), LONGEST) || '…';
}

function mark(field: string): string {
  return `\ue000${field}\ue001`;
}

function firstLine(text: string): string {
  return (
    text
      .trim()
      .split(/\n/u)[0]
      ?.trim()
      .replace(/[.;,\s]+$/u, '') ?? ''
  );
}
