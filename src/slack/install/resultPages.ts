/**
 * What a browser shows at the end of an installation. Strangers reach these pages too: they name a reason in our words,
 * never an error's own, and the log counts only what an operator can act on.
 */
import type { ServerResponse } from 'node:http';
import type { Installation } from '@slack/bolt';
import { asCode, type Logger } from '../../log';

interface Page {
  readonly status: number;
  readonly title: string;
  readonly words: string;
  readonly link: { readonly to: string; readonly text: string };
}

const AGAIN = { to: '/slack/install', text: 'Install Lostdeal' };

const CANCELED: Page = {
  status: 200,
  title: 'Nothing was installed',
  words: 'You canceled on Slack’s page, and that’s fine. You can come back anytime.',
  link: AGAIN,
};
/** A reload of a finished page, a page left open for more than ten minutes, or a link that we did not make. */
const USED: Page = {
  status: 400,
  title: 'This page works once',
  words: 'If you have just installed Lostdeal, it’s there: type /lostdeal in Slack. If not, start again.',
  link: AGAIN,
};
const WHOLE_ORGANIZATION: Page = {
  status: 400,
  title: 'Lostdeal goes into one workspace at a time',
  words:
    'You chose your whole organization, so nothing was installed. Start again and choose a workspace at the top of Slack’s page.',
  link: AGAIN,
};
const SLACK_IS_OUT: Page = {
  status: 503,
  title: 'Slack didn’t answer',
  words: 'Nothing was installed. Try again in a few minutes.',
  link: AGAIN,
};
const OUR_FAULT: Page = {
  status: 503,
  title: 'Lostdeal couldn’t finish this',
  words: 'Tell the people who run Lostdeal in your company. The reason is in its log.',
  link: AGAIN,
};

/** The whole organization installed it; we serve one workspace with each token. */
export class WholeOrganizationError extends Error {
  readonly code = 'whole_organization';
}

/** Codes of `@slack/oauth` that a visitor's link is to blame for. */
const BAD_LINKS = new Set([
  'slack_oauth_missing_state',
  'slack_oauth_invalid_state',
  'slack_oauth_missing_code',
]);
/** Codes of https://docs.slack.dev/reference/methods/oauth.v2.access for a code of an earlier visit. */
const USED_CODES = new Set(['invalid_code', 'code_already_used', 'code_expired']);
/** Codes of Slack's clients for a call without an answer. */
const NO_ANSWER = new Set([
  'slack_webapi_request_error',
  'slack_webapi_http_error',
  'slack_webapi_rate_limited_error',
]);

export function showInstalled(response: ServerResponse, { team, appId }: Installation): void {
  const place = new URLSearchParams({
    ...(appId === undefined ? {} : { app: appId }),
    ...(team === undefined ? {} : { team: team.id }),
  });
  show(response, {
    status: 200,
    title: `Lostdeal is installed${team?.name === undefined ? '' : ` in ${team.name}`}`,
    words: 'Type /lostdeal in Slack. An admin chooses the channel for deals with /lostdeal settings.',
    link: { to: `https://slack.com/app_redirect?${place}`, text: 'Open Slack' },
  });
}

/** @param error as `@slack/oauth` hands it on */
export function showFailed(response: ServerResponse, error: Error, logger: Logger): void {
  const { code, data } = error as { code?: string; data?: { error?: unknown } };
  const slackError = typeof data?.error === 'string' ? data.error : '';
  const page = pageOf(code ?? '', slackError);
  if (page === SLACK_IS_OUT || slackError !== '') {
    if (page !== USED) logger.warn({ why: asCode(slackError) ?? code }, 'an installation failed at Slack');
  } else if (page === OUR_FAULT) logger.error({ err: error }, 'an installation could not be finished');
  show(response, page);
}

function pageOf(code: string, slackError: string): Page {
  // The only one of these errors that `@slack/oauth` throws while it answers a browser.
  if (code === 'slack_oauth_installer_authorization_error') return CANCELED;
  if (code === 'whole_organization') return WHOLE_ORGANIZATION;
  if (BAD_LINKS.has(code) || USED_CODES.has(slackError)) return USED;
  return NO_ANSWER.has(code) ? SLACK_IS_OUT : OUR_FAULT;
}

const STYLE =
  'body{font:18px/1.5 system-ui,sans-serif;max-width:32em;margin:15vh auto;padding:0 1em;color:#1d1c1d}h1{font-size:1.4em}';

function show(response: ServerResponse, { status, title, words, link }: Page): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    // The address holds a code of Slack's.
    'referrer-policy': 'no-referrer',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    'x-content-type-options': 'nosniff',
  });
  response.end(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(words)}</p>
<p><a href="${escapeHtml(link.to)}">${escapeHtml(link.text)}</a></p>
</html>
`);
}

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/gu, (character) => `&#${character.codePointAt(0)};`);
