import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Core } from '../core';
import { readBody, sendText } from '../http';
import type { Member } from '../workspace/model';
import { authorizePage, refusalPage } from './pages';

interface Request {
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly userScopes: readonly string[];
  /** As in the URL; undefined if left out. */
  readonly redirectUri: string | undefined;
  readonly state: string | undefined;
}

const HTML = 'text/html; charset=utf-8';

/** `/oauth/v2/authorize`: GET shows the page, POST takes the person's Allow or Cancel. */
export async function handleAuthorize(
  core: Core,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const isAnswer = request.method === 'POST';
  const given = isAnswer ? new URLSearchParams((await readBody(request)).toString('utf8')) : url.searchParams;
  const asked = readRequest(given);
  const refusal = refuse(core, asked);
  if (refusal !== undefined) return sendText(response, 400, refusalPage(core.manifest.name, refusal), HTML);
  // Forbids frames, so that no site can trick a person into clicking Allow.
  response.setHeader('x-frame-options', 'DENY');
  response.setHeader('referrer-policy', 'no-referrer');
  if (!isAnswer) {
    return sendText(response, 200, authorizePage({ core, asked, given, people: installers(core) }), HTML);
  }
  const person = core.workspace.people.get(given.get('as') ?? '');
  if (person === undefined || !installers(core).includes(person))
    return sendText(response, 400, refusalPage(core.manifest.name, 'There is no person with this id.'), HTML);
  response.writeHead(302, { location: answerUrl(core, asked, person, given.get('decision') === 'allow') });
  response.end();
}

function readRequest(given: URLSearchParams): Request {
  const list = (name: string) => (given.get(name) ?? '').split(/[\s,]+/).filter((scope) => scope !== '');
  return {
    clientId: given.get('client_id') ?? '',
    scopes: list('scope'),
    userScopes: list('user_scope'),
    redirectUri: given.get('redirect_uri') || undefined,
    state: given.get('state') ?? undefined,
  };
}

/** The reason for Slack's error page; undefined if the request is valid. */
function refuse({ credentials, manifest }: Core, asked: Request): string | undefined {
  if (asked.clientId !== credentials.clientId) return 'Invalid client_id parameter';
  if (asked.scopes.length === 0 && asked.userScopes.length === 0) return 'No scopes requested';
  const unknown = [
    ...asked.scopes.filter((scope) => !manifest.scopes.has(scope)),
    ...asked.userScopes.filter((scope) => !manifest.userScopes.has(scope)),
  ];
  if (unknown.length > 0) return `Invalid permissions requested. Requested scopes: ${unknown.join(', ')}`;
  if (manifest.redirectUrls.length === 0)
    return 'No redirect_uri configured: the manifest names no redirect_urls';
  if (asked.redirectUri !== undefined && !isBelow(asked.redirectUri, manifest.redirectUrls))
    return `redirect_uri did not match any configured URIs. Passed URI: ${asked.redirectUri}`;
  return undefined;
}

/** Slack accepts a configured URL and every path below it, with the same scheme, host and port. */
function isBelow(uri: string, configured: readonly string[]): boolean {
  if (!URL.canParse(uri)) return false;
  const { origin, pathname } = new URL(uri);
  return configured.some((entry) => {
    const allowed = new URL(entry);
    const path = allowed.pathname.replace(/\/$/, '');
    return origin === allowed.origin && (pathname === path || pathname.startsWith(`${path}/`));
  });
}

function answerUrl(core: Core, asked: Request, person: Member, allow: boolean): string {
  const target = new URL(asked.redirectUri ?? core.manifest.redirectUrls[0] ?? '');
  if (allow) {
    target.searchParams.set(
      'code',
      core.oauthCodes.issue({
        personId: person.id,
        scopes: asked.scopes,
        userScopes: asked.userScopes,
        redirectUri: asked.redirectUri,
      }),
    );
  } else {
    target.searchParams.set('error', 'access_denied');
  }
  target.searchParams.set('state', asked.state ?? '');
  return target.href;
}

/** Members of this workspace who may install an app, administrators first. */
function installers({ workspace }: Core): readonly Member[] {
  return [...workspace.people.values()]
    .filter((person) => !person.isBot && !person.deleted && !person.isStranger)
    .sort((a, b) => Number(b.isAdmin) - Number(a.isAdmin));
}
