import type { Deal } from '../model/deal';

/**
 * Whether a deal has, or ever had, anything to say in Slack. On the first call there is no thread yet, only the offer
 * to resume once the rep has left, and what a new rep is told; so most of what is recorded on a call changes no message.
 */
export const hasMessages = (
  deal: Pick<Deal, 'stage' | 'verdict' | 'resumeOffer' | 'tries' | 'handover'>,
): boolean =>
  deal.stage !== 'coaching' ||
  deal.verdict !== null ||
  deal.resumeOffer !== null ||
  deal.handover !== null ||
  deal.tries > 0;
