#!/usr/bin/env node
/** What `npx --no-install lostdeal` runs. Committed, so that it can say what is missing before anything is built. */
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const BUILT = join(__dirname, '..', 'dist', 'authoring', 'main.js');

if (existsSync(BUILT)) {
  require(BUILT);
} else {
  process.stderr.write('Lostdeal isn\'t built yet. Run "npm ci && npm run build" here, then try again.\n');
  process.exitCode = 1;
}
