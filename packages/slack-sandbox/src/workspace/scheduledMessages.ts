import { z } from 'zod';
import type { MessageDraft } from './messages';
import type { SandboxTime } from './sandboxTime';
import type { Workspace } from './workspace';

/** Timers of Node hold 24 days at most, messages can wait for 120. */
const LONGEST_WAIT_MS = 24 * 3_600_000;

export interface ScheduledMessage {
  readonly id: string;
  readonly channelId: string;
  /** Seconds. */
  readonly postAt: number;
  readonly createdAt: number;
  readonly draft: MessageDraft;
  /**
   * Slack's own bug: "Messages scheduled with chat.scheduleMessage will not post if the metadata parameter is used."
   * @see https://docs.slack.dev/reference/methods/chat.scheduleMessage
   */
  readonly hasMetadata: boolean;
}

const keptMessages = z.array(
  z.looseObject({
    id: z.string(),
    channelId: z.string(),
    postAt: z.number(),
    createdAt: z.number(),
    hasMetadata: z.boolean(),
    draft: z.looseObject({ userId: z.string(), text: z.string(), blocks: z.array(z.looseObject({})) }),
  }),
);

/** What waits for its time. */
export class ScheduledMessages {
  private waiting: ScheduledMessage[] = [];
  private callOff: () => void = () => undefined;

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
    this.wake();
  }

  remove(message: ScheduledMessage): void {
    this.waiting = this.waiting.filter((other) => other !== message);
    this.wake();
  }

  save(): unknown {
    return this.waiting;
  }

  /** What came due meanwhile is posted at once. */
  restore(saved: unknown): void {
    this.waiting = keptMessages.parse(saved) as unknown as ScheduledMessage[];
    this.wake();
  }

  clear(): void {
    this.waiting = [];
    this.wake();
  }

  /** Posts what is due. A conversation that has gone or no longer takes the bot's words gets nothing; nobody is told. */
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

  private wake(): void {
    this.callOff();
    const next = this.waiting[0];
    if (next === undefined) return;
    const wait = Math.max(0, next.postAt * 1000 - this.time.now());
    this.callOff = this.time.after(Math.min(wait, LONGEST_WAIT_MS), () => {
      this.postDue();
      this.wake();
    });
  }
}
