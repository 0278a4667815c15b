/** Bolt's app, except that it acks an event after its listener, and can wait for running requests. */
import { App, type ReceiverEvent } from '@slack/bolt';
import { UnsendableError } from '../socketMode/socket';
import { type PayloadKind, payloadKindOf } from './payloadKind';

export type OnAck = (kind: PayloadKind, outcome: 'acked' | 'unacked', ms: number) => void;

/** Bolt acks an event before its listeners run. Here they run first: if the process dies meanwhile, Slack sends it again. */
export class AckAfterCommitApp extends App {
  private readonly running = new Set<Promise<void>>();
  /** True while we do not know which workspace we serve. */
  hasNoInstallation: () => boolean = () => false;
  /**
   * Called for each ack that no connection could send. The request's work is done all the same: of the requests without
   * an ack Slack repeats only events.
   */
  onUnsendableAck: () => void = () => undefined;
  /** Called for each ack, and for each delivery that ends without one. */
  onAck: OnAck = () => undefined;
  /** Called right before and right after an ack is sent. */
  atAck: (moment: 'before' | 'after') => void = () => undefined;

  override processEvent(event: ReceiverEvent): Promise<void> {
    const since = performance.now();
    const kind = payloadKindOf(event.body);
    let acked = false;
    const watched: ReceiverEvent = {
      ...event,
      ack: async (answer) => {
        this.atAck('before');
        try {
          await event.ack(answer);
        } catch (error) {
          // The person sees Slack's error mark, and then the next screen.
          if (error instanceof UnsendableError) return this.onUnsendableAck();
          throw error;
        }
        if (!acked) this.onAck(kind, 'acked', performance.now() - since);
        acked = true;
        this.atAck('after');
      },
    };
    const done = kind === 'event' ? this.ackLast(watched) : super.processEvent(watched);
    const tracked = done.finally(() => {
      this.running.delete(tracked);
      if (!acked) this.onAck(kind, 'unacked', performance.now() - since);
    });
    this.running.add(tracked);
    return tracked;
  }

  /** Resolves when all requests are saved, acked and shown. */
  async settled(): Promise<void> {
    // More requests may arrive meanwhile; they are finished too.
    while (this.running.size > 0) await Promise.allSettled(this.running);
  }

  private async ackLast(event: ReceiverEvent): Promise<void> {
    // Without an ack Slack sends the event again, when we may know its workspace.
    if (this.hasNoInstallation()) return;
    await super.processEvent({ ...event, ack: async () => undefined });
    await event.ack();
  }
}
