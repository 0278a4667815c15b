/** *Try again* of a deal that could not be shown, in an admin's App Home. */
import type { App } from '@slack/bolt';
import { showAgain } from '../../coach/threads';
import { ACTIONS, decodeRef } from '../ids';
import { notice } from '../views/notice';
import { nothing, onClick, open } from './handlers';
import type { SlackDeps } from './request';

export function registerParked(app: App, deps: SlackDeps): void {
  onClick(app, deps, ACTIONS.showAgain, async (d, { value }) => {
    const dealId = decodeRef(value)?.deal;
    if (dealId === undefined) return nothing;
    return (await showAgain(deps.coach, d.who, dealId))
      ? open(
          notice(
            'Trying again',
            'Its messages are being brought to Slack now. If it fails again, the log has the reason.',
          ),
        )
      : open(notice('Not for you', 'Only an admin can have this tried again.'));
  });
}
