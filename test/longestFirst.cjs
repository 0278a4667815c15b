/**
 * The order of the test files: those that start the app, a browser or a database last longest and mostly wait, so they
 * come first, and what is short fills the gaps. Jest's own order knows that only from earlier runs.
 */
const { statSync } = require('node:fs');

const LONGEST = [
  'faults/crashPoints',
  'faults/stopping',
  'faults/kills',
  'faults/chaos',
  'faults/lostReplies',
  'faults/starting',
  'e2e/browser',
  'e2e/timeMachine',
  'faults/',
  'e2e/endings',
  'e2e/permissions',
  'e2e/',
  'store/postgres',
  'reconciler/',
];

const rank = (path) => {
  const found = LONGEST.findIndex((part) => path.includes(part));
  return found === -1 ? LONGEST.length : found;
};

module.exports = class LongestFirst {
  sort(tests) {
    const sizes = new Map(tests.map(({ path }) => [path, statSync(path).size]));
    return [...tests].sort(
      (a, b) =>
        rank(a.path) - rank(b.path) || sizes.get(b.path) - sizes.get(a.path) || (a.path < b.path ? -1 : 1),
    );
  }

  shard(tests, { shardIndex, shardCount }) {
    return tests.filter((_, at) => at % shardCount === shardIndex - 1);
  }

  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {
    // What the order is depends on no earlier run.
  }
};
