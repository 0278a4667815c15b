export { findBlockFaults, findViewFaults } from './blockkit/validate';
export * from './client';
export { SandboxError, type SandboxErrorCode } from './errors';
export type * from './protocol';
export { type Sandbox, type SandboxClock, type SandboxOptions, startSandbox } from './sandbox';
