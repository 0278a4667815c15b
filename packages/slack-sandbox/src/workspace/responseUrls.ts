import { createHmac, randomBytes } from 'node:crypto';
import { type Clock, forgetOldest, secretKey } from '../ids';
import { isObject, parseJson, stringOf } from '../json';

const MAX_USES = 5;
const LIFE_MS = 30 * 60_000;
/** Used URLs whose uses are counted. Beyond it, the oldest could be used again. */
const MAX_USED_URLS = 5000;

/** The target of a response URL. */
export interface ResponseTarget {
  readonly channelId: string;
  readonly userId: string;
  /** The message whose button was pressed; absent for a command. */
  readonly messageTs?: string;
}

/**
 * Response URLs: five uses within thirty minutes. Each URL contains its own signed data, so that the many URLs that
 * no app uses take no memory.
 */
export class ResponseUrls {
  private readonly uses = new Map<string, number>();
  private readonly secret = randomBytes(16);

  constructor(
    private readonly clock: Clock,
    private readonly base: () => string,
  ) {}

  issue(kind: 'commands' | 'actions', target: ResponseTarget): string {
    const content = JSON.stringify({ id: secretKey(), at: this.clock(), ...target });
    const text = Buffer.from(content).toString('base64url');
    return `${this.base()}/response/${kind}/${text}/${this.sign(text)}`;
  }

  /** Counts one use. @returns the target, or Slack's code for the refusal; undefined for a URL that was never issued */
  use(key: string): ResponseTarget | 'expired_url' | 'used_url' | undefined {
    const [text = '', signature] = key.split('/');
    if (signature !== this.sign(text)) return undefined;
    const content = parseJson(Buffer.from(text, 'base64url').toString('utf8'));
    if (!isObject(content)) return undefined;
    if (this.clock() - Number(content.at) > LIFE_MS) return 'expired_url';
    const id = stringOf(content.id) ?? '';
    const uses = this.uses.get(id) ?? 0;
    if (uses >= MAX_USES) return 'used_url';
    this.uses.set(id, uses + 1);
    forgetOldest(this.uses, MAX_USED_URLS);
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
