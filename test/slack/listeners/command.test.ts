import { parseCommand } from '../../../src/slack/listeners/command';

it.each([
  ['help?', 'help'],
  ['*list*', 'list'],
  ['lists', 'list'],
  ['"resume"', 'resume'],
  ['“Help”', 'help'],
  ['`settings`', 'settings'],
  ['setting', 'settings'],
  ['_Upcoming_!', 'upcoming'],
])('%s is a subcommand and no company', (typed, word) => {
  expect(parseCommand(typed)).toEqual({ word, account: '' });
});

it.each(['Outs', 'List Ltd', 'Yahoo!', 'Quiet & Co', 'Help? Ltd'])('%s is a company', (account) => {
  expect(parseCommand(account)).toEqual({ word: 'live', account });
});

it('takes the company behind a bold subcommand', () => {
  expect(parseCommand('*after* Acme')).toEqual({ word: 'after', account: 'Acme' });
});
