import * as z from 'zod';
import type { MessageDraft } from './messages';
import type { SandboxTime } from './sandboxTime';
import type { Workspace } from './workspace';

/** Node's timers last 24 days at most; a message can wait for 120. */
const MAX_TIMER_MS = 24 * 3_600_000;

export interface ScheduledMessage {
  readonly id: string;
  readonly channelId: string;
  /** Epoch seconds. */
  readonly postAt: number;
  readonly createdAt: number;
  readonly draft: MessageDraft;
  /**
   * A fault of Slack's: "Messages scheduled with chat.scheduleMessage will not post if the metadata parameter is
   * used."
   * @see https://docs.slack.dev/reference/methods/chat.scheduleMessage
   */
  readonly hasMetadata: boolean;
}

const savedMessagesSchema = z.array(
  z.looseObject({
    id: z.string(),
    channelId: z.string(),
    postAt: z.number(),
    createdAt: z.number(),
    hasMetadata: z.boolean(),
    draft: z.looseObject({ userId: z.string(), text: z.string(), blocks: z.array(z.looseObject({})) }),
  }),
);

/** Messages that wait for their time. */
export class ScheduledMessages {
  private waiting: ScheduledMessage[] = [];
  private cancelTimer: () => void = () => undefined;

  constructor(
    private readonly workspace: Workspace,
    private readonly time: SandboxTime,
  ) {}

  /** Soonest first. */
  pending(): readonly ScheduledMessage[] {
    return this.waiting;
  }

  add(message: ScheduledMessage): void {
    this.waiting = [...this.waiting, message].sort((a, b) => a.postAt - b.postAt);
    this.setTimer();
  }

  remove(message: ScheduledMessage): void {
    this.waiting = this.waiting.filter((other) => other !== message);
    this.setTimer();
  }

  save(): unknown {
    return this.waiting;
  }

  /** Posts at once what came due between the runs. */
  restore(saved: unknown): void {
    this.waiting = savedMessagesSchema.parse(saved) as unknown as ScheduledMessage[];
    this.setTimer();
  }

  clear(): void {
    this.waiting = [];
    this.setTimer();
  }

  /**
   * Posts due messages. Drops those whose conversation is gone or closed to the bot, and reports that to nobody, as
   * Slack.
   */
  postDue(): void {
    const now = this.time.now();
    const due = this.waiting.filter((message) => message.postAt * 1000 <= now);
    if (due.length === 0) return;
    this.waiting = this.waiting.filter((message) => !due.includes(message));
    for (const { channelId, draft, hasMetadata } of due) {
      const channel = this.workspace.channels.get(channelId);
      const isIn = channel?.members.has(this.workspace.app.botUserId) === true;
      if (channel === undefined || !isIn || channel.isArchived || hasMetadata) continue;
      this.workspace.post(channel, draft);
    }
  }

  private setTimer(): void {
    this.cancelTimer();
    const next = this.waiting[0];
    if (next === undefined) return;
    const wait = Math.max(0, next.postAt * 1000 - this.time.now());
    this.cancelTimer = this.time.whenDue(Math.min(wait, MAX_TIMER_MS), () => {
      this.postDue();
      this.setTimer();
    });
  }
}
