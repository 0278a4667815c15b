import { createHmac, randomBytes } from 'node:crypto';
import { type Clock, forgetOldest, type Ids } from '../ids';
import { isObject, parseJson, stringOf } from '../json';

const USES = 5;
const LIFE_MS = 30 * 60_000;
/** Of those that were used; the oldest of more could be used again. */
const REMEMBERED = 5000;

/** What a response URL may act on. */
export interface ResponseTarget {
  readonly channelId: string;
  readonly userId: string;
  /** The message whose button was pressed; absent for a command. */
  readonly messageTs?: string;
}

/**
 * Response URLs: five uses within thirty minutes. Everything is in the URL itself, signed, so that the many that no app
 * ever uses take no memory.
 */
export class ResponseUrls {
  private readonly uses = new Map<string, number>();
  private readonly secret = randomBytes(16);

  constructor(
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly base: () => string,
  ) {}

  issue(kind: 'commands' | 'actions', target: ResponseTarget): string {
    const content = JSON.stringify({ id: this.ids.next('R'), at: this.clock(), ...target });
    const text = Buffer.from(content).toString('base64url');
    return `${this.base()}/response/${kind}/${text}/${this.sign(text)}`;
  }

  /** Counts one use. @returns the target, or Slack's word for why not; undefined for a URL that was never issued. */
  use(key: string): ResponseTarget | 'expired_url' | 'used_url' | undefined {
    const [text = '', signature] = key.split('/');
    if (signature !== this.sign(text)) return undefined;
    const content = parseJson(Buffer.from(text, 'base64url').toString('utf8'));
    if (!isObject(content)) return undefined;
    if (this.clock() - Number(content.at) > LIFE_MS) return 'expired_url';
    const id = stringOf(content.id) ?? '';
    const uses = this.uses.get(id) ?? 0;
    if (uses >= USES) return 'used_url';
    this.uses.set(id, uses + 1);
    forgetOldest(this.uses, REMEMBERED);
    const messageTs = stringOf(content.messageTs);
    return {
      channelId: stringOf(content.channelId) ?? '',
      userId: stringOf(content.userId) ?? '',
      ...(messageTs === undefined ? {} : { messageTs }),
    };
  }

  private sign(text: string): string {
    return createHmac('sha256', this.secret).update(text).digest('base64url').slice(0, 22);
  }
}
