/**
 * The moments around each commit and each Slack call at which a death differs from one a moment earlier. Tests stop
 * the reconciler at each and start another one.
 */
export const CRASH_POINTS = [
  'claimed',
  'ticked',
  'rendered',
  'post.before_intent',
  'post.after_intent',
  'post.after_call',
  'post.after_saved',
  'edit.before_intent',
  'edit.after_intent',
  'edit.after_call',
  'edit.after_saved',
  'look_up.after_call',
  'look_up.after_saved',
  'duplicate.after_delete',
  'finish.before',
  'finish.after',
] as const;
export type CrashPoint = (typeof CRASH_POINTS)[number];
