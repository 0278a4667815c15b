import { createServer } from 'node:net';

/**
 * From where systems give no ports to whoever asks for any: one that is free now is not taken by a connection of a test
 * that runs beside, and stays free for whoever listens on it later.
 */
const FIRST = 20_000;
const LAST = 30_000;

/** A port of the loopback interface that nothing listens on. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST));
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
