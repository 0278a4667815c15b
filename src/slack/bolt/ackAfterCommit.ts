/** Bolt's app, which also knows what is under way, and keeps an event before it acks it. */
import { App, type ReceiverEvent } from '@slack/bolt';
import { UnsendableError } from '../socketMode/socket';
import { type PayloadKind, payloadKindOf } from './payloadKind';

export type OnAck = (surface: PayloadKind, outcome: 'acked' | 'unacked', ms: number) => void;

/** Bolt acks an event before its listeners run. Here it is acked when it was kept: if we die before, Slack sends it again. */
export class AckAfterCommitApp extends App {
  private readonly underWay = new Set<Promise<void>>();
  /** Nobody knows yet which workspace we serve. */
  hasNoInstallation: () => boolean = () => false;
  /**
   * Told of each ack for which no connection was left. What came is done all the same: of what is not acked, Slack sends
   * only events again.
   */
  onUnsendableAck: () => void = () => undefined;
  /** Told of each ack, and of each delivery that was not acked. */
  onAck: OnAck = () => undefined;
  /** Told right before and right after an ack is sent. */
  atAck: (moment: 'before' | 'after') => void = () => undefined;

  override processEvent(event: ReceiverEvent): Promise<void> {
    const since = performance.now();
    const surface = payloadKindOf(event.body);
    let acked = false;
    const watched: ReceiverEvent = {
      ...event,
      ack: async (answer) => {
        this.atAck('before');
        try {
          await event.ack(answer);
        } catch (error) {
          // What the person did goes on: they see an error mark, and the screen that comes next.
          if (error instanceof UnsendableError) return this.onUnsendableAck();
          throw error;
        }
        if (!acked) this.onAck(surface, 'acked', performance.now() - since);
        acked = true;
        this.atAck('after');
      },
    };
    const done = surface === 'event' ? this.keep(watched) : super.processEvent(watched);
    const tracked = done.finally(() => {
      this.underWay.delete(tracked);
      if (!acked) this.onAck(surface, 'unacked', performance.now() - since);
    });
    this.underWay.add(tracked);
    return tracked;
  }

  /** What people did is saved and they were shown what comes next. */
  async settled(): Promise<void> {
    // More may come while these are waited for; what is taken is finished.
    while (this.underWay.size > 0) await Promise.allSettled(this.underWay);
  }

  private async keep(event: ReceiverEvent): Promise<void> {
    // Not acked, so that Slack sends it again when we know whose it is.
    if (this.hasNoInstallation()) return;
    await super.processEvent({ ...event, ack: async () => undefined });
    await event.ack();
  }
}
