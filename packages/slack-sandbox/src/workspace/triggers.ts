import { SlackError } from '../errors';
import { type Clock, forgetOldest, secretKey } from '../ids';

/** The oldest are dropped, and then count as unknown instead of expired. */
const MAX_TRIGGERS = 1000;

interface Trigger {
  readonly userId: string;
  readonly issuedAt: number;
  /** The view of the modal that issued it, if any. `views.push` requires it. */
  readonly viewId?: string;
  used: boolean;
}

/** Trigger ids: valid for one view, for a short time. */
export class Triggers {
  private readonly issued = new Map<string, Trigger>();

  constructor(
    private readonly clock: Clock,
    private readonly lifeMs: number,
  ) {}

  issue(userId: string, viewId?: string): string {
    const id = `${this.clock()}.${secretKey()}`;
    this.issued.set(id, {
      userId,
      issuedAt: this.clock(),
      used: false,
      ...(viewId === undefined ? {} : { viewId }),
    });
    forgetOldest(this.issued, MAX_TRIGGERS);
    return id;
  }

  /** Exchanges a trigger. @throws SlackError invalid_trigger_id, expired_trigger_id or exchanged_trigger_id */
  exchange(id: string): { readonly userId: string; readonly viewId?: string } {
    const trigger = this.issued.get(id);
    if (trigger === undefined) throw new SlackError('invalid_trigger_id');
    if (trigger.used) throw new SlackError('exchanged_trigger_id');
    if (this.clock() - trigger.issuedAt > this.lifeMs) throw new SlackError('expired_trigger_id');
    trigger.used = true;
    return trigger;
  }
}
