import type { Core } from '../core';
import type { Sent } from '../delivery/deliverer';
import type { Delivery } from '../delivery/transport';
import type { ActResult } from '../protocol';

/** Sends a command or an interaction, once, and says how it went in the words of the protocol. */
export async function sendDelivery(
  core: Core,
  delivery: Delivery,
): Promise<{ readonly answer: Sent; readonly result: ActResult }> {
  if (!core.installation.installed) {
    // What an app that has left wrote still stands there; nothing happens when it is touched.
    const answer = { outcome: 'not_connected', body: undefined, reason: 'unknown_error', ms: 0 } as const;
    return { answer, result: { ok: true, delivery: answer.outcome } };
  }
  const answer = await core.deliverer.send(delivery);
  return { answer, result: { ok: true, delivery: answer.outcome, ackMs: answer.ms } };
}
