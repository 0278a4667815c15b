import type { Sandbox } from '../../src';

/** A redirect URL that nobody serves: tests read the code from the redirect instead. */
export const REDIRECT_URL = 'http://127.0.0.1:1/slack/oauth_redirect';

/** Allows an installation as Robin, as Slack's page does. @returns the code for oauth.v2.access */
export async function allowInstallation(
  sandbox: Sandbox,
  scopes: { readonly scope: string; readonly user_scope?: string },
): Promise<string> {
  const query = { client_id: sandbox.clientId, redirect_uri: REDIRECT_URL, state: 's', ...scopes };
  const response = await fetch(`${sandbox.authorizationUrl}?${new URLSearchParams(query)}`, {
    method: 'POST',
    body: new URLSearchParams({ ...query, as: 'U0000ROBIN', decision: 'allow' }),
    redirect: 'manual',
  });
  return new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? '';
}
