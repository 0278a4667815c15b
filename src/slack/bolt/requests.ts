/**
 * What the web server hands to Slack's side: Slack's own requests, and the pages on which workspaces install the app.
 * Two receivers, as Bolt takes either our `authorize` or its own; and with Socket Mode only the pages are served.
 */
import type { RequestListener } from 'node:http';
import { ErrorCode, HTTPReceiver, type Logger } from '@slack/bolt';
import type { oauthOptions } from '../install/oauth';

/** The receiver of `/slack/install` and `/slack/oauth_redirect`, and of nothing else. */
export function installPages(oauth: ReturnType<typeof oauthOptions>, logger: Logger): HTTPReceiver {
  // It has no endpoint for events, so there is nothing to verify.
  const noEvents = { signingSecret: '', signatureVerification: false, endpoints: [] };
  return new HTTPReceiver({ ...noEvents, logger, ...oauth });
}

/** Each request goes to the first receiver that knows its path; null when there are none. */
export function requestsOf(receivers: readonly HTTPReceiver[]): RequestListener | null {
  if (receivers.length === 0) return null;
  return (request, response) => {
    for (const receiver of receivers) {
      try {
        return receiver.requestListener(request, response);
      } catch (error) {
        // So Bolt says that a path is not its own.
        if (!isDeferred(error)) throw error;
      }
    }
    response.writeHead(404, { 'content-type': 'application/json' });
    response.end('{"error":"not_found"}\n');
  };
}

const isDeferred = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === ErrorCode.HTTPReceiverDeferredRequestError;
