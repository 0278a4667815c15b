import type { Core } from '../core';
import type { Answer, Delivery } from '../delivery/transport';
import type { ActResult } from '../protocol';

/** Sends a command or an interaction, once, and says how it went in the words of the protocol. */
export async function sendDelivery(
  core: Core,
  delivery: Delivery,
): Promise<{ readonly answer: Answer; readonly result: ActResult }> {
  const answer = await core.deliverer.send(delivery);
  return { answer, result: { ok: true, delivery: answer.outcome, ackMs: answer.ms } };
}
