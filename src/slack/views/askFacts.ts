/** What a manager needs before them while deciding: what the prospect said, and until when there is time. */
import type { RichTextBlock } from '@slack/types';
import type { Deal } from '../../deal/deal';
import {
  businessAndAmount,
  cut,
  line,
  list,
  offerWords,
  type Part,
  quote,
  rich,
  signingParts,
} from '../text';

export function askFacts(deal: Deal): RichTextBlock {
  const words = offerWords(deal);
  const signing = signingParts(deal);
  const facts: Part[][] = [
    ...(deal.ask === null || deal.ask.status !== 'pending'
      ? []
      : [['Answer by ', { date: deal.ask.deadline }]]),
    ...(signing.length === 0 ? [] : [signing]),
  ];
  return rich(
    line({ bold: cut(deal.account, 400) }, `  ·  ${businessAndAmount(deal)}`),
    ...(words.length === 0 ? [] : [line('Prospect said:'), quote(cut(words.join('\n'), 600))]),
    list(facts),
  );
}
