/** The screens of a look, as Slack gets them. */
import type { ModalView } from '@slack/types';
import type { WorkingTime } from '../../deal/model/commands';
import { type PreviewedCall, previewedCall } from '../../deal/preview/previewedDeal';
import type { Playbook, Reason } from '../../playbook/schema';
import { stepOf } from '../../playbook/walk';
import { step as callScreen } from '../../slack/views/call';
import { fillIn } from '../../slack/views/fillIn';
import { script, theySay } from '../../slack/views/script';
import type { Look } from './look';

export const REP = { id: 'UROBIN', realName: 'Robin Reed' } as const;

const WORK: Omit<WorkingTime, 'tz'> = {
  startMinute: 9 * 60,
  endMinute: 17 * 60,
  weekdays: [1, 2, 3, 4, 5],
  holidays: [],
  quiet: null,
  tzKnown: true,
};

export interface Seen {
  /** Bottom first; another `hash` is another screen. */
  readonly modals: readonly { readonly id: string; readonly hash: string; readonly view: ModalView }[];
  readonly call: PreviewedCall;
}

/** @param tz IANA zone of the person who looks */
export function seen(
  look: Look,
  playbook: Playbook,
  reasons: readonly Reason[],
  now: number,
  tz: string,
): Seen {
  const call = previewedCall(playbook, look.path, {
    business: look.business,
    prospect: look.names ? 'Jane' : null,
    competitor: look.names ? 'Globex' : null,
    account: 'Acme',
    rep: REP.id,
    work: { ...WORK, tz },
    now,
  });
  const { deal, path } = call;
  const at = path.join(' ');
  if (deal.position === null) {
    const view = fillIn(deal, playbook, { currency: 'USD', reasons, teamManager: null, more: look.more });
    return { call, modals: [{ id: 'screen', hash: `${at} ${look.more}`, view }] };
  }
  const current = stepOf(playbook, deal.position.stepId);
  const view = callScreen(deal, playbook, reasons, { picking: look.picking });
  const hash = `${at} ${look.picking} ${look.business} ${look.names}`;
  const over =
    look.overlay === 'script'
      ? script(playbook, deal)
      : look.overlay === 'they_say' && current.they_say !== undefined
        ? theySay(current, deal, playbook)
        : null;
  return {
    call,
    modals: [
      { id: 'screen', hash, view },
      ...(over === null ? [] : [{ id: `over ${look.overlay}`, hash, view: over }]),
    ],
  };
}
