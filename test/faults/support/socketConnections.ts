/** The app's socket connections as Slack sees them. */
import type { Sandbox, SandboxClient } from 'slack-sandbox';
import { until } from '../../e2e/support/until';
import type { AppProcess } from './appProcess';

/** How long Slack keeps serving a connection that it wants renewed, ms. */
export const SERVED_ON_MS = 15_000;
const CLEAN = { code: 0, signal: null };
/** Our units for systemd and Kubernetes wait at least this long for a stop, ms. */
const STOP_WITHIN_MS = 10_000;

export interface ConnectedApp {
  readonly slack: SandboxClient;
  readonly sandbox: Sandbox;
}

/** Oldest first. */
export const connections = async ({ slack }: Pick<ConnectedApp, 'slack'>) =>
  (await slack.workspace()).app.connections;
export const endsOf = async (app: ConnectedApp) => (await connections(app)).map(({ end }) => end);
/** How a connection ends that the app leaves once the next one is open. */
export const REPLACED = { code: 1000, leftOpen: 1 };

/** Waits until this connection alone is open. */
export const onlyOpen = (app: ConnectedApp, number: number) =>
  until(
    app.sandbox,
    `connection ${number} alone`,
    async () => {
      const open = (await connections(app)).filter(({ end }) => end === null);
      return open.length === 1 && open[0]?.number === number ? true : undefined;
    },
    async () => JSON.stringify(await connections(app)),
  );

/** Sends SIGTERM and expects the app to exit with code 0 within ten seconds. */
export async function endsCleanly(app: AppProcess): Promise<void> {
  const since = performance.now();
  expect(await app.kill('SIGTERM')).toEqual(CLEAN);
  expect(performance.now() - since).toBeLessThan(STOP_WITHIN_MS);
}
