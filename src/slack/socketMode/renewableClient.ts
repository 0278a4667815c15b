/**
 * The SDK's client for one Socket Mode connection, which hears Slack announce the end of the connection and leaves it
 * open. Here, and only here, we reach beneath the SDK's surface: at such a frame it closes at once and drops whatever
 * crosses (@slack/socket-mode 3.1, the protected `onWebSocketMessage`), although Slack announces the end some ten
 * seconds ahead, so that another connection can be opened first.
 * @see https://docs.slack.dev/apis/events-api/using-socket-mode#disconnect
 */
import { SocketModeClient } from '@slack/socket-mode';

/** Emitted with Slack's reason; for one connection more than once, as `warning` is followed by `refresh_requested`. */
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
      // Nobody awaits this, so it would end the process: 3.1 stumbles over `app_rate_limited`, which has no inner event.
      this.emit('error', error);
    }
  }
}

/** Slack's reason when this frame announces the end, else null. */
function announcedEnd(data: string | ArrayBuffer): string | null {
  // Parsed twice only when it may be one.
  if (typeof data !== 'string' || !data.includes('disconnect')) return null;
  const frame = parsed(data);
  if (typeof frame !== 'object' || frame === null || !('type' in frame)) return null;
  if (frame.type !== 'disconnect') return null;
  return 'reason' in frame && typeof frame.reason === 'string' ? frame.reason : 'unknown';
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
