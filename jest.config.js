const { availableParallelism } = require('node:os');

/** @type {import('jest').Config} */
const base = {
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
};

module.exports = {
  ...base,
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  globalSetup: '<rootDir>/test/postgres/globalSetup.ts',
  globalTeardown: '<rootDir>/test/postgres/globalTeardown.ts',
  // Long for a machine that is busy with other work; nothing waits for it that is there.
  testTimeout: 240_000,
  testSequencer: '<rootDir>/test/longestFirst.cjs',
  // Tests that run the app in processes of its own wait half of the time: on two cores four at once keep both busy.
  maxWorkers: availableParallelism() * 2,
  // What a test file leaves behind in its worker slows down those after it; a new worker costs less.
  workerIdleMemoryLimit: '400MB',
  // Half a second, the default, is too short for a worker to exit on a busy machine; a leak still shows after this.
  workerGracefulExitTimeout: 30_000,
};
