/**
 * The words of a message as its author typed them. Slack escapes & < > and writes mentions and links in angle brackets
 * (https://docs.slack.dev/messaging/formatting-message-text); a mention of a person or group has mostly no label.
 */
import type { UserId } from '../../deal/model/deal';
import type { Request } from './request';

/** People's names by their Slack id. */
type Names = ReadonlyMap<UserId, string>;

/** A person or a group whose name nobody tells us. */
const SOMEONE = '@someone';

const MARKUP = /<([^<>]*)>|&(?:lt|gt|amp);/gu;
const ENTITIES: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };
const PERSON = /<@([UW][A-Z0-9]+)[|>]/gu;

/** The words of a reply, with the names of the people whom we know. */
export async function wordsOfReply({ coach, deps, who: { tenant } }: Request, text: string): Promise<string> {
  const mentioned = new Set([...text.matchAll(PERSON)].flatMap(([, id]) => (id === undefined ? [] : [id])));
  const app = deps.installations.forTenant(tenant)?.botUserId;
  const names = new Map<UserId, string>();
  for (const id of mentioned) {
    const name = id === app ? 'Lostdeal' : (await coach.store.workspace.person(tenant, id))?.realName.trim();
    if (name) names.set(id, name);
  }
  return replyWords(text, names);
}

/** Plain words: nothing of Slack's markup is left, and what the author typed stays as typed. */
export function replyWords(text: string, names: Names): string {
  return text.replace(MARKUP, (whole: string, inside: string | undefined) =>
    inside === undefined ? (ENTITIES[whole] ?? whole) : markupWords(inside, names),
  );
}

/** The words of what stands between angle brackets: `@U1|maya`, `#C1|sales`, `!here`, `https://acme.com|our offer`. */
function markupWords(inside: string, names: Names): string {
  const bar = inside.indexOf('|');
  const target = bar === -1 ? inside : inside.slice(0, bar);
  const label = bar === -1 ? '' : decoded(inside.slice(bar + 1)).trim();
  switch (target.charAt(0)) {
    case '@':
      return withSign('@', names.get(target.slice(1)) ?? label) || SOMEONE;
    case '#':
      return withSign('#', label) || '#channel';
    case '!':
      return specialWords(target.slice(1), label);
    default:
      return label || decoded(target).replace(/^(?:mailto|tel):/u, '');
  }
}

/** `!here`, a group (`!subteam^S1`), a date with its fallback (`!date^1…`). */
function specialWords(target: string, label: string): string {
  const [kind = ''] = target.split('^');
  switch (kind) {
    case 'here':
    case 'channel':
    case 'everyone':
      return `@${kind}`;
    case 'subteam':
      return withSign('@', label) || SOMEONE;
    default:
      return label || kind;
  }
}

/** Slack puts the sign before some labels and leaves it out of others. Empty for an empty label. */
const withSign = (sign: '@' | '#', label: string): string =>
  label === '' || label.startsWith(sign) ? label : `${sign}${label}`;

const decoded = (text: string): string =>
  text.replace(/&(?:lt|gt|amp);/gu, (entity) => ENTITIES[entity] ?? entity);
