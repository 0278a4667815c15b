/** What an admin reads on Home about setting Lostdeal up. */
import type { Setup } from '../../../src/coach/setup';
import { setupBlocks } from '../../../src/slack/views/setup';
import { viewFaults } from '../limits';
import { readBlocks } from '../read';

const NOTHING: Setup = {
  channel: null,
  teams: 0,
  responseMinutes: 240,
  fallback: null,
  isResponseChosen: false,
  hasPracticed: false,
  isInvited: false,
};

const lines = (setup: Setup | null) => readBlocks(setupBlocks(setup)).split('\n');

it('shows each row with its state and the way there, and a text to copy', () => {
  expect(lines(NOTHING)).toMatchInlineSnapshot(`
[
  "Set up Lostdeal: 0 of 5 done",
  "○ Channel  Nobody has chosen one, so deals have no thread.",
  "[Choose]",
  "○ Teams  None with a manager and reps, so each rep names a manager when it matters.",
  "[Open]",
  "○ Response time  Managers have 4 hours to answer. Nobody else gets the ask after that.",
  "[Choose]",
  "○ A practice call  Three minutes, and nobody sees it.",
  "[Practice]",
  "○ An invitation  Copy this for your reps.",
  "\`\`\`",
  "When a prospect says no, type /lostdeal and the company. It shows what to say, one line at a time, and you type nothing during the call.",
  "Try it with a made-up prospect first: /lostdeal practice. It takes three minutes, and nobody sees it.",
  "\`\`\`",
  "[I've sent it]",
  "[Hide this list]",
  "---",
]
`);
  expect(viewFaults({ type: 'home', blocks: setupBlocks(NOTHING) })).toEqual([]);
});

it('ticks what is done, and hides the text once it was sent', () => {
  const half: Setup = {
    ...NOTHING,
    channel: 'C1',
    teams: 2,
    fallback: { kind: 'person', userId: 'UMAYA' },
    isResponseChosen: true,
    isInvited: true,
  };
  expect(lines(half)).toMatchInlineSnapshot(`
[
  "Set up Lostdeal: 4 of 5 done",
  "✓ Channel  Threads go to ?channel?.",
  "[Change]",
  "✓ Teams  2 teams with a manager and reps.",
  "[Open]",
  "✓ Response time  Managers have 4 hours to answer. After that we ask <UMAYA>.",
  "[Change]",
  "○ A practice call  Three minutes, and nobody sees it.",
  "[Practice]",
  "✓ An invitation  Sent.",
  "[Show it again]",
  "[Hide this list]",
  "---",
]
`);
});

it('is not there when there is nothing to show', () => {
  expect(setupBlocks(null)).toEqual([]);
});
