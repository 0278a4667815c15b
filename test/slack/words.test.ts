/** Rendered messages and screens read well with real values, also with those that end in a punctuation mark. */
import type { Deal } from '../../src/deal/model/deal';
import { renderThread } from '../../src/slack/messages/renderThread';
import { counter, decline, match } from '../../src/slack/views/decisions';
import { help } from '../../src/slack/views/help';
import { home } from '../../src/slack/views/home';
import { list } from '../../src/slack/views/list';
import { lost, wonBack } from '../../src/slack/views/outcome';
import { upcoming } from '../../src/slack/views/upcoming';
import type { Privacy } from '../../src/store/store';
import { renderedFaults } from '../words/lint';
import {
  countered,
  HOUR,
  heartbeat,
  MANAGER,
  NOW,
  names,
  newDeal,
  person,
  pulse,
  REP,
  reasons,
  wordsOf,
} from './deals';

const TO_MANAGER = ['half_time', 'deadline', 'from_rep'];
const nudges: Deal['nudges'] = (
  ['half_time', 'deadline', 'from_rep', 'name_manager', 'call_back', 'expiry'] as const
).map((kind, index) => ({
  id: 30 + index,
  kind,
  to: TO_MANAGER.includes(kind) ? MANAGER : REP,
  by: kind === 'from_rep' ? REP : null,
  at: NOW,
  timeLeftMs: HOUR,
}));
const DEALS: readonly (readonly [what: string, deal: Deal])[] = [
  ['a call that was left', newDeal({ resumeOffer: 5 })],
  ['an ask', pulse()],
  ['an ask with reminders', pulse({ nudges })],
  ['an ask of a new business', pulse({ business: 'new', nudges })],
  ['a counter-offer', countered({ nudges })],
  ['a signature', countered({ signedReportedAt: 40 })],
  [
    'a deal that is back',
    countered({
      stage: 'closed',
      outcome: { kind: 'won_back', part: 'whole', amount: null, took: 'Time.' },
      outcomeAt: 41,
    }),
  ],
  [
    'a deal that stays lost',
    countered({ stage: 'closed', outcome: { kind: 'lost', reason: 'Too late.' }, outcomeAt: 41 }),
  ],
];

describe.each(DEALS)('%s', (_what, deal) => {
  it.each<Privacy>(['full', 'short'])('reads well in a thread that says: %s', (privacy) => {
    const slots = renderThread(deal, {
      privacy,
      playbook: heartbeat,
      reasons,
      remarks: wordsOf(deal, 'Do it'),
      repName: 'Robin Reyes',
    });
    const ours = slots.flatMap(({ blocks }) => blocks);
    expect(slots.length).toBeGreaterThan(0);
    expect(renderedFaults(ours)).toEqual([]);
  });

  it('reads well on screens', () => {
    const context = { currency: 'EUR', reasons };
    const views = [
      help(),
      list({ viewer: person(REP), names: new Map(), mine: [deal], waiting: deal.ask === null ? [] : [deal] }),
      home({
        mine: [deal],
        waiting: deal.ask === null ? [] : [deal],
        others: [deal],
        recent: [deal],
        viewer: person(REP),
        out: { standIn: MANAGER, until: '2026-11-30', today: '2026-11-24' },
        isAdmin: true,
        isManager: true,
        hasChannel: false,
        setup: {
          channel: null,
          teams: 0,
          responseMinutes: 240,
          fallback: null,
          isResponseChosen: false,
          hasPracticed: false,
          isInvited: false,
        },
        names,
      }),
      upcoming([deal], { viewer: REP, isAdmin: true, page: 0, more: true }),
      ...(deal.ask === null
        ? []
        : [match(deal, context), counter(deal, context), decline(deal), wonBack(deal, context), lost(deal)]),
    ];
    expect(views.flatMap(renderedFaults)).toEqual([]);
  });
});

it('bites on a planted string, and on a button that is too long', () => {
  const planted = { type: 'plain_text', text: 'Settled meanwhile; go on' };
  expect(renderedFaults([{ type: 'section', text: planted }])).toHaveLength(2);
  const button = { type: 'button', text: { type: 'plain_text', text: 'A button with far too many words' } };
  expect(renderedFaults([{ type: 'actions', elements: [button] }])).toHaveLength(1);
});
