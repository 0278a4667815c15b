/**
 * Lines of the playbook as they are said about this deal. Moments and people in them stay Slack's own date and name
 * elements, so that a rep reads them in their own time zone.
 */
import type { Deal } from '../../deal/model/deal';
import { factsOf, known } from '../../deal/model/facts';
import { clip, tidyName } from '../../deal/model/typed';
import { isFixed, renderLine } from '../../playbook/line';
import type { MergeField } from '../../playbook/schema';
import { cut } from './encode';
import type { Part } from './parts';

/** A private-use character behind words that somebody typed. */
const END = '\ue002';
/** Stands for words that turn out to be none. */
const NOTHING = `…${END}`;

/** Private-use characters around the name of a field that is not plain text. */
const MARK = /\ue000(call_back|expiry|rep|manager)\ue001/u;

const LONGEST = 300;

/** A line, ready for a rich text block. */
export function spoken(template: string, deal: Deal): Part[] {
  if (isFixed(template)) return template === '' ? [] : [template];
  const moments = { call_back: callBackAt(deal), expiry: expiryOf(deal) };
  const text = withoutDoubledMarks(renderLine(template, { business: deal.business, fields: fieldsOf(deal) }));
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
    account: typed(deal.account) || NOTHING,
    rep: mark('rep'),
    request: typed(requestOf(deal)),
    ...(deal.details.prospect === null ? {} : { prospect: typed(deal.details.prospect) }),
    ...(deal.details.competitor === null ? {} : { competitor: typed(deal.details.competitor) }),
    ...(deal.manager === null ? {} : { manager: mark('manager') }),
    ...(callBackAt(deal) === null ? {} : { call_back: mark('call_back') }),
    ...(expiryOf(deal) === null ? {} : { expiry: mark('expiry') }),
    ...(decision === null
      ? {}
      : decision.kind === 'decline'
        ? { reason: typed(decision.reason) || NOTHING }
        : { terms: typed(decision.terms) || NOTHING }),
  };
}

function expiryOf(deal: Deal): number | null {
  const decision = deal.ask?.decisions.at(-1);
  return decision === undefined || decision.kind === 'decline' ? null : decision.expiresAt;
}

/** What a person wrote, as words of a line that is read out. */
function typed(text: string): string {
  const words = readable(text);
  return words === '' ? '' : `${wholeSentences(words)}${END}`;
}

/** Typed words on one line, without marks that meet each other or stand behind a space. */
function readable(text: string): string {
  const lines = text
    .replace(/[\ue000-\ue002]/gu, '')
    .split(/[\n\r]+/u)
    .map(tidyName)
    .filter((it) => it !== '');
  const once = lines
    .map((it, index) => (index < lines.length - 1 && !/[\p{P}\p{S}]$/u.test(it) ? `${it},` : it))
    .join(' ')
    .replace(/(?<=^|\s)\.(?=\d)/gu, '0.')
    .replace(/\s+(?=[,.;:!?)”])|(?<=[(“])\s+/gu, '')
    .replace(/\(\)|“”/gu, '')
    .replace(/\.{2,}/gu, '…')
    .replace(/(?:[,.;:!?…]\s*)+(?=[,.;:!?…])/gu, '')
    .replace(/ +/gu, ' ')
    .replace(/^[\s,.;:!?…)”]+|[\s(“]+$/gu, '');
  // What was taken out may have stood between two others. Each turn takes something out, so that it ends.
  return once === text ? once : readable(once);
}

/** The whole sentences of a long text, or its whole words where its first sentence is too long to say. */
function wholeSentences(text: string): string {
  if (text.length <= LONGEST) return text;
  const start = clip(text, LONGEST);
  const sentences = /^.*[.!?](?=\s)/u.exec(start)?.[0];
  if (sentences !== undefined) return sentences;
  const words = /^.*[^\s,.;:](?=[,.;:]*\s)/u.exec(start)?.[0] ?? start;
  return `${words}…`;
}

/** Where typed words end with a mark and the line goes on with one, only one is said: that of the line, or an ellipsis. */
function withoutDoubledMarks(text: string): string {
  return text
    .replace(/…\ue002\s*[,.;:!?…]/gu, '…')
    .replace(/[\s,.;:!?…]+\ue002(?=\s*[,.;:!?…])/gu, '')
    .replaceAll(END, '');
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
