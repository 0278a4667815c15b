/**
 * Lines of the playbook as the rep says them about this deal. People in them stay Slack's own name elements. Moments are
 * words in the rep's zone; while it is not known they stay Slack's date elements.
 */
import type { Deal } from '../../deal/model/deal';
import { factsOf, known, pledgeOf, type Recorded } from '../../deal/model/facts';
import { decisionInForce } from '../../deal/model/inForce';
import { clip, tidyName } from '../../deal/model/typed';
import { LONGEST_QUOTE } from '../../playbook/checking/fields';
import { isFixed, renderLine } from '../../playbook/line';
import type { MergeField, PlaybookSource } from '../../playbook/schema';
import { ENGLISH, type Spoken as InLanguage, phrase, type Speech, speechOf } from '../../playbook/speech';
import { wordsOf } from '../../playbook/words';
import { cut } from './encode';
import { dateFallback, type Part } from './parts';
import { aboutDayWords, momentWords } from './readOut';

/** A private-use character that marks the end of typed words. */
const END = '\ue002';
/** Replaces typed words that turn out to be empty. */
const NOTHING = `…${END}`;

/** Private-use characters around the name of a field that is not plain text. */
const MARK = /\ue000(\w+)\ue001/u;

/** Tests for a field: most lines with marks only tell new business from a customer, `{won|kept}`. */
const NAMES_FIELD = /\{\w+\}/u;

const LONGEST = 300;

export interface Spoken {
  /** The rep says it as soon as it is shown, so that a day may be *today*. A message may be read on a later day. */
  readonly atOnce?: boolean;
  /** The playbook whose line it is, for its language; absent: English. */
  readonly of?: InLanguage | undefined;
}

const speechIn = (of: InLanguage | undefined): Speech => (of === undefined ? ENGLISH : speechOf(of));

/** A line, ready for a rich text block. */
export function spoken(template: string, deal: Deal, { atOnce = false, of }: Spoken = {}): Part[] {
  if (isFixed(template)) return template === '' ? [] : [template];
  const fields = NAMES_FIELD.test(template) ? fieldsOf(deal, { atOnce, speech: speechIn(of) }) : {};
  const text = withoutDoubledMarks(renderLine(template, { business: deal.business, fields }));
  return text.split(MARK).flatMap((piece, index): Part[] => {
    if (index % 2 === 0) return piece === '' ? [] : [piece];
    return drawn(piece, deal);
  });
}

/**
 * A line of a mail: plain words without anything that only Slack can show, and people's words in full.
 * @param rep the rep's name; null: not known, so what names it is left out
 */
export function written(template: string, deal: Deal, rep: string | null, of?: InLanguage): string {
  if (isFixed(template)) return template;
  const { manager: _, ...fields } = fieldsOf(deal, { atOnce: false, speech: speechIn(of), mail: { rep } });
  const text = withoutDoubledMarks(renderLine(template, { business: deal.business, fields }));
  return text.split(MARK).reduce((line, piece, index) => {
    if (index % 2 === 0) return line + piece;
    const at = momentsOf(deal)[piece] ?? null;
    return at === null ? line : line + dateFallback(at);
  }, '');
}

/** A field that Slack draws itself: a person or a moment. */
function drawn(field: string, deal: Deal): Part[] {
  if (field === 'rep') return [{ user: deal.rep }];
  if (field === 'manager') return deal.manager === null ? [] : [{ user: deal.manager }];
  const at = momentsOf(deal)[field] ?? null;
  return at === null ? [] : [{ date: at }];
}

function momentsOf(deal: Deal): Readonly<Record<string, number | null>> {
  return { call_back: callBackAt(deal), send_by: known(factsOf(deal).send_by), expiry: expiryOf(deal) };
}

/** Words to open with long after: behind their greeting stands the question whether the winner kept their word. */
export function withPledge(
  lines: readonly string[],
  deal: Deal,
  playbook: Pick<PlaybookSource, 'words'>,
): readonly string[] {
  return pledgeOf(deal) === null
    ? lines
    : [...lines.slice(0, 1), ...wordsOf(playbook, 'pledge_held'), ...lines.slice(1)];
}

/** A line as plain words, for labels and hints, which hold no date or name. */
export function plainLine(template: string, deal: Deal, of?: InLanguage): string {
  return spoken(template, deal, { of })
    .map((part) => (typeof part === 'string' ? part : '…'))
    .join('');
}

/** The moment at which the prospect expects the rep's call, ms UTC; null when the rep promised none. */
export function callBackAt(deal: Deal): number | null {
  return known(factsOf(deal).promise);
}

/**
 * The prospect's condition as a phrase after "if we": their own words in quotes, so that any words fit. Never empty.
 */
export function requestOf(deal: Deal, { phrases }: Speech = ENGLISH): string {
  const facts = factsOf(deal);
  const offered = firstLine(known(facts.attraction) ?? known(facts.picture)?.text ?? '');
  if (offered !== '') return phrase(phrases.match, { words: cut(offered, LONGEST_QUOTE) });
  const hoped = firstLine(known(facts.hoped_for) ?? '');
  if (hoped !== '') return phrase(phrases.bring, { words: cut(hoped, LONGEST_QUOTE) });
  return facts.hoped_for.state === 'missing' ? phrases.match_other : phrases.bring_hoped;
}

/** They said what they hoped for from us, instead of what another offer has. */
export const hopesForMore = (deal: Deal): boolean => factsOf(deal).hoped_for.state !== 'missing';

/** Longest wish in one line. */
const LONGEST_WISH = 200;

/** The prospect's own words, and what they hoped for, on one line each; empty when nobody wrote it down. */
function wishWords(deal: Deal): { readonly said: string; readonly hoped: string } {
  const facts = factsOf(deal);
  return {
    said: firstLine(known(facts.attraction) ?? known(facts.picture)?.text ?? ''),
    hoped: firstLine(known(facts.hoped_for) ?? ''),
  };
}

/** Whether anybody wrote down what they said. */
export const hasWish = (deal: Deal): boolean => Object.values(wishWords(deal)).some((words) => words !== '');

/** The prospect's own words where the line of the wish has them whole, as typed; else empty. */
export function wholeWish(deal: Deal): string {
  const { said, hoped } = wishWords(deal);
  const facts = factsOf(deal);
  const fact = said === '' ? facts.hoped_for : facts.attraction;
  if (fact.state !== 'known' || fact.source !== 'prospect') return '';
  const words = said || hoped;
  const whole = fact.value.trim();
  return words.length <= LONGEST_WISH && withoutEnd(whole) === words ? whole : '';
}

/** "would have chosen us with “…”": what they said in their own words, which promises nothing. */
export function wishParts(deal: Deal): Part[] {
  const { said, hoped } = wishWords(deal);
  const would =
    hopesForMore(deal) && said === ''
      ? 'would talk again for '
      : deal.business === 'new'
        ? 'would have chosen us with '
        : 'would have stayed with ';
  const words = said || hoped;
  if (words !== '') return [would, { bold: `“${cut(words, LONGEST_WISH)}”` }];
  return [would, { bold: hopesForMore(deal) ? 'what they hoped for' : 'what the other offer has' }];
}

interface Filling {
  readonly atOnce: boolean;
  readonly speech: Speech;
  /** What only a mail has; absent: the rep says the line. */
  readonly mail?: { readonly rep: string | null };
}

function fieldsOf(deal: Deal, { atOnce, speech, mail }: Filling): Partial<Record<MergeField, string>> {
  const { phrases } = speech;
  const by = (moment: string): string => phrase(phrases.by, { moment });
  const typed = (text: string): string => (mail === undefined ? cutToSay(text) : whole(text));
  const decision = decisionInForce(deal);
  const facts = factsOf(deal);
  const callBack = hourIn('call_back', facts.promise, deal, { atOnce, speech });
  const sendBy = hourIn('send_by', facts.send_by, deal, { atOnce, speech });
  const lookAgain = dayIn(facts.look_again, deal, speech);
  const expiry = expiryOf(deal);
  const hopedFor = firstLine(known(facts.hoped_for) ?? '');
  const pledged = pledgeOf(deal);
  const inReturn = decision !== null && 'inReturn' in decision ? decision.inReturn : null;
  return {
    account: typed(deal.account) || NOTHING,
    rep: mail === undefined ? mark('rep') : typed(mail.rep ?? ''),
    request: typed(requestOf(deal, speech)),
    ...(deal.details.prospect === null ? {} : { prospect: typed(deal.details.prospect) }),
    ...(deal.details.competitor === null ? {} : { competitor: typed(deal.details.competitor) }),
    ...(deal.manager === null ? {} : { manager: mark('manager') }),
    ...(callBack === null ? {} : { call_back: callBack, by_call_back: by(callBack) }),
    ...(sendBy === null ? {} : { send_by: sendBy, by_send_by: by(sendBy) }),
    ...(lookAgain === null
      ? {}
      : { look_again: lookAgain, around_look_again: phrase(phrases.around, { date: lookAgain }) }),
    ...(pledged === null
      ? {}
      : { pledged: typed(midSentence(cut(firstLine(pledged), LONGEST_QUOTE))) || NOTHING }),
    ...(hopedFor === '' ? {} : { hoped_for: typed(cut(hopedFor, LONGEST_QUOTE)) }),
    ...(inReturn === null ? {} : { in_return: typed(inReturn) }),
    by_suggested: by(suggestedHour(deal, speech)),
    ...(expiry === null || decision === null
      ? {}
      : { expiry: hourWords('expiry', expiry, decision.at, deal, { atOnce, speech }) }),
    // In a mail about what nobody decided the rep writes down what they can do.
    ...(mail === undefined ? {} : { terms: NOTHING }),
    ...(decision === null
      ? {}
      : decision.kind === 'decline'
        ? { reason: typed(decision.reason) || NOTHING }
        : { terms: typed(decision.terms) || NOTHING }),
  };
}

/** @param from when the words were agreed: a weekday is within a week of it */
function hourWords(
  field: 'call_back' | 'send_by' | 'expiry',
  at: number,
  from: number,
  { zone }: Deal,
  { atOnce, speech }: Filling,
): string {
  return zone === null ? mark(field) : momentWords(at, { zone, from, atOnce }, speech);
}

const hourIn = (
  field: 'call_back' | 'send_by',
  fact: Recorded<number>,
  deal: Deal,
  filling: Filling,
): string | null => (fact.state === 'known' ? hourWords(field, fact.value, fact.at, deal, filling) : null);

const dayIn = (fact: Recorded<string>, { zone }: Deal, speech: Speech): string | null =>
  fact.state === 'known' ? aboutDayWords(fact.value, { zone: zone ?? 'UTC', from: fact.at }, speech) : null;

/** *Whole script* shows the line before an hour is worked out for it. */
function suggestedHour({ suggestedTimes, zone }: Deal, speech: Speech): string {
  return suggestedTimes === null || zone === null
    ? speech.phrases.next_working_day
    : momentWords(suggestedTimes.at, { zone, from: suggestedTimes.madeAt, atOnce: true }, speech);
}

function expiryOf(deal: Deal): number | null {
  const decision = decisionInForce(deal);
  return decision === null || decision.kind === 'decline' ? null : decision.expiresAt;
}

/** A person's words inside a line that the rep reads out. */
function cutToSay(text: string): string {
  const words = readable(text);
  return words === '' ? '' : `${wholeSentences(words)}${END}`;
}

/** Inside a mail: the words in full. */
function whole(text: string): string {
  const words = readable(text);
  return words === '' ? '' : `${words}${END}`;
}

/** Typed words on one line, without punctuation marks side by side or after a space. */
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
  // Removed text may have stood between two other flaws. Each turn removes something, so the loop ends.
  return once === text ? once : readable(once);
}

/** Whether a line says only the beginning of these typed words. */
export const isCutInLine = (text: string): boolean => readable(text).length > LONGEST;

/** The whole sentences of a long text, or its whole words when the first sentence is too long to say. */
function wholeSentences(text: string): string {
  if (text.length <= LONGEST) return text;
  const start = clip(text, LONGEST);
  const sentences = /^.*[.!?](?=\s)/u.exec(start)?.[0];
  if (sentences !== undefined) return sentences;
  const words = /^.*[^\s,.;:](?=[,.;:]*\s)/u.exec(start)?.[0] ?? start;
  return `${words}…`;
}

/** When typed words end with a mark and the line goes on with one, keeps only one: the line's, or an ellipsis. */
function withoutDoubledMarks(text: string): string {
  return text
    .replace(/…\ue002\s*[,.;:!?…]/gu, '…')
    .replace(/[\s,.;:!?…]+\ue002(?=\s*[,.;:!?…])/gu, '')
    .replaceAll(END, '');
}

function mark(field: string): string {
  return `\ue000${field}\ue001`;
}

/** Typed words begin small inside a sentence, except an abbreviation. */
const midSentence = (text: string): string =>
  text.replace(/^\p{Lu}(?=\p{Ll})/u, (first) => first.toLowerCase());

const firstLine = (text: string): string => withoutEnd(text.trim().split(/\n/u)[0] ?? '');

const withoutEnd = (text: string): string => text.trim().replace(/[.;,\s]+$/u, '');
