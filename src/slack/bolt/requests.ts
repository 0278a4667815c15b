/**
 * What the web server serves for Slack: Slack's own requests, and the pages on which workspaces install the app. Two
 * receivers, as Bolt takes either our `authorize` or its own; and with Socket Mode only the pages are served.
 */
import type { RequestListener } from 'node:http';
import { HTTPReceiver, type Logger } from '@slack/bolt';
import type { oauthOptions } from '../install/oauth';

/** Where Slack sends what happens, in HTTP delivery. */
export const EVENTS_PATH = '/slack/events';

/** `/slack/install` and `/slack/oauth_redirect`. */
export function installPages(
  oauth: ReturnType<typeof oauthOptions>,
  logger: Logger,
): Readonly<Record<string, RequestListener>> {
  // It has no endpoint for events, so there is nothing to verify.
  const noEvents = { signingSecret: '', signatureVerification: false, endpoints: [] };
  const receiver = new HTTPReceiver({ ...noEvents, logger, ...oauth });
  const page: RequestListener = (request, response) => {
    if (request.method !== 'GET') {
      response.writeHead(405, { allow: 'GET', connection: 'close' }).end();
      return;
    }
    // Bolt makes a URL of it to read the query, and a stranger may send anything here.
    request.headers.host = 'localhost';
    receiver.requestListener(request, response);
  };
  return { '/slack/install': page, '/slack/oauth_redirect': page };
}
