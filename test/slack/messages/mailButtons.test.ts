/** *Copy the mail* stands beside the words to say, with the mail that suits them now. */
import type { Deal } from '../../../src/deal/model/deal';
import { renderThread } from '../../../src/slack/messages/renderThread';
import { mailKeyOf } from '../../../src/slack/text';
import { mail } from '../../../src/slack/views/mail';
import {
  answered,
  countered,
  decision,
  HOUR,
  heartbeat,
  NOW,
  newDeal,
  pendingAsk,
  pulse,
  REP,
  reasons,
} from '../deals';
import { viewFaults } from '../limits';
import { readBlocks, readView } from '../read';

const declined = countered({
  stage: 'calling_back',
  ask: pendingAsk({
    status: 'decided',
    decisions: [decision(20, { kind: 'decline', reason: 'we cannot build it that fast' })],
  }),
});
const nudged = (kind: 'call_back' | 'outcome') =>
  [{ id: 30, kind, to: REP, at: NOW, by: null, timeLeftMs: null }] as const;
const talking = (over: Partial<Deal> = {}): Deal =>
  newDeal({
    verdict: 'keep_talking',
    verdictAt: NOW,
    stage: 'winning_back',
    position: null,
    nudges: nudged('outcome'),
    ...over,
  });
const sending = (over: Partial<Deal> = {}): Deal =>
  talking({
    nudges: nudged('call_back'),
    trail: [answered('send_by', 'send_by', { kind: 'datetime', at: NOW + 2 * HOUR }, 'rep')],
    ...over,
  });
const longAfter = pulse({
  stage: 'closed',
  verdict: 'signed',
  ask: null,
  reEngagement: { at: NOW, why: 'contract_end', remindedBy: 30 },
});

const read = (deal: Deal, key: string): string => {
  const slots = renderThread(deal, {
    privacy: 'full',
    playbook: heartbeat,
    reasons,
    remarks: new Map(),
    repName: null,
  });
  return readBlocks(slots.find((slot) => slot.key === key)?.blocks);
};

it.each([
  ['a yes', countered(), `decision-dm:20:${REP}`, 'offer', 'Subject What we talked about'],
  ['a no', declined, `decision-dm:20:${REP}`, 'decline', 'Subject Thank you for giving us a chance'],
  ['talking again', talking(), 'nudge:30', 'keep_talking', "Subject What I said I'd send"],
  ['an offer that is due', sending(), 'nudge:30', 'keep_talking', "Subject What I said I'd send"],
  ['long after', longAfter, 're-engage:30', 're_engage', 'Subject Before you decide again'],
] as const)('%s', (_, deal, key, mailKey, subject) => {
  expect(read(deal, key)).toContain('[Copy the mail]');
  expect(mailKeyOf(deal)).toBe(mailKey);
  const view = mail(deal, heartbeat, mailKey, 'Robin Reyes');
  expect(readView(view)).toContain(subject);
  expect(readView(view)).toContain('Best,\nRobin Reyes\n```');
  expect(viewFaults(view)).toEqual([]);
});

it.each([
  ['they have signed', { ...declined, signedReportedAt: NOW }],
  [
    'they said yes',
    countered({
      outcome: { kind: 'verbal_yes', part: 'whole', amount: null, took: null, signsOn: '2026-12-04' },
    }),
  ],
  ['the call is not over', newDeal()],
  ['it was closed in peace', newDeal({ stage: 'closed', verdict: 'no_pulse', position: null })],
  ['somebody is asked', pulse()],
] as const)('there is none once %s', (_, deal) => {
  expect(mailKeyOf(deal)).toBeNull();
});

it('an offer that the rep sends alone is due: one tap says that it is sent', () => {
  const text = read(sending(), 'nudge:30');
  expect(text).toContain('Northwind expects your offer. You said <2026-11-23 12:00 UTC>.');
  expect(text).toContain('[Sent it]');
  const sent = sending({ outcome: { kind: 'no_answer' }, outcomeAt: NOW, remindAt: NOW + 24 * HOUR });
  expect(read(sent, 'nudge:30')).toContain("You sent it. I'll remind you <2026-11-24 10:00 UTC>.");
});

describe('long after, the script opens with what the winner had promised', () => {
  const chose = answered('attraction', 'attraction', {
    kind: 'text',
    text: "Three weeks' <!channel> delivery",
  });
  const details = { ...longAfter.details, competitor: 'Globex' };
  const asked = { ...longAfter, details, trail: [chose], pledge: { reminder: 30, answer: null } };
  const QUESTION = "You chose Globex for three weeks' <!channel> delivery. Did that hold?";

  it('and one tap records what they say', () => {
    const text = read(asked, 're-engage:30');
    expect(text).toContain(QUESTION);
    expect(text).toContain("Globex's promise. Tap what they say.");
    expect(text).toContain("[Held] [Partly] [Broken] [Don't know]");
    expect(readView(mail(asked, heartbeat, 're_engage', 'Robin Reyes'))).toContain(`\n\n${QUESTION}\n\n`);
  });

  it.each([
    ['held', 'held'],
    ['partly', 'partly held'],
    ['broken', 'broken'],
    ['unknown', 'not known'],
  ] as const)('and the message shows that it is %s, with the way to change it', (kept, words) => {
    const answer = { kept, source: 'prospect', by: REP, at: NOW } as const;
    const text = read({ ...asked, pledge: { reminder: 30, answer } }, 're-engage:30');
    expect(text).toContain(`Globex's promise: ${words}.`);
    expect(text).toContain('[Change]');
    expect(text).not.toContain('[Held]');
  });

  it('without a competitor it reads well, and a long offer is cut', () => {
    const long = answered('attraction', 'attraction', { kind: 'text', text: 'IT support '.repeat(90) });
    const text = read({ ...asked, details: { ...details, competitor: null }, trail: [long] }, 're-engage:30');
    expect(text).toMatch(/You chose (?:IT support ){10}[^?…]{0,100}… Did that hold\?/u);
    expect(text).toContain('Their promise. Tap what they say.');
  });

  it('a reminder of an earlier release, or without words of the buyer, stays as it was', () => {
    for (const deal of [
      { ...asked, pledge: null },
      { ...asked, trail: [] },
    ]) {
      expect(read(deal, 're-engage:30')).not.toContain('Did that hold?');
      expect(read(deal, 're-engage:30')).not.toContain('[Held]');
    }
    expect(readView(mail({ ...asked, trail: [] }, heartbeat, 're_engage', null))).not.toContain(
      'Did that hold?',
    );
  });
});

it.each([
  ['agreed', newDeal().nextTime, true],
  ['contract_end', { mayCall: 'yes', callOn: null, contractEnd: null, contractMonths: null }, true],
  ['contract_end', newDeal().nextTime, false],
] as const)('long after (%s, %j): words say whether they agreed to the call', (why, nextTime, agreed) => {
  const deal = { ...longAfter, nextTime, reEngagement: { at: NOW, why, remindedBy: 30 } };
  expect(read(deal, 're-engage:30').includes('You said I could call about now.')).toBe(agreed);
});
