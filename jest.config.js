const { availableParallelism } = require('node:os');

/** @type {import('jest').Config} */
const common = {
  rootDir: __dirname,
  testEnvironment: '<rootDir>/test/libraries/environment.cjs',
  transformIgnorePatterns: [],
  transform: {
    // Not zod: what it makes has to be as equal to a file's own objects as when the app runs.
    '/node_modules/(?!zod/)': '<rootDir>/test/libraries/transform.cjs',
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  globalSetup: '<rootDir>/test/postgres/globalSetup.ts',
  globalTeardown: '<rootDir>/test/postgres/globalTeardown.ts',
};
/** What `npm run test:faults` runs and `npm test` leaves out. */
const LONG = [
  // The app as processes of their own that are ended, and storms of faults.
  'faults/',
  // The same as on SQLite, on the other database.
  'store/postgres/',
  'store/postgres',
  'e2e/postgres',
  'insights/export/databases',
  // Thousands of forged, repeated and reordered deliveries.
  'e2e/deliveries',
  'e2e/permissions',
  // Each way in which somebody without a part in a deal could try to get round the rules.
  'e2e/guards',
  'e2e/traps',
  'e2e/who',
  // Work over many deals.
  'coach/sweeps',
  // What comes hours and weeks after a call: forms that were left, stand-ins, reminders, second asks.
  'e2e/afterwards',
  'e2e/approverOut',
  'e2e/drafts',
  'e2e/lookedAfter',
  'e2e/rescueLater',
  // A database of the release before, with a deal of every kind.
  'e2e/upgrade',
  // A person in front of Chromium.
  'e2e/browser',
  'e2e/browserPractice',
  'e2e/timeMachine',
  // Set-ups that few have: proxies that answer for Slack, organizations, channels shared with another company.
  'e2e/logs',
  'e2e/organization',
  'e2e/proxy',
  'e2e/sharedChannel',
  // The command line tools and each migration, as processes on databases of earlier releases.
  'store/migrations/',
  'store/tools/',
  'store/sqlite/lock',
  'authoring/command',
];

/** `npm test` runs these over Socket Mode, and the long tests over HTTP. */
const OVER_BOTH = ['e2e/endings'];

const filesOf = (path) => `<rootDir>/test/${path}${path.endsWith('/') ? '**/*' : ''}.test.ts`;

/** @type {import('jest').Config} */
module.exports = {
  projects: [
    // `npm test`
    {
      ...common,
      displayName: 'tests',
      globals: { TRANSPORT: 'socket' },
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: LONG.map((path) => `<rootDir>/test/${path}`),
    },
    // `npm run test:faults`
    {
      ...common,
      displayName: 'faults',
      globals: { TRANSPORT: 'http' },
      testMatch: [...LONG, ...OVER_BOTH].map(filesOf),
    },
  ],
  // Long enough for a machine that is busy with other work; a test that passes does not wait for it.
  testTimeout: 240_000,
  testSequencer: '<rootDir>/test/longestFirst.cjs',
  // Tests that start the app wait now and then: one more than cores keeps all busy. With many more, each gets so little
  // of the machine that waits run out.
  maxWorkers: availableParallelism() + 1,
  // A new worker costs less than the memory that test files leave behind in an old one.
  workerIdleMemoryLimit: '1GB',
  // Half a second, the default, is too short for a worker to exit on a busy machine; a leak still shows after this.
  workerGracefulExitTimeout: 30_000,
};
