import type { ModalView } from '@slack/types';
import type { Deal } from '../../deal/model/deal';
import { fieldId, VIEWS } from '../ids';
import { askFacts, askRef } from './askFacts';
import { type Read, readText, textField, type ViewValues } from './form';
import { modal } from './modal';

export const ASK_REP = { question: fieldId('question') } as const;

/** A question of the manager before deciding. */
export function askRep(deal: Deal, words?: { readonly remark: number; readonly text: string }): ModalView {
  return modal({
    id: VIEWS.askRep,
    title: 'Ask the rep',
    submit: 'Ask',
    close: 'Cancel',
    ref: askRef(deal, words?.remark),
    blocks: [
      askFacts(deal),
      textField({
        block: ASK_REP.question,
        label: 'What do you need to know?',
        hint: 'The answer comes back to you by direct message, and to the ask.',
        required: true,
        multiline: true,
        initial: words?.text,
        focus: true,
      }),
    ],
  });
}

/** Reads the question. */
export function readAskRep(values: ViewValues): Read<string> {
  const text = readText(values, ASK_REP.question);
  return text === null
    ? { ok: false, errors: { [ASK_REP.question]: 'Please type your question.' } }
    : { ok: true, value: text };
}
