import { type Clock, forgetOldest, type Ids } from '../ids';

const USES = 5;
const LIFE_MS = 30 * 60_000;
/** Of older ones the sandbox no longer knows that there were such; two hundred busy people issue these in minutes. */
const REMEMBERED = 10_000;

/** What a response URL may act on. */
export interface ResponseTarget {
  readonly channelId: string;
  readonly userId: string;
  /** The message whose button was pressed; absent for a command. */
  readonly messageTs?: string;
}

interface Entry extends ResponseTarget {
  readonly issuedAt: number;
  uses: number;
}

/** Response URLs: five uses within thirty minutes. */
export class ResponseUrls {
  private readonly issued = new Map<string, Entry>();

  constructor(
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly base: () => string,
  ) {}

  issue(kind: 'commands' | 'actions', target: ResponseTarget): string {
    const key = `${this.ids.next('R')}/${Math.random().toString(36).slice(2)}`;
    this.issued.set(key, { ...target, issuedAt: this.clock(), uses: 0 });
    forgetOldest(this.issued, REMEMBERED);
    return `${this.base()}/response/${kind}/${key}`;
  }

  /** Counts one use. @returns the target, or Slack's word for why not. */
  use(key: string): ResponseTarget | 'expired_url' | 'used_url' | undefined {
    const entry = this.issued.get(key);
    if (entry === undefined) return undefined;
    if (this.clock() - entry.issuedAt > LIFE_MS) return 'expired_url';
    if (entry.uses >= USES) return 'used_url';
    entry.uses += 1;
    return entry;
  }
}
