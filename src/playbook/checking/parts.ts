/** The parts of a playbook, each checked by itself, so that one broken part does not hide the faults of others. */
import {
  type Ending,
  endingSchema,
  linesSchema,
  MAILS,
  type Mail,
  type MailKey,
  mailSchema,
  type Reply,
  repliesSchema,
  type Step,
  stepSchema,
  VERDICTS,
  type Verdict,
  WORDS,
  type WordsKey,
} from '../schema';

export interface Parts {
  /** With the position in the list of the file. */
  readonly steps: readonly { readonly index: number; readonly step: Step }[];
  readonly endings: readonly { readonly verdict: Verdict; readonly ending: Ending }[];
  readonly words: readonly { readonly key: WordsKey; readonly lines: readonly string[] }[];
  readonly mails: readonly { readonly key: MailKey; readonly mail: Mail }[];
  readonly replies: readonly { readonly key: WordsKey; readonly replies: readonly Reply[] }[];
}

/** The parts that have the right shape, of any data. */
export function partsOf(data: unknown): Parts {
  const root = keysOf(data);
  const steps = Array.isArray(root.steps) ? (root.steps as unknown[]) : [];
  const endings = keysOf(root.endings);
  const words = keysOf(root.words);
  const mails = keysOf(root.mails);
  const replies = keysOf(root.they_say);
  return {
    steps: steps.flatMap((item, index) => {
      const parsed = stepSchema.safeParse(item);
      return parsed.success ? [{ index, step: parsed.data }] : [];
    }),
    endings: VERDICTS.flatMap((verdict) => {
      const parsed = endingSchema.safeParse(endings[verdict]);
      return parsed.success ? [{ verdict, ending: parsed.data }] : [];
    }),
    words: WORDS.flatMap((key) => {
      const parsed = linesSchema.safeParse(words[key]);
      return parsed.success ? [{ key, lines: parsed.data }] : [];
    }),
    mails: MAILS.flatMap((key) => {
      const parsed = mailSchema.safeParse(mails[key]);
      return parsed.success ? [{ key, mail: parsed.data }] : [];
    }),
    replies: WORDS.flatMap((key) => {
      const parsed = repliesSchema.safeParse(replies[key]);
      return parsed.success ? [{ key, replies: parsed.data }] : [];
    }),
  };
}

function keysOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
