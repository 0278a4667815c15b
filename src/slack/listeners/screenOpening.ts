/**
 * Whether screens open at all, for readiness: with a token that Slack refuses the socket may stand while every command
 * fails.
 */
import type { Tenant } from '../../deal/model/deal';

export interface ScreenOpening {
  opened(): void;
  /** @param code Slack's; null: no answer of Slack's */
  failed(tenant: Tenant, code: string | null): void;
  /** `ok`, or what is wrong. */
  state(): string;
}

/** A single refusal may be an accident of Slack's. */
const FAILURES_NEEDED = 3;

export function createScreenOpening(options: {
  /** True for a code by which Slack refuses the token. */
  readonly refusesToken: (code: string) => boolean;
  /** How many workspaces have to fail: with several, one that removed us says nothing about the others. */
  readonly workspacesNeeded: number;
}): ScreenOpening {
  let failures = 0;
  const workspaces = new Set<string>();
  let lastCode = '';
  return {
    opened() {
      failures = 0;
      workspaces.clear();
    },
    failed({ enterpriseId, teamId }, code) {
      // Any other failure says nothing about the token: a click too old, an outage.
      if (code === null || !options.refusesToken(code)) return;
      failures += 1;
      workspaces.add(`${enterpriseId}/${teamId}`);
      lastCode = code;
    },
    state: () =>
      failures >= FAILURES_NEEDED && workspaces.size >= options.workspacesNeeded
        ? `screens cannot be opened (${lastCode})`
        : 'ok',
  };
}
