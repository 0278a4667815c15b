/**
 * The requests that the web server passes on to Bolt: those of Slack, and the pages on which workspaces install the app.
 * The pages have a receiver of their own, since Bolt takes either our `authorize` or its own. With Socket Mode the web
 * server passes on the pages only.
 */
import type { RequestListener } from 'node:http';
import { HTTPReceiver, type Logger } from '@slack/bolt';
import type { oauthOptions } from '../install/oauth';

/** Where Slack sends requests over HTTP. */
export const EVENTS_PATH = '/slack/events';

/** The pages `/slack/install` and `/slack/oauth_redirect`. */
export function installPages(
  oauth: ReturnType<typeof oauthOptions>,
  logger: Logger,
): Readonly<Record<string, RequestListener>> {
  // This receiver has no endpoint for events, so it has no signature to verify.
  const noEvents = { signingSecret: '', signatureVerification: false, endpoints: [] };
  const receiver = new HTTPReceiver({ ...noEvents, logger, ...oauth });
  const page: RequestListener = (request, response) => {
    if (request.method !== 'GET') {
      response.writeHead(405, { allow: 'GET', connection: 'close' }).end();
      return;
    }
    // Bolt builds a URL from this header, and a stranger may send anything in it.
    request.headers.host = 'localhost';
    receiver.requestListener(request, response);
  };
  return { '/slack/install': page, '/slack/oauth_redirect': page };
}
