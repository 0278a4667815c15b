/**
 * What the reconciler does about a failed call to Slack, in words for operators; `slackErrors.ts` maps codes to
 * policies.
 */

/** In the order of the table of docs/operations.md. */
export const ERROR_POLICIES = {
  retry: {
    does: 'the same again: after 1 s, 2 s, 4 s … at most 10 min; at most 30 s while Slack as a whole is in trouble. After 8 tries that are no outage it is set aside',
    tells: 'the log; once set aside, an admin',
  },
  rate_limited: {
    does: 'the same again when `Retry-After` says so, for that method or channel only; the cap of the workspace is halved, and recovers',
    tells: 'the metrics',
  },
  join: { does: 'enters the public channel, then the same again', tells: 'nobody' },
  go_on: {
    does: 'goes on without the invitation: the ask reaches the manager by direct message',
    tells: 'the log',
  },
  message_gone: {
    does: 'people deleted the message: it stays gone. A pending ask is posted again',
    tells: 'nobody',
  },
  thread_gone: {
    does: 'begins a new thread with summary, transcript and the pending ask, while the deal is open; at most once an hour',
    tells: 'the log',
  },
  channel_unusable: {
    does: 'goes on by direct message and looks again after 5 min, 10 min … at most an hour. Goes on at once when the channel is unarchived, the app is invited again, or another one is chosen in the settings',
    tells: 'the rep and the admins, by direct message, once a day',
  },
  person_unreachable: {
    does: 'gives the direct message up, and mentions the person in the thread unless they have left',
    tells: 'the log',
  },
  leave: { does: 'the message stays as it stands', tells: 'the log' },
  not_ours: {
    does: 'people deleted a root that has replies: begins a new thread, while the deal is open; at most once an hour. Any other message stays as it stands',
    tells: 'the log',
  },
  screen_gone: {
    does: 'the screen is not there any more or was replaced; what was typed is saved. The next click shows the deal as it is',
    tells: 'the person, when the first screen could not be opened',
  },
  no_file: { does: 'sends words in place of the file', tells: 'whoever asked for it, by direct message' },
  installation_unusable: {
    does: 'everything of that workspace waits: 5 min, 10 min … at most an hour',
    tells: 'the log, the metrics',
  },
  set_aside: {
    does: 'Slack refuses what we wrote, a fault of ours: the message is set aside and tried again after 30 s, a minute … at most 10 min, and at once when it says something else. All others go on',
    tells: 'the log, the metrics, and an admin in App Home',
  },
} as const satisfies Record<string, { readonly does: string; readonly tells: string }>;

export type ErrorPolicy = keyof typeof ERROR_POLICIES;
