/** A process that opens the store of its argument and commits one deal after the other, until it is killed. */
import { openStore } from '../../src/store/open';
import { aDeal, commitOf } from './builder';

async function main(): Promise<void> {
  const [, , url] = process.argv;
  if (url === undefined) throw new Error('no URL given');
  const store = await openStore(url);
  for (let written = 1; ; written += 1) {
    await store.deals.commit(commitOf(aDeal({ id: `W${written}` })));
    process.stdout.write(`${written}\n`);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
