/**
 * The SDK's client for one Socket Mode connection, except that it stays connected when Slack announces the end of the
 * connection. Slack announces it some ten seconds ahead, so that another connection can be opened first; but the SDK
 * then closes at once and loses what crosses. This is the only place that overrides the SDK's internals
 * (@slack/socket-mode 3.1, the protected `onWebSocketMessage`).
 * @see https://docs.slack.dev/apis/events-api/using-socket-mode#disconnect
 */
import { SocketModeClient } from '@slack/socket-mode';

/** Emitted with Slack's reason; possibly twice for one connection, as `refresh_requested` follows `warning`. */
export const END_ANNOUNCED = 'lostdeal_end_announced';

export class RenewableClient extends SocketModeClient {
  protected override async onWebSocketMessage(data: string | ArrayBuffer, isBinary: boolean): Promise<void> {
    const reason = announcedEnd(data);
    if (reason !== null) {
      this.emit(END_ANNOUNCED, reason);
      return;
    }
    try {
      await super.onWebSocketMessage(data, isBinary);
    } catch (error) {
      // A rejection would end the process, since nobody awaits it: 3.1 fails at `app_rate_limited`, which has no inner event.
      this.emit('error', error);
    }
  }
}

/** Slack's reason when this frame announces the end, else null. */
function announcedEnd(data: string | ArrayBuffer): string | null {
  // Saves parsing most frames twice.
  if (typeof data !== 'string' || !data.includes('disconnect')) return null;
  const frame = parsed(data);
  if (typeof frame !== 'object' || frame === null || !('type' in frame)) return null;
  if (frame.type !== 'disconnect') return null;
  return 'reason' in frame && typeof frame.reason === 'string' ? frame.reason : 'unknown';
}

/** Null when it is no JSON; the SDK reports that. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
