/** The sentences of a digest and of three losses. */
import type { Learned, WorstFigures } from '../../../src/coach/learn';
import type { ToldLosses } from '../../../src/coach/losses';
import { digestSlot, lossesSlot } from '../../../src/slack/messages/digest';
import { digestSentence } from '../../../src/slack/text';
import { readBlocks } from '../read';

const REASONS = [
  { id: 'payment_terms', label: 'Payment terms' },
  { id: 'sla', label: 'SLA' },
];
const usd = (minor: number) => ({ minor, currency: 'USD' });
const worst: WorstFigures = {
  reason: 'payment_terms',
  competitor: 'Globex',
  lost: 3,
  worth: [usd(31_000_000)],
  worthNotKnown: 0,
  given: 1,
  inReturn: 0,
  back: 1,
  stillLost: 0,
  cost: [],
  costNotKnown: 1,
  share: null,
};
const none = { backMoney: [], signedMoney: [], cost: [] };
const funnel = { lost: 5, reached: 3, tried: 2, yes: 1, back: 1, signed: 1, asked: 1, inTime: 1, ...none };
const learned = (change: Partial<WorstFigures> | null): Learned =>
  ({
    asked: {
      period: {
        from: 0,
        until: 1,
        named: { kind: 'week', unit: null, quarter: null, month: null, year: null, day: '2026-11-23' },
      },
      competitor: null,
      team: null,
    },
    figures: {
      funnel,
      worst: change === null ? null : { ...worst, ...change },
      reasons: [],
      competitors: [],
      causes: [],
    },
    teamName: null,
    seesAll: true,
    reasons: REASONS,
    exchange: { to: 'USD', rates: [], year: 2026 },
  }) as unknown as Learned;

it.each<readonly [Partial<WorstFigures> | null, string]>([
  [{}, 'Globex beat us on payment terms three times: $310,000. Given once, and it came back.'],
  [
    { back: 0, stillLost: 1 },
    'Globex beat us on payment terms three times: $310,000. Given once, and it stayed lost.',
  ],
  [{ back: 0 }, 'Globex beat us on payment terms three times: $310,000. Given once, and it is still open.'],
  [
    { lost: 12, given: 3, back: 2 },
    'Globex beat us on payment terms 12 times: $310,000. Given three times, back twice.',
  ],
  [{ lost: 2, worth: [], given: 0, reason: 'sla' }, 'Globex beat us on SLA twice.'],
  [
    { worth: [usd(31_000_000), { minor: 2_000_000, currency: 'EUR' }], worthNotKnown: 1, given: 0 },
    'Globex beat us on payment terms three times: $310,000 and €20,000, with 1 amount unknown.',
  ],
])('says what beat us most: %#', (change, sentence) => {
  expect(digestSentence(learned(change)).text).toBe(sentence);
});

it.each([null, { lost: 1 }])('begins with the headline where nothing happened twice', (change) => {
  const { text, isHeadline } = digestSentence(learned(change));
  expect([text, isHeadline]).toEqual([
    expect.stringMatching(/^In the week of November 23 we lost 5 deals/u),
    true,
  ]);
});

it('has a few figures under the sentence, and a button for the report of the same', () => {
  const notice = { tenant: { enterpriseId: '', teamId: 'T1' }, id: 'digest:C1:2026-11-30:week', revision: 1 };
  const slot = digestSlot(
    { ...notice, kind: 'digest', about: '', to: 'C1', followsFrom: null },
    { toChannel: true, learned: learned({}) },
  );
  expect(slot.place).toEqual({ in: 'channel', channel: 'C1' });
  expect(readBlocks(slot.blocks)).toMatch(
    /^Globex beat us on payment terms[\s\S]*we lost 5 deals[\s\S]*\[Report\]/u,
  );
});

it('lists the deals of three losses, the newest first', () => {
  const deal = (id: string, worth: number | null) => ({
    dealId: id,
    account: `Account <${id}>`,
    rep: 'UREP',
    competitor: 'Globex',
    reasons: ['payment_terms'],
    worth: worth === null ? null : usd(worth),
    lostAt: Date.UTC(2026, 2, 9),
  });
  const told: ToldLosses = {
    competitor: 'Globex',
    reason: 'payment_terms',
    deals: [deal('1', null), deal('2', 4_800_000), deal('3', 100_000)],
    reasons: REASONS,
  };
  const slot = lossesSlot(
    {
      tenant: { enterpriseId: '', teamId: 'T1' },
      id: 'x',
      kind: 'three_losses',
      about: '',
      to: 'UMAYA',
      followsFrom: null,
      revision: 1,
    },
    told,
  );
  expect(slot.text).toContain('We lost 3 deals to Globex on payment terms in the last 90 days');
  const text = readBlocks(slot.blocks);
  expect(text.indexOf('Account <3>')).toBeLessThan(text.indexOf('Account <1>'));
  expect(text).toContain('Account <2>, $48,000');
});
