import { parseCommand } from '../../../src/slack/listeners/command';

const SUBCOMMANDS = ['help', 'list', 'resume', 'practice', 'upcoming', 'out', 'quiet', 'settings', 'after'];

it.each(
  SUBCOMMANDS.flatMap((word) =>
    [
      `${word}?`,
      `${word} ?`,
      `${word}??`,
      `${word}.`,
      `[${word}]`,
      `--${word}`,
      `*${word}*`,
      `“${word}”`,
    ].map((typed) => [typed, word] as const),
  ),
)('%s is the subcommand %s', (typed, word) => {
  expect(parseCommand(typed)).toMatchObject({ word, account: '' });
});

it.each([
  ['?', 'help'],
  ['helps', 'help'],
  ['resumes?', 'resume'],
  ['upcomings', 'upcoming'],
  ['afters', 'after'],
  ['*list*', 'list'],
  ['lists', 'list'],
  ['"resume"', 'resume'],
  ['“Help”', 'help'],
  ['`settings`', 'settings'],
  ['setting', 'settings'],
  ['_Upcoming_!', 'upcoming'],
])('%s is a subcommand and no company', (typed, word) => {
  expect(parseCommand(typed)).toMatchObject({ word, account: '' });
});

it.each([
  'Outs',
  'List Ltd',
  'Yahoo!',
  'Quiet & Co',
  'Help? Ltd',
  'Lists Ltd',
  '?!',
  'Resume & Co',
  'Practice Fusion',
  'Practices',
  'Afters Ltd',
])('%s is a company', (account) => {
  expect(parseCommand(account)).toMatchObject({ word: 'live', account });
});

it('takes the company behind a bold subcommand', () => {
  expect(parseCommand('*after* Acme')).toMatchObject({ word: 'after', account: 'Acme' });
  expect(parseCommand('after: What? Inc')).toMatchObject({ word: 'after', account: 'What? Inc' });
});
