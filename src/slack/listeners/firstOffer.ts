/** Offers practice on the first screen or message that a person sees. */
import type { ModalView } from '@slack/types';
import { offersPractice } from '../../coach/setup';
import { mayOffer, withOffer } from '../views/newHere';
import type { Request } from './request';

/** False also when the database does not answer, since everything else works without the offer. */
export async function isFirstUse({ coach, log, who }: Request): Promise<boolean> {
  try {
    return await offersPractice(coach, who);
  } catch (error) {
    log.warn({ err: error }, 'the first screen goes without the offer of practice');
    return false;
  }
}

export const withFirstOffer = async (request: Request, view: ModalView): Promise<ModalView> =>
  mayOffer(view) && (await isFirstUse(request)) ? withOffer(view) : view;
