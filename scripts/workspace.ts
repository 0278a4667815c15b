import { join } from 'node:path';

/** The workspace that the demo and the tests run in: Lostdeal's manifest, with people and channels for its stories. */
export const WORKSPACE = {
  manifest: join(__dirname, '..', 'manifest.yml'),
  seed: join(__dirname, 'workspace.yml'),
} as const;
