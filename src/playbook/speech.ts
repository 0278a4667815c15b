/** The language of a playbook: the app's own words inside lines that a rep reads out, such as *by noon on Monday*. */
import * as z from 'zod';

const text = z.string().trim().min(1);
const having = (...fields: readonly string[]) => {
  const remedy = `write it with ${fields.map((field) => `{${field}}`).join(' and ')}`;
  return text
    .refine((it) => fields.every((field) => it.includes(`{${field}}`)), remedy)
    .meta({ patternErrorMessage: remedy });
};

/** BCP 47, as far as this machine knows the names of its days and months. */
export const languageSchema = z
  .string()
  .refine(isKnown, 'write it like “de”, “fr” or “pt-BR”')
  .describe('The language that it is read out in (BCP 47): “de”, “pt-BR”. Without it: English.');

export const phrasesSchema = z.strictObject({
  today: text.describe('“today”'),
  tomorrow: text.optional().describe('“tomorrow”. Without it, the weekday is said.'),
  noon: text.describe('“noon”, as a time of day: “12 Uhr”.'),
  midnight: text.describe('“midnight”, as a time of day: “0 Uhr”.'),
  on: having('day')
    .optional()
    .describe('A weekday or a date in a sentence: “on {day}”. Without it: the day alone.'),
  moment: having('day', 'time').describe('A day with its time: “{time} {day}”, “{day} um {time}”.'),
  by: having('moment').describe('“by {moment}”'),
  around: having('date').describe('“around {date}”, where the date is like “March 15”.'),
  next_working_day: text.describe('“noon on the next working day”'),
  match: having('words').describe('What the manager was asked: “match “{words}””.'),
  match_other: text.describe('The same where nobody wrote it down: “match the other offer”.'),
  bring: having('words').describe('What they hoped for: “bring “{words}””.'),
  bring_hoped: text.describe('The same where nobody wrote it down: “bring what they hoped for”.'),
  greeting: text.describe('The first line of a mail: “Hi[ {prospect}],”.'),
  closing: text.describe('The line above the name at the end of a mail: “Best,”.'),
});
export type Phrases = z.infer<typeof phrasesSchema>;

export interface Speech {
  /** For the names of days and months, and for hours. */
  readonly locale: string;
  /** Hours without *am* and *pm* where people work, as they are said in English. */
  readonly isEnglish: boolean;
  readonly phrases: Phrases;
}

const ENGLISH_PHRASES: Phrases = {
  today: 'today',
  noon: 'noon',
  midnight: 'midnight',
  on: 'on {day}',
  moment: '{time} {day}',
  by: 'by {moment}',
  around: 'around {date}',
  next_working_day: 'noon on the next working day',
  match: 'match “{words}”',
  match_other: 'match the other offer',
  bring: 'bring “{words}”',
  bring_hoped: 'bring what they hoped for',
  greeting: 'Hi[ {prospect}],',
  closing: 'Best,',
};

export const ENGLISH: Speech = { locale: 'en-US', isEnglish: true, phrases: ENGLISH_PHRASES };

/** What a playbook says about its language. */
export interface Spoken {
  readonly language?: string | undefined;
  readonly phrases?: Phrases | undefined;
}

export const isEnglish = (language: string | undefined): boolean =>
  language === undefined || /^en(?:-|$)/iu.test(language);

export function speechOf({ language, phrases }: Spoken): Speech {
  if (language === undefined && phrases === undefined) return ENGLISH;
  return {
    locale: language === undefined || language === 'en' ? ENGLISH.locale : language,
    isEnglish: isEnglish(language),
    phrases: phrases ?? ENGLISH_PHRASES,
  };
}

/** A phrase with its parts put in, unchanged. */
export const phrase = (pattern: string, parts: Readonly<Record<string, string>>): string =>
  Object.entries(parts).reduce((words, [name, part]) => words.replace(`{${name}}`, () => part), pattern);

function isKnown(language: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(language).length > 0;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
