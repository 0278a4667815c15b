const { availableParallelism } = require('node:os');

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  // `npm run test:faults` names the slow ones itself: tests that load the sandbox or use its page.
  testMatch: ['**/!(*.slow).test.ts'],
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
  // Long enough for a machine that is busy with other work; a test that passes does not wait for it.
  testTimeout: 240_000,
  // Tests wait now and then: one more than cores keeps all busy.
  maxWorkers: availableParallelism() + 1,
  // A new worker costs less than the memory that test files leave behind in an old one.
  workerIdleMemoryLimit: '400MB',
  // Half a second, the default, is too short for a worker to exit on a busy machine; a leak still shows after this.
  workerGracefulExitTimeout: 30_000,
};
