const { availableParallelism } = require('node:os');

/** @type {import('jest').Config} */
const common = {
  rootDir: __dirname,
  testEnvironment: 'node',
  transform: {
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
/** @type {import('jest').Config} */
module.exports = {
  projects: [
    // `npm test`
    {
      ...common,
      displayName: 'tests',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['<rootDir>/test/faults/'],
    },
    // `npm run test:faults`: runs the app as processes of their own and ends them, or plays a storm of faults.
    { ...common, displayName: 'faults', testMatch: ['<rootDir>/test/faults/**/*.test.ts'] },
  ],
  // Long enough for a machine that is busy with other work; a test that passes does not wait for it.
  testTimeout: 240_000,
  testSequencer: '<rootDir>/test/longestFirst.cjs',
  // Tests that start the app wait half of the time: on two cores four at once keep both busy.
  maxWorkers: availableParallelism() * 2,
  // A new worker costs less than the memory that test files leave behind in an old one.
  workerIdleMemoryLimit: '400MB',
  // Half a second, the default, is too short for a worker to exit on a busy machine; a leak still shows after this.
  workerGracefulExitTimeout: 30_000,
};
