import type { Deal } from '../../../src/deal/model/deal';
import { VERDICTS } from '../../../src/playbook/schema';
import { stepOf } from '../../../src/playbook/walk';
import { buttons, notLostButton } from '../../../src/slack/text';
import { after } from '../../../src/slack/views/after';
import { assignManager } from '../../../src/slack/views/assign';
import { counter, decline, match } from '../../../src/slack/views/decisions';
import { details, removedNotice } from '../../../src/slack/views/details';
import { fillIn } from '../../../src/slack/views/fillIn';
import { fullText } from '../../../src/slack/views/fullText';
import { help } from '../../../src/slack/views/help';
import { home, homeParked } from '../../../src/slack/views/home';
import { intake } from '../../../src/slack/views/intake';
import { list } from '../../../src/slack/views/list';
import { nextTime } from '../../../src/slack/views/nextTime';
import { notice } from '../../../src/slack/views/notice';
import { lost, wonBack } from '../../../src/slack/views/outcome';
import { answerQuestion, askRep } from '../../../src/slack/views/questions';
import { recordDecision } from '../../../src/slack/views/recordDecision';
import { remind } from '../../../src/slack/views/reminders';
import { script, theySay } from '../../../src/slack/views/script';
import { upcoming } from '../../../src/slack/views/upcoming';
import {
  countered,
  HOUR,
  heartbeat,
  LONG,
  LONG_NAME,
  longest,
  MANAGER,
  NOW,
  names,
  newDeal,
  OTHER,
  pendingAsk,
  person,
  playbooks,
  pulse,
  question,
  REP,
  reasons,
  rowsOf,
  seenBy,
} from '../deals';
import { buttonNames, viewFaults } from '../limits';
import { readBlocks, readView } from '../read';

const EUR = { currency: 'EUR' };
const FORM = { ...EUR, reasons, teamManager: null, more: true };

/** A Home without anything on it. */
const NOBODY = {
  out: null,
  mine: [],
  waiting: [],
  others: [],
  recent: [],
  isAdmin: false,
  isManager: false,
  hasChannel: true,
  setup: null,
  names,
} as const;

const AS_REP = { viewer: person(REP), names };

describe('lists', () => {
  it('shows how each deal stands and what the viewer can do next, as on App Home', () => {
    const unreached = newDeal({ verdict: 'unreached', position: null, nextTryAt: NOW + HOUR });
    expect(readView(list({ ...AS_REP, mine: [newDeal(), pulse(), unreached] }))).toBe(
      [
        '# Your open deals',
        'Northwind  ·  customer',
        'Call not finished. Everything so far is kept.',
        '[Resume] [Log the call] [Not a lost deal]',
        '---',
        'Northwind  ·  customer, €48,000',
        `Waiting for <${MANAGER}>, due <2026-11-23 14:00 UTC>.`,
        "[Nudge Maya] [Fill in while it's fresh] [Open]",
        '---',
        'Northwind  ·  customer',
        'Not reached yet. Try again <2026-11-23 11:00 UTC>.',
        '[Try now] [Not a lost deal]',
        '() (Close)',
      ].join('\n'),
    );
  });

  it('lets whoever decides do so from their row, and the rep report how it went', () => {
    const shown = readView(
      list({ viewer: person(MANAGER), names, waiting: [pulse()], mine: [], others: [countered()] }),
    );
    expect(shown).toMatch(
      /Waiting for you[\s\S]*\n\[Match it\] \[Counter\] \[Decline\] \[Ask Robin\] \[Open\]/u,
    );
    expect(shown).toMatch(/Others you look after[\s\S]*\n\[Open\]/u);
    const back = readView(list({ ...AS_REP, mine: [countered()] }));
    expect(back).toContain('[Won back] [Still lost] [Open]');
  });

  it('is in pages when it is long; no deal is left out, and each says what it is to the viewer', () => {
    const named = (name: string, count: number) =>
      Array.from({ length: count }, (_, index) => newDeal({ account: `${name} ${index} Ltd` }));
    const deals = { waiting: named('Ask', 3), mine: named('Own', 24), others: named('Team', 30) };
    const pages = [0, 1, 2].map((page) => readView(list({ ...AS_REP, ...deals, page })));
    const names = pages.flatMap((it) => it.match(/(?:Ask|Own|Team) \d+ Ltd/gu) ?? []);
    expect(names).toHaveLength(57);
    expect(new Set(names).size).toBe(57);
    const [first = '', second = '', third = ''] = pages;
    expect(first).toContain('1 to 25 of 57.\n[Next page]');
    expect(second).toContain('26 to 50 of 57.\n[Previous page]\n[Next page]');
    expect(third).toContain('51 to 57 of 57.\n[Previous page]');
    expect(third).not.toContain('[Next page]');
    expect(first).toMatch(/Waiting for you\nAsk 0 Ltd[\s\S]*Yours\nOwn 0 Ltd/u);
    expect(second).toMatch(/Own 23 Ltd[\s\S]*Others you look after\nTeam 0 Ltd/u);
    expect(third).toMatch(/^# Your open deals\nOthers you look after\nTeam 23 Ltd/u);
    // The list has fewer pages now than when the button was drawn.
    expect(readView(list({ ...AS_REP, ...deals, page: 9 }))).toBe(third);
    const cut = readView(list({ ...AS_REP, ...deals, page: 2, upTo: 250 }));
    expect(cut).toContain('Of each kind the 250 with the latest news are listed.');
  });

  it('of upcoming calls say the day, the person, the competitor and the reason to call', () => {
    const lost = newDeal({
      stage: 'closed',
      details: { ...pulse().details, competitor: 'Contoso' },
      reEngagement: { at: NOW + 24 * HOUR, why: 'agreed', remindedBy: null },
    });
    const options = { viewer: MANAGER, isAdmin: false, page: 0, more: false };
    expect(
      readView(upcoming([lost], options))
        .split('\n')
        .slice(2, 4),
    ).toEqual([
      expect.stringMatching(/^<2026-11-\d\d.*> {2}· {2}Northwind {2}· {2}customer, €48,000$/u),
      `They went to Contoso. They agreed to a call. Rep: <${REP}>.`,
    ]);
    const unknown = { ...lost, details: { ...lost.details, competitor: null } };
    expect(readView(upcoming([unknown], { ...options, viewer: REP }))).toContain(
      '\nThey agreed to a call.\n',
    );
  });

  it.each<[name: string, deal: Deal, viewer: string, row: string]>([
    ['on the call', newDeal(), REP, '[Resume] [Log the call] [Not a lost deal]'],
    ['asked', pulse({ filledIn: true }), REP, '[Nudge Maya] [Open]'],
    [
      'asked, without the facts',
      pulse({ filledIn: false }),
      REP,
      "[Nudge Maya] [Fill in while it's fresh] [Open]",
    ],
    [
      'asked, for nobody',
      pulse({ filledIn: true, ask: pendingAsk({ manager: null }) }),
      REP,
      '[Say who decides] [Open]',
    ],
    ['decided', countered(), REP, '[Won back] [Still lost] [Open]'],
    ['signed', countered({ signedReportedAt: NOW }), REP, '[Still lost] [Open]'],
  ])('%s: has the next action of its rep, then the way into the deal', (_name, deal, viewer, row) => {
    const view = home({ ...NOBODY, ...seenBy(viewer), mine: [deal] });
    expect(readBlocks(view.blocks).split('\n')).toContain(row);
  });

  it('says from when on the rep can nudge again', () => {
    const nudge = { id: 30, kind: 'from_rep' as const, to: MANAGER, by: REP, at: NOW, timeLeftMs: null };
    const deal = pulse({ nudges: [nudge], lastReminded: { [MANAGER]: NOW } });
    const view = home({ ...NOBODY, ...seenBy(REP), mine: [deal] });
    expect(readBlocks(view.blocks)).toContain('Nudged. You can nudge again <2026-11-23 11:00 UTC>.');
  });

  it('begins with the absence of its owner, who can end it', () => {
    const out = { standIn: OTHER, until: '2026-11-30', today: '2026-11-26' };
    const view = (is: typeof out | (Omit<typeof out, 'until'> & { until: null })) =>
      readBlocks(home({ ...NOBODY, viewer: person(MANAGER), out: is }).blocks).split('\n');
    expect(view(out).slice(0, 2)).toEqual([`You're out until Monday. <${OTHER}> decides.`, "[I'm back]"]);
    expect(view({ ...out, until: null })[0]).toBe(`You're out. <${OTHER}> decides.`);
  });

  it('is of use when it is empty', () => {
    expect(readView(list({ ...AS_REP, mine: [] }))).toContain('Nothing is open.');
    expect(readView(list({ ...AS_REP, mine: [] }))).toContain('[Start]');
  });
});

describe('buttons that read the same on one screen', () => {
  const many = [newDeal({ account: 'Acme' }), pulse({ account: 'Acme' }), pulse({ account: LONG_NAME })];
  const parked = many.map(({ id, tenant, account, rep }) => ({
    tenant,
    dealId: id,
    account,
    rep,
    since: NOW,
    error: 'invalid_blocks',
    attempts: 9,
  }));
  const lost = many.map((deal) => ({
    ...deal,
    stage: 'closed' as const,
    reEngagement: { at: NOW, why: 'agreed' as const, remindedBy: null },
  }));
  const filled = { mine: many, waiting: [pulse(), pulse()], others: many, recent: many, isAdmin: true };
  const shown = home({ ...NOBODY, ...filled, hasChannel: false, viewer: person(MANAGER) });

  it.each([
    ['the list', list({ ...AS_REP, mine: many, waiting: many, others: [...many, ...many] })],
    ['App Home', { ...shown, blocks: [...shown.blocks, ...homeParked(parked)] }],
    ['what comes up', upcoming(lost, { viewer: MANAGER, isAdmin: true, page: 1, more: true })],
  ])('are told apart by their deal to people who hear %s', (_screen, view) => {
    expect(viewFaults(view)).toEqual([]);
    expect(new Set(buttonNames(view.blocks)).size).toBeGreaterThan(6);
  });

  it('are read with the name of the deal, and with a number where two deals have one name', () => {
    const read = buttonNames(
      list({ viewer: person(OTHER), names, mine: [], others: [many, many].flat() }).blocks,
    );
    expect(read.slice(0, 2)).toEqual(['Open: Acme', 'Open: Acme (2)']);
    expect(read.at(-1)).toMatch(/^Open: &{9,}… \(2\)$/u);
  });
});

describe('App Home', () => {
  it('says where the rest is when there are more deals than it shows', () => {
    const mine = Array.from({ length: 9 }, () => newDeal());
    const rest = 'There are more. Type /lostdeal list.';
    expect(readView(home({ ...NOBODY, mine, viewer: person(REP) }))).toContain(rest);
    expect(readView(home({ ...NOBODY, mine: mine.slice(1), viewer: person(REP) }))).not.toContain(rest);
    expect(readView(home({ ...NOBODY, mine: [], recent: mine, viewer: person(REP) }))).not.toContain(rest);
  });

  it('asks an admin for a channel in one place: in the list of what is left to set up, or without it at the top', () => {
    const admin = { ...NOBODY, viewer: person(MANAGER), isAdmin: true, hasChannel: false };
    const setup = {
      channel: null,
      teams: 0,
      responseMinutes: 240,
      fallback: null,
      isResponseChosen: false,
      hasPracticed: false,
      isInvited: false,
    };
    expect(readView(home(admin))).toContain('Where should deals go?');
    expect(readView(home({ ...admin, setup }))).not.toContain('Where should deals go?');
    expect(readView(home({ ...admin, setup }))).toContain('Nobody has chosen one, so deals have no thread.');
  });

  it('shows an approver the proposal; its maker may decide otherwise', () => {
    const approval = {
      id: 19,
      by: MANAGER,
      terms: {
        kind: 'counter' as const,
        terms: 'Ninety days to pay',
        levers: ['term' as const],
        value: { minor: 600_000, currency: 'EUR' },
        inReturn: null,
        expiresAt: null,
      },
      approver: OTHER,
      standsFor: null,
      limit: { amount: null, percent: 10 },
      insteadOf: null,
      at: NOW,
      answerBy: NOW + HOUR,
      waitsUntil: null,
      urgent: null,
    };
    const waiting = [pulse({ ask: pendingAsk({ approval }) })];
    const theirs = readBlocks(home({ ...NOBODY, waiting, viewer: person(OTHER) }).blocks);
    expect(theirs).toContain(
      `<${MANAGER}> wants to counter with “Ninety days to pay”, which costs us €6,000 and needs a second yes.`,
    );
    expect(theirs).toContain('[Approve] [Change] [Decline] [Open]');
    const own = readBlocks(home({ ...NOBODY, waiting, viewer: person(MANAGER) }).blocks);
    expect(own).toContain('[Match it] [Counter] [Decline] [Ask Robin] [Open]');
    expect(own).not.toContain('[Approve]');
  });

  it('begins with asks that wait for the viewer, with the buttons to decide', () => {
    const view = home({ ...NOBODY, mine: [newDeal()], waiting: [pulse()], viewer: person(MANAGER) });
    expect(readBlocks(view.blocks).split('\n').slice(0, 8)).toEqual([
      'Waiting for you',
      'Northwind (customer, €48,000) would have stayed with “Delivery in three weeks instead of eight”. Please decide by <2026-11-23 14:00 UTC>.',
      'Against Contoso. They also said',
      '> They can open the new site in May.',
      'Also in the way: The board meets on Thursday.',
      'Not signed, but promised to the other company verbally. They plan to sign on 27 Nov 2026. Call back promised by <2026-11-24 12:00 UTC>.',
      `From <${REP}>: “Offer faster delivery before a lower price.”`,
      '[Match it] [Counter] [Decline] [Ask Robin] [Open]',
    ]);
  });

  it('says for whom a stand-in decides', () => {
    const view = home({ ...NOBODY, waiting: [pulse()], viewer: person('U0STANDIN') });
    expect(readBlocks(view.blocks)).toContain(`From <${REP}>, for <${MANAGER}>`);
  });

  it.each<[name: string, deal: Deal, viewer: string, row: string]>([
    ['on the call', newDeal(), REP, '[Resume] [Log the call] [Not a lost deal]'],
    ['asked', pulse({ filledIn: true }), REP, '[Nudge Maya] [Open]'],
    [
      'asked, without the facts',
      pulse({ filledIn: false }),
      REP,
      "[Nudge Maya] [Fill in while it's fresh] [Open]",
    ],
    [
      'asked, for nobody',
      pulse({ filledIn: true, ask: pendingAsk({ manager: null }) }),
      REP,
      '[Say who decides] [Open]',
    ],
    ['decided', countered(), REP, '[Won back] [Still lost] [Open]'],
    ['signed', countered({ signedReportedAt: NOW }), REP, '[Still lost] [Open]'],
  ])('%s: has the next action of its rep, then the way into the deal', (_name, deal, viewer, row) => {
    const view = home({ ...NOBODY, ...seenBy(viewer), mine: [deal] });
    expect(readBlocks(view.blocks).split('\n')).toContain(row);
  });

  it('says from when on the rep can nudge again', () => {
    const nudge = { id: 30, kind: 'from_rep' as const, to: MANAGER, by: REP, at: NOW, timeLeftMs: null };
    const deal = pulse({ nudges: [nudge], lastReminded: { [MANAGER]: NOW } });
    const view = home({ ...NOBODY, ...seenBy(REP), mine: [deal] });
    expect(readBlocks(view.blocks)).toContain('Nudged. You can nudge again <2026-11-23 11:00 UTC>.');
  });

  it('begins with the absence of its owner, who can end it', () => {
    const out = { standIn: OTHER, until: '2026-11-30', today: '2026-11-26' };
    const view = (is: typeof out | (Omit<typeof out, 'until'> & { until: null })) =>
      readBlocks(home({ ...NOBODY, viewer: person(MANAGER), out: is }).blocks).split('\n');
    expect(view(out).slice(0, 2)).toEqual([`You're out until Monday. <${OTHER}> decides.`, "[I'm back]"]);
    expect(view({ ...out, until: null })[0]).toBe(`You're out. <${OTHER}> decides.`);
  });

  it('is of use when it is empty', () => {
    const view = readBlocks(home({ ...NOBODY, viewer: person(REP) }).blocks);
    expect(view).toContain('Nothing is open.');
    expect(view).toContain('[Start]');
    expect(view).not.toContain('Waiting for you');
  });
});

const removedDeal = pulse({
  stage: 'withdrawn',
  ask: pendingAsk({ status: 'withdrawn' }),
  removed: { from: 'awaiting_decision', by: REP, isErased: false },
});

describe('one deal', () => {
  it('asks before it is removed, and shows the way back', () => {
    const words = (text: string) => ({ type: 'plain_text', text, emoji: false });
    expect(buttons(notLostButton(pulse())).elements).toMatchObject([
      {
        text: words('Not a lost deal'),
        confirm: {
          title: words('Remove Northwind?'),
          text: words("It won't count anywhere."),
          confirm: words('Remove it'),
          deny: words('Keep it'),
        },
      },
    ]);
    expect(readView(removedNotice(removedDeal))).toContain(
      "Northwind is off your list. It won't count anywhere.\n[Bring it back]",
    );
    const erased = newDeal({
      stage: 'withdrawn',
      removed: { from: 'coaching', by: REP, isErased: true },
    });
    expect(readView(removedNotice(erased))).toContain('[Start again]');
  });

  it.each([
    ['on the call', newDeal(), '[Resume] [Log the call] [Not a lost deal]'],
    [
      'waiting',
      pulse({ filledIn: true }),
      "[Nudge Maya] [Fill in while it's fresh] [Change who decides] [They've signed] [Not a lost deal]",
    ],
    ['waiting for nobody yet', pulse({ ask: pendingAsk({ manager: null }) }), '[Say who decides]'],
    ['being won back', countered(), "[Won back] [Still lost] [Haven't reached them] [Remind me] [Ask again]"],
    ['closed', countered({ stage: 'closed', closedAt: NOW }), '[Not a lost deal] [Reopen]'],
    ['removed', removedDeal, 'Not a loss.\n[Bring it back]'],
  ])('%s: offers what its rep can do now', (_name, deal, offered) => {
    expect(readView(details(deal, heartbeat, reasons, seenBy(REP)))).toContain(offered);
  });

  it('offers its manager the decision, its rep no decision, and a reader nothing', () => {
    const rows = (viewer: ReturnType<typeof seenBy>) =>
      readView(details(pulse({ filledIn: true }), heartbeat, reasons, viewer)).split('\n');
    const decide = '[Match it] [Counter] [Decline] [Ask Robin]';
    expect(rows(seenBy(MANAGER))).toEqual(expect.arrayContaining([decide, '[Change who decides]']));
    expect(rows(seenBy(MANAGER))).not.toContain("They've signed");
    expect(rows(seenBy(REP))).not.toContain(decide);
    expect(rows(seenBy(OTHER)).filter((it) => it.startsWith('['))).toEqual(['[Show all]']);
  });

  it('lets the decision be changed until the rep has gone back', () => {
    expect(readView(details(countered(), heartbeat, reasons, seenBy(MANAGER)))).toContain(
      '[Match it] [Counter] [Decline]',
    );
    const reported = countered({ stage: 'closed', outcome: { kind: 'lost', reason: null }, outcomeAt: NOW });
    expect(readView(details(reported, heartbeat, reasons, seenBy(REP)))).not.toContain('[Counter]');
  });

  it('shows what they said', () => {
    const view = readView(details(pulse(), heartbeat, reasons, seenBy(REP)));
    expect(view).toContain('They said\n> Delivery in three weeks instead of eight.');
    expect(view).toContain('Call back <2026-11-24 12:00 UTC>');
  });

  it('Show all has every word, over as many pages as it takes', () => {
    const deal = longest();
    const pages: string[] = [];
    for (let page = 0; ; page++) {
      const view = fullText(deal, heartbeat, reasons, rowsOf(deal), page);
      expect(viewFaults(view)).toEqual([]);
      pages.push(readView(view));
      if (!readView(view).includes('[More]')) break;
    }
    const all = pages.join('\n');
    expect(pages.length).toBeGreaterThan(2);
    const typed = deal.trail.filter(
      ({ answer }) => answer.kind === 'text' || answer.kind === 'reasons',
    ).length;
    // Notes, recommendation, our offer, 20 questions and answers, 3 decisions and 10 remarks.
    expect(all.split(LONG.trim()).length - 1).toBe(typed + 3 + 40 + 3 + 10);
  });

  it('Show all of a page that is not there shows the last one', () => {
    expect(readView(fullText(pulse(), heartbeat, reasons, [], 99))).toContain('Delivery in three weeks');
  });
});

describe('other screens', () => {
  it('the whole script marks the current step', () => {
    const view = readView(script(heartbeat, newDeal({ position: { stepId: 'signed', visit: 5 } })));
    expect(view).toContain('Have they signed (you are here)');
    expect(view).toContain('Not yet · Verbal yes · Signed');
    for (const step of heartbeat.steps) expect(view).toContain(step.title);
  });

  it('the whole script has the reasons why and the further hints, which no screen of the call has', () => {
    const first = stepOf(heartbeat, heartbeat.start);
    const hinted = {
      ...first,
      why: 'It is kind.',
      cue: 'relief',
      dont: 'argue',
      listen_for: ['Whether anybody won'],
    };
    const view = readView(
      script(
        { ...heartbeat, steps: heartbeat.steps.map((it) => (it.id === first.id ? hinted : it)) },
        newDeal(),
      ),
    );
    expect(view).toContain("Listen for: relief · Whether anybody won\nDon't argue\nWhy: It is kind.");
  });

  it('They say repeats the line on top, has a reply to each sentence, and opens nothing', () => {
    const replies = [
      { hear: 'Just email me.', reply: 'Happy to[, {prospect}]. Can I find out first what I can put in it?' },
      { hear: "It's not my call.", reply: 'Understood. Would it help if the three of us talked?' },
    ];
    const view = theySay(
      { ...stepOf(heartbeat, heartbeat.start), say: ['May I ask?'], they_say: replies },
      newDeal(),
      heartbeat,
    );
    expect(readView(view).split('\n')).toEqual([
      '# They say…',
      '> May I ask?',
      '---',
      '“Just email me.”',
      '> Happy to. Can I find out first what I can put in it?',
      "“It's not my call.”",
      '> Understood. Would it help if the three of us talked?',
      '() (Back to the call)',
    ]);
  });

  it('a notice gives back the typed words', () => {
    const view = readView(
      notice('The deal moved on', 'Somebody decided before you.', 'Offer *four* weeks :+1:'),
    );
    expect(view).toContain("Here's what you typed:\n> Offer *four* weeks :+1:");
  });

  it('help lists the commands', () => {
    const view = readView(help());
    for (const word of ['/lostdeal Acme', '/lostdeal after', '/lostdeal resume', '/lostdeal list']) {
      expect(view).toContain(word);
    }
  });
});

describe('every screen, with the longest of everything, is taken by Slack', () => {
  const told = longest().trail.map((answered) => ({ ...answered, answer: { kind: 'told' } as const }));
  const many = Array.from({ length: 60 }, () => longest());
  const LIMITED = {
    currency: 'EUR',
    reasons,
    limit: { amount: { minor: 999_999_999_999, currency: 'EUR' }, percent: 99.9, approver: MANAGER },
  };
  const views = {
    intake: intake({ dealId: 'd1', mode: 'live', playbooks, account: '&'.repeat(200), manager: MANAGER }),
    script: script(heartbeat, longest()),
    theySay: theySay(
      {
        ...stepOf(heartbeat, heartbeat.start),
        they_say: Array.from({ length: 6 }, () => ({ hear: LONG, reply: '{account} '.repeat(6) })),
      },
      longest(),
      heartbeat,
    ),
    match: match(longest(), LIMITED),
    counter: counter(longest(), LIMITED),
    decline: decline(longest()),
    nextTime: nextTime(longest({ verdict: 'signed' })),
    askRep: askRep(longest(), null),
    answerQuestion: answerQuestion(longest(), question(1, LONG, LONG)),
    wonBack: wonBack(longest(), EUR),
    lost: lost(longest()),
    remind: remind(longest({ remindAt: NOW })),
    assignManager: assignManager(longest()),
    recordDecision: recordDecision(longest(), { remark: 60, text: LONG }, EUR),
    details: details(
      longest({
        stage: 'winning_back',
        ask: { ...pendingAsk(), status: 'decided', decisions: longest().ask?.decisions ?? [] },
      }),
      heartbeat,
      reasons,
      seenBy(REP, { isAdmin: true }),
    ),
    help: help(),
    list: list({ ...AS_REP, waiting: many, mine: many, others: many, page: 3, upTo: 250 }),
    home: home({
      ...NOBODY,
      mine: many,
      waiting: many,
      others: many,
      recent: many,
      viewer: person(MANAGER),
      isAdmin: true,
      hasChannel: false,
    }),
    notice: notice('&'.repeat(60), LONG, LONG),
    told: fillIn(longest({ trail: told }), heartbeat, FORM),
    ...Object.fromEntries(
      playbooks.flatMap((playbook) =>
        [null, ...VERDICTS].map((ending) => [
          `after ${playbook.id} ${ending}`,
          after(longest(), playbook, {
            ...FORM,
            ending,
            begins: { account: LONG_NAME, business: 'customer', playbook: playbook.id },
          }),
        ]),
      ),
    ),
    ...Object.fromEntries(
      playbooks.flatMap((playbook) =>
        VERDICTS.map((verdict) => [
          `fillIn ${playbook.id} ${verdict}`,
          fillIn(longest({ verdict, account: LONG_NAME }), playbook, FORM),
        ]),
      ),
    ),
  };

  it.each(Object.entries(views))('%s', (_name, view) => {
    expect(viewFaults(view)).toEqual([]);
  });
});
