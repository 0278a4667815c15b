/** The messages to a rep who reached nobody: words, mails, and one tap for what happened. */
import type { Cadence, PlannedTry, RemindedTry, TryMove } from '../../../src/deal/model/cadence';
import { nextCallAt } from '../../../src/deal/model/cadence';
import type { Deal } from '../../../src/deal/model/deal';
import { decodeRef } from '../../../src/slack/ids';
import { renderThread } from '../../../src/slack/messages/renderThread';
import { renderedFaults } from '../../words/lint';
import { HOUR, heartbeat, NOW, newDeal, reasons } from '../deals';
import { slotFaults } from '../limits';
import { readBlocks } from '../read';

const one = (id: number, ...moves: readonly TryMove[]): RemindedTry => ({ id, at: NOW, moves, report: null });
const planned = (...moves: readonly TryMove[]): PlannedTry => ({ at: NOW + 24 * HOUR, moves });
const trying = (
  reminded: readonly RemindedTry[],
  plan: readonly PlannedTry[],
  over: Partial<Deal> = {},
): Deal => {
  const cadence: Cadence = { since: NOW, plan, reminded };
  const tried = { verdict: 'unreached', verdictAt: NOW, position: null, tries: 1, cadence } as const;
  return newDeal({ ...tried, nextTryAt: nextCallAt(plan), ...over });
};
const slots = (deal: Deal) =>
  renderThread(deal, {
    privacy: 'full',
    playbook: heartbeat,
    reasons,
    remarks: new Map(),
    repName: 'Robin Reyes',
  });
const slot = (deal: Deal, id: number) => {
  const found = slots(deal).find(({ key }) => key === `cadence:${id}`);
  if (found === undefined) throw new Error(`there is no cadence:${id}`);
  return found;
};
const read = (deal: Deal, id: number): string => readBlocks(slot(deal, id).blocks);

const CASES: readonly (readonly [
  moves: readonly TryMove[],
  next: readonly PlannedTry[],
  begins: string,
  says: readonly string[],
  buttons: string,
])[] = [
  [
    ['voicemail'],
    [planned('thank_you'), planned('call')],
    'Words to leave for Northwind. They ask for nothing, so people call back.',
    ["> Hi, it's <U0REP>. I'm not calling to change your mind.", 'to send a mail.'],
    '[Reached them] [Left voicemail] [Another time]',
  ],
  [
    ['thank_you'],
    [planned('call')],
    'Time for a thank-you mail to Northwind.',
    ['Subject Thank you, and one question', 'Hi,\n\nI tried to call', 'Best,\nRobin Reyes', 'to call again.'],
    '[They answered] [Sent it] [Another time]',
  ],
  [
    ['call'],
    [planned('last_voicemail')],
    'Time to call Northwind again. Leave no voicemail this time.',
    ["> Hi, it's <U0REP>. I won't keep you. Do you have two minutes?"],
    '[Reached them] [Got no answer] [Another time]',
  ],
  [
    ['call', 'thank_you'],
    [planned('last_voicemail')],
    'Time to call Northwind again. Leave no voicemail this time.',
    ["> Hi, it's <U0REP>. I won't keep you.", 'If nobody answers, send this mail:', 'Subject Thank you'],
    '[Reached them] [Got no answer] [Another time]',
  ],
  [
    ['last_voicemail'],
    [planned('last_mail')],
    'Time to call Northwind once more. If nobody answers, leave a voicemail.',
    ["> Hi, it's <U0REP> again. I'd still like to thank you", '> Otherwise I', 'to send a mail.'],
    '[Reached them] [Left voicemail] [Another time]',
  ],
  [
    ['last_mail'],
    [],
    'Time for a last mail to Northwind.',
    ['Subject Closing my file', "I've tried you a few times", 'the deal closes a working day later.'],
    '[They answered] [Sent it]',
  ],
];

describe.each(CASES)('%j', (moves, next, begins, says, row) => {
  const deal = trying([one(9, ...moves)], next);

  it('has its words and one tap for what happened', () => {
    const text = read(deal, 9);
    expect(text.split('\n')[0]).toBe(begins);
    for (const words of says) expect(text).toContain(words);
    expect(text.split('\n').at(-1)).toBe(row);
    expect(slot(deal, 9)).toMatchObject({ notifies: true, overtaken: false, place: { in: 'dm' } });
    expect(slotFaults(slot(deal, 9))).toEqual([]);
    expect(renderedFaults(slot(deal, 9).blocks)).toEqual([]);
  });

  it('gives way to what happened, and still opens the call', () => {
    const done = trying([{ ...one(9, ...moves), report: 'done' }], next);
    const text = read(done, 9);
    expect(text).toMatch(/You (?:left a voicemail|sent it|got no answer)\./u);
    expect(text).not.toContain('```');
    expect(text).toMatch(/\[(?:Reached them|They answered)\]/u);
    expect(renderedFaults(slot(done, 9).blocks)).toEqual([]);
  });
});

it('its buttons name the event that it is about', () => {
  const { blocks } = slot(trying([one(9, 'call')], []), 9);
  const values = JSON.stringify(blocks).match(/"value":"((?:[^"\\]|\\.)*)"/gu) ?? [];
  expect(values.map((it) => decodeRef(JSON.parse(`{${it}}`).value)?.event)).toContain(9);
});

describe('an earlier message', () => {
  const two = (over: Partial<RemindedTry> = {}, more: Partial<Deal> = {}) =>
    trying([{ ...one(9, 'call'), ...over }, one(12, 'last_voicemail')], [planned('last_mail')], more);

  it.each([
    ['is overtaken by the next one', two(), "There's a later reminder."],
    ['keeps what happened', two({ report: 'done' }), 'You got no answer.'],
    ['says that its call was moved', two({ report: 'moved' }), 'You named another time.'],
  ])('%s, without buttons', (_, deal, says) => {
    const text = read(deal, 9);
    expect(text).toContain(says);
    expect(text).not.toContain('[');
    expect(slot(deal, 9).overtaken).toBe(true);
  });

  it('is not edited again when the next one is done, when the rep is on the call, or when the deal closes', () => {
    const before = slot(two(), 9);
    const after = [
      two({}, { verdict: null, position: { stepId: 'thanks', visit: 4 } }),
      two({}, { stage: 'closed', closedBecause: 'three_tries', closedAt: NOW }),
      trying([one(9, 'call'), { ...one(12, 'last_voicemail'), report: 'done' }], []),
    ];
    for (const deal of after) expect(slot(deal, 9)).toEqual(before);
  });
});

it.each([
  [
    'on the call again',
    { verdict: null, position: { stepId: 'thanks', visit: 4 } },
    'You picked this call up again.',
  ],
  [
    'closed after the last try',
    { stage: 'closed', closedBecause: 'three_tries', closedAt: NOW },
    'Nobody was reached, so the deal is closed.',
  ],
  ['reached', { stage: 'closed', verdict: 'no_pulse', closedBecause: 'verdict', closedAt: NOW }, 'Settled.'],
] as const)('the latest message: %s', (_, over, says) => {
  const text = read(trying([one(9, 'call')], [planned('last_voicemail')], over), 9);
  expect(text).toContain(says);
  expect(text).not.toContain('[');
});

it('a call that the rep moved says when it comes, and asks for nothing', () => {
  const text = read(trying([{ ...one(9, 'call'), report: 'moved' }], [planned('call')]), 9);
  expect(text).toContain("I'll remind you <2026-11-24 10:00 UTC> to call again.");
  expect(text).not.toContain('[');
});

it('tells lists and the summary apart from a call under way while only the last mail is left', () => {
  const deal = trying([one(9, 'last_voicemail')], [planned('last_mail')]);
  const summary = slots(deal).find(({ key }) => key === 'summary');
  expect(readBlocks(summary?.blocks)).toContain('Not reached yet');
});

it('says nothing of the words by the plan of earlier releases', () => {
  const keys = slots(trying([one(9, 'voicemail')], [planned('call')])).map(({ key }) => key);
  expect(keys.filter((key) => /^(?:unreached|try):/u.test(key))).toEqual([]);
});
