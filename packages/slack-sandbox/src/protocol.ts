/**
 * The control protocol. Through it a browser or a test acts as a person of the workspace and reads what that person
 * sees. It is plain JSON over HTTP on the sandbox's own port, under `/control`.
 *
 *   GET  /control/workspace                 → Workspace
 *   GET  /control/view?as=U…                → PersonView: everything that this person can see. `&in=#name,C…&after=TS`
 *                                             limits the messages to these conversations and to later timestamps.
 *   GET  /control/waiting                   → Waiting: what each person has not read yet
 *   GET  /control/stream                    → SSE; each `data:` line is a WorkspaceChange, after which to read again
 *   GET  /control/changes?after=SEQ&wait=MS → WorkspaceChange, once something has changed after SEQ (long poll)
 *   POST /control/act      Action           → ActResult, after the app's ack or after 3 s without one
 *   GET  /control/traffic?after=SEQ         → Traffic[]: deliveries to the app and its Web API calls, oldest first
 *   POST /control/faults   (Fault | DeliveryFault)[] → {ok:true}; replaces the pending faults
 *   POST /control/admin    AdminAction      → {ok:true, …}
 *
 * A refused request gets HTTP 400 with `{ok:false, error, detail}`: a short code, and words for a person.
 */
import type { ActResult } from './protocol/actions';
import type { CallEffect, DeliveryEffect } from './protocol/faults';

export type * from './protocol/actions';
export type * from './protocol/admin';
export type * from './protocol/faults';
export type * from './protocol/seen';

export interface ControlError {
  readonly ok: false;
  readonly error: string;
  readonly detail: string;
}

export interface WorkspaceChange {
  readonly seq: number;
}

export type Traffic =
  | {
      readonly seq: number;
      readonly at: number;
      readonly kind: 'delivery';
      readonly via: 'socket' | 'http';
      readonly type: 'slash_commands' | 'interactive' | 'events_api' | 'options';
      readonly name: string;
      readonly attempt: number;
      readonly outcome: ActResult['delivery'];
      readonly ms: number;
      readonly payload: unknown;
      readonly response: unknown;
      readonly fault?: DeliveryEffect;
    }
  | {
      readonly seq: number;
      readonly at: number;
      readonly kind: 'call';
      readonly method: string;
      readonly args: unknown;
      readonly response: { readonly ok: boolean; readonly error?: string };
      readonly status: number;
      readonly ms: number;
      readonly fault?: CallEffect;
    };
