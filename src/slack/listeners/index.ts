/** All listeners, by Slack surface. Each is thin: parse, call a use case, say what to show. */
import type { App } from '@slack/bolt';
import { registerAway } from './away';
import { registerBackToCall } from './backToCall';
import { createChannelCheck } from './channelCheck';
import { registerCoaching } from './coaching';
import { registerCommand } from './command';
import { registerHome } from './home';
import { registerLifecycle } from './lifecycle';
import { registerList } from './list';
import { registerMessages } from './messages';
import { registerFinding } from './navigation';
import { registerOutcome } from './outcome';
import { registerParked } from './parked';
import { registerPicked } from './pickers';
import type { SlackDeps } from './request';
import { registerRescue } from './rescue';
import { registerSettings } from './settings';
import { registerUpcoming } from './upcoming';

export function registerListeners(app: App, deps: SlackDeps): void {
  registerCommand(app, deps);
  registerCoaching(app, deps);
  registerBackToCall(app, deps);
  registerRescue(app, deps);
  registerOutcome(app, deps);
  registerFinding(app, deps);
  const channels = createChannelCheck();
  registerPicked(app, deps, channels);
  registerSettings(app, deps, channels);
  registerList(app, deps);
  registerUpcoming(app, deps);
  registerAway(app, deps);
  registerHome(app, deps);
  registerParked(app, deps);
  registerMessages(app, deps);
  registerLifecycle(app, deps);
}
