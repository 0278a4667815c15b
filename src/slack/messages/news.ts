import type { Deal, News } from '../../deal/model/deal';
import { formatMoney } from '../../deal/model/money';
import { account, cut, line, type Part, rich, yesCostsPhrase } from '../text';
import { ADDRESSED, type Addressed, IN_THREAD, type Message, messageKind } from './kind';
import { NO_LONGER } from './lastWords';
import { asksOf, isPending } from './phrases';
import type { RenderContext } from './slot';

/** Facts that can change a decision came after the ask was sent: one line, once an ask. The ask itself has them all. */
export const askNews = messageKind({
  kind: 'ask-news',
  key: ADDRESSED,
  place: IN_THREAD,
  notifies: true,
  phases: ['thread'],
  messages: (deal, context) =>
    asksOf(deal).flatMap((ask) =>
      ask.news === null ? [] : [newsLine(deal, ask.news, !isPending(deal, ask), context)],
    ),
  lastWords: () => [NO_LONGER],
});

function newsLine(
  deal: Deal,
  { id, to, facts }: News,
  overtaken: boolean,
  { privacy }: RenderContext,
): Message<Addressed> {
  const words: Part[] =
    privacy === 'short'
      ? [{ user: to }, ', the ask has new facts.']
      : [{ user: to }, ', new facts about ', account(deal), ': ', newFacts(deal, facts), '.'];
  return { key: { id, to }, fallback: words, overtaken, mentions: [to], blocks: [rich(line(...words))] };
}

/** "$48,000, against Globex, saying yes costs about $2,000". What they said and what the rep recommends is in the ask. */
function newFacts({ details }: Deal, facts: News['facts']): string {
  return facts
    .flatMap((fact) => {
      switch (fact) {
        case 'words':
          return ['what they said'];
        case 'amount':
          return details.amount === null ? [] : [formatMoney(details.amount)];
        case 'competitor':
          return details.competitor === null ? [] : [`against ${cut(details.competitor, 80)}`];
        case 'yesCosts':
          return details.yesCosts === null ? [] : [yesCostsPhrase(details.yesCosts)];
        case 'recommendation':
          return details.recommendation === null ? [] : ['a recommendation'];
        default:
          return fact satisfies never;
      }
    })
    .join(', ');
}
