/** The words that people read while an ask goes from one person to the next, is pending, or needs a second yes. */

import { hasMessages } from '../../../src/deal/evolve/evolve';
import type {
  Answered,
  Approval,
  Ask,
  Deal,
  Decision,
  Escalation,
  LedgerLessons,
  RescueFigures,
  YesTerms,
} from '../../../src/deal/model/deal';
import { renderThread, retiredSlot } from '../../../src/slack/messages/renderThread';
import type { Slot } from '../../../src/slack/messages/slot';
import type { Privacy } from '../../../src/store/store';
import {
  answered,
  countered,
  decision,
  HOUR,
  heartbeat,
  ledger,
  longest,
  MANAGER,
  NO_RESCUES,
  NOW,
  newDeal,
  OTHER,
  pendingAsk,
  pulse,
  REP,
  reasons,
  wordsOf,
} from '../deals';
import { slotFaults } from '../limits';
import { readBlocks } from '../read';

const SAM = 'U0SAM';
const DECIDE = '[Match it] [Counter] [Decline] [Ask Robin]';

const render = (deal: Deal, privacy: Privacy = 'full'): Slot[] =>
  renderThread(deal, {
    privacy,
    playbook: heartbeat,
    reasons,
    remarks: wordsOf(deal),
    repName: 'Robin Reyes',
  });
const keys = (deal: Deal, privacy: Privacy = 'full') => render(deal, privacy).map(({ key }) => key);
function read(deal: Deal, key: string, privacy: Privacy = 'full'): string {
  const slot = render(deal, privacy).find((it) => it.key === key);
  if (slot === undefined) throw new Error(`there is no ${key}, only ${keys(deal, privacy).join(', ')}`);
  return readBlocks(slot.blocks);
}
const asking = (over: Partial<Ask>, more: Partial<Deal> = {}) => pulse({ ask: pendingAsk(over), ...more });

describe('an ask outside working hours', () => {
  it('stands in the thread at once, mentions nobody yet, and has no direct message', () => {
    const deal = asking({ waitsUntil: NOW + 9 * HOUR });
    const thread = read(deal, `ask:12:${MANAGER}`);
    expect(thread).toContain(
      "We'll ask whoever decides <2026-11-23 19:00 UTC>, when their working day begins.",
    );
    expect(thread).not.toContain(MANAGER);
    expect(thread).toContain(DECIDE);
    expect(keys(deal)).not.toContain(`ask-dm:12:${MANAGER}`);
  });

  it('that cannot wait says why', () => {
    expect(read(asking({ urgent: 'promise' }), `ask-dm:12:${MANAGER}`)).toContain(
      'Outside your working hours, because they expect our call by <2026-11-24 12:00 UTC>.',
    );
    expect(read(asking({ urgent: 'signing' }), `ask-dm:12:${MANAGER}`)).toContain(
      'Outside your working hours, because they sign on Friday, 27 Nov 2026.',
    );
    expect(read(asking({}), `ask-dm:12:${MANAGER}`)).not.toContain('Outside');
  });
});

describe('a yes in a team with limits', () => {
  const offer: YesTerms = {
    kind: 'counter',
    terms: 'Ninety days',
    levers: [],
    value: null,
    inReturn: null,
    expiresAt: null,
  };
  const yes = (more: Partial<Decision>, value: YesTerms['value'] = null): Decision =>
    ({ ...decision(20, { ...offer, value }), ...more }) as Decision;
  const raised = { from: { minor: 4_800_000, currency: 'EUR' }, to: { minor: 9_000_000, currency: 'EUR' } };
  const said = (made: Decision) => read(asking({ status: 'decided', decisions: [made] }), 'decision:20');

  it('says in the thread that it has no cost, and asks the approver to look', () => {
    const zero = yes({ uncosted: { approver: SAM } }, { minor: 0, currency: 'EUR' });
    expect(said(zero)).toContain(
      `says that it costs nothing, so no limit applies. <${SAM}>, please take a look.`,
    );
    expect(said(yes({ uncosted: { approver: null } }))).toContain('gave no cost, so no limit applies.');
    expect(said(yes({}))).not.toContain('no limit applies');
  });

  it('says in the thread that the worth went up, and so do the ask and the proposal', () => {
    const up = 'The worth went up from €48,000 to €90,000 since the ask.';
    expect(said(yes({ worthRaised: raised }))).toContain(up);
    const deal = asking({ worth: { first: raised.from, earlier: null } });
    const now = { ...deal, details: { ...deal.details, amount: raised.to } };
    for (const key of [`ask:12:${MANAGER}`, `ask-dm:12:${MANAGER}`]) expect(read(now, key)).toContain(up);
  });

  it('says in the thread when the worth went up after what was pre-approved for deals up to a size', () => {
    const given = (countsWorth: boolean) => {
      const preApproved = { give: 'G1', reason: 'price', countsWorth };
      const worth = { first: raised.from, earlier: null };
      const deal = asking({ status: 'decided', decisions: [yes({})], preApproved, worth });
      return read({ ...deal, details: { ...deal.details, amount: raised.to } }, 'decision:20');
    };
    expect(given(true)).toContain('The worth went up from €48,000 to €90,000 since then.');
    expect(given(false)).not.toContain('went up');
  });
});

describe('an ask for which nobody was left', () => {
  const went = { at: NOW, answerBy: NOW + HOUR, waitsUntil: null, urgent: null };
  const on = { ...went, id: 16, to: { kind: 'person' as const, userId: SAM } };
  const inChannel = { ...went, id: 17, to: { kind: 'channel' as const, channel: 'C0FALL' } };

  it('says in the thread, to the person and in the channel that it was the deal of whoever would decide', () => {
    const why = { kind: 'own_deal' as const, userId: MANAGER };
    const deal = asking({
      escalations: [
        { ...on, why },
        { ...inChannel, why },
      ],
    });
    const because = `It was <${MANAGER}>’s own deal, so it came to `;
    expect(read(deal, `ask:16:${SAM}`)).toContain(`${because}<${SAM}>.`);
    expect(read(deal, `ask-dm:16:${SAM}`)).toContain(`${because}you.`);
    expect(read(deal, 'ask-channel:17:C0FALL')).toContain(
      'is open to it, and it was the deal of the person who would decide.',
    );
  });

  it('says that nobody was named', () => {
    const why = { kind: 'nobody_named' as const };
    const deal = asking({
      manager: null,
      escalations: [
        { ...on, why },
        { ...inChannel, why },
      ],
    });
    expect(read(deal, `ask-dm:16:${SAM}`)).toContain('Nobody was named to decide, so it came to you.');
    expect(read(deal, 'ask-channel:17:C0FALL')).toContain('is open to it, and nobody was named to decide.');
  });
});

describe('the time to decide', () => {
  const due = (trail: readonly Answered[], over: Partial<Ask> = {}) =>
    read(asking(over, { trail }), `ask-dm:12:${MANAGER}`)
      .split('\n')[1]
      ?.replace(/^[^.]*\. ?/u, '');
  const promised = (at: number) => answered('promise', 'promise', { kind: 'datetime', at });
  const signs = (date: string) => answered('signing_date', 'signing_date', { kind: 'date', date });
  const [deadline, day] = [pendingAsk().deadline, new Date(pendingAsk().deadline).toISOString().slice(0, 10)];

  it.each<[string, readonly Answered[], Partial<Ask>, string]>([
    [
      'the call-back',
      [promised(deadline + HOUR / 2)],
      {},
      `<${REP}> promised to call back <2026-11-23 14:30 UTC>.`,
    ],
    ['the signature', [signs(day)], {}, 'They plan to sign on Monday, 23 Nov 2026.'],
    ['nothing agreed', [], {}, 'No call-back agreed, so you have your usual four hours.'],
    [
      'another usual time',
      [],
      { usualMinutes: 90 },
      'No call-back agreed, so you have your usual 90 minutes.',
    ],
    [
      'a call-back that is later',
      [promised(deadline + 20 * HOUR)],
      {},
      `You have your usual four hours. <${REP}> promised to call back <2026-11-24 10:00 UTC>.`,
    ],
    ['an ask of an earlier release', [], { usualMinutes: null }, ''],
  ])('says why then: %s', (_, trail, over, words) => {
    expect(due(trail, over)).toBe(words);
  });

  it('the first ask of a person says what it is, in their direct message alone', () => {
    const deal = asking({ isFirst: true });
    const first =
      "This is your first ask. It's a deal we just lost, and your yes could win it back. If you're out, pick a stand-in with /lostdeal out.";
    expect(read(deal, `ask-dm:12:${MANAGER}`)).toContain(first);
    expect(read(deal, `ask:12:${MANAGER}`)).not.toContain(first);
    expect(read(asking({}), `ask-dm:12:${MANAGER}`)).not.toContain(first);
  });
});

describe('an ask that goes to somebody else', () => {
  const escalation = (over: Partial<Escalation> = {}): Escalation => ({
    id: 16,
    to: { kind: 'person', userId: SAM },
    at: NOW + 4 * HOUR,
    answerBy: NOW + 6 * HOUR,
    waitsUntil: null,
    urgent: null,
    why: null,
    ...over,
  });

  it('to a stand-in says for whom, and until when', () => {
    const standsFor = { manager: MANAGER, until: '2026-11-30' };
    expect(read(asking({ manager: SAM, standsFor }), `ask-dm:12:${SAM}`)).toContain(
      `For <${MANAGER}>, who is out until Monday, 30 Nov 2026.`,
    );
    const open = asking({ manager: SAM, standsFor: { manager: MANAGER, until: null } });
    expect(read(open, `ask:12:${SAM}`)).toContain(`For <${MANAGER}>, who is out.`);
  });

  it.each<[string, Partial<Ask>, string]>([
    ['named', { came: { how: 'named', by: OTHER } }, `Asked by <${REP}>. <${OTHER}> named you to decide.`],
    ['named by the rep', { came: { how: 'named', by: REP } }, `\n<${REP}> named you to decide. Tap`],
    [
      'after somebody left',
      { came: { how: 'left', userId: OTHER } },
      `<${OTHER}> has left, so it came to you.`,
    ],
    [
      'taken in a channel',
      { came: { how: 'taken' }, escalations: [escalation({ to: { kind: 'channel', channel: 'C0FALL' } })] },
      'You took it in ',
    ],
  ])('says why: %s', (_, over, why) => {
    const deal = asking(over);
    expect(read(deal, `ask-dm:12:${MANAGER}`)).toContain(why);
    const told = why.replace('you to decide', 'them').replace(/you/iu, `<${MANAGER}>`);
    if (why.startsWith('\n'))
      expect(read(deal, `ask:12:${MANAGER}`)).toContain(`decides. Asked by <${REP}>.\n`);
    else expect(read(deal, `ask:12:${MANAGER}`)).toContain(told);
  });

  it('on to the next, whoever had it or would have decided having left, says so', () => {
    const left = asking({ escalations: [escalation({ left: OTHER })] });
    expect(read(left, `ask-dm:16:${SAM}`)).toContain(`<${OTHER}> had it and has left, so it came to you.`);
    expect(read(left, `ask-dm:16:${SAM}`)).not.toContain('Nobody has decided yet');
    const unnamed = asking({
      manager: null,
      came: { how: 'left', userId: OTHER },
      escalations: [escalation({ why: { kind: 'nobody_named' } })],
    });
    expect(read(unnamed, `ask-dm:16:${SAM}`)).toContain(
      `<${OTHER}> has left and nobody else is named, so it came to you.`,
    );
    const channel = { kind: 'channel', channel: 'C0FALL' } as const;
    const offered = asking({ escalations: [escalation({ to: channel, left: OTHER })] });
    expect(read(offered, 'ask-channel:16:C0FALL')).toContain('and the person who had it has left.');
  });

  it('on to the next is a notification of its own, with the facts and the buttons; the first keeps theirs', () => {
    const deal = asking({ escalations: [escalation()] });
    for (const key of [`ask:16:${SAM}`, `ask-dm:16:${SAM}`]) {
      expect(read(deal, key)).toContain('decide by <2026-11-23 16:00 UTC>');
      expect(read(deal, key)).toContain('Nobody has decided yet, so it');
      expect(read(deal, key)).toContain('The board meets on Thursday.');
      expect(read(deal, key)).toContain(DECIDE);
    }
    expect(read(deal, `ask-dm:12:${MANAGER}`)).toContain(DECIDE);
    expect(read(deal, 'summary')).toContain('due <2026-11-23 16:00 UTC>');
  });

  it('once decided, every one of them says who, what and when', () => {
    const ask = { ...countered().ask, escalations: [escalation()] } as Ask;
    const deal = countered({ ask });
    for (const key of [`ask-dm:12:${MANAGER}`, `ask-dm:16:${SAM}`, `ask:16:${SAM}`]) {
      expect(read(deal, key)).toContain(`<${MANAGER}> decided: counter (<2026-11-23 10:00 UTC>).`);
      expect(read(deal, key)).not.toContain('[Match it]');
    }
  });

  it('to a channel tells no name, word or amount, and ends when somebody took it', () => {
    const to = { kind: 'channel', channel: 'C0FALL' } as const;
    const deal = asking({ escalations: [escalation({ to })] });
    const call = read(deal, 'ask-channel:16:C0FALL');
    expect(call).toContain("[I'll take it]");
    for (const secret of ['Northwind', '48', 'Delivery', 'Contoso']) expect(call).not.toContain(secret);
    const taken = asking({ escalations: [escalation({ to })], manager: SAM, addressedBy: 18 });
    expect(read(taken, 'ask-channel:16:C0FALL')).toContain(`It is with <${SAM}> now.`);
    expect(read(taken, 'ask-channel:16:C0FALL')).not.toContain('[');
    expect(read(taken, `ask-dm:18:${SAM}`)).toContain(DECIDE);
  });

  it('a signed contract is announced to everybody who got the ask, and to nobody else', () => {
    const later = escalation({ id: 17, to: { kind: 'person', userId: OTHER }, waitsUntil: NOW + HOUR });
    const ask = { status: 'withdrawn', escalations: [escalation(), later] } as const;
    const deal = asking(ask, { stage: 'calling_back', signedReportedAt: NOW });
    expect(keys(deal).filter((key) => key.startsWith('signed-dm'))).toEqual([
      `signed-dm:${NOW}:${MANAGER}`,
      `signed-dm:${NOW}:${SAM}`,
    ]);
  });
});

describe('an earlier message of an ask that went to another person', () => {
  const nudged = (kind: 'deadline' | 'holding', to: string): Deal =>
    asking(
      { manager: SAM, addressedBy: 18 },
      { nudges: [{ id: 16, kind, to, by: null, at: NOW, timeLeftMs: 0 }] },
    );

  it('to the manager says so; the words to hold the line still help', () => {
    expect(read(nudged('deadline', MANAGER), `nudge-dm:16:${MANAGER}`)).toContain(
      'Somebody else has the ask now.',
    );
    expect(read(nudged('holding', REP), `holding:16:${REP}`)).toContain("> Hi Ms Reyes, I said I'd call");
  });
});

describe('a yes that somebody else approves', () => {
  const approval: Approval = {
    id: 19,
    by: MANAGER,
    terms: {
      kind: 'counter',
      terms: 'Ninety days to pay',
      levers: ['term'],
      value: { minor: 600_000, currency: 'EUR' },
      inReturn: null,
      expiresAt: null,
    },
    approver: SAM,
    standsFor: null,
    limit: { amount: { minor: 500_000, currency: 'EUR' }, percent: 10 },
    insteadOf: null,
    at: NOW,
    answerBy: NOW + 2 * HOUR,
    waitsUntil: null,
    urgent: null,
  };
  const deal = asking({ approval });

  it('is shown as such, with the facts and three buttons for the approver', () => {
    const first = `<${MANAGER}> wants to counter with “Ninety days to pay”. That's over their limit of €5,000 or 10% of the deal, so `;
    expect(read(deal, `approval:19:${SAM}`)).toContain(`${first}<${SAM}> has to approve it.`);
    const dmCopy = read(deal, `approval-dm:19:${SAM}`);
    for (const words of [
      `${first}it needs your OK.`,
      'What it costs us: €6,000',
      'The board meets on Thursday.',
      'Answer by',
    ]) {
      expect(dmCopy).toContain(words);
    }
    expect(dmCopy).toContain('[Approve] [Change] [Decline]');
    const instead = read(asking({ approval: { ...approval, insteadOf: OTHER } }), `approval:19:${SAM}`);
    expect(instead).toContain(`so <${SAM}> has to approve it instead of <${OTHER}>, who can’t.`);
    expect(read(deal, `ask-dm:12:${MANAGER}`)).toContain(
      `<${MANAGER}> has proposed an answer. It still needs an OK.`,
    );
  });

  it('the rep hears that it is on its way, and no terms', () => {
    const told = read(deal, `approval-rep:19:${REP}`);
    expect(told).toContain('A decision about Northwind is on its way.');
    expect(told).toContain("Don't promise anything yet");
    expect(told).not.toContain('Ninety days');
  });

  it('in a public channel it has no words and no amounts', () => {
    const short = read(deal, `approval:19:${SAM}`, 'short');
    for (const secret of ['Ninety', '€', 'Northwind']) expect(short).not.toContain(secret);
  });

  it('before their working day nobody mentions the approver', () => {
    const waiting = asking({ approval: { ...approval, waitsUntil: NOW + 5 * HOUR } });
    expect(read(waiting, `approval:19:${SAM}`)).not.toContain(SAM);
    expect(read(waiting, `approval-rep:19:${REP}`)).not.toContain(SAM);
    expect(keys(waiting)).not.toContain(`approval-dm:19:${SAM}`);
  });

  it('with a stand-in it says for whom; what went to the approver says where it is now', () => {
    const standsFor = { manager: OTHER, until: '2026-11-30' };
    const passed = asking({ approval: { ...approval, standsFor } });
    const words = `for <${OTHER}>, who is out until Monday, 30 Nov 2026.`;
    expect(read(passed, `approval:19:${SAM}`)).toContain(`so <${SAM}> has to approve it ${words}`);
    expect(read(passed, `approval-dm:19:${SAM}`)).toContain(`so it needs your OK ${words}`);
    const context = {
      privacy: 'full' as const,
      playbook: heartbeat,
      reasons,
      remarks: new Map(),
      repName: 'Robin Reyes',
    };
    for (const key of [`approval:19:${OTHER}`, `approval-dm:19:${OTHER}`]) {
      expect(readBlocks(retiredSlot(passed, key, context)?.blocks)).toContain(`It is with <${SAM}> now.`);
    }
  });

  it('the next person is asked about the proposal, with its terms', () => {
    const telling = { waitsUntil: null, urgent: null, at: NOW, answerBy: NOW + HOUR };
    const on = { ...telling, id: 23, why: null, to: { kind: 'person' as const, userId: OTHER } };
    const wentOn = asking({ approval, escalations: [on] });
    for (const key of [`ask:23:${OTHER}`, `ask-dm:23:${OTHER}`]) {
      const message = read(wentOn, key);
      expect(message).toContain('Nobody has approved it yet, so it');
      expect(message).toContain('What it costs us: €6,000');
      expect(message).toContain('[Approve] [Change] [Decline]');
    }
    const short = read(wentOn, `ask:23:${OTHER}`, 'short');
    for (const secret of ['Ninety', '€', 'Northwind']) expect(short).not.toContain(secret);
  });

  it('afterwards its messages show the decision, and the proposer reads it', () => {
    const [made] = countered().ask?.decisions ?? [];
    if (made === undefined) throw new Error('nothing was decided');
    const ask = pendingAsk({ status: 'decided', decisions: [{ ...made, by: SAM, proposedBy: MANAGER }] });
    const decided = countered({ ask });
    const context = {
      privacy: 'full' as const,
      playbook: heartbeat,
      reasons,
      remarks: new Map(),
      repName: 'Robin Reyes',
    };
    for (const key of [`approval:19:${SAM}`, `approval-dm:19:${SAM}`, `approval-rep:19:${REP}`]) {
      const last = retiredSlot(decided, key, context);
      expect(readBlocks(last?.blocks)).toContain(`<${SAM}> decided: counter, as <${MANAGER}> proposed (`);
    }
    expect(read(decided, `decision-proposed:20:${MANAGER}`)).toContain(
      ' decided on your proposal for Northwind: counter.',
    );
  });

  it('fits Slack with the longest words', () => {
    const long = longest({ ask: { ...(longest().ask as Ask), approval } });
    expect(render(long).flatMap(slotFaults)).toEqual([]);
    expect(render(long, 'short').flatMap(slotFaults)).toEqual([]);
  });
});

describe('the facts at hand', () => {
  it('the cost of a yes, as the rep estimates it', () => {
    const costs = (minor: number) => {
      const yesCosts = { minor, currency: 'EUR' };
      return read(pulse({ details: { ...pulse().details, yesCosts } }), `ask-dm:12:${MANAGER}`);
    };
    expect(costs(600_000)).toContain("Against Contoso. Saying yes costs about €6,000 (13%).  rep's guess");
    expect(costs(0)).toContain('Saying yes costs us nothing.');
    expect(read(pulse(), `ask-dm:12:${MANAGER}`)).not.toContain('Saying yes costs');
  });

  it('our own offer stands beneath theirs; nowhere in a short thread', () => {
    const deal = pulse({ details: { ...pulse().details, ourOffer: 'Eight weeks, €48,000' } });
    expect(read(deal, `ask-dm:12:${MANAGER}`)).toMatch(
      /three weeks[^\n]*\n[\s\S]*\n\W*Our offer\W*\n[^\n]*Eight weeks, €48,000/u,
    );
    expect(JSON.stringify(render(deal, 'short').filter(({ place }) => place.in === 'thread'))).not.toContain(
      'Eight weeks',
    );
  });

  const trackRecord = (
    over: Partial<RescueFigures>,
    alike: Partial<RescueFigures> | null = null,
  ): string[] => {
    const sameKind = alike === null ? null : { ...NO_RESCUES, ...alike, kinds: ['payment_terms'] };
    const dmCopy = read(
      asking({ ledger: { rescues: { ...NO_RESCUES, ...over }, sameKind } }),
      `ask-dm:12:${MANAGER}`,
    );
    const lines = dmCopy.split('\n');
    const from = lines.findIndex((line) => line.startsWith('Against Contoso: '));
    expect(from).toBeGreaterThan(lines.findIndex((line) => line.startsWith(`<${REP}> recommends`)));
    return lines.slice(from).filter((line) => /^(Against|Of|We|On) /u.test(line));
  };
  const usd = (major: number) => ({ minor: major * 100, currency: 'USD' });
  const eur = (major: number) => ({ minor: major * 100, currency: 'EUR' });

  it('the track record says what was tried, what came back, what we moved and what it cost', () => {
    const three = { lost: 7, pulse: 4, asked: 3, inTime: 2, tried: 3, matched: 2, countered: 1, wonWhole: 2 };
    const cost = [{ kinds: ['payment_terms'], cost: usd(5_000) }];
    expect(trackRecord({ ...three, won: [usd(96_000)], givenUp: cost })).toEqual([
      'Against Contoso: 3 rescues tried, 2 won back ($96,000). We gave up $5,000 on payment terms.',
      'We matched 2 and countered 1. Of 7 lost to them, 4 would have chosen us. 3 went to a manager, 2 of them answered in time.',
    ]);
  });

  it('the track record gives no rate below three that ended, and never adds up currencies', () => {
    const two = { lost: 2, pulse: 2, tried: 2, given: 1, wonPart: 1, stayedLost: 1 };
    expect(trackRecord(two)[0]).toBe('Against Contoso: 2 rescues tried, 1 won back, in part.');
    const costs = [
      { kinds: ['price'], cost: eur(200) },
      { kinds: ['payment_terms'], cost: usd(100) },
      { kinds: ['payment_terms'], cost: eur(50) },
    ];
    const ended = { ...two, lost: 9, tried: 5, wonWhole: 2, won: [eur(9), usd(8)], givenUp: costs };
    expect(trackRecord(ended)[0]).toBe(
      'Against Contoso: 5 rescues tried, 3 won back (€9 and $8), 1 of them in part, 75% of the 4 that ended. We gave up €250 and $100.',
    );
  });

  it('the track record of the same kind of offer has a line of its own', () => {
    expect(
      trackRecord({ lost: 4, pulse: 1 }, { lost: 1, pulse: 1, tried: 1, asked: 1, countered: 1 }),
    ).toEqual([
      'Against Contoso: no rescue tried so far.',
      'Of 4 lost to them, 1 would have chosen us.',
      'On payment terms: 1 rescue tried, none won back. We countered 1.',
    ]);
    expect(
      read(asking({ ledger: { rescues: NO_RESCUES, sameKind: null } }), `ask-dm:12:${MANAGER}`),
    ).not.toContain('Against Contoso:');
  });

  it('the few lines that would change this decision: whether the reason was true, and whether they keep their word', () => {
    const given = (counts: object) => ({
      reason: 'price',
      given: 6,
      inReturn: 0,
      back: 1,
      stayedLost: 5,
      ...counts,
    });
    const lines = (lessons: LedgerLessons | undefined) => {
      const stored = {
        rescues: { ...NO_RESCUES, lost: 7 },
        sameKind: null,
        ...(lessons === undefined ? {} : { lessons }),
      };
      const deal = asking({ ledger: stored });
      // A channel that others read too learns nothing of it.
      const inPublic = render(deal, 'short').filter(({ place }) => place.in !== 'dm');
      expect(JSON.stringify(inPublic)).not.toMatch(/given|promises/u);
      return read(deal, `ask-dm:12:${MANAGER}`)
        .split('\n')
        .filter((it) => /: given|promises:/u.test(it));
    };
    const none = { held: 0, partly: 0, broken: 0, unknown: 0 };
    expect(lines({ reasons: [given({})], pledges: { ...none, held: 2, broken: 3 } })).toEqual([
      "Price: given 6 times, back once. It's rarely the reason.",
      "Contoso's promises: 2 held, 3 broken.",
    ]);
    expect(
      lines({ reasons: [given({ given: 2, inReturn: 1, back: 2, stayedLost: 0 })], pledges: none }),
    ).toEqual(['Price: given twice, once for something in return, back twice.']);
    expect(lines({ reasons: [], pledges: { ...none, partly: 1, unknown: 1 } })).toEqual([
      "Contoso's promises: 1 partly held, 1 not known.",
    ]);
    expect(lines(undefined)).toEqual([]);
  });

  it('a ledger stored by an earlier release reads as it did: percentages from five cases on', () => {
    const small = { ...ledger(4, 4, 4, 2), matchedLost: 1, cost: [{ minor: 120_000, currency: 'EUR' }] };
    const alike = { ...ledger(6, 6, 5, 4), kinds: ['price'] };
    const dmCopy = read(asking({ ledger: { ...small, sameKind: alike } }), `ask-dm:12:${MANAGER}`);
    expect(dmCopy).toContain(
      'Contoso before: claimed in 4 deals, matched in 4, saved 2, matched and still lost 1, cost €1,200.',
    );
    const never = read(asking({ ledger: ledger(1, 0, 0, 0) }), `ask-dm:12:${MANAGER}`);
    expect(never).toContain('Contoso before: claimed in 1 deal, never matched.');
    expect(dmCopy).toContain(
      'With Price: claimed in 6 deals, matched in 5, saved 4 (80%), matched and still lost 0.',
    );
    expect(dmCopy.split('\n').findIndex((line) => line.startsWith('Contoso before'))).toBeGreaterThan(
      dmCopy.split('\n').findIndex((line) => line.startsWith(`<${REP}> recommends`)),
    );
  });
});

describe('a deal that came from somebody else', () => {
  const handover = { id: 30, from: OTHER, by: MANAGER, at: NOW };

  it('tells its new rep what it is and how it stands', () => {
    expect(read(pulse({ handover }), `handover:30:${REP}`)).toContain(
      `Northwind is yours now. <${MANAGER}> handed it on from <${OTHER}>.\nWaiting for <${MANAGER}>, due`,
    );
    expect(keys(pulse({ handover: { ...handover, by: REP } }))).not.toContain(`handover:30:${REP}`);
  });

  it('tells them in the middle of the call too', () => {
    const call = newDeal({ handover });
    expect(hasMessages(call)).toBe(true);
    expect(keys(call)).toEqual([`handover:30:${REP}`]);
    expect(read(call, `handover:30:${REP}`)).toContain('Northwind is yours now.');
  });

  it('tells the person who holds it for a rep who left, and who can hand it on', () => {
    const held = read(pulse({ handover: { ...handover, by: null }, heldFor: OTHER }), `handover:30:${REP}`);
    expect(held).toContain(`<${OTHER}> has left. Northwind is with you now.`);
    expect(held).toContain('[Hand it on] [Details]');
  });

  it('the reminder long after says whose call it was', () => {
    const reEngagement = { at: NOW, why: 'contract_end', remindedBy: 40 } as const;
    const deal = countered({
      stage: 'closed',
      closedAt: NOW,
      closedBecause: 'outcome',
      reEngagement,
      heldFor: OTHER,
    });
    expect(read(deal, 're-engage:40')).toContain(`<${OTHER}> spoke with them then, and has left.`);
    expect(read(deal, 're-engage:40')).toContain('[Start again] [Hand it on] [Copy the mail] [Details]');
  });
});
