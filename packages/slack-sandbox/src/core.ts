import type { Permissions } from './blockkit/permissions';
import type { AppManifest } from './config/manifest';
import type { Deliverer } from './delivery/deliverer';
import type { Clock, Ids } from './ids';
import type { Codes } from './oauth/codes';
import type { Grants } from './oauth/grants';
import type { Faults } from './workspace/faults';
import type { FunctionExecutions } from './workspace/functionExecutions';
import type { Notices } from './workspace/notices';
import type { OfferedOptions } from './workspace/offeredOptions';
import type { ResponseUrls } from './workspace/responseUrls';
import type { SandboxTime } from './workspace/sandboxTime';
import type { ScheduledMessages } from './workspace/scheduledMessages';
import type { TrafficLog } from './workspace/trafficLog';
import type { Triggers } from './workspace/triggers';
import type { Views } from './workspace/views';
import type { Workspace } from './workspace/workspace';

export interface Credentials {
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  /** For OAuth. */
  readonly clientId: string;
  readonly clientSecret: string;
}

/** All parts of one sandbox. startSandbox makes it and hands it to the Web API, the deliveries and the control API. */
export interface Core {
  readonly clock: Clock;
  /** Timers on the same clock. */
  readonly time: SandboxTime;
  readonly ids: Ids;
  readonly manifest: AppManifest;
  readonly credentials: Credentials;
  readonly workspace: Workspace;
  readonly views: Views;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly offeredOptions: OfferedOptions;
  readonly notices: Notices;
  readonly traffic: TrafficLog;
  readonly faults: Faults;
  readonly grants: Grants;
  readonly oauthCodes: Codes;
  readonly scheduled: ScheduledMessages;
  readonly functions: FunctionExecutions;
  readonly deliverer: Deliverer;
  /** See SandboxOptions. */
  readonly rationedHistory: boolean;
  /** What the installed app may show. */
  readonly permissions: () => Permissions;
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly baseUrl: () => string;
  /** Makes a fresh, single-use Socket Mode URL. @throws SlackError socket_mode_disabled */
  readonly socketUrl: () => string;
  /** After an uninstall Slack refuses every token of the app. `revoked` ends the bot token while the app stays. */
  readonly installation: { installed: boolean; revoked: boolean };
}
