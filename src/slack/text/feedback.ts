/** What a rep reads after a call: what went well, and what to try next time with the words that would have done it. */
import type { Deal } from '../../deal/model/deal';
import type { Check, CheckCode } from '../../deal/practice/feedback';
import type { Playbook } from '../../playbook/schema';
import { type Part, strong } from './parts';
import { line, list, quote, type RichPiece } from './rich';
import { plainLine, spoken } from './spoken';

const WORDS: Readonly<Record<CheckCode, { readonly passed: string; readonly failed: string }>> = {
  heard: {
    passed: 'You took every answer as they meant it.',
    failed: 'Take each answer as they mean it. Listen for:',
  },
  owned_miss: { passed: 'You took the blame before you asked.', failed: 'Take the blame before you ask.' },
  asked_again: {
    passed: 'You asked once more before you moved on.',
    failed: 'Ask once more before you move on.',
  },
  left_money_aside: {
    passed: 'You looked behind the price.',
    failed: 'The price is rarely all of it. Look behind it.',
  },
  signed_first: {
    passed: 'You asked if they had signed before you offered anything.',
    failed: 'Ask if they have signed before you offer anything.',
  },
  asked_obstacle: { passed: 'You asked what else is in the way.', failed: 'Ask what else is in the way.' },
  named_hour: { passed: 'You named a time to call back.', failed: 'Name a time to call back.' },
  named_send_by: { passed: 'You said when your offer will come.', failed: 'Say when your offer will come.' },
  signing_date: { passed: 'You know when they sign.', failed: 'Find out when they sign.' },
  contract_end: {
    passed: 'You know how long their agreement runs.',
    failed: 'Ask how long the agreement runs.',
  },
  look_again: { passed: "You know when they'll look again.", failed: "Find out when they'll look again." },
  took_no: { passed: 'You took their no and left it there.', failed: 'Take a no and leave it there.' },
};

/** Empty: nothing to say about this call. */
export function feedbackPieces(checks: readonly Check[], deal: Deal, playbook: Playbook): RichPiece[] {
  const well = checks.filter(({ passed }) => passed);
  const next = checks.filter(({ passed }) => !passed);
  return [
    ...(well.length === 0
      ? []
      : [
          line({ bold: 'What went well' }),
          list(well.map(({ code }): readonly Part[] => [WORDS[code].passed])),
        ]),
    ...(next.length === 0 ? [] : [line({ bold: 'To try next time' })]),
    ...next.flatMap((check) => toTry(check, deal, playbook)),
  ];
}

/** One thing to try, with the words of the playbook. */
export function toTry({ code, line: words }: Check, deal: Deal, of: Playbook): RichPiece[] {
  const { failed } = WORDS[code];
  if (code === 'heard') return [line(`${failed} ${words === null ? '' : plainLine(words, deal, of)}`.trim())];
  return [line(failed), ...(words === null ? [] : [quote(...strong(spoken(words, deal, { of })))])];
}
