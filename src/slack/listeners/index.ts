/** All listeners, by subject. Each only parses, calls a use case and chooses the screen. */
import type { App } from '@slack/bolt';
import { registerAway } from './away';
import { registerCallNotes } from './callNotes';
import { createChannelCheck } from './channelCheck';
import { registerCoaching } from './coaching';
import { registerCommand } from './command';
import { registerConfirmReason } from './confirmReason';
import { registerDirectMessages } from './directMessages';
import { handlersOn } from './handlers';
import { registerHome } from './home';
import { registerLearn } from './learn';
import { registerLifecycle } from './lifecycle';
import { registerMessages } from './messages';
import { registerNavigation } from './navigation';
import { registerOffers } from './offers';
import { registerOutcome } from './outcome';
import { registerPickers } from './pickers';
import { registerPractice } from './practice';
import type { SlackDeps } from './request';
import { registerRescue } from './rescue';
import { registerSettings } from './settings';
import { registerSetup } from './setup';
import { registerUpcoming } from './upcoming';

export function registerListeners(app: App, deps: SlackDeps): void {
  registerCommand(app, deps);
  registerHome(app, deps);
  registerMessages(app, deps);
  registerLifecycle(app, deps);
  const on = handlersOn(app, deps);
  registerCoaching(on);
  registerOffers(on);
  registerCallNotes(on);
  registerPractice(on);
  registerRescue(on);
  registerDirectMessages(on);
  registerOutcome(on);
  registerConfirmReason(on);
  registerNavigation(on);
  registerUpcoming(on);
  registerAway(on);
  registerLearn(on);
  const channels = createChannelCheck();
  registerPickers(on, channels);
  registerSettings(on, channels);
  registerSetup(on);
}
