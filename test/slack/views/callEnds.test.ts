/** Where the calls of each version of a playbook end. */
import type { CallEnds } from '../../../src/coach/callEnds';
import { callEndsScreen } from '../../../src/slack/views/learn';
import { DAY } from '../../e2e/support/clock';
import { NOON } from '../../store/builder';
import { heartbeat, LONG } from '../deals';
import { buttonNames, viewFaults } from '../limits';
import { readView } from '../read';

const step = (title: string, reached: number, left: number) => ({ step: title, title, reached, left });

const version = (days: number, different: Partial<CallEnds> = {}): CallEnds => ({
  playbook: heartbeat,
  since: NOON - days * DAY,
  calls: 40,
  steps: [step('Thanks and good wishes', 40, 2), step('What they liked most', 38, 6)],
  ...different,
});

it('says of a version since when it is in use, where most calls end, and of each step how many end there', () => {
  const text = readView(callEndsScreen([version(1)], {}));
  expect(text).toContain('Checking for a heartbeat, since ');
  expect(text).toContain('Calls end most often at What they liked most: 6 of 40.');
  expect(text).toContain('Thanks and good wishes: 40 calls, 2 ended here');
  expect(text.indexOf('38 calls, 6 ended here')).toBeGreaterThan(text.indexOf('40 calls, 2 ended here'));
});

it('names no step at which fewer than three calls ended', () => {
  const text = readView(callEndsScreen([version(1, { calls: 1, steps: [step('Thanks', 1, 0)] })], {}));
  expect(text).toContain('Thanks: 1 call');
  expect(text).not.toContain('ended here');
  expect(text).not.toContain('most often');
});

it('shows three versions on a page and the rest behind Show more, and fits Slack with the longest words', () => {
  const steps = Array.from({ length: 30 }, (_, index) => step(`${index} ${LONG}`, 1_000_000, 999_999));
  const many = [1, 2, 3, 4].map((days) => version(days, { steps }));
  const first = callEndsScreen(many, { section: 'last year', item: 'T1' });
  expect(viewFaults(first)).toEqual([]);
  expect(buttonNames(first)).toEqual(['Show more']);
  const last = callEndsScreen(many, { section: 'last year', item: 'T1', page: 1 });
  expect(buttonNames(last)).toEqual(['Show newer']);
  expect(readView(last).split('Checking for a heartbeat')).toHaveLength(2);
});

it('says so when there is no call to see', () => {
  expect(readView(callEndsScreen([], {}))).toContain('There are no calls here that you can see.');
});
