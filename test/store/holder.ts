/** A process that opens the store of its argument, commits one deal and claims it, until it is killed. */
import { openStore } from '../../src/store/open';
import { aDeal, commitOf, NOON } from './builder';

async function main(): Promise<void> {
  const [, , url] = process.argv;
  if (url === undefined) throw new Error('no URL given');
  const store = await openStore(url);
  await store.deals.commit(commitOf(aDeal()));
  await store.work.claim('holder', NOON, 1, 3_600_000);
  process.stdout.write('holding\n');
  setInterval(() => undefined, 60_000);
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
