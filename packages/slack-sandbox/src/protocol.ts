/**
 * The control protocol: how a browser or a test acts as a person of the sandbox workspace and reads what that
 * person sees. Plain JSON over HTTP on the sandbox's own port, under `/control`; one SSE stream tells of changes.
 *
 *   GET  /control/workspace            → Workspace
 *   GET  /control/view?as=U…           → PersonView: everything this person can see now (`&in=#name,C…&after=TS`:
 *                                        of the messages only those of these conversations after this timestamp)
 *   GET  /control/stream               → SSE; each `data:` line is a ChangeNotice (something changed: read again)
 *   POST /control/act        Action    → ActResult (after the app's ack, or its absence after 3 s)
 *   GET  /control/changes?after=SEQ&wait=MS → ChangeNotice, as soon as something changed after SEQ (long poll)
 *   GET  /control/traffic?after=SEQ    → Traffic[]  (deliveries to the app and its Web API calls, oldest first)
 *   POST /control/faults     (Fault | DeliveryFault)[] → {ok:true}  (replaces the list of pending faults)
 *   POST /control/admin      AdminAction → {ok:true, ...} (archive a channel, remove the bot, deactivate a person…)
 *
 * A refused request answers HTTP 400 with `{ok:false, error}`: a short code and, in `detail`, words for a person.
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

export interface ChangeNotice {
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
