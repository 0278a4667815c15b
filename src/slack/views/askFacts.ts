/** What a manager needs before them while deciding: what the prospect said, and until when there is time. */
import type { RichTextBlock } from '@slack/types';
import { stationOf } from '../../deal/asking/asking';
import type { Deal } from '../../deal/model/deal';
import type { Ref } from '../ids';
import {
  account,
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

/** Which ask a screen is about, and from which words it was opened. */
export function askRef(deal: Deal, remark?: number): Ref {
  return {
    deal: deal.id,
    ...(deal.ask === null ? {} : { ask: deal.ask.id }),
    ...(remark === undefined ? {} : { remark }),
  };
}

export function askFacts(deal: Deal): RichTextBlock {
  const words = offerWords(deal);
  const { ourOffer } = deal.details;
  const signing = signingParts(deal);
  const facts: Part[][] = [
    ...(deal.ask === null || deal.ask.status !== 'pending'
      ? []
      : [['Answer by ', { date: stationOf(deal.ask).answerBy }]]),
    ...(signing.length === 0 ? [] : [signing]),
  ];
  return rich(
    line(account(deal), `  ·  ${businessAndAmount(deal)}`),
    ...(words.length === 0 ? [] : [line('Prospect said:'), quote(cut(words.join('\n'), 600))]),
    ...(ourOffer === null ? [] : [line("We had offered (rep's reading):"), quote(cut(ourOffer, 600))]),
    list(facts),
  );
}
