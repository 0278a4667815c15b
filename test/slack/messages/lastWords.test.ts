/** The last words of a message that is no longer part of the thread, for every kind. */
import type { Approval, Deal, Nudge, Remark } from '../../../src/deal/model/deal';
import { IN_THREAD, messageKind, SINGLE } from '../../../src/slack/messages/kind';
import { MESSAGE_KINDS, renderThread, retiredSlot } from '../../../src/slack/messages/renderThread';
import type { RenderContext } from '../../../src/slack/messages/slot';
import {
  answered,
  countered,
  decision,
  HOUR,
  heartbeat,
  MANAGER,
  NOW,
  newDeal,
  OTHER,
  pendingAsk,
  pulse,
  question,
  REP,
  reasons,
} from '../deals';
import { readBlocks } from '../read';

const context: RenderContext = {
  privacy: 'full',
  playbook: heartbeat,
  reasons,
  remarks: new Map(),
  repName: 'Robin Reyes',
};
const SAM = 'U0SAM';

/** The rep tapped the wrong answer and goes on from its question. */
const back = (over: Partial<Deal>): Deal => newDeal({ manager: MANAGER, ...over });
const onCall = back({});
const handedOn = { handover: { id: 90, from: REP, by: MANAGER, at: NOW + HOUR }, rep: SAM };
const isWithSam = `Northwind is with <${SAM}> now.`;
const onTheCall = "The rep is back on the call, so there's nothing to decide.";
const notALoss = newDeal({ verdict: 'not_over', stage: 'withdrawn', position: null, manager: MANAGER });
const closed = { stage: 'closed', closedAt: NOW, closedBecause: 'outcome' } as const;

const nudge = (kind: Nudge['kind'], to: string): Nudge => ({
  id: 15,
  kind,
  to,
  by: null,
  at: NOW,
  timeLeftMs: HOUR,
});
const half = nudge('half_time', MANAGER);
const calling = nudge('call_back', REP);
const holding = nudge('holding', REP);
const remark: Remark = {
  id: 17,
  by: MANAGER,
  at: NOW,
  channel: 'C0',
  ts: '1.1',
  offersDecision: true,
  answers: null,
  editedAt: null,
  editedTs: null,
  deleted: false,
};
const approval: Approval = {
  id: 19,
  by: MANAGER,
  terms: { kind: 'counter', terms: 'Net 90', levers: [], value: null, inReturn: null, expiresAt: null },
  approver: SAM,
  standsFor: null,
  limit: { amount: null, percent: 10 },
  insteadOf: null,
  at: NOW,
  answerBy: NOW + HOUR,
  waitsUntil: null,
  urgent: null,
};
const asking = (over: Parameters<typeof pendingAsk>[0], more: Partial<Deal> = {}) =>
  pulse({ ask: pendingAsk(over), ...more });
const toChannel = {
  id: 16,
  to: { kind: 'channel', channel: 'C0FALL' },
  at: NOW,
  answerBy: NOW + HOUR,
  waitsUntil: null,
  urgent: null,
  why: null,
} as const;
const told = asking({ news: { id: 18, to: MANAGER, facts: ['amount'] } });
const proposed = { ...decision(20, approval.terms), by: SAM, proposedBy: OTHER };
const approved = countered({ ask: pendingAsk({ status: 'decided', decisions: [proposed] }) });
const asked = asking({ questions: [question(14, 'How many?', 'About 400')] });
const wonBack = countered({
  ...closed,
  outcome: { kind: 'won_back', part: 'whole', amount: null, took: null },
  outcomeAt: NOW,
});
const signed = pulse({
  stage: 'calling_back',
  signedReportedAt: NOW,
  ask: pendingAsk({ status: 'withdrawn' }),
});
const unreached = newDeal({ verdict: 'unreached', verdictAt: NOW, position: null, tries: 1, tryReminder: 9 });
const trying: Deal = {
  ...unreached,
  tryReminder: null,
  cadence: { since: NOW, plan: [], reminded: [{ id: 9, at: NOW, moves: ['voicemail'], report: null }] },
};
const reminded = pulse({
  ...closed,
  verdict: 'signed',
  ask: null,
  reEngagement: { at: NOW, why: 'agreed', remindedBy: 30 },
});
const left = newDeal({ resumeOffer: 5 });

const removed = (deal: Deal): Deal => ({
  ...deal,
  stage: 'withdrawn',
  removed: { from: deal.stage === 'withdrawn' ? 'closed' : deal.stage, by: REP, isErased: false },
});
const erased = (deal: Deal, by: string | null = REP): Deal => ({
  ...deal,
  stage: 'withdrawn',
  removed: { from: 'coaching', by, isErased: true },
});
const notLost = "This one isn't lost after all.";
const nothingLost = `${notLost} There's nothing to decide. Thanks for looking at it.`;
const stillLost = countered({ ...closed, outcome: { kind: 'lost', reason: null }, outcomeAt: NOW });

/** The key of a message, a deal that wants it, a deal that no longer does, and the message's last words. */
const CASES: readonly (readonly [key: string, before: Deal, after: Deal, words: string])[] = [
  ['summary', pulse(), onCall, 'Northwind. Back on the call.'],
  [
    'summary',
    pulse(),
    back({ stage: 'closed', position: null, closedBecause: 'abandoned' }),
    'Northwind. Closed. The call was not finished.',
  ],
  ['transcript', pulse(), onCall, 'Back on the call.'],
  ['transcript', pulse(), notALoss, 'Not a loss.'],
  ['transcript', pulse(), pulse({ trail: [], details: newDeal().details }), 'Nothing is recorded.'],
  ['who-decides:12', asking({ manager: null }), onCall, `Who decides about Northwind? ${onTheCall}`],
  ['who-decides:12', asking({ manager: null }), asking({ manager: null }, handedOn), isWithSam],
  [
    `ask:12:${MANAGER}`,
    pulse(),
    asking({ manager: OTHER, addressedBy: 18 }),
    `<${MANAGER}> was asked. It is with <${OTHER}> now.`,
  ],
  [`ask:12:${MANAGER}`, pulse(), notALoss, `<${MANAGER}> was asked. No longer waiting.`],
  [`ask-dm:12:${MANAGER}`, pulse(), onCall, `Northwind: ${onTheCall}`],
  [`ask-dm:12:${MANAGER}`, pulse(), notALoss, 'Northwind: No longer waiting.'],
  [`ask-news:18:${MANAGER}`, told, onCall, 'No longer waiting.'],
  ['ask-channel:16:C0FALL', asking({ escalations: [toChannel] }), onCall, 'No longer waiting.'],
  [
    `approval:19:${SAM}`,
    asking({ approval }),
    pulse(),
    'A proposal that waited for approval. No longer waiting.',
  ],
  [
    `approval-dm:19:${SAM}`,
    asking({ approval }),
    asking({ approval: { ...approval, approver: OTHER } }),
    `Northwind: It is with <${OTHER}> now.`,
  ],
  [`approval-rep:19:${REP}`, asking({ approval }), pulse(), 'Northwind: No longer waiting.'],
  ['question:14', asked, onCall, 'No longer waiting.'],
  [`question-dm:14:${REP}`, asked, onCall, 'Northwind: No longer waiting.'],
  [`question-dm:14:${REP}`, asked, { ...asked, ...handedOn }, isWithSam],
  [`answer-dm:14:${MANAGER}`, asked, onCall, 'Northwind: No longer waiting.'],
  [`decision-dm:20:${REP}`, countered(), countered(handedOn), isWithSam],
  [`decision-proposed:20:${OTHER}`, approved, { ...approved, rep: OTHER }, `<${SAM}> decided: counter.`],
  ['handover:90:U0SAM', pulse(handedOn), pulse({ ...handedOn, rep: REP }), `Northwind is with <${REP}> now.`],
  ['handover:90:U0SAM', pulse(handedOn), { ...notALoss, ...handedOn }, 'Northwind: Not a loss.'],
  ['resume:5', left, newDeal(), 'You picked the call with Northwind up again.'],
  ['resume:5', left, { ...left, ...handedOn }, isWithSam],
  ['resume:5', left, removed(left), "Northwind isn't lost, so it's off your list."],
  [
    'resume:5',
    left,
    erased(left),
    "Northwind is off your list. Nothing was written down, so there's nothing to keep.",
  ],
  [
    'resume:5',
    left,
    erased(left, null),
    "Your call with Northwind ended without an answer, so there's nothing to keep.",
  ],
  ['handover:90:U0SAM', { ...left, ...handedOn }, erased({ ...left, ...handedOn }), 'Northwind: Not a loss.'],
  // The rep had gone back to the call.
  ['summary', pulse(), removed(onCall), `Northwind. ${notLost}`],
  [`ask-dm:12:${MANAGER}`, pulse(), removed(onCall), `Northwind: ${nothingLost}`],
  ['unreached:1', unreached, removed(unreached), `Northwind. ${notLost}`],
  ['try:9', unreached, removed(unreached), `Northwind. ${notLost}`],
  [`signed:${NOW}`, signed, removed(signed), notLost],
  [`signed-dm:${NOW}:${MANAGER}`, signed, removed(signed), `Northwind. ${notLost}`],
  [`outcome:${NOW}`, stillLost, removed(stillLost), notLost],
  ['re-engage:30', reminded, removed(reminded), `Northwind. ${notLost}`],
  ['nudge:15', pulse({ nudges: [half] }), back({ nudges: [half] }), 'No longer waiting.'],
  ['nudge:15', countered({ nudges: [calling] }), countered({ nudges: [calling], ...handedOn }), isWithSam],
  [`nudge-dm:15:${MANAGER}`, pulse({ nudges: [half] }), back({ nudges: [half] }), `Northwind: ${onTheCall}`],
  [
    `holding:15:${REP}`,
    pulse({ nudges: [holding] }),
    back({ nudges: [holding] }),
    'Northwind: No longer waiting.',
  ],
  [`holding:15:${REP}`, pulse({ nudges: [holding] }), pulse({ nudges: [holding], ...handedOn }), isWithSam],
  ['offer:17', pulse({ remarks: [remark] }), back({ remarks: [remark] }), `Northwind: ${onTheCall}`],
  ['unreached:1', unreached, newDeal(), 'You tried Northwind again.'],
  ['unreached:1', unreached, { ...unreached, ...handedOn }, isWithSam],
  ['try:9', unreached, newDeal(), 'You tried Northwind again.'],
  ['try:9', unreached, { ...unreached, ...handedOn }, isWithSam],
  ['cadence:9', trying, newDeal(), 'Northwind: No longer waiting.'],
  ['cadence:9', trying, { ...trying, ...handedOn }, isWithSam],
  [`signed:${NOW}`, signed, pulse(), 'The deal was opened again after this.'],
  [`signed-dm:${NOW}:${MANAGER}`, signed, pulse(), 'Northwind. Reopened.'],
  [`outcome:${NOW}`, wonBack, countered(), 'The deal was opened again after this.'],
  [`outcome-dm:${NOW}:${REP}`, wonBack, countered(), 'Northwind was opened again after this.'],
  [`outcome-dm:${NOW}:${REP}`, wonBack, { ...wonBack, ...handedOn }, isWithSam],
  [
    `closed:${NOW}`,
    countered({ ...closed, closedBecause: 'silence' }),
    countered(),
    'The deal was opened again after this.',
  ],
  [
    're-engage:30',
    reminded,
    back({ trail: [answered('thanks', null, { kind: 'said' })] }),
    'Northwind: Reopened.',
  ],
  ['re-engage:30', reminded, { ...reminded, reEngagement: null }, 'Northwind: No longer waiting.'],
  ['re-engage:30', reminded, { ...reminded, ...handedOn }, isWithSam],
];

const wants = (deal: Deal, key: string) => renderThread(deal, context).find((slot) => slot.key === key);

it.each(CASES)('%s', (key, before, after, words) => {
  expect(wants(before, key)).toBeDefined();
  expect(wants(after, key)).toBeUndefined();
  const last = retiredSlot(after, key, context);
  expect(readBlocks(last?.blocks)).toBe(words);
  // An edit replaces it in place and alerts nobody.
  expect(last).toMatchObject({ key, overtaken: true, notifies: false });
  expect(last?.place.in).toBe(wants(before, key)?.place.in);
});

it('covers every kind that can leave', () => {
  const covered = new Set(CASES.map(([key]) => key.split(':')[0]));
  const leaving = MESSAGE_KINDS.filter(({ neverLeaves }) => !neverLeaves).map(({ kind }) => kind);
  expect([...covered].sort()).toEqual(leaving.sort());
});

it('the compiler asks a new kind for them', () => {
  const kind = { kind: 'news', key: SINGLE, place: IN_THREAD, notifies: true, phases: ['thread'] } as const;
  // @ts-expect-error: `lastWords` is missing
  messageKind({ ...kind, messages: () => [] });
  expect(messageKind({ ...kind, messages: () => [], lastWords: () => ['Over.'] }).kind).toBe('news');
});

it('a message of another release stays as it is', () => {
  for (const key of ['channel_unusable:C0', 'ask:12', 'ask:x:U1', 'summary:1', 'nudge:', 'handover:8:'])
    expect(retiredSlot(onCall, key, context)).toBeNull();
});
