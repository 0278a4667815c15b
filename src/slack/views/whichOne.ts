/** Replies beside a direct message to the app; only its author sees them, until they reload Slack. */
import type { KnownBlock } from '@slack/types';
import type { WhichOne } from '../../coach/directMessages';
import type { Refusal } from '../../coach/refusals';
import type { Deal } from '../../deal/model/deal';
import { whichOneAction } from '../ids';
import {
  account,
  businessAndAmount,
  buttons,
  cut,
  fallbackText,
  isPlainRefusal,
  line,
  type Part,
  paragraph,
  quote,
  refusalText,
  rich,
  toldApart,
} from '../text';
import { NEW_HERE, offerBlocks } from './newHere';
import { notice } from './notice';

export interface Ephemeral {
  readonly text: string;
  readonly blocks?: KnownBlock[];
}

const QUOTED_MAX = 300;
const SPELLED = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** "You have two asks waiting. Which one is this for?", the words, and a button for each. */
export function whichOne({ message, deals }: WhichOne): Ephemeral {
  const count = SPELLED[deals.length - 2] ?? String(deals.length);
  const first: Part[] = [`You have ${count} asks waiting. Which one is this for?`];
  const row = buttons(
    ...deals.map((deal, index) => ({
      action: whichOneAction(index),
      label: nameAmong(deal, deals),
      ref: { deal: deal.id, item: message.ts },
    })),
  );
  return {
    text: fallbackText(first),
    blocks: [rich(line(...first), quote(cut(message.text, QUOTED_MAX))), ...toldApart([row])] as KnownBlock[],
  };
}

/** Two deals of one company are told apart by what they are worth. */
function nameAmong(deal: Deal, deals: readonly Deal[]): string {
  const isAlone = deals.filter((it) => it.account === deal.account).length === 1;
  return isAlone ? deal.account : `${cut(deal.account, 40)} (${businessAndAmount(deal)})`;
}

export function directMessageSaved(deal: Deal): Ephemeral {
  const said: Part[] = ["It's saved with ", account(deal), '.'];
  return { text: fallbackText(said), blocks: [rich(line(...said))] };
}

/** The deal cannot keep their words, which are still in Slack. */
export function notKept(why: Refusal): Ephemeral {
  const said = [isPlainRefusal(why) ? refusalText(why) : NOT_SAVED];
  return { text: fallbackText(said), blocks: [rich(line(...said))] };
}

const NOT_SAVED = "That isn't saved with the deal. It's still here.";

const EXPLANATION =
  'They said no? Type /lostdeal and the company. To say something about a deal, reply in its thread. /lostdeal help has the rest.';

/** What the app is for: nothing waits for the author. @param offers practice, to somebody new */
export const explanation = (offers: boolean): Ephemeral =>
  offers
    ? {
        text: `${EXPLANATION} ${NEW_HERE}`,
        blocks: [paragraph([EXPLANATION]), ...offerBlocks()] as KnownBlock[],
      }
    : { text: EXPLANATION };

export const settled = notice(
  'Already saved',
  'These words are already saved with a deal, or you deleted them.',
);
