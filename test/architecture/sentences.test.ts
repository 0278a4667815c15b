/** Words for people stand in `slack/` alone: the rooms below it answer with codes and facts. */
import { join } from 'node:path';
import { filesOf, SRC, stringsIn } from './sourceStrings';

test.each(filesOf('deal'))('%s has no words for people', (file) => {
  expect(stringsIn(join(SRC, file)).filter((it) => /\S\s+\S/u.test(it))).toEqual([]);
});

/** A message of its own, and the table that the page for operators shows. */
const EXEMPT = ['reconciler/pass/channelNotice.ts', 'reconciler/slackApi/errorPolicy.ts'];
const ROOMS = [...filesOf('coach'), ...filesOf('reconciler')].filter((file) => !EXEMPT.includes(file));

test.each(ROOMS)('%s has no sentences', (file) => {
  expect(stringsIn(join(SRC, file)).filter((it) => /^\p{Lu}\S*\s+\S/u.test(it))).toEqual([]);
});

test('a sentence in the domain would be found', () => {
  expect(stringsIn(join(SRC, 'slack/text/refusals.ts'))).toContain('Give the company a name.');
});
