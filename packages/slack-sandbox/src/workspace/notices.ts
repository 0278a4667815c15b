import * as z from 'zod';
import type { Notice } from '../protocol';
import type { ChangeFeed } from './changeFeed';

const MAX_PER_PERSON = 50;

const savedNoticesSchema = z.object({
  seq: z.int(),
  byPerson: z.record(
    z.string(),
    z.array(z.object({ seq: z.int(), text: z.string(), channel: z.string().optional() })),
  ),
});

/** Slack's own messages to single people, newest last. */
export class Notices {
  private readonly byPerson = new Map<string, Notice[]>();
  private seq = 0;

  constructor(private readonly changes: ChangeFeed) {}

  notify(userId: string, text: string, channel?: string): void {
    this.seq += 1;
    const notice: Notice = { seq: this.seq, text, ...(channel === undefined ? {} : { channel }) };
    this.byPerson.set(userId, [...this.of(userId), notice].slice(-MAX_PER_PERSON));
    this.changes.bump();
  }

  of(userId: string): readonly Notice[] {
    return this.byPerson.get(userId) ?? [];
  }

  save(): unknown {
    return { seq: this.seq, byPerson: Object.fromEntries(this.byPerson) };
  }

  restore(saved: unknown): void {
    const { seq, byPerson } = savedNoticesSchema.parse(saved);
    this.seq = seq;
    this.byPerson.clear();
    for (const [userId, notices] of Object.entries(byPerson)) this.byPerson.set(userId, notices as Notice[]);
  }

  clear(): void {
    this.byPerson.clear();
  }
}
