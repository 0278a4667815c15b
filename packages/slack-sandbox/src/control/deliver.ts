import type { Core } from '../core';
import type { SendResult } from '../delivery/deliverer';
import type { Delivery } from '../delivery/transport';
import type { ActResult } from '../protocol';

/** Sends a command or an interaction once, and reports the outcome in the terms of the protocol. */
export async function sendDelivery(
  core: Core,
  delivery: Delivery,
): Promise<{ readonly answer: SendResult; readonly result: ActResult }> {
  if (!core.installation.installed) {
    // Messages and views of an uninstalled app stay visible, but a click on them reaches nobody.
    const answer = { outcome: 'not_connected', body: undefined, reason: 'unknown_error', ms: 0 } as const;
    return { answer, result: { ok: true, delivery: answer.outcome } };
  }
  const answer = await core.deliverer.send(delivery);
  return { answer, result: { ok: true, delivery: answer.outcome, ackMs: answer.ms } };
}
