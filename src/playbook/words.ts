/** What a screen or message shows of a playbook: its own words, or the built-in ones where it has none. */
import { BUILT_IN_MAILS, BUILT_IN_REPLIES, BUILT_IN_WORDS } from './builtInWords';
import type { Mail, MailKey, PlaybookSource, Reply, Step, WordsKey } from './schema';

type Words = Pick<PlaybookSource, 'words' | 'mails' | 'they_say'>;

/** Lines to say, or to leave, at a moment after the call. */
export function wordsOf({ words }: Words, key: WordsKey): readonly string[] {
  return words?.[key] ?? BUILT_IN_WORDS[key];
}

/** A mail without greeting and signature, except for the thank-you mail of a playbook that has it among its `words`. */
export function mailOf({ words, mails }: Words, key: MailKey): Mail {
  const own = mails?.[key];
  if (own !== undefined) return own;
  const builtIn = BUILT_IN_MAILS[key];
  return key === 'thank_you' && words?.mail !== undefined ? { ...builtIn, text: words.mail } : builtIn;
}

/** Whether that mail greets and ends by itself. */
export const isWholeMail = ({ words, mails }: Words, key: MailKey): boolean =>
  key === 'thank_you' && mails?.thank_you === undefined && words?.mail !== undefined;

/** Replies to what the prospect may say after those words. */
export function repliesTo({ they_say }: Words, key: WordsKey): readonly Reply[] {
  return they_say?.[key] ?? BUILT_IN_REPLIES[key] ?? [];
}

/** What the rep listens for, as the end of *Listen for: …*; null: nothing in particular. */
export const cueOf = ({ cue, listen_for }: Step): string | null => cue ?? listen_for?.[0] ?? null;

/** The hints of a step besides its cue. */
export const furtherHints = ({ cue, listen_for = [] }: Step): readonly string[] =>
  cue === undefined ? listen_for.slice(1) : listen_for;
