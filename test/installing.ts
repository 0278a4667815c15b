/** Installs the app by OAuth, as an admin does in their browser. */
import { readFileSync } from 'node:fs';
import { WORKSPACE } from '../scripts/workspace';

/** The manifest of an app that Slack sends back to this address of ours. */
export const redirectingTo = (origin: string): string =>
  readFileSync(WORKSPACE.manifest, 'utf8').replace(
    'oauth_config:\n',
    `oauth_config:\n  redirect_urls: ["${origin}/slack/oauth_redirect"]\n`,
  );

/** @returns our last page */
export async function installInBrowser(origin: string, sandboxUrl: string): Promise<Response> {
  const offer = await fetch(`${origin}/slack/install`, { redirect: 'manual' });
  const cookie = offer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const page = await (await fetch(offer.headers.get('location') ?? '')).text();
  const back = await allow(page, sandboxUrl);
  return fetch(back, { headers: { cookie } });
}

/** Submits the form of Slack's page as a browser does. @returns where Slack redirects to */
async function allow(page: string, base: string): Promise<URL> {
  const fields = new URLSearchParams({ as: 'U00000DANA', decision: 'allow' });
  for (const [input] of page.matchAll(/<input [^>]*>/gu)) {
    fields.set(attribute(input, /name="([^"]*)"/u), attribute(input, /value="([^"]*)"/u));
  }
  const action = new URL(attribute(page, /action="([^"]*)"/u), base);
  const response = await fetch(action, { method: 'POST', body: fields, redirect: 'manual' });
  return new URL(response.headers.get('location') ?? '');
}

const attribute = (html: string, pattern: RegExp): string =>
  (pattern.exec(html)?.[1] ?? '')
    .replace(/&#(\d+);/gu, (_all, code: string) => String.fromCharCode(Number(code)))
    .replaceAll('&amp;', '&');
