import type { Notice } from '../protocol';
import type { ChangeFeed } from './changeFeed';

const KEPT_PER_PERSON = 50;

/** What Slack itself tells people, newest last. */
export class Notices {
  private readonly byPerson = new Map<string, Notice[]>();
  private seq = 0;

  constructor(private readonly changes: ChangeFeed) {}

  tell(userId: string, text: string, channel?: string): void {
    this.seq += 1;
    const notice: Notice = { seq: this.seq, text, ...(channel === undefined ? {} : { channel }) };
    this.byPerson.set(userId, [...this.of(userId), notice].slice(-KEPT_PER_PERSON));
    this.changes.bump();
  }

  of(userId: string): readonly Notice[] {
    return this.byPerson.get(userId) ?? [];
  }

  clear(): void {
    this.byPerson.clear();
  }
}
