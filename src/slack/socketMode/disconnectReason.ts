/** What Slack says before it ends a Socket Mode connection, and what that means. */

export interface DisconnectReason {
  /** Slack's reason. */
  readonly why: string;
  /** Null: Slack renews the connection, and another may be opened first. Else we are sent away: what to do about it. */
  readonly advice: string | null;
}

/** Another connection, opened first, would be refused as well. */
const SENT_AWAY: Readonly<Record<string, string>> = {
  link_disabled:
    'Socket Mode was switched off for this app, and Slack ends the connection. Switch it on again (api.slack.com/apps, your app, Socket Mode), or start Lostdeal without SLACK_APP_TOKEN to be reached over HTTP',
  too_many_websockets:
    'Slack ends the connection, as this app has too many: ten are allowed, and each renewal needs one more for a moment. Stop an instance, or whatever else connects as this app',
};

/** @see https://docs.slack.dev/apis/events-api/using-socket-mode#disconnect */
export function disconnectReasonOf(why: string): DisconnectReason {
  return { why, advice: SENT_AWAY[why] ?? null };
}

/** Slack ended a connection before its hello, or never said it. */
export class NotLetInError extends Error {
  override readonly name = 'NotLetInError';
  readonly code: string;
  constructor(readonly ending: DisconnectReason) {
    super(`Slack did not say hello (${ending.why})`);
    this.code = ending.why;
  }
}
