import { z } from 'zod';
import { SlackError } from '../errors';
import { type Clock, forgetOldest } from '../ids';

/** Tokens of people and of steps, good and dead ones each; older ones become unknown (`invalid_auth`). */
const REMEMBERED = 1000;

/** What a token may do, and as whom. */
export interface Grant {
  readonly token: string;
  readonly kind: 'bot' | 'app' | 'user';
  readonly scopes: ReadonlySet<string>;
  /** The bot user, or the person a user token belongs to; empty for the app's own. */
  readonly userId: string;
  /** Epoch ms. */
  readonly expiresAt?: number;
}

export interface GrantsOptions {
  readonly clock: Clock;
  /** Of the bot, in every run the same. */
  readonly botToken: string;
  readonly appToken: string;
  readonly botUserId: string;
  /** The bot scopes of the manifest: what an installation gets that nobody asked about. */
  readonly scopes: ReadonlySet<string>;
  /** Shared with whoever takes the app out of the workspace or revokes its token. */
  readonly installation: { installed: boolean; revoked: boolean };
}

const keptGrant = z.object({
  token: z.string(),
  kind: z.enum(['bot', 'app', 'user']),
  scopes: z.array(z.string()),
  userId: z.string(),
  expiresAt: z.number().optional(),
});
const keptGrants = z.object({
  installation: z.object({ installed: z.boolean(), revoked: z.boolean() }),
  bot: keptGrant,
  others: z.array(keptGrant),
  dead: z.array(z.tuple([z.string(), z.enum(['account_inactive', 'token_revoked'])])),
  isOut: z.boolean(),
  isAsked: z.boolean(),
  generation: z.int(),
});

/** Every token there is or was. Slack adds up scopes: a further installation takes none away. */
export class Grants {
  private bot: Grant;
  private readonly others = new Map<string, Grant>();
  /** Tokens that were good once, with the error they get now. */
  private readonly dead = new Map<string, 'account_inactive' | 'token_revoked'>();
  /** Was the present bot token ever handed out. */
  private isOut: boolean;
  /** Did somebody install it through OAuth. */
  private isAsked = false;
  private generation = 1;

  constructor(private readonly options: GrantsOptions) {
    this.bot = this.firstBot();
    this.isOut = options.installation.installed;
  }

  /**
   * Who calls. @throws SlackError not_authed, invalid_auth, account_inactive (the app has left), token_revoked,
   * token_expired
   */
  find(token: string | undefined): Grant {
    const { appToken, installation, clock } = this.options;
    if (token === undefined) throw new SlackError('not_authed');
    if (token === appToken) return this.appGrant();
    const code = this.dead.get(token);
    if (code !== undefined) throw new SlackError(code);
    const grant = token === this.bot.token && this.isOut ? this.bot : this.others.get(token);
    if (grant === undefined) throw new SlackError('invalid_auth');
    if (!installation.installed) {
      throw new SlackError(grant.kind === 'user' ? 'token_revoked' : 'account_inactive');
    }
    if (installation.revoked && grant.kind === 'bot') throw new SlackError('token_revoked');
    if (grant.expiresAt !== undefined && clock() > grant.expiresAt) throw new SlackError('token_expired');
    return grant;
  }

  /** Of the app as it is installed now. */
  get botScopes(): ReadonlySet<string> {
    return this.bot.scopes;
  }

  /** Puts the app into the workspace, or gives it more scopes. */
  install(scopes: readonly string[]): Grant {
    const { installation } = this.options;
    const lost = !installation.installed || installation.revoked;
    if (lost && this.isOut) {
      this.dead.set(this.bot.token, installation.revoked ? 'token_revoked' : 'account_inactive');
      this.generation += 1;
      for (const token of this.others.keys()) this.dead.set(token, 'token_revoked');
      this.others.clear();
    }
    this.bot = {
      ...this.bot,
      token: this.generation === 1 ? this.options.botToken : `${this.options.botToken}-${this.generation}`,
      scopes: new Set(lost ? scopes : [...this.bot.scopes, ...scopes]),
    };
    this.isOut = true;
    this.isAsked = true;
    installation.installed = true;
    installation.revoked = false;
    return this.bot;
  }

  /** A user token of a person, as OAuth gives one for `user_scope`. */
  addUser(userId: string, scopes: readonly string[]): Grant {
    const token = this.options.botToken.replace(/^xoxb/, 'xoxp').concat(`-${userId}`);
    const before = this.others.get(token);
    const grant: Grant = {
      token,
      kind: 'user',
      scopes: new Set([...(before?.scopes ?? []), ...scopes]),
      userId,
    };
    this.dead.delete(token);
    this.others.set(token, grant);
    forgetOldest(this.others, REMEMBERED);
    return grant;
  }

  /** A bot token for one function execution, good for so many ms. */
  addForFunction(executionId: string, lifeMs: number): Grant {
    const grant: Grant = {
      ...this.bot,
      token: this.options.botToken.replace(/^xoxb/, 'xwfp').concat(`-${executionId}`),
      expiresAt: this.options.clock() + lifeMs,
    };
    this.others.set(grant.token, grant);
    forgetOldest(this.others, REMEMBERED);
    return grant;
  }

  /** Ends one token; the app stays. */
  revoke(grant: Grant): void {
    if (grant.token === this.bot.token) {
      this.options.installation.revoked = true;
      return;
    }
    this.others.delete(grant.token);
    this.dead.set(grant.token, 'token_revoked');
    forgetOldest(this.dead, REMEMBERED);
  }

  /** With the flags of the installation, without which no token means anything. */
  save(): unknown {
    const plain = (grant: Grant) => ({ ...grant, scopes: [...grant.scopes] });
    return {
      installation: this.options.installation,
      bot: plain(this.bot),
      others: [...this.others.values()].map(plain),
      dead: [...this.dead],
      isOut: this.isOut,
      isAsked: this.isAsked,
      generation: this.generation,
    };
  }

  restore(saved: unknown): void {
    const { installation, bot, others, dead, isOut, isAsked, generation } = keptGrants.parse(saved);
    const whole = (grant: typeof bot) => ({ ...grant, scopes: new Set(grant.scopes) }) as Grant;
    this.reset();
    Object.assign(this.options.installation, installation);
    // An installation that nobody asked about is the manifest's, as it is now.
    if (isAsked) this.bot = whole(bot);
    this.isAsked = isAsked;
    for (const grant of others) this.others.set(grant.token, whole(grant));
    for (const [token, code] of dead) this.dead.set(token, code);
    this.isOut = isOut;
    this.generation = generation;
  }

  /** As at the start. */
  reset(): void {
    this.others.clear();
    this.dead.clear();
    this.generation = 1;
    this.isAsked = false;
    this.bot = this.firstBot();
    this.isOut = this.options.installation.installed;
  }

  private firstBot(): Grant {
    const { botToken, botUserId, scopes } = this.options;
    return { token: botToken, kind: 'bot', scopes, userId: botUserId };
  }

  private appGrant(): Grant {
    return {
      token: this.options.appToken,
      kind: 'app',
      scopes: new Set(['connections:write', 'authorizations:read']),
      userId: '',
    };
  }
}
