import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withCoverage } from './readme';

/** `npm run readme -w slack-sandbox` */
const path = join(__dirname, '../../README.md');
writeFileSync(path, withCoverage(readFileSync(path, 'utf8')));
