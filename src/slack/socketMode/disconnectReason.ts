/** Slack's reasons for ending a Socket Mode connection, and what they mean for us. */

export interface DisconnectReason {
  /** Slack's code. */
  readonly code: string;
  /** What the operator should do. Null: Slack renews the connection, and we open another one first. */
  readonly advice: string | null;
}

/** With these reasons Slack would refuse another connection too. */
const ADVICE: Readonly<Record<string, string>> = {
  link_disabled:
    'Socket Mode was switched off for this app, and Slack ends the connection. Switch it on again (api.slack.com/apps, your app, Socket Mode), or start Lostdeal without SLACK_APP_TOKEN to be reached over HTTP',
  too_many_websockets:
    'Slack ends the connection, as this app has too many: ten are allowed, and each renewal needs one more for a moment. Stop an instance, or whatever else connects as this app',
};

/** @see https://docs.slack.dev/apis/events-api/using-socket-mode#disconnect */
export function disconnectReasonOf(code: string): DisconnectReason {
  return { code, advice: ADVICE[code] ?? null };
}

/** Slack ended a connection before its hello, or never sent one. */
export class NoHelloError extends Error {
  override readonly name = 'NoHelloError';
  readonly code: string;
  constructor(readonly reason: DisconnectReason) {
    super(`Slack did not say hello (${reason.code})`);
    this.code = reason.code;
  }
}
