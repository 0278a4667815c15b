/** All our metrics: what each means, and when to alert somebody. docs/operations.md shows the same table. */

export interface MetricText {
  readonly help: string;
  /** An alert rule for Prometheus, as an expression; null: no alert. */
  readonly alert: string | null;
}

export const METRICS = {
  lostdeal_ack_seconds: {
    help: 'time from a delivery to its ack, by surface (command, submission, click, closed, options, event, other) and outcome (acked, unacked)',
    alert:
      'histogram_quantile(0.99, sum by (le) (rate(lostdeal_ack_seconds_bucket{surface!="event"}[5m]))) > 1',
  },
  lostdeal_reconciler_lag_seconds: {
    help: 'how long the oldest change has been waiting to be shown in Slack; 0: everything is shown',
    alert: 'lostdeal_reconciler_lag_seconds > 900',
  },
  lostdeal_deals_waiting: { help: 'deals that Slack does not show as they are yet', alert: null },
  lostdeal_deals_set_aside: {
    help: 'deals that could not be shown after all tries; an admin sees them in App Home',
    alert: 'lostdeal_deals_set_aside > 0',
  },
  lostdeal_deals: { help: 'deals by stage', alert: null },
  lostdeal_slot_writes_total: {
    help: 'messages by kind (post, edit, drop, found_again, delete_twin) and result (ok, failed)',
    alert:
      'sum(rate(lostdeal_slot_writes_total{result="failed"}[15m])) > sum(rate(lostdeal_slot_writes_total{result="ok"}[15m]))',
  },
  lostdeal_slack_calls_total: { help: "the reconciler's calls to Slack by method and result", alert: null },
  lostdeal_slack_failures_total: {
    help: 'failed calls by code, as in the table of errors; codes that are not in it count as unknown',
    alert:
      'increase(lostdeal_slack_failures_total{code=~"unknown|token_revoked|invalid_auth|missing_scope"}[15m]) > 0',
  },
  lostdeal_rate_limit_waits_total: {
    help: 'times that a call had to wait for the rate limits, by method',
    alert: null,
  },
  lostdeal_rate_limit_wait_seconds_total: { help: 'time that calls waited for them, by method', alert: null },
  lostdeal_reconciler_passes_total: { help: 'looks at a deal', alert: null },
  lostdeal_reconciler_running: { help: 'deals that are worked on now', alert: null },
  lostdeal_database_seconds: {
    help: 'time of statements by kind (select, insert, update, delete, other)',
    alert: 'histogram_quantile(0.99, sum by (le) (rate(lostdeal_database_seconds_bucket[5m]))) > 0.25',
  },
  lostdeal_ready: {
    help: '1 where a part of the readiness is ok: database, slack, reconciler',
    alert: 'min(lostdeal_ready) == 0 for 5m',
  },
  lostdeal_build_info: { help: '1, with version, node and mode (socket, http) as labels', alert: null },
} as const satisfies Record<string, MetricText>;

export type MetricName = keyof typeof METRICS;
