import { VERDICTS, type Verdict } from '../../../src/playbook/schema';
import { ACTIONS, blockId, decodeRef } from '../../../src/slack/ids';
import { AFTER, type AfterOptions, after, readAfter } from '../../../src/slack/views/after';
import { ASSIGN_MANAGER, assignManager, readAssignManager } from '../../../src/slack/views/assign';
import {
  COUNTER,
  counter,
  DECLINE,
  decline,
  MATCH,
  match,
  readCounter,
  readDecline,
  readMatch,
} from '../../../src/slack/views/decisions';
import { FILL_IN } from '../../../src/slack/views/detailFields';
import { fillIn, readFillIn } from '../../../src/slack/views/fillIn';
import { INTAKE, intake, readIntake } from '../../../src/slack/views/intake';
import { NEXT_TIME } from '../../../src/slack/views/nextTime';
import { LOST, lost, readLost, readWonBack, WON_BACK, wonBack } from '../../../src/slack/views/outcome';
import {
  ANSWER_QUESTION,
  ASK_REP,
  answerQuestion,
  askRep,
  readAnswerQuestion,
  readAskRep,
} from '../../../src/slack/views/questions';
import { RECORD_DECISION, readRecordDecision, recordDecision } from '../../../src/slack/views/recordDecision';
import { REMIND, readRemind, remind } from '../../../src/slack/views/reminders';
import {
  answered,
  countered,
  HOUR,
  heartbeat,
  MANAGER,
  NOW,
  newDeal,
  OTHER,
  playbooks,
  pulse,
  question,
  reasons,
} from '../deals';
import { readView } from '../read';

const EUR = { currency: 'EUR', worth: null };
const FORM = { ...EUR, reasons, teamManager: null };
const TODAY = { today: '2026-11-23' };
const CONTEXT = { ...EUR, now: NOW, dayOf: (at: number) => new Date(at).toISOString().slice(0, 10) };
/** No limit: they decide alone. */
const ALONE = { currency: 'EUR', limit: null, reasons, worth: null };
type Typed = Readonly<Record<string, object>>;
const values = (typed: Typed) =>
  Object.fromEntries(Object.entries(typed).map(([block, value]) => [block, { [ACTIONS.input]: value }]));
const text = (value: string | null) => ({ value });
const option = (value: string) => ({ selected_option: { value } });
const person = (selected_user: string | null) => ({ selected_user });
const moment = (ms: number | null) => ({ selected_date_time: ms === null ? null : ms / 1000 });

describe('the first screen', () => {
  const open = (over = {}) => intake({ dealId: 'd1', mode: 'live', playbooks, ...over });

  it('asks two things, and offers the playbook that most calls want', () => {
    const view = readView(open({ account: 'Northwind' }));
    expect(view).toContain('Account*: Northwind');
    expect(view).toContain(
      "New business or a customer?*:  {New business we didn't win | A customer who's leaving}",
    );
    expect(view).toContain('Playbook: Checking for a heartbeat');
    expect(view.match(/\*: /gu)).toHaveLength(2);
  });

  it('does not ask for a playbook when there is one', () => {
    expect(readView(open({ playbooks: playbooks.slice(0, 1) }))).not.toContain('Playbook');
  });

  it('names the person who would be asked, if known', () => {
    expect(readView(open({ manager: MANAGER }))).toContain(`If they'd reconsider, we'll ask <${MANAGER}>.`);
  });

  it('carries the deal it will start', () => {
    expect(decodeRef(open({ mode: 'after' }).private_metadata)).toEqual({ deal: 'd1', mode: 'after' });
  });

  it('reads both answers', () => {
    const read = readIntake(
      values({ [INTAKE.account]: text('  North \n wind '), [INTAKE.business]: option('new') }),
    );
    expect(read).toEqual({ ok: true, value: { account: 'North wind', business: 'new', playbookId: null } });
  });

  it('says at the field that its answer is missing', () => {
    const read = readIntake(values({ [INTAKE.account]: text(null), [INTAKE.business]: {} }));
    expect(read).toEqual({
      ok: false,
      errors: {
        [INTAKE.account]: "Type the company's name.",
        [INTAKE.business]: 'Pick one of the two.',
      },
    });
  });
});

describe("Fill in while it's fresh", () => {
  const labelsOf = (view: ReturnType<typeof fillIn>): string[] =>
    view.blocks.flatMap((block) => ('label' in block ? [block.label.text] : []));

  it('says how it ended, in kind words, and asks for what counts for a pulse first, the rest behind More', () => {
    const trail = [
      answered('attraction', 'attraction', { kind: 'told' }),
      answered('picture', 'picture', { kind: 'told' }),
    ];
    const deal = pulse({ manager: null, ask: null, trail });
    const lines = readView(fillIn(deal, heartbeat, FORM)).split('\n');
    expect(lines[0]).toBe("# While it's fresh");
    expect(lines[2]).toBe('You asked. Most people never do.');
    const first = labelsOf(fillIn(deal, heartbeat, FORM));
    expect(first.slice(1)).toEqual([
      'Loss reasons',
      'What is it worth?',
      'Who can say yes?',
      'What do you recommend?',
    ]);
    expect(lines).toContain('[More]');
    const whole = fillIn(deal, heartbeat, { ...FORM, more: true });
    expect(labelsOf(whole).slice(0, 5)).toEqual(first);
    expect(labelsOf(whole).slice(6)).toEqual([
      'What would a yes cost us?',
      'What did we offer?',
      'Who did they choose?',
      'Who did you speak with?',
      'Anything else worth keeping',
    ]);
    expect(readView(whole)).not.toContain('[More]');
  });

  it('More leaves the fields that stand there as they are, so that Slack keeps what was typed', () => {
    const inputs = (more: boolean) =>
      fillIn(pulse(), heartbeat, { ...FORM, more }).blocks.filter(({ type }) => type === 'input');
    expect(inputs(true).slice(0, inputs(false).length)).toEqual(inputs(false));
  });

  it('names the manager of the team instead of asking who decides', () => {
    const view = readView(fillIn(pulse(), heartbeat, { ...FORM, teamManager: MANAGER }));
    expect(view).toContain(`<${MANAGER}> decides.`);
    expect(view).not.toContain('Who can say yes?');
    expect(
      readView(fillIn(pulse({ manager: null, ask: null }), heartbeat, { ...FORM, teamManager: MANAGER })),
    ).toContain(`Who can say yes?: ${MANAGER}`);
  });

  it.each(VERDICTS.filter((verdict) => verdict !== 'not_over'))(
    'asks for the loss reasons after %s',
    (verdict) => {
      const view = readView(fillIn(newDeal({ verdict, position: null }), heartbeat, FORM));
      expect(view).toContain('Loss reasons: ');
    },
  );

  it('reads the loss reasons only when the rep changed those ticked on the call', () => {
    const picked = (...ids: string[]) =>
      readFillIn(values({ [FILL_IN.reasons]: { selected_options: ids.map((value) => ({ value })) } }), {
        ...EUR,
        ...TODAY,
        deal: pulse(),
      });
    expect(picked('delivery_time')).toMatchObject({ ok: true, value: { details: {} } });
    expect(picked('delivery_time')).not.toHaveProperty('value.details.reasons');
    expect(picked('price', 'payment_terms')).toMatchObject({
      ok: true,
      value: { details: { reasons: ['price', 'payment_terms'] } },
    });
    expect(picked()).toMatchObject({ ok: true, value: { details: { reasons: [] } } });
  });

  it('asks nobody to decide where there is nothing to decide', () => {
    const view = readView(fillIn(newDeal({ verdict: 'signed', position: null }), heartbeat, FORM));
    expect(view).toContain('Signed, and you left it well');
    expect(view).not.toContain('Who can say yes?');
    expect(view).not.toContain('recommend');
  });

  it('has words for voicemail and mail when nobody was reached, by the plan of earlier releases', () => {
    const view = readView(
      fillIn(newDeal({ verdict: 'unreached', position: null, nextTryAt: NOW }), heartbeat, FORM),
    );
    expect(view).toContain('On voicemail\n> Hi');
    expect(view).toContain('By mail\n> Hi');
    expect(view).toContain('try again <2026-11-23 10:00 UTC>');
  });

  it('says that the words are in their messages, where tries follow by call and by mail', () => {
    const cadence = { since: NOW, plan: [{ at: NOW, moves: ['call'] }], reminded: [] } as const;
    const deal = newDeal({ verdict: 'unreached', position: null, nextTryAt: NOW, cadence });
    const view = readView(fillIn(deal, heartbeat, FORM));
    expect(view).toContain('The words to leave are in your messages.');
    expect(view).toContain('try again <2026-11-23 10:00 UTC>');
    expect(view).not.toContain('By mail');
  });

  it('asks whom to reach where nobody was, and whom they spoke with elsewhere', () => {
    const label = (verdict: 'unreached' | 'no_pulse') =>
      readView(fillIn(newDeal({ verdict, position: null }), heartbeat, { ...FORM, more: true }));
    expect(label('unreached')).toContain('Who do you want to reach?');
    expect(label('no_pulse')).toContain('Who did you speak with?');
  });

  it('leads back to the last question until there are notes', () => {
    const trail = [answered('would_have_kept', 'would_have_kept', { kind: 'choice', choice: 'no' })];
    const deal = newDeal({ verdict: 'no_pulse', position: null, stage: 'closed', trail });
    const noted = { ...deal, filledIn: true };
    expect(readView(fillIn(deal, heartbeat, FORM))).toContain('[Back]');
    expect(readView(fillIn(noted, heartbeat, FORM))).not.toContain('[Back]');
  });

  it('lets the rep type answers that the prospect gave during the call', () => {
    const told = answered('attraction', 'attraction', { kind: 'told' });
    const deal = pulse({ trail: [told] });
    expect(readView(fillIn(deal, heartbeat, FORM))).toContain('What they liked most: ');
    const block = blockId('attraction', told.visit, 'text');
    expect(readFillIn(values({ [block]: text('Three weeks') }), { ...EUR, ...TODAY, deal })).toEqual({
      ok: true,
      value: {
        details: {},
        manager: null,
        written: [{ stepId: 'attraction', visit: told.visit, text: 'Three weeks' }],
      },
    });
  });

  it('reads only the fields on the screen', () => {
    const read = readFillIn(
      values({
        [FILL_IN.amount]: text('48k'),
        [FILL_IN.competitor]: text(null),
        [FILL_IN.manager]: person(MANAGER),
        [FILL_IN.notes]: text(' Calm call '),
      }),
      { ...EUR, ...TODAY, deal: pulse() },
    );
    expect(read).toEqual({
      ok: true,
      value: {
        details: { amount: { minor: 4_800_000, currency: 'EUR' }, competitor: null, notes: 'Calm call' },
        manager: MANAGER,
        written: [],
      },
    });
  });

  it('takes the cost of a yes in the currency of the deal’s worth', () => {
    const read = readFillIn(values({ [FILL_IN.amount]: text('1.5m JPY'), [FILL_IN.yesCosts]: text('90k') }), {
      ...EUR,
      ...TODAY,
      deal: pulse(),
    });
    expect(read).toMatchObject({
      ok: true,
      value: { details: { yesCosts: { minor: 90_000, currency: 'JPY' } } },
    });
  });

  it('says at the amount that it cannot be read', () => {
    const read = readFillIn(values({ [FILL_IN.amount]: text('lots') }), { ...EUR, ...TODAY, deal: pulse() });
    expect(read).toEqual({ ok: false, errors: { [FILL_IN.amount]: expect.stringContaining('lots') } });
  });

  it.each(['EUR', 'USD', 'JPY', 'KWD', 'CAD', 'CHF', 'INR'])(
    'an amount in %s reads back as it was shown',
    (currency) => {
      const amount = { minor: 123_456_789, currency };
      const deal = pulse({ details: { ...pulse().details, amount } });
      const shown = /What is it worth\?: (.*)/u.exec(readView(fillIn(deal, heartbeat, FORM)))?.[1] ?? '';
      const read = readFillIn(values({ [FILL_IN.amount]: text(shown) }), { ...EUR, ...TODAY, deal });
      expect(read).toMatchObject({ ok: true, value: { details: { amount } } });
    },
  );
});

describe('/lostdeal after', () => {
  const form = (ending: Verdict | null, over: Partial<AfterOptions> = {}) =>
    after(newDeal(), heartbeat, { ...FORM, begins: null, ending, ...over });
  const labelsOf = (view: ReturnType<typeof form>): string[] =>
    view.blocks.flatMap((block) => ('label' in block ? [block.label.text] : []));

  it('asks first how it ended, and nothing else until the rep has said', () => {
    const view = readView(form(null));
    expect(view.split('\n').filter((line) => line.includes(': '))).toEqual([
      expect.stringContaining('How did it end?*:  {Open to it, OK to ask |'),
    ]);
    expect(view).toContain("| Not lost | Couldn't reach them}");
  });

  it.each<[Verdict, ...string[]]>([
    ['pulse', 'Have they signed?', 'Call back by', 'Loss reasons', 'What do you recommend?'],
    ['signed', 'When the agreement ends', 'Loss reasons', 'Who did they choose?'],
    ['postponed', 'When they look again', 'Loss reasons'],
    ['unreached', 'Who do you want to reach?', 'Loss reasons'],
    ['not_over', 'Anything else worth keeping'],
  ])('%s: asks only what that ending leaves open', (ending, ...asked) => {
    const labels = labelsOf(form(ending));
    expect(labels).toEqual(expect.arrayContaining(asked));
    // The ending says it.
    expect(labels).not.toContain('OK to ask our manager?');
    expect(labels).not.toContain('Would that have done it?');
  });

  it.each(VERDICTS)(
    '%s: fields that other endings have too keep their place in Slack, so typed words stay',
    (ending) => {
      const input = (view: ReturnType<typeof form>, label: string) =>
        view.blocks.find((block) => 'label' in block && block.label.text === label);
      const pulseForm = form('pulse', { more: true });
      for (const label of labelsOf(form(ending, { more: true }))) {
        const same = input(pulseForm, label);
        if (same === undefined || label === 'How did it end?') continue;
        expect(input(form(ending, { more: true }), label)).toEqual(same);
      }
    },
  );

  it.each<[string, Typed, string]>([
    ['a rescue of somebody who signed', { 'step:signed:0:choice': option('signed') }, 'step:signed:0:choice'],
    [
      'a call after they sign',
      {
        'step:signing_date:0:date': { selected_date: '2026-11-24' },
        'step:promise:0:moment': moment(NOW + 48 * HOUR),
      },
      'step:promise:0:moment',
    ],
    [
      'a day that is over',
      { 'step:signing_date:0:date': { selected_date: '2026-11-20' } },
      'step:signing_date:0:date',
    ],
  ])('tells at its field: %s', (_, typed, block) => {
    const read = readAfter(values({ [AFTER.verdict]: option('pulse'), ...typed }), heartbeat, CONTEXT);
    expect(read).toEqual({ ok: false, errors: { [block]: expect.any(String) } });
  });

  it('reads answers in the order of the script', () => {
    const at = (step: string, field: Parameters<typeof blockId>[2]) => blockId(step, 0, field);
    const read = readAfter(
      values({
        [AFTER.verdict]: option('pulse'),
        [at('signed', 'choice')]: option('no'),
        [at('attraction', 'text')]: text('Three weeks'),
        [at('picture', 'reasons')]: { selected_options: [{ value: 'price' }] },
        [at('picture', 'text')]: text(null),
        [at('signing_date', 'date')]: { selected_date: '2026-11-27' },
        [at('promise', 'moment')]: moment(NOW),
        [FILL_IN.manager]: person(MANAGER),
      }),
      heartbeat,
      CONTEXT,
    );
    expect(read).toEqual({
      ok: true,
      value: {
        verdict: 'pulse',
        answers: [
          { stepId: 'attraction', answer: { kind: 'text', text: 'Three weeks' } },
          { stepId: 'picture', answer: { kind: 'reasons', text: '', reasons: ['price'] } },
          { stepId: 'signed', answer: { kind: 'choice', choice: 'no' } },
          { stepId: 'signing_date', answer: { kind: 'date', date: '2026-11-27' } },
          { stepId: 'promise', answer: { kind: 'datetime', at: NOW } },
        ],
        details: {
          amount: null,
          competitor: null,
          prospect: null,
          recommendation: null,
          notes: null,
          yesCosts: null,
          ourOffer: null,
          reasons: null,
        },
        manager: MANAGER,
      },
    });
  });

  it('names every wrong field at once', () => {
    const read = readAfter(values({ [FILL_IN.amount]: text('some') }), heartbeat, CONTEXT);
    expect(read).toEqual({
      ok: false,
      errors: { [AFTER.verdict]: 'Say how the call ended.', [FILL_IN.amount]: expect.any(String) },
    });
  });
});

describe('the decision', () => {
  it('has the facts on top, and the prospect’s words as the terms to match', () => {
    const view = readView(match(pulse(), ALONE));
    expect(view).toContain('Northwind  ·  customer, €48,000');
    expect(view).toContain('- Answer by <2026-11-23 14:00 UTC>');
    expect(view).toContain('promised to the other company verbally');
    expect(view).toContain("Here's what we can do for you: …*: Delivery in three weeks instead of eight.");
    expect(decodeRef(match(pulse(), ALONE).private_metadata)).toEqual({ deal: 'd1', ask: 12 });
  });

  it('a match', () => {
    const read = readMatch(
      values({
        [MATCH.terms]: text('Three weeks'),
        [MATCH.value]: text('6k'),
        [MATCH.inReturn]: text('A reference'),
        [MATCH.expiry]: moment(NOW),
      }),
      EUR,
    );
    expect(read).toEqual({
      ok: true,
      value: {
        kind: 'match',
        terms: 'Three weeks',
        cost: null,
        value: { minor: 600_000, currency: 'EUR' },
        inReturn: 'A reference',
        expiresAt: NOW,
      },
    });
  });

  it('a counter puts price last and keeps that order', () => {
    expect(readView(counter(pulse(), ALONE))).toContain('What do we move on?:  {Payment terms | ');
    const read = readCounter(
      values({
        [COUNTER.terms]: text('Four weeks'),
        [COUNTER.levers]: { selected_options: [{ value: 'price' }, { value: 'payment_terms' }] },
        [COUNTER.inReturn]: text('Two years'),
        [COUNTER.value]: text('$45,000'),
        [COUNTER.expiry]: moment(null),
      }),
      EUR,
    );
    expect(read).toEqual({
      ok: true,
      value: {
        kind: 'counter',
        terms: 'Four weeks',
        levers: ['payment_terms', 'price'],
        value: { minor: 4_500_000, currency: 'USD' },
        inReturn: 'Two years',
        expiresAt: null,
      },
    });
  });

  it('a cost in another currency than the deal is asked about at its field', () => {
    const typed = (cost: string) =>
      values({ [COUNTER.terms]: text('Four weeks'), [COUNTER.value]: text(cost) });
    const dollars = { ...EUR, worth: { minor: 4_800_000, currency: 'EUR' } };
    const asked = {
      ok: false,
      errors: {
        [COUNTER.value]: 'This deal is in EUR. About how much is $5,000 in EUR? Type it like 4,000.',
      },
    };
    expect(readCounter(typed('$5,000'), dollars)).toEqual(asked);
    expect(readMatch(typed('5k USD'), dollars)).toEqual(asked);
    expect(readRecordDecision(typed('$5,000'), dollars)).toMatchObject({ ok: false, errors: asked.errors });
    expect(readCounter(typed('5,000'), dollars)).toMatchObject({ value: { value: { currency: 'EUR' } } });
    expect(readCounter(typed('$0'), dollars)).toMatchObject({ ok: true });
  });

  it('a form of an earlier release has no field for the return, and names what it moved on', () => {
    const read = readCounter(
      values({
        [COUNTER.terms]: text('Four weeks'),
        [COUNTER.levers]: { selected_options: [{ value: 'delivery' }] },
      }),
      EUR,
    );
    expect(read).toMatchObject({ ok: true, value: { levers: ['delivery'], inReturn: null } });
  });

  it('says before the submission that the decision will go on to an approver, and then requires its cost', () => {
    const limit = { amount: { minor: 500_000, currency: 'EUR' }, percent: 10, approver: OTHER };
    const context = { ...ALONE, limit };
    for (const view of [match(pulse(), context), counter(pulse(), context)]) {
      expect(readView(view)).toContain(
        `You can decide up to €5,000, and no more than 10% of the deal on your own. Above that, <${OTHER}> has to approve it`,
      );
      expect(readView(view)).toContain('What does it cost us?*: ');
    }
    expect(readView(match(pulse(), ALONE))).not.toContain('goes on to');
    const typed = { [COUNTER.terms]: text('Four weeks'), [MATCH.terms]: text('Three weeks') };
    const unsaid = { ok: false, errors: { [COUNTER.value]: expect.stringContaining('You have a limit') } };
    const nothing = values({ ...typed, [COUNTER.value]: text(null) });
    expect(readCounter(nothing, context)).toEqual(unsaid);
    expect(readMatch(nothing, context)).toEqual(unsaid);
    const free = values({ ...typed, [COUNTER.value]: text('0') });
    expect(readMatch(free, context)).toMatchObject({ value: { value: { minor: 0, currency: 'EUR' } } });
  });

  it('words of a person are quoted beside a decision, and begin a question', () => {
    const words = { remark: 30, text: 'Give them four weeks' };
    const context = { ...ALONE, words };
    const decisions = [match(pulse(), context), counter(pulse(), context), decline(pulse(), words)];
    for (const view of [...decisions, askRep(pulse(), null, words)]) {
      expect(readView(view)).toContain(
        decisions.includes(view) ? 'You wrote:\n> Give them four weeks' : '*: Give them four weeks',
      );
      expect(decodeRef(view.private_metadata)).toEqual({ deal: 'd1', ask: 12, remark: 30 });
    }
  });

  it('a changed counter starts from the earlier one', () => {
    const view = readView(counter(countered(), ALONE));
    expect(view).toContain("Here's what we can do for you: …*: Delivery in four weeks, and a named engineer");
    expect(view).toContain('What do we move on?: Service & support, Delivery');
  });

  it('a decline owes the rep words to repeat', () => {
    expect(readView(decline(pulse()))).toContain("Here's why: …*: ");
    expect(readDecline(values({ [DECLINE.reason]: text('  ') }))).toEqual({
      ok: false,
      errors: { [DECLINE.reason]: 'Say why, so the rep can read it out.' },
    });
  });

  it('words of a manager are recorded as one of the three', () => {
    const view = readView(recordDecision(pulse(), { remark: 30, text: 'Give them four weeks' }, EUR));
    expect(view).toContain('> Give them four weeks');
    expect(view).not.toContain('Words the rep can repeat*: Give');
    const read = (kind: object) =>
      readRecordDecision(
        values({ [RECORD_DECISION.kind]: kind, [RECORD_DECISION.words]: text('Four weeks') }),
        EUR,
      );
    expect(read(option('decline'))).toEqual({ ok: true, value: { kind: 'decline', reason: 'Four weeks' } });
    expect(read(option('counter'))).toMatchObject({
      ok: true,
      value: { kind: 'counter', terms: 'Four weeks' },
    });
    expect(read({})).toEqual({
      ok: false,
      errors: { [RECORD_DECISION.kind]: 'Pick one of the three.' },
    });
  });
});

describe('small forms', () => {
  it('a question and its answer', () => {
    expect(readView(askRep(pulse(), null))).toContain('What do you need to know?*: ');
    expect(readAskRep(values({ [ASK_REP.question]: text('How many?') }))).toEqual({
      ok: true,
      value: 'How many?',
    });
    const view = answerQuestion(pulse(), question(14, 'How many?'));
    expect(readView(view)).toContain(`<${MANAGER}> asks about Northwind:\n> How many?`);
    expect(decodeRef(view.private_metadata)).toEqual({ deal: 'd1', question: 14 });
    expect(readAnswerQuestion(values({ [ANSWER_QUESTION.answer]: text(null) }))).toEqual({
      ok: false,
      errors: { [ANSWER_QUESTION.answer]: 'Type your answer.' },
    });
  });

  it('won back, whole or part', () => {
    expect(readView(wonBack(countered(), EUR))).toContain(
      'How much of it?*: All of it {All of it | Part of it}',
    );
    expect(
      readWonBack(values({ [WON_BACK.part]: option('part'), [WON_BACK.amount]: text('20k') }), {
        ...EUR,
        ...TODAY,
      }),
    ).toEqual({
      ok: true,
      value: { kind: 'won_back', part: 'part', amount: { minor: 2_000_000, currency: 'EUR' }, took: null },
    });
  });

  it('won back asks whether it is signed, and for a verbal yes on which day', () => {
    const view = readView(wonBack(countered(), EUR));
    expect(view).toContain(
      "Is it signed?*: Yes, it's signed {Yes, it's signed | Not yet, but they said yes}",
    );
    const said = (day: string | null) =>
      readWonBack(
        values({
          [WON_BACK.part]: option('whole'),
          [WON_BACK.signed]: option('verbal'),
          [WON_BACK.signsOn]: { selected_date: day },
        }),
        { ...EUR, ...TODAY },
      );
    expect(said('2026-12-04')).toEqual({
      ok: true,
      value: { kind: 'verbal_yes', part: 'whole', amount: null, took: null, signsOn: '2026-12-04' },
    });
    expect(said(null)).toMatchObject({
      ok: false,
      errors: { [WON_BACK.signsOn]: expect.stringContaining('Pick the day') },
    });
    expect(said('2026-11-20')).toMatchObject({
      ok: false,
      errors: { [WON_BACK.signsOn]: expect.stringContaining('has passed') },
    });
  });

  it('lost, with or without a reason', () => {
    expect(readView(lost(countered()))).toContain('You went back and asked, and that counts.');
    expect(readLost(values({ [LOST.reason]: text(null) }), { deal: countered(), ...TODAY })).toEqual({
      ok: true,
      value: { outcome: { kind: 'lost', reason: null } },
    });
  });

  it('lost: the agreement for the next call; the contract too, if they signed', () => {
    expect(readView(lost(countered()))).not.toContain('Their new contract');
    const signed = lost(countered({ signedReportedAt: NOW }));
    expect(readView(signed)).toContain(
      'May we call before their next decision?:  {Yes, they agreed | Rather not}',
    );
    expect(readView(signed)).toContain('Their new contract runs until: ');
    const typed = (months: string, days: { callOn?: string; contractEnd?: string } = {}) =>
      values({
        [LOST.reason]: text('Too late'),
        [NEXT_TIME.mayCall]: { selected_option: { value: 'yes' } },
        [NEXT_TIME.callOn]: { selected_date: days.callOn ?? null },
        [NEXT_TIME.contractEnd]: { selected_date: days.contractEnd ?? null },
        [NEXT_TIME.contractMonths]: text(months),
      });
    const context = { deal: countered(), ...TODAY };
    expect(readLost(typed('24'), context)).toEqual({
      ok: true,
      value: {
        outcome: { kind: 'lost', reason: 'Too late' },
        nextTime: { mayCall: 'yes', callOn: null, contractEnd: null, contractMonths: 24 },
      },
    });
    expect(readLost(typed('two years'), context)).toEqual({
      ok: false,
      errors: { [NEXT_TIME.contractMonths]: 'Type the term in months, such as 24.' },
    });
    const passed = 'That day has passed. Pick a later one.';
    expect(readLost(typed('24', { callOn: '2020-03-01', contractEnd: '2020-06-30' }), context)).toEqual({
      ok: false,
      errors: { [NEXT_TIME.callOn]: passed, [NEXT_TIME.contractEnd]: passed },
    });
    expect(readLost(typed('24', { callOn: TODAY.today }), context)).toMatchObject({ ok: true });
    // The rep noted it before it passed.
    const nextTime = { mayCall: 'yes', callOn: '2020-03-01', contractEnd: null, contractMonths: 24 } as const;
    expect(
      readLost(typed('24', { callOn: '2020-03-01' }), { ...TODAY, deal: countered({ nextTime }) }),
    ).toMatchObject({ ok: true });
  });

  it('a reminder lies ahead', () => {
    expect(readView(remind(countered()))).toContain('When?*: ');
    expect(readRemind(values({ [REMIND.at]: moment(NOW + HOUR) }), { now: NOW })).toEqual({
      ok: true,
      value: NOW + HOUR,
    });
    expect(readRemind(values({ [REMIND.at]: moment(NOW - HOUR) }), { now: NOW })).toEqual({
      ok: false,
      errors: { [REMIND.at]: 'That time has passed. Pick a later one.' },
    });
  });

  it('who decides', () => {
    expect(readView(assignManager(pulse()))).toContain("We'll ask them when you save");
    expect(readAssignManager(values({ [ASSIGN_MANAGER.manager]: person(null) }))).toEqual({
      ok: false,
      errors: { [ASSIGN_MANAGER.manager]: 'Pick a person.' },
    });
  });
});
