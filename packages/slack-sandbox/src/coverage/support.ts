/** How much of a feature of Slack the sandbox has. */
export type Support = 'supported' | 'partial' | 'absent';

interface Row {
  readonly support: Support;
  /** The missing part of a partial feature. */
  readonly missing?: string;
}

/**
 * How often an app may call a method in one workspace. `t2`, `t3` and `t4` are 20, 50 and 100 calls a minute. `post` is
 * one message a second in each channel. `often` is what Slack calls special, about 600 calls a minute.
 */
export type Tier = 't2' | 't3' | 't4' | 'post' | 'often';

/** Whose token a method takes. `any` is a bot's or a person's. */
export type TokenType = 'any' | 'bot' | 'app' | 'none';

export interface MethodRow extends Row {
  readonly token: TokenType;
  /** A call needs one of these. The handler checks those that depend on the conversation. */
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

/** An event. Its subscription needs one of the scopes, or none if the list is empty. */
export interface EventRow extends Row {
  readonly scopes: readonly string[];
}

/** Any other feature, in a few words. */
export interface FeatureRow extends Row {
  readonly what: string;
}
