/** Mails that the rep sends: the words to copy, and a link that opens them in a mail program. */
import type { Deal } from '../../deal/model/deal';
import { decisionInForce } from '../../deal/model/inForce';
import { type MailKey, type PlaybookSource, traitsOf } from '../../playbook/schema';
import { speechOf } from '../../playbook/speech';
import { isWholeMail, mailOf } from '../../playbook/words';
import { ACTIONS } from '../ids';
import type { ButtonOptions } from './buttons';
import { wellFormed } from './encode';
import { copied, line, type RichPiece } from './rich';
import { withPledge, written } from './spoken';

interface Mail {
  readonly subject: string;
  readonly text: string;
}

/** Slack takes no longer address in a link, characters. */
const LINK_MAX = 3_000;

/**
 * A mail to the prospect, from its greeting to the rep's name.
 * @param rep the rep's name; null: not known
 */
function mailTo(deal: Deal, playbook: PlaybookSource, key: MailKey, rep: string | null): Mail {
  const { subject, text } = mailOf(playbook, key);
  const of = (template: string) => written(template, deal, rep, playbook);
  const { phrases } = speechOf(playbook);
  const name = wellFormed(rep ?? '').trim();
  const paragraphs = (key === 're_engage' ? withPledge(text, deal, playbook) : text).map(of);
  const all = isWholeMail(playbook, key)
    ? [...paragraphs, name]
    : [of(phrases.greeting), ...paragraphs, name === '' ? phrases.closing : `${phrases.closing}\n${name}`];
  return { subject: of(subject), text: all.filter((it) => it !== '').join('\n\n') };
}

/** Opens a new mail without an address. RFC 6068 wants line breaks as CRLF. Null: it is too long for a link. */
function mailLink({ subject, text }: Mail): string | null {
  const encoded = (it: string) => encodeURIComponent(wellFormed(it).replaceAll('\n', '\r\n'));
  const link = `mailto:?subject=${encoded(subject)}&body=${encoded(text)}`;
  return link.length > LINK_MAX ? null : link;
}

/** The mail with its subject, ready to copy. Everything stands there without the link, which Slack may leave out. */
export function mailPieces(
  deal: Deal,
  playbook: PlaybookSource,
  key: MailKey,
  rep: string | null,
): RichPiece[] {
  const mail = mailTo(deal, playbook, key, rep);
  const link = mailLink(mail);
  return [
    line({ bold: 'Subject' }, ` ${mail.subject}`),
    copied(mail.text),
    ...(link === null ? [] : [line({ link, text: 'Open in your mail app' })]),
  ];
}

/**
 * The mail that suits what the rep says to the prospect now: long after, with the decision, or what they promised to send
 * alone. Null: none does.
 */
export function mailKeyOf(deal: Deal): MailKey | null {
  if (deal.stage === 'closed') return deal.reEngagement?.remindedBy == null ? null : 're_engage';
  // After a verbal yes there is no yes left to ask for.
  if (deal.signedReportedAt !== null || deal.outcome?.kind === 'verbal_yes') return null;
  const decision = decisionInForce(deal);
  if (decision !== null) return decision.kind === 'decline' ? 'decline' : 'offer';
  return deal.stage === 'winning_back' && traitsOf(deal.verdict)?.leadsTo === 'win_back'
    ? 'keep_talking'
    : null;
}

/** *Copy the mail*, where there is one. */
export const mailButtons = (deal: Deal): ButtonOptions[] =>
  mailKeyOf(deal) === null ? [] : [{ action: ACTIONS.mail, label: 'Copy the mail', ref: { deal: deal.id } }];
