import { ErrorCode } from '@slack/web-api';
import { asCode } from '../../log';

/** Slack's error code of a failed call; null when Slack did not answer, or something else answered in its place. */
export function slackError(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || error.code !== ErrorCode.PlatformError) return null;
  return asCode((error as { data?: { error?: unknown } }).data?.error) ?? null;
}
