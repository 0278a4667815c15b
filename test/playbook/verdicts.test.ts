/** What the app does for each ending of a call. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VERDICT_TRAITS, VERDICTS, type VerdictTraits } from '../../src/playbook/schema';

const having = (trait: (of: VerdictTraits) => boolean) => VERDICTS.filter((it) => trait(VERDICT_TRAITS[it]));

test.each<readonly [what: string, trait: (of: VerdictTraits) => boolean, verdicts: readonly string[]]>([
  ['the manager is asked', (it) => it.leadsTo === 'ask', ['pulse']],
  ['the rep wins it back alone', (it) => it.leadsTo === 'win_back', ['keep_talking']],
  ['a signature rules it out', (it) => it.isRescue, ['pulse', 'keep_talking']],
  ['the call counts as a try', (it) => !it.isReached, ['unreached']],
  ['no figure counts it', (it) => !it.isLoss, ['not_over']],
  [
    'the deal is closed, and the rep is asked about the next time',
    (it) => it.leadsTo === 'close' && it.asksNextTime,
    ['signed', 'no_pulse', 'declined_to_say', 'no_check', 'postponed'],
  ],
  ['the end of a contract is asked for', (it) => it.hasContract, ['signed']],
  ['the prospect looks again on a day they named', (it) => it.looksAgain, ['postponed']],
  ['the last line got no answer', (it) => it.isDodge, ['declined_to_say']],
])('%s', (_, trait, verdicts) => {
  expect(having(trait)).toEqual(verdicts);
});

test('no file compares verdicts by name', () => {
  const src = join(__dirname, '..', '..', 'src');
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const asking = files.filter((file) => /verdict\)? [=!]== '/iu.test(readFileSync(join(src, file), 'utf8')));
  expect(asking).toEqual([]);
});
