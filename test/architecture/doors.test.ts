/** A deal is read for somebody who may see it or work on it. What reads one for nobody in particular is named here. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SRC = join(__dirname, '..', '..', 'src');

/** Each with its reason. */
const WITHOUT_ASKING: Readonly<Record<string, string>> = {
  'coach/act.ts': 'decides about every command, and the clock acts for nobody',
  'coach/overview.ts': '`seeDeal` and `workDeal`, which ask',
  'insights/projector.ts': 'makes the row of figures, whose questions ask who reads them',
  'lostdeal.ts': 'the reconciler brings deals to Slack',
  'slack/listeners/homes.ts': 'finds whose App Home changes, and shows nothing of the deal',
};

const readers = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.startsWith('store/'))
  .filter((file) => /\bdeals\s*\.\s*load\b/u.test(readFileSync(join(SRC, file), 'utf8')));

it('use cases and listeners read a deal through seeDeal or workDeal only', () => {
  expect(readers.sort()).toEqual(Object.keys(WITHOUT_ASKING).sort());
});
