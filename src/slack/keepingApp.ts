/** Bolt's app, which also knows what is under way, and keeps an event before it acks it. */
import { setTimeout as after, setImmediate as turn } from 'node:timers/promises';
import { App, type ReceiverEvent } from '@slack/bolt';
import { isUnsendable } from './socket';
import { type Surface, surfaceOf } from './surface';

export type OnAck = (surface: Surface, outcome: 'acked' | 'unacked', ms: number) => void;

/** What Slack sends often comes in bunches; the longer no pause between them comes, the shorter one will do. */
const PAUSE_MS = 100;
const PAUSE_WITHIN_MS = 1_000;

/** Bolt acks an event before its listeners run. Here it is acked when it was kept: if we die before, Slack sends it again. */
export class KeepingApp extends App {
  private readonly underWay = new Set<Promise<void>>();
  private readonly unanswered = new Set<Promise<void>>();
  private lastCameAt = Number.NEGATIVE_INFINITY;
  /** Nobody knows yet which workspace we serve. */
  isBlind: () => boolean = () => false;
  /** Nothing can be acked any more. What comes all the same is done all the same: only events are sent again. */
  isMute: () => boolean = () => false;

  /** Told of each ack that was not sent for that, or because its connection had ended. */
  onMute: () => void = () => undefined;
  /** Told of each ack, and of each delivery that was not acked. */
  onAck: OnAck = () => undefined;
  /** Told right before and right after an ack is sent. */
  atAck: (moment: 'before' | 'after') => void = () => undefined;

  override processEvent(event: ReceiverEvent): Promise<void> {
    const since = performance.now();
    this.lastCameAt = since;
    const surface = surfaceOf(event.body);
    const answered = this.awaitAnswer();
    let acked = false;
    const watched: ReceiverEvent = {
      ...event,
      ack: async (answer) => {
        if (this.isMute()) return this.onMute();
        this.atAck('before');
        try {
          await event.ack(answer);
        } catch (error) {
          // What the person did goes on: they see an error mark, and the screen that comes next.
          if (isUnsendable(error)) return this.onMute();
          throw error;
        }
        if (!acked) this.onAck(surface, 'acked', performance.now() - since);
        acked = true;
        answered();
        this.atAck('after');
      },
    };
    const done = surface === 'event' ? this.keep(watched) : super.processEvent(watched);
    const tracked = done.finally(() => {
      this.underWay.delete(tracked);
      answered();
      if (!acked) this.onAck(surface, 'unacked', performance.now() - since);
    });
    this.underWay.add(tracked);
    return tracked;
  }

  /**
   * All that came is acked, and nothing came for a moment. So a goodbye over a socket crosses as little as can be: for
   * what it does cross, the person sees Slack's error mark.
   */
  async quiet(): Promise<void> {
    const since = performance.now();
    let pauseMs: number;
    do {
      pauseMs = PAUSE_MS * Math.max(0, 1 - (performance.now() - since) / PAUSE_WITHIN_MS);
      await Promise.all(this.unanswered);
      await after(Math.max(0, this.lastCameAt + pauseMs - performance.now()));
      // What the socket has received meanwhile is read first.
      await turn();
    } while (this.unanswered.size > 0 || performance.now() - this.lastCameAt < pauseMs);
  }

  /** What people did is saved and they were shown what comes next. */
  async settled(): Promise<void> {
    // More may come while these are waited for; what is taken is finished.
    while (this.underWay.size > 0) await Promise.allSettled(this.underWay);
  }

  /** @returns to be called when the ack was sent, or never will be */
  private awaitAnswer(): () => void {
    let settle: () => void = () => undefined;
    const answer = new Promise<void>((resolve) => {
      settle = resolve;
    });
    this.unanswered.add(answer);
    return () => {
      this.unanswered.delete(answer);
      settle();
    };
  }

  private async keep(event: ReceiverEvent): Promise<void> {
    // Not acked, so that Slack sends it again when we know whose it is.
    if (this.isBlind()) return;
    await super.processEvent({ ...event, ack: async () => undefined });
    await event.ack();
  }
}
