import type { Deal } from '../../deal/model/deal';
import { ACTIONS } from '../ids';
import type { ButtonOptions } from '../text';

/** *They've signed*: ends the rescue, so it asks once more. */
export function theySigned(deal: Deal): ButtonOptions {
  return {
    action: ACTIONS.theySigned,
    label: "They've signed",
    ref: { d: deal.id },
    confirm: {
      title: "They've signed?",
      text: 'With the other company, that is. The rescue ends here, and whoever was asked is told.',
      yes: "They've signed",
    },
  };
}
