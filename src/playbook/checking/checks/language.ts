/** Checks that a playbook in another language says everything that a rep reads out, so that no English line is mixed in. */
import { BUILT_IN_REPLIES } from '../../builtInWords';
import { MAILS, type PlaybookSource, WORDS } from '../../schema';
import { isEnglish } from '../../speech';
import type { Finding } from '../faults';
import { checkLine, HINT } from './lines';

export function checkLanguage(playbook: PlaybookSource): Finding[] {
  const { language, phrases, words, mails, they_say } = playbook;
  const greeting =
    phrases === undefined ? [] : checkLine(phrases.greeting, 'mail', HINT, ['phrases', 'greeting']);
  if (isEnglish(language)) return greeting;
  const missing = (part: string, key: string, isThere: boolean): Finding[] =>
    isThere
      ? []
      : [
          {
            code: 'not_in_language',
            path: [part],
            reason: `“${part}” has no “${key}”, so a rep would read it out in English: add it`,
          },
        ];
  return [
    ...greeting,
    ...(phrases === undefined
      ? [
          {
            code: 'not_in_language' as const,
            path: ['language'],
            reason: 'there are no “phrases”, so days and hours would be read out in English: add them',
          },
        ]
      : []),
    ...WORDS.flatMap((key) => missing('words', key, words?.[key] !== undefined)),
    ...MAILS.flatMap((key) => missing('mails', key, mails?.[key] !== undefined)),
    ...Object.keys(BUILT_IN_REPLIES).flatMap((key) =>
      missing('they_say', key, Object.hasOwn(they_say ?? {}, key)),
    ),
  ];
}
