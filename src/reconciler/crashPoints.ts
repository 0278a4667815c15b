/**
 * The moments around commits and Slack calls at which a crash leaves another state than one a moment earlier. Tests
 * stop the reconciler at each of them and start another one.
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
