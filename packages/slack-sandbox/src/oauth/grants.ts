import * as z from 'zod';
import { SlackError } from '../errors';
import { type Clock, forgetOldest } from '../ids';

/** Limit each for valid and for revoked tokens of people and steps. Older ones become unknown (`invalid_auth`). */
const MAX_TOKENS = 1000;

/** What a token may do, and for whom. */
export interface Grant {
  readonly token: string;
  readonly kind: 'bot' | 'app' | 'user';
  readonly scopes: ReadonlySet<string>;
  /** The bot user, or the person of a user token. Empty for the app token. */
  readonly userId: string;
  /** Epoch ms. */
  readonly expiresAt?: number;
}

export interface GrantsOptions {
  readonly clock: Clock;
  /** The first token of the bot. */
  readonly botToken: string;
  readonly appToken: string;
  readonly botUserId: string;
  /** The manifest's bot scopes. An app that is installed from the start has all of them. */
  readonly scopes: ReadonlySet<string>;
  /** Shared with the code that uninstalls the app or revokes its token. */
  readonly installation: { installed: boolean; revoked: boolean };
}

const savedGrantSchema = z.object({
  token: z.string(),
  kind: z.enum(['bot', 'app', 'user']),
  scopes: z.array(z.string()),
  userId: z.string(),
  expiresAt: z.number().optional(),
});
const savedGrantsSchema = z.object({
  installation: z.object({ installed: z.boolean(), revoked: z.boolean() }),
  bot: savedGrantSchema,
  others: z.array(savedGrantSchema),
  dead: z.array(z.tuple([z.string(), z.enum(['account_inactive', 'token_revoked'])])),
  isOut: z.boolean(),
  isAsked: z.boolean(),
  generation: z.int(),
});

/** Every token, valid or not. As on Slack, each installation adds scopes and removes none. */
export class Grants {
  private bot: Grant;
  private readonly others = new Map<string, Grant>();
  /** Revoked tokens, with the error that Slack gives for each. */
  private readonly dead = new Map<string, 'account_inactive' | 'token_revoked'>();
  /** Whether anybody has received the present bot token. */
  private isIssued: boolean;
  /** Whether a person has installed the app through OAuth. */
  private isFromOAuth = false;
  private generation = 1;

  constructor(private readonly options: GrantsOptions) {
    this.bot = this.firstBot();
    this.isIssued = options.installation.installed;
  }

  /**
   * Finds the grant of a token.
   * @throws SlackError not_authed, invalid_auth, account_inactive (the app is uninstalled), token_revoked,
   * token_expired
   */
  find(token: string | undefined): Grant {
    const { appToken, installation, clock } = this.options;
    if (token === undefined) throw new SlackError('not_authed');
    if (token === appToken) return this.appGrant();
    const code = this.dead.get(token);
    if (code !== undefined) throw new SlackError(code);
    const grant = token === this.bot.token && this.isIssued ? this.bot : this.others.get(token);
    if (grant === undefined) throw new SlackError('invalid_auth');
    if (!installation.installed) {
      throw new SlackError(grant.kind === 'user' ? 'token_revoked' : 'account_inactive');
    }
    if (installation.revoked && grant.kind === 'bot') throw new SlackError('token_revoked');
    if (grant.expiresAt !== undefined && clock() > grant.expiresAt) throw new SlackError('token_expired');
    return grant;
  }

  /** Scopes of the bot in the present installation. */
  get botScopes(): ReadonlySet<string> {
    return this.bot.scopes;
  }

  /** Installs the app, or adds scopes to its installation. */
  install(scopes: readonly string[]): Grant {
    const { installation } = this.options;
    const lost = !installation.installed || installation.revoked;
    if (lost && this.isIssued) {
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
    this.isIssued = true;
    this.isFromOAuth = true;
    installation.installed = true;
    installation.revoked = false;
    return this.bot;
  }

  /** Issues a user token, as OAuth does for `user_scope`. */
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
    forgetOldest(this.others, MAX_TOKENS);
    return grant;
  }

  /** Issues a bot token for one function execution, valid for this many ms. */
  addForFunction(executionId: string, lifeMs: number): Grant {
    const grant: Grant = {
      ...this.bot,
      token: this.options.botToken.replace(/^xoxb/, 'xwfp').concat(`-${executionId}`),
      expiresAt: this.options.clock() + lifeMs,
    };
    this.others.set(grant.token, grant);
    forgetOldest(this.others, MAX_TOKENS);
    return grant;
  }

  /** Revokes one token. The app stays installed. */
  revoke(grant: Grant): void {
    if (grant.token === this.bot.token) {
      this.options.installation.revoked = true;
      return;
    }
    this.others.delete(grant.token);
    this.dead.set(grant.token, 'token_revoked');
    forgetOldest(this.dead, MAX_TOKENS);
  }

  /** Includes the flags of the installation, which decide whether tokens are valid. */
  save(): unknown {
    const plain = (grant: Grant) => ({ ...grant, scopes: [...grant.scopes] });
    return {
      installation: this.options.installation,
      bot: plain(this.bot),
      others: [...this.others.values()].map(plain),
      dead: [...this.dead],
      isOut: this.isIssued,
      isAsked: this.isFromOAuth,
      generation: this.generation,
    };
  }

  restore(saved: unknown): void {
    const { installation, bot, others, dead, isOut, isAsked, generation } = savedGrantsSchema.parse(saved);
    const parsed = (grant: typeof bot) => ({ ...grant, scopes: new Set(grant.scopes) }) as Grant;
    this.reset();
    Object.assign(this.options.installation, installation);
    // An installation from the start takes the manifest's present scopes.
    if (isAsked) this.bot = parsed(bot);
    this.isFromOAuth = isAsked;
    for (const grant of others) this.others.set(grant.token, parsed(grant));
    for (const [token, code] of dead) this.dead.set(token, code);
    this.isIssued = isOut;
    this.generation = generation;
  }

  /** Returns to the state at the start. */
  reset(): void {
    this.others.clear();
    this.dead.clear();
    this.generation = 1;
    this.isFromOAuth = false;
    this.bot = this.firstBot();
    this.isIssued = this.options.installation.installed;
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
