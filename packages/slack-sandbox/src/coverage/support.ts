/** How much of something of Slack's this sandbox has. */
export type Support = 'supported' | 'partial' | 'absent';

interface Row {
  readonly support: Support;
  /** Of what is partial: what is not there. */
  readonly missing?: string;
}

/**
 * Calls a minute of a method, per workspace and app: 1, 20, 50, 100. `post` is one message a second and channel;
 * `often` is what Slack calls special and lets an app do about 600 times a minute.
 */
export type Tier = 't1' | 't2' | 't3' | 't4' | 'post' | 'often';

/** Whose token a method takes: `any` is a bot's or a person's, `config` is for an app's own settings. */
export type TokenType = 'any' | 'bot' | 'app' | 'user' | 'config' | 'none';

export interface MethodRow extends Row {
  readonly token: TokenType;
  /** One of these is needed; what depends on the conversation is checked by the handler. */
  readonly scopes: readonly string[];
  readonly tier: Tier;
}

export function full(tier: Tier, scopes: readonly string[], token: TokenType = 'bot'): MethodRow {
  return { support: 'supported', tier, scopes, token };
}

export function partly(
  tier: Tier,
  scopes: readonly string[],
  missing: string,
  token: TokenType = 'bot',
): MethodRow {
  return { support: 'partial', missing, tier, scopes, token };
}

export function absent(tier: Tier, scopes: readonly string[], token: TokenType = 'bot'): MethodRow {
  return { support: 'absent', tier, scopes, token };
}

/** An event: the scopes of which one is needed to subscribe. Empty: none. */
export interface EventRow extends Row {
  readonly scopes: readonly string[];
}

/** Anything else that is there or not, in a few words. */
export interface FeatureRow extends Row {
  readonly what: string;
}
