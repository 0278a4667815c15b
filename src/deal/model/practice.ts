/**
 * A practice call: one rep goes through the screens of a call with a simulated prospect. It is no deal, so that no query
 * over deals has to leave it out. Times are ms UTC.
 */
import type { AnswerValue } from '../../playbook/answer';
import type { PracticeAnswer } from '../../playbook/practice/answers';
import type { Verdict } from '../../playbook/schema';
import type { Answered, Position, SuggestedTimes, Tenant, UserId } from './deal';

/** What the rep tapped, and the answer that it gives to the step. */
export interface Tapped {
  readonly tap: PracticeAnswer;
  readonly answer: AnswerValue;
}

/** A showing of a step at which the rep first took the reply for something else. */
export interface Misheard {
  readonly stepId: string;
  /** The how-manieth showing of this step on the path, from 1. */
  readonly showing: number;
}

export interface PracticeState {
  /** Null: the call has ended. */
  readonly position: Position | null;
  /** Answers on the path to `position`, oldest first. Going back removes the last one. */
  readonly trail: readonly Answered[];
  /** The last visit number. */
  readonly visits: number;
  /** The rep has said the line, so the reply shows. */
  readonly heard: boolean;
  /** An answer that the prospect did not give, while the rep looks at it again; null: none. */
  readonly doubted: Tapped | null;
  readonly misheard: readonly Misheard[];
  /** The hours that the screen offers; null: it asks for none. */
  readonly suggestedTimes: SuggestedTimes | null;
  readonly verdict: Verdict | null;
}

export interface Practice {
  /** Unguessable. */
  readonly id: string;
  readonly tenant: Tenant;
  readonly rep: UserId;
  readonly playbook: { readonly id: string; readonly hash: string };
  /** Id of the simulated prospect. */
  readonly prospect: string;
  /** Chooses among the replies that the playbook has for the prospect. */
  readonly seed: number;
  readonly startedAt: number;
  /** Null: under way. */
  readonly endedAt: number | null;
  /** Counts its commits. */
  readonly revision: number;
  /** An admin previews a version: it does not count as practice. */
  readonly isPreview: boolean;
  readonly state: PracticeState;
}
