/** Offers a practice call on the first screen that a person sees. */
import type { ActionsBlock, AnyBlock, HomeView, ModalView } from '@slack/types';
import { ACTIONS, VIEWS } from '../ids';
import { buttons, paragraph } from '../text';

export const NEW_HERE = 'New here? A practice call takes three minutes, and nobody sees it.';

const PRACTICE_BUTTON = { action: ACTIONS.practice, label: 'Practice first' } as const;

/** Slack's limit for one screen. */
const MOST_BLOCKS = 100;

/** A notice, and the screen of practice itself, carry no offer. */
const WITHOUT: readonly (string | undefined)[] = [VIEWS.notice, VIEWS.practice];

/** Whether a screen has room for the offer, and is none of those without it. */
export const mayOffer = ({ callback_id, blocks }: ModalView | HomeView): boolean =>
  !WITHOUT.includes(callback_id) && blocks.length + 2 <= MOST_BLOCKS;

/** The screen with the offer: above its own button for practice, else at its foot. */
export function withOffer<View extends ModalView | HomeView>(view: View): View {
  const at = view.blocks.findIndex(hasPractice);
  const blocks =
    at < 0
      ? [...view.blocks, ...offerBlocks()]
      : [...view.blocks.slice(0, at), paragraph([NEW_HERE]), ...view.blocks.slice(at)];
  return { ...view, blocks };
}

export const offerBlocks = () => [paragraph([NEW_HERE]), buttons(PRACTICE_BUTTON)];

const hasPractice = (block: AnyBlock): boolean =>
  block.type === 'actions' &&
  (block as ActionsBlock).elements.some(
    (element) => 'action_id' in element && element.action_id === ACTIONS.practice,
  );
