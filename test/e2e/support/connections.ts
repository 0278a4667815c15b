/** The connections of the app, as Slack sees them. */
import type { Sandbox, SandboxClient } from 'slack-sandbox';
import type { AppProcess } from './process';
import { until } from './until';

/** Until a connection that is renewed is closed, if nobody leaves it before. */
export const SERVED_ON_MS = 15_000;
const CLEAN = { code: 0, signal: null };
/** What systemd and Kubernetes are told to wait at least. */
const WITHIN_MS = 10_000;

export interface Life {
  readonly slack: SandboxClient;
  readonly sandbox: Sandbox;
}

/** Oldest first. */
export const connections = async ({ slack }: Pick<Life, 'slack'>) =>
  (await slack.workspace()).app.connections;
export const endsOf = async (life: Life) => (await connections(life)).map(({ end }) => end);
/** How a connection ended in whose place another one was there. */
export const LEFT_BEHIND = { code: 1000, leftOpen: 1 };

/** Waits until only this connection is open. */
export const alone = (life: Life, number: number) =>
  until(
    life.sandbox,
    `connection ${number} alone`,
    async () => {
      const open = (await connections(life)).filter(({ end }) => end === null);
      return open.length === 1 && open[0]?.number === number ? true : undefined;
    },
    async () => JSON.stringify(await connections(life)),
  );

/** Told to stop, it does so in time. */
export async function endsCleanly(app: AppProcess): Promise<void> {
  const since = performance.now();
  expect(await app.kill('SIGTERM')).toEqual(CLEAN);
  expect(performance.now() - since).toBeLessThan(WITHIN_MS);
}
