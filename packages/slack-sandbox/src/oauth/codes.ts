import { type Clock, forgetOldest, secretKey } from '../ids';

/**
 * A code works once, within ten minutes:
 * https://docs.slack.dev/authentication/installing-with-oauth#exchanging
 */
const CODE_LIFE_MS = 10 * 60_000;
const MAX_CODES = 1000;

/** The person's consent, until the app exchanges the code for tokens. */
export interface Consent {
  readonly personId: string;
  readonly scopes: readonly string[];
  readonly userScopes: readonly string[];
  /** As in the authorize URL; undefined if it had none. */
  readonly redirectUri: string | undefined;
}

export class Codes {
  private readonly issued = new Map<string, { readonly consent: Consent; readonly expiresAt: number }>();

  constructor(private readonly clock: Clock) {}

  issue(consent: Consent): string {
    const code = `${this.clock()}.${secretKey()}`;
    this.issued.set(code, { consent, expiresAt: this.clock() + CODE_LIFE_MS });
    forgetOldest(this.issued, MAX_CODES);
    return code;
  }

  /** The consent behind a code; undefined if the code is used or expired. */
  find(code: string): Consent | undefined {
    const found = this.issued.get(code);
    return found !== undefined && this.clock() <= found.expiresAt ? found.consent : undefined;
  }

  /** A code works once. */
  use(code: string): void {
    this.issued.delete(code);
  }

  clear(): void {
    this.issued.clear();
  }
}
