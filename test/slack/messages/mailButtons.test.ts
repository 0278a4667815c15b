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

it.each([
  ['agreed', newDeal().nextTime, true],
  ['contract_end', { mayCall: 'yes', callOn: null, contractEnd: null, contractMonths: null }, true],
  ['contract_end', newDeal().nextTime, false],
] as const)('long after (%s, %j): words say whether they agreed to the call', (why, nextTime, agreed) => {
  const deal = { ...longAfter, nextTime, reEngagement: { at: NOW, why, remindedBy: 30 } };
  expect(read(deal, 're-engage:30').includes('You said I could call about now.')).toBe(agreed);
});
