/**
 * Waits for conditions that the sandbox's own client has no wait for: looks again after each change of the workspace.
 */
import type { Sandbox } from 'slack-sandbox';

/** Long enough for a busy machine; a condition that holds returns at once. */
const TIMEOUT_MS = 120_000;
/** Changes outside the workspace, of a database or a process, wake nobody. */
const LOOK_AGAIN_MS = 50;

/**
 * @param look what is waited for, or undefined while it is not there
 * @throws when it does not come, with what `missing` says
 */
export async function until<T>(
  sandbox: Sandbox,
  what: string,
  look: () => Promise<T | undefined>,
  missing: () => Promise<string> | string = () => '',
): Promise<T> {
  const deadline = performance.now() + TIMEOUT_MS;
  let seq = 0;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > deadline)
      throw new Error(`no ${what} within ${TIMEOUT_MS} ms. ${await missing()}`);
    const response = await fetch(`${sandbox.url}/control/changes?after=${seq}&wait=${LOOK_AGAIN_MS}`);
    ({ seq } = (await response.json()) as { seq: number });
  }
}
