import type { AdminAction, DeliveryFault, Fault, Traffic, Workspace } from '../protocol';
import { ControlApi } from './controlApi';
import { PersonDriver } from './person';

export { Home } from './home';
export type { InputValue } from './inputStates';
export { ConversationHandle, MessageHandle, type MessageMatch, Thread } from './messages';
export { Modal } from './modal';
export { PersonDriver } from './person';
export { renderBlocks } from './render/blocks';
export type { Reader } from './render/reader';
export { renderMrkdwn } from './render/text';
export type { Which, Words } from './shownBlocks';

/** Client for tests that drive a running sandbox. */
export interface SandboxClient {
  /** Acts and sees as this person, by handle or id. */
  as(name: string): PersonDriver;
  workspace(): Promise<Workspace>;
  /** Deliveries to the app and its Web API calls, oldest first. */
  traffic(after?: number): Promise<readonly Traffic[]>;
  /** Waits for a delivery or a call. `what` names it in the error of a timeout. */
  waitForTraffic(what: string, match: (entry: Traffic) => boolean): Promise<Traffic>;
  /** Waits until the app has a connection, also after a disconnect. */
  connected(): Promise<void>;
  /** Sets faults for the next Web API calls and deliveries. Replaces the pending ones. */
  faults(...faults: readonly (Fault | DeliveryFault)[]): Promise<void>;
  /** The sandbox's clock. It does not move the app's clock. */
  readonly clock: {
    /**
     * Moves the clock by this many ms, back if negative. Triggers, response URLs and rate limits age. Retries and
     * everything scheduled that becomes due run at once. Each move runs one retry of a delivery at most, since the
     * wait for the next one starts there.
     * @returns the time after the move, epoch ms
     */
    advance(ms: number): Promise<number>;
  };
  /** Acts as an administrator of the workspace, or as Slack itself. */
  admin(action: AdminAction): Promise<Readonly<Record<string, unknown>>>;
}

/**
 * Connects a test to a running sandbox.
 * @param options.timeoutMs how long a wait lasts before it fails with all that was visible; default 30,000
 */
export function connectSandbox(url: string, options: { readonly timeoutMs?: number } = {}): SandboxClient {
  const api = new ControlApi(url.replace(/\/$/, ''), options.timeoutMs ?? 30_000);
  const traffic = (after = 0) => api.get<readonly Traffic[]>(`traffic?after=${after}`);
  return {
    as: (name) => new PersonDriver(api, name),
    workspace: () => api.workspace(),
    traffic,
    waitForTraffic: (what, match) => api.waitForTraffic(what, match),
    connected: () => api.waitForConnection(),
    faults: async (...faults) => {
      await api.post('faults', faults);
    },
    clock: {
      advance: async (ms) =>
        (await api.post<{ readonly now: number }>('admin', { do: 'advance_clock', ms })).now,
    },
    admin: (action) => api.post('admin', action),
  };
}
