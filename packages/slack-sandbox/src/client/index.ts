import type { AdminAction, DeliveryFault, Fault, Traffic, Workspace } from '../protocol';
import { Link } from './controlClient';
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

/** A sandbox as a test drives it. */
export interface SandboxClient {
  /** Acts and looks as this person (handle or id). */
  as(name: string): PersonDriver;
  workspace(): Promise<Workspace>;
  /** Deliveries to the app and its calls, oldest first. */
  traffic(after?: number): Promise<readonly Traffic[]>;
  /** Waits for a delivery or a call. */
  waitForTraffic(what: string, match: (entry: Traffic) => boolean): Promise<Traffic>;
  /** Waits until the app is connected: again, after a disconnect. */
  connected(): Promise<void>;
  /** Makes coming Web API calls and deliveries go wrong; replaces what was pending. */
  faults(...faults: readonly (Fault | DeliveryFault)[]): Promise<void>;
  /** The sandbox's own clock. The app's is the test's affair. */
  readonly clock: {
    /**
     * Jumps by so many ms, back if negative: triggers, response URLs and rate limits age; a retry or anything
     * scheduled that became due comes at once. One jump brings one retry: the next is counted from there.
     * @returns what time it is then, epoch ms
     */
    advance(ms: number): Promise<number>;
  };
  /** What an administrator of the workspace does. */
  admin(action: AdminAction): Promise<Readonly<Record<string, unknown>>>;
}

/**
 * Connects a test to a running sandbox.
 * @param options.timeoutMs how long waits last before they fail, telling what was visible; 30,000.
 */
export function connectSandbox(url: string, options: { readonly timeoutMs?: number } = {}): SandboxClient {
  const link = new Link(url.replace(/\/$/, ''), options.timeoutMs ?? 30_000);
  const traffic = (after = 0) => link.get<readonly Traffic[]>(`traffic?after=${after}`);
  return {
    as: (name) => new PersonDriver(link, name),
    workspace: () => link.workspace(),
    traffic,
    waitForTraffic: (what, match) => link.untilTraffic(what, match),
    connected: () => link.untilConnected(),
    faults: async (...faults) => {
      await link.post('faults', faults);
    },
    clock: {
      advance: async (ms) =>
        (await link.post<{ readonly now: number }>('admin', { do: 'advance_clock', ms })).now,
    },
    admin: (action) => link.post('admin', action),
  };
}
