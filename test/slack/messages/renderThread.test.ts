import fc from 'fast-check';
import { hasMessages } from '../../../src/deal/evolve/evolve';
import type { Deal, Nudge, Remark } from '../../../src/deal/model/deal';
import type { KeptRemark } from '../../../src/deal/model/remark';
import { renderThread, retiredSlot } from '../../../src/slack/messages/renderThread';
import { type Slot, slotMetadata, slotOfMetadata } from '../../../src/slack/messages/slot';
import type { Privacy } from '../../../src/store/store';
import {
  answered,
  countered,
  decision,
  HOUR,
  heartbeat,
  lastQuestion,
  longest,
  MANAGER,
  NOW,
  newDeal,
  OTHER,
  pendingAsk,
  pulse,
  question,
  REP,
  reasons,
  rowsOf,
  wordsOf,
} from '../deals';
import { slotFaults } from '../limits';
import { readBlocks } from '../read';

const render = (deal: Deal, privacy: Privacy = 'full', remarks = wordsOf(deal, 'Do it')) =>
  renderThread(deal, { privacy, playbook: heartbeat, reasons, remarks, repName: 'Robin Reyes' });
const keys = (slots: readonly Slot[]) => slots.map(({ key }) => key);

/** The words of one message; fails when it is not there. */
function read(deal: Deal, key: string, privacy: Privacy = 'full'): string {
  return readBlocks(slotOf(deal, key, privacy).blocks);
}

function slotOf(deal: Deal, key: string, privacy: Privacy = 'full'): Slot {
  const found = render(deal, privacy).find((slot) => slot.key === key);
  if (found === undefined)
    throw new Error(`there is no slot ${key}, only ${keys(render(deal, privacy)).join(', ')}`);
  return found;
}

const nudge = (id: number, kind: Nudge['kind'], to: string, timeLeftMs: number | null = null): Nudge => ({
  id,
  kind,
  to,
  by: null,
  at: NOW,
  timeLeftMs,
});

describe('a nudge by the rep', () => {
  const deal = pulse({ nudges: [{ ...nudge(30, 'from_rep', MANAGER, HOUR), by: REP }] });

  it('stands in the thread and with whoever the ask waits for, and says from whom and until when', () => {
    const words = `From <${REP}>: Any news on Northwind? They expect a call <2026-11-24 12:00 UTC>.`;
    expect(readBlocks(slotOf(deal, `nudge-dm:30:${MANAGER}`).blocks)).toBe(
      `${words}\n[Match it] [Counter] [Decline] [Ask Robin]`,
    );
    const inThread = readBlocks(slotOf(deal, 'nudge:30').blocks);
    expect(inThread).toBe(
      `<${REP}> asks <${MANAGER}> for any news on Northwind. They expect a call <2026-11-24 12:00 UTC>.`,
    );
    expect(slotOf(deal, 'nudge:30')).toMatchObject({ notifies: true, overtaken: false });
  });

  it('names no company where everybody reads the thread, and is overtaken by the next reminder', () => {
    expect(readBlocks(slotOf(deal, 'nudge:30', 'short').blocks)).not.toContain('Northwind');
    const later = { ...deal, nudges: [...deal.nudges, nudge(31, 'deadline', MANAGER, 0)] };
    expect(slotOf(later, 'nudge:30')).toMatchObject({ overtaken: true });
  });
});

describe('before there is a verdict', () => {
  it('there is no thread', () => {
    expect(render(newDeal())).toEqual([]);
  });

  it('there are no messages that the domain does not know of', () => {
    const some = [newDeal(), newDeal({ resumeOffer: 5 }), newDeal({ verdict: 'pulse' }), pulse(), longest()];
    expect(some.map((deal) => hasMessages(deal))).toEqual(some.map((deal) => render(deal).length > 0));
    // A message that stood there once may still need its last words.
    expect(hasMessages(newDeal({ tries: 1 }))).toBe(true);
  });

  it('a direct message offers to resume a call that the rep left', () => {
    const deal = newDeal({ resumeOffer: 5 });
    expect(keys(render(deal))).toEqual(['resume:5']);
    expect(slotOf(deal, 'resume:5')).toMatchObject({ place: { in: 'dm', user: REP }, notifies: true });
    expect(read(deal, 'resume:5')).toBe(
      'You were on with Northwind. Pick up where you left off?\n[Resume] [Log the call] [Not a lost deal]',
    );
    // The summary does not ask again for answers of the call.
    const begun = newDeal({ resumeOffer: 5, trail: [answered('obstacle', 'obstacle', { kind: 'told' })] });
    expect(read(begun, 'resume:5')).toMatch(/\n\[Resume\] \[Not a lost deal\]$/u);
  });
});

describe('a pulse', () => {
  it('makes a thread: summary, transcript, ask and its DM copy', () => {
    expect(keys(render(pulse()))).toEqual([
      'summary',
      'transcript',
      `ask:12:${MANAGER}`,
      `ask-dm:12:${MANAGER}`,
    ]);
  });

  it('the summary says the state and the deadline, without alerting the manager', () => {
    expect(read(pulse(), 'summary').split('\n')).toEqual([
      'Northwind  ·  customer, €48,000',
      'Open to it, OK to ask',
      'Against: Contoso',
      'Waiting for a decision, due <2026-11-23 14:00 UTC>',
      `<${REP}> asked.`,
      "[Details] [Fill in while it's fresh] [They've signed]",
    ]);
  });

  it('the transcript is what they said, then what they answered, then what the rep says', () => {
    expect(read(pulse(), 'transcript').split('\n')).toEqual([
      'They said',
      '> Delivery in three weeks instead of eight.',
      'They can open the new site in May.',
      'Also in the way The board meets on Thursday.',
      'Reasons Timeline',
      'Would have kept them yes  ·  Signed verbal yes  ·  OK to ask yes  ·  They sign 27 Nov 2026  ·  Call back <2026-11-24 12:00 UTC>',
      'Rep recommends Offer faster delivery before a lower price.',
      'Spoke with Ms Reyes',
    ]);
    expect(slotOf(pulse(), 'transcript').notifies).toBe(false);
  });

  it('the transcript joins phrases to a sentence, and marks only what the rep guesses', () => {
    const trail = [
      answered('attraction', 'attraction', { kind: 'text', text: 'ninety days to pay' }),
      answered('obstacle', null, { kind: 'choice', choice: 'nothing_else' }),
      answered('signed', 'signed', { kind: 'choice', choice: 'no' }, 'rep'),
      answered('promise', 'promise', { kind: 'datetime', at: NOW + 26 * HOUR }, 'rep'),
    ];
    const details = newDeal().details;
    expect(read(pulse({ business: 'new', trail, details }), 'transcript').split('\n')).toEqual([
      'They said ninety days to pay, nothing else in the way',
      "Signed not yet  rep's guess  ·  Call back <2026-11-24 12:00 UTC>",
    ]);
  });

  it('the transcript has the last answer to a question, and nothing that nobody wrote down', () => {
    const trail = [
      answered('attraction', 'attraction', { kind: 'told' }),
      answered('would_have_kept', 'would_have_kept', { kind: 'choice', choice: 'unclear' }),
      answered('would_have_kept_again', 'would_have_kept', { kind: 'choice', choice: 'yes' }),
      answered('signing_date', 'signing_date', { kind: 'unknown' }),
    ];
    const details = newDeal().details;
    expect(read(pulse({ trail, details }), 'transcript')).toBe('Would have kept them yes');
    expect(keys(render(pulse({ trail: trail.slice(0, 1), details })))).not.toContain('transcript');
  });

  it('the transcript keeps the words typed beside a one-tap answer', () => {
    const answer = { kind: 'choice', choice: 'nothing_else', text: 'Only the board' } as const;
    const deal = pulse({ trail: [answered('obstacle', 'obstacle', answer)] });
    expect(read(deal, 'transcript')).toContain('What else is in the way\n> Nothing else\nOnly the board');
  });

  it('the ask has everything needed to decide, the ledger last', () => {
    expect(read(pulse(), `ask:12:${MANAGER}`).split('\n')).toEqual([
      'Northwind (customer, €48,000) would have stayed with “Delivery in three weeks instead of eight”.',
      `Please decide by <2026-11-23 14:00 UTC>. You have your usual four hours. <${REP}> promised to call back <2026-11-24 12:00 UTC>. They plan to sign on Friday, 27 Nov 2026.`,
      'Against Contoso.',
      `<${REP}> recommends: Offer faster delivery before a lower price.`,
      `<${MANAGER}> decides. Asked by <${REP}>.`,
      'The whole picture',
      '> They can open the new site in May.',
      'Reasons: Timeline',
      'Also in the way',
      '> The board meets on Thursday.',
      'Not signed, but promised to the other company verbally.',
      'Contoso before: claimed in 4 deals, matched in 2, saved 1, matched and still lost 0.',
      '[Match it] [Counter] [Decline] [Ask Robin]',
    ]);
  });

  it('reads well before the rep writes anything down', () => {
    const deal = pulse({
      details: newDeal().details,
      trail: [answered('attraction', 'attraction', { kind: 'told' })],
      ask: pendingAsk(),
    });
    expect(read(deal, `ask:12:${MANAGER}`)).toBe(
      [
        'Northwind (customer) would have stayed with what the other offer has.',
        'Please decide by <2026-11-23 14:00 UTC>. No call-back agreed, so you have your usual four hours.',
        `<${MANAGER}> decides. Asked by <${REP}>.`,
        `<${REP}> is still adding the facts.`,
        '[Ask Robin] [Match it] [Counter] [Decline]',
      ].join('\n'),
    );
  });

  it('asks for what they hoped we would bring', () => {
    const deal = pulse({
      trail: [answered('hoped_for', 'hoped_for', { kind: 'text', text: 'a person to call.\nAnd more' })],
    });
    const slots = renderThread(deal, {
      privacy: 'full',
      playbook: lastQuestion,
      reasons,
      remarks: wordsOf(deal),
      repName: 'Robin Reyes',
    });
    const ask = slots.find(({ key }) => key.startsWith('ask:'));
    expect(readBlocks(ask?.blocks)).toContain('would talk again for “a person to call”.\nPlease decide by');
  });

  it('the DM copy says the same, with the same buttons, and alerts by direct message', () => {
    const dmCopy = slotOf(pulse(), `ask-dm:12:${MANAGER}`);
    expect(dmCopy).toMatchObject({ place: { in: 'dm', user: MANAGER }, notifies: true, overtaken: false });
    const [first, ...rest] = readBlocks(dmCopy.blocks).split('\n');
    expect(first).toBe(read(pulse(), `ask:12:${MANAGER}`).split('\n')[0]);
    expect(rest.at(-1)).toBe('[Match it] [Counter] [Decline] [Ask Robin]');
  });

  it('handing it to somebody else is a new notification', () => {
    const deal = pulse({ manager: OTHER, ask: pendingAsk({ manager: OTHER, addressedBy: 18 }) });
    expect(keys(render(deal))).toEqual(expect.arrayContaining([`ask:18:${OTHER}`, `ask-dm:18:${OTHER}`]));
    const former = retiredSlot(deal, `ask:12:${MANAGER}`, {
      privacy: 'full',
      playbook: heartbeat,
      reasons,
      remarks: wordsOf(deal),
      repName: 'Robin Reyes',
    });
    expect(readBlocks(former?.blocks)).toBe(`<${MANAGER}> was asked. It is with <${OTHER}> now.`);
    expect(former).toMatchObject({ key: `ask:12:${MANAGER}`, place: { in: 'thread' }, overtaken: true });
  });

  it('without a manager a message asks the rep who decides', () => {
    const deal = pulse({ manager: null, ask: pendingAsk({ manager: null }) });
    expect(keys(render(deal))).toEqual(['summary', 'transcript', 'who-decides:12']);
    expect(read(deal, 'who-decides:12')).toBe(
      [
        "Who decides about Northwind? They're open to it and need an answer by <2026-11-23 14:00 UTC>.",
        "Name somebody and we'll ask them.",
        '[Say who decides]',
      ].join('\n'),
    );
    const named = pulse({ ask: pendingAsk({ addressedBy: 14 }) });
    expect(slotOf(named, 'who-decides:12').overtaken).toBe(true);
    expect(read(named, 'who-decides:12')).toContain(`We've asked <${MANAGER}>.`);
  });

  it('a question goes to the rep, and the answer back to the person who asked', () => {
    const open = pulse({ ask: pendingAsk({ questions: [question(14, 'How many a month?')] }) });
    expect(read(open, `question-dm:14:${REP}`)).toBe(
      `<${MANAGER}> asks about Northwind:\n> How many a month?\n[Answer]`,
    );
    expect(keys(render(open))).not.toContain(`answer-dm:14:${MANAGER}`);
    const answeredDeal = pulse({
      ask: pendingAsk({ questions: [question(14, 'How many a month?', 'About 400.')] }),
    });
    expect(slotOf(answeredDeal, `question-dm:14:${REP}`).overtaken).toBe(true);
    expect(read(answeredDeal, `answer-dm:14:${MANAGER}`)).toContain(
      `<${REP}> answers your question about Northwind:\n> About 400.\n[Match it]`,
    );
    expect(read(answeredDeal, `ask:12:${MANAGER}`)).toContain('Asked: How many a month?\nAnswer: About 400.');
  });
});

describe('reminders', () => {
  const half = nudge(15, 'half_time', MANAGER, 2 * HOUR);
  const due = nudge(16, 'deadline', MANAGER, 0);
  const holding = nudge(17, 'holding', REP, 0);

  it('say the time that was left, fixed, in the thread and by direct message', () => {
    const deal = pulse({ nudges: [half] });
    expect(read(deal, 'nudge:15')).toBe(
      `Northwind still needs an answer from <${MANAGER}>, due <2026-11-23 14:00 UTC>. 2 hours left.`,
    );
    expect(read(deal, `nudge-dm:15:${MANAGER}`)).toMatch(
      /^Northwind still needs your answer, .* 2 hours left\.\n\[Match it\]/u,
    );
  });

  it('at the deadline the rep gets words to hold the line, and the earlier reminder is overtaken', () => {
    const deal = pulse({ nudges: [half, holding, due] });
    expect(slotOf(deal, 'nudge:15').overtaken).toBe(true);
    expect(slotOf(deal, 'nudge:16').overtaken).toBe(false);
    expect(read(deal, `holding:17:${REP}`)).toContain(
      "> Hi Ms Reyes, I said I'd call by <2026-11-24 12:00 UTC>",
    );
  });

  it('a deadline that goes to the rep alone alerts nobody else', () => {
    const deal = pulse({ nudges: [nudge(16, 'deadline', REP, 0)] });
    expect(keys(render(deal)).filter((key) => /nudge|holding/u.test(key))).toEqual([`holding:16:${REP}`]);
  });

  it('a decision overtakes them all', () => {
    const slots = render(countered({ nudges: [half, holding, due] })).filter(({ key }) =>
      /nudge|holding/u.test(key),
    );
    expect(slots.length).toBe(5);
    expect(slots.every(({ overtaken }) => overtaken)).toBe(true);
    expect(slots.every(({ blocks }) => !readBlocks(blocks).includes('['))).toBe(true);
  });

  it('remind the rep to name who decides, of a call they owe, of an offer that runs out, and of the outcome', () => {
    const naming = pulse({
      manager: null,
      ask: pendingAsk({ manager: null }),
      nudges: [nudge(15, 'name_manager', REP)],
    });
    expect(read(naming, 'nudge:15')).toContain('Who decides about Northwind? Nobody is named yet.');
    expect(read(naming, 'nudge:15')).toContain('[Say who decides]');

    const calling = read(countered({ nudges: [nudge(25, 'call_back', REP)] }), 'nudge:25');
    expect(calling).toContain('Northwind is expecting your call. You said <2026-11-24 12:00 UTC>.');
    expect(calling).toContain('Words to go back with\n> Hi Ms Reyes');
    expect(calling).toContain(
      "[Won back] [Still lost] [Haven't reached them] [Remind me] [They say…] [Copy the mail]",
    );

    const expiring = read(countered({ nudges: [nudge(26, 'expiry', REP, 24 * HOUR)] }), 'nudge:26');
    expect(expiring).toContain('Our offer to Northwind expires <2026-11-25 10:00 UTC>. 24 hours left.');

    const asking = countered({ nudges: [nudge(25, 'call_back', REP), nudge(27, 'outcome', REP)] });
    expect(read(asking, 'nudge:27')).toContain('How did it go with Northwind?');
    expect(slotOf(asking, 'nudge:25').overtaken).toBe(true);
  });
});

describe('the decision', () => {
  it('takes the place of the buttons: who, what, when', () => {
    const decided = `<${MANAGER}> decided: counter (<2026-11-23 10:00 UTC>).`;
    for (const key of [`ask:12:${MANAGER}`, `ask-dm:12:${MANAGER}`]) {
      expect(read(countered(), key)).toContain(decided);
      expect(read(countered(), key)).not.toContain('[Match it]');
    }
  });

  it('reaches the rep with the words to go back with and the buttons for what comes of it', () => {
    expect(read(countered(), `decision-dm:20:${REP}`).split('\n')).toEqual([
      `Northwind. <${MANAGER}>: counter-offer.`,
      'Words to go back with',
      "> Hi Ms Reyes, thanks for waiting. I went and asked. I couldn't get you all of it, but here's what we can do: Delivery in four weeks, and a named engineer for the first month.",
      "> It's good until <2026-11-25 10:00 UTC>. Is that enough for you to stay?",
      'You told them <2026-11-24 12:00 UTC>. Call them, then say here how it went.',
      "[Won back] [Still lost] [Haven't reached them] [Remind me] [They say…] [Copy the mail]",
    ]);
  });

  it('what we get in return is in the words to say, the thread and the outcome, and nothing stands twice', () => {
    const [counter] = countered().ask?.decisions ?? [];
    if (counter?.kind !== 'counter') throw new Error('it is a counter-offer');
    const given = { ...counter, inReturn: 'a two-year term' };
    const deal = countered({ ask: pendingAsk({ status: 'decided', decisions: [given] }) });
    const told = read(deal, `decision-dm:20:${REP}`);
    expect(told).toContain("In return, we'd need a two-year term. It's good until");
    expect(told.split('a two-year term')).toHaveLength(2);
    expect(told.split('named engineer')).toHaveLength(2);
    expect(read(deal, 'decision:20')).toContain('What we get in return: a two-year term');
    const won = { kind: 'won_back' as const, part: 'whole' as const, amount: null, took: null };
    const back = { ...deal, stage: 'closed' as const, outcome: won, outcomeAt: NOW };
    expect(read(back, `outcome:${NOW}`)).toContain('We get "a two-year term" in return.');
    expect(read(back, `outcome:${NOW}`, 'short')).not.toContain('two-year');
    expect(read(back, `decision-dm:20:${REP}`)).toContain('We offer\n> Delivery in four weeks');
  });

  it('terms too long to say have the rest one click away', () => {
    const long = decision(20, {
      kind: 'match',
      terms: 'Ninety days to pay. '.repeat(40),
      cost: null,
      value: null,
      inReturn: null,
      expiresAt: null,
    });
    const deal = countered({ ask: pendingAsk({ status: 'decided', decisions: [long] }) });
    expect(read(deal, `decision-dm:20:${REP}`)).toContain(
      '[Remind me] [They say…] [Copy the mail] [Show all]',
    );
  });

  it('a decline brings words that end it well', () => {
    const declined = decision(20, { kind: 'decline', reason: 'We cannot build it that fast.' });
    const deal = pulse({
      stage: 'calling_back',
      ask: pendingAsk({ status: 'decided', decisions: [declined] }),
    });
    expect(read(deal, `decision-dm:20:${REP}`)).toContain("> Here's why: We cannot build it that fast.");
  });

  it('a later one is a notification of its own, and the former says it was replaced', () => {
    const first = decision(20, { kind: 'decline', reason: 'Too fast for us.' });
    const second = decision(22, {
      kind: 'match',
      terms: 'Three weeks',
      value: null,
      cost: null,
      inReturn: null,
      expiresAt: null,
    });
    const deal = countered({ ask: pendingAsk({ status: 'decided', decisions: [first, second] }) });
    expect(slotOf(deal, 'decision:20').overtaken).toBe(true);
    expect(slotOf(deal, 'decision:22').overtaken).toBe(false);
    expect(read(deal, 'decision:20')).toContain('Replaced by a later decision.');
    expect(read(deal, `decision-dm:20:${REP}`)).not.toContain('[Won back]');
    expect(read(deal, `decision-dm:22:${REP}`)).toContain('[Won back]');
    expect(read(deal, `ask:12:${MANAGER}`)).toContain('decided: match');
  });

  it('a manager gets the offer to record their words, until the ask is decided or the words are deleted', () => {
    const remark = {
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
    expect(read(pulse({ remarks: [remark] }), 'offer:17')).toBe(
      "You wrote about Northwind:\n> Do it\nIt's saved with the deal. Record it as …\n[Match it] [Counter] [Decline] [Question]",
    );
    expect(slotOf(countered({ remarks: [remark] }), 'offer:17').overtaken).toBe(true);
    expect(read(pulse({ remarks: [{ ...remark, deleted: true }] }), 'offer:17')).toBe(
      'You wrote about Northwind:\nYou deleted this message, and nothing was recorded.',
    );
    const made = countered().ask?.decisions[0];
    const recorded = (more: Partial<Remark>) => {
      const decisions = made === undefined ? [] : [{ ...made, remark: 17 }];
      const ask = pendingAsk({ status: 'decided', decisions });
      return read(countered({ ask, remarks: [{ ...remark, ...more }] }), 'offer:17');
    };
    expect(recorded({})).toContain('Recorded as your decision.');
    expect(recorded({})).not.toContain('[');
    expect(recorded({ editedAt: NOW + 1 })).toContain(
      '> Do it\nYou changed these words since. The decision stays as it is.\n[Change the decision]',
    );
    expect(recorded({ deleted: true })).toContain('The decision stays as it is.');
    expect(keys(render(pulse({ remarks: [{ ...remark, offersDecision: false }] })))).not.toContain(
      'offer:17',
    );
  });

  it('the thread never shows words that an edit replaced, and cut words say where the rest is', () => {
    const remark = {
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
    const deal = pulse({ remarks: [remark] });
    const offer = (row: Partial<KeptRemark>) => {
      const rows = rowsOf(deal, 'Do it').map((it) => [it.id, { ...it, ...row }] as const);
      return readBlocks(render(deal, 'full', new Map(rows)).find(({ key }) => key === 'offer:17')?.blocks);
    };
    expect(offer({ editedAt: NOW + 1, text: 'Do it in May' })).not.toContain('Do it');
    expect(offer({ isCut: true })).toContain('> Do it\nMore is in the thread.\n');
  });
});

describe('the end', () => {
  it('credit for a won-back deal goes to rep and decider', () => {
    const deal = countered({
      stage: 'closed',
      closedAt: NOW,
      closedBecause: 'outcome',
      outcome: { kind: 'won_back', part: 'part', amount: { minor: 2_000_000, currency: 'EUR' }, took: null },
      outcomeAt: NOW,
    });
    expect(read(deal, `outcome:${NOW}`)).toBe(
      `🎉 Part of Northwind is back: €20,000!\nContoso offered "Delivery in three weeks instead of eight".\n<${REP}> asked, <${MANAGER}> answered in 1 minute.`,
    );
    expect(read(deal, `outcome-dm:${NOW}:${REP}`)).toContain(
      "We're really glad to be working with Northwind.",
    );
    expect(read(deal, `decision-dm:20:${REP}`)).not.toContain('[Won back]');
    expect(read(deal, 'summary')).toContain('Closed. Part of it won back.');
  });

  it('a deal that is back is told in the channel, in a public one without a name, a word or an amount', () => {
    const deal = countered({
      stage: 'closed',
      outcome: {
        kind: 'won_back',
        part: 'whole',
        amount: { minor: 4_800_000, currency: 'EUR' },
        took: 'Sixty\ndays.',
      },
      outcomeAt: NOW,
      outcomeTold: true,
    });
    expect(read(deal, `outcome:${NOW}`)).toBe(
      `🎉 Northwind is back: €48,000!\nContoso offered "Delivery in three weeks instead of eight". "Sixty days" did it.\n<${REP}> asked, <${MANAGER}> answered in 1 minute.`,
    );
    const public_ = render(deal, 'short').find(({ key }) => key === `outcome:${NOW}`);
    expect(readBlocks(public_?.blocks)).toBe(
      `🎉 A lost deal is back!\n<${REP}> asked, <${MANAGER}> answered in 1 minute.\n[Details]`,
    );
    expect([public_?.broadcast, public_?.text]).toEqual([true, expect.not.stringContaining('Northwind')]);
    const ofEarlierRelease = render({ ...deal, outcomeTold: false });
    expect(ofEarlierRelease.some((slot) => 'broadcast' in slot)).toBe(false);
  });

  it('a deal that stayed lost names nobody who failed', () => {
    const deal = countered({
      stage: 'closed',
      outcome: { kind: 'lost', reason: 'Too late' },
      outcomeAt: NOW,
    });
    expect(read(deal, `outcome:${NOW}`)).toBe(
      `Stays lost: Northwind.\nWhat they said:\n> Too late\n<${REP}> went back and asked. Thank you.`,
    );
  });

  it('no answer yet is no end', () => {
    const deal = countered({ outcome: { kind: 'no_answer' }, outcomeAt: NOW, remindAt: NOW + HOUR });
    expect(keys(render(deal)).some((key) => key.startsWith('outcome'))).toBe(false);
    expect(read(deal, `decision-dm:20:${REP}`)).toContain("I'll remind you <2026-11-23 11:00 UTC>.");
    expect(read(deal, `decision-dm:20:${REP}`)).toContain('[Won back]');
  });

  it('a signature ends the rescue, and the people who were asked read so', () => {
    const deal = pulse({
      stage: 'calling_back',
      signedReportedAt: NOW,
      ask: pendingAsk({ status: 'withdrawn' }),
    });
    expect(read(deal, `signed:${NOW}`)).toContain('The rescue ends here, and we wish them well.');
    expect(read(deal, `signed-dm:${NOW}:${MANAGER}`)).toContain(`says <${REP}>`);
    expect(read(deal, `ask:12:${MANAGER}`)).toContain("They've signed with the other company.");
    expect(read(deal, `ask:12:${MANAGER}`)).not.toContain('[Match it]');
  });

  it('after a signature the rep gets no words of an offer', () => {
    const deal = countered({
      stage: 'calling_back',
      signedReportedAt: NOW,
      nudges: [nudge(25, 'call_back', REP)],
    });
    expect(read(deal, `decision-dm:20:${REP}`)).not.toContain('Words to go back with');
    expect(read(deal, 'nudge:25')).toContain('Call Northwind to say thanks. Make no offer.');
  });

  it('a deal that ended in silence says so', () => {
    const deal = countered({ stage: 'closed', closedAt: NOW, closedBecause: 'silence' });
    expect(read(deal, `closed:${NOW}`)).toContain('Northwind was closed. No answer.');
  });

  it('silence of the deciders is no answer of the prospect', () => {
    const { ask } = pulse();
    const withdrawn = ask === null ? null : { ...ask, status: 'withdrawn' as const };
    const deal = pulse({ stage: 'closed', closedAt: NOW, closedBecause: 'silence', ask: withdrawn });
    expect(read(deal, `closed:${NOW}`)).toContain('Northwind was closed. No decision came.');
  });

  it('the competitor has won nothing for good while it may be won back', () => {
    const against = (change: Parameters<typeof countered>[0]) =>
      read(countered(change), 'summary')
        .split('\n')
        .find((it) => it.endsWith(': Contoso'));
    const wonBack = { kind: 'won_back', part: 'whole', amount: null, took: null } as const;
    expect(against({})).toBe('Against: Contoso');
    expect(against({ stage: 'closed', closedAt: NOW, outcome: wonBack, outcomeAt: NOW })).toBe(
      'Against: Contoso',
    );
    const lost = { kind: 'lost', reason: null } as const;
    expect(against({ stage: 'closed', closedAt: NOW, outcome: lost, outcomeAt: NOW })).toBe(
      'Lost to: Contoso',
    );
  });

  it('nobody reached: words to leave at once, and a reminder when it is time', () => {
    const deal = newDeal({ verdict: 'unreached', position: null, tries: 1, nextTryAt: NOW + HOUR });
    expect(read(deal, 'unreached:1')).toContain('On voicemail\n> Hi');
    const later = { ...deal, tryReminder: 9 };
    expect(slotOf(later, 'unreached:1').overtaken).toBe(true);
    expect(read(later, 'try:9')).toContain('Time to try Northwind again. One try so far.');
    expect(read(later, 'try:9')).toContain('[Try now] [Another time]');
  });

  it('long after: what they said then, words to open with, and Start again', () => {
    const deal = pulse({
      stage: 'closed',
      verdict: 'signed',
      ask: null,
      reEngagement: { at: NOW, why: 'contract_end', remindedBy: 30 },
    });
    const text = read(deal, 're-engage:30');
    expect(text).toContain(
      'Time to call Northwind again. Their contract with the other company ends before long.',
    );
    expect(text).toContain("> Hi Ms Reyes, it's been a while");
    expect(text).toContain('They said\n> Delivery in three weeks instead of eight.');
    expect(text).toContain('[Start again]');
    const calledBack = { ...deal, outcome: { kind: 'lost', reason: 'They need it by June.' } } as const;
    expect(read(calledBack, 're-engage:30')).toContain('When you called back They need it by June.');
  });

  it('not a loss: an existing thread says so, and no new one begins', () => {
    const deal = newDeal({ verdict: 'not_over', stage: 'withdrawn', position: null });
    expect(keys(render(deal))).toEqual(['summary']);
    expect(slotOf(deal, 'summary').overtaken).toBe(true);
    expect(read(deal, 'summary')).toContain('Not a loss');
  });

  it('an ask that was asked anew gives way to the new one', () => {
    const deal = pulse({
      ask: pendingAsk({ id: 40, addressedBy: 40 }),
      pastAsks: [pendingAsk({ status: 'withdrawn' })],
    });
    expect(slotOf(deal, `ask:12:${MANAGER}`).overtaken).toBe(true);
    expect(read(deal, `ask:12:${MANAGER}`)).toContain("There's a newer ask.");
    expect(read(deal, `ask:40:${MANAGER}`)).toContain('[Match it]');
  });
});

describe('in a public channel', () => {
  const secrets = [
    'Northwind',
    'Contoso',
    'Reyes',
    '48,000',
    'three weeks',
    'new site',
    'board',
    'engineer',
    'four weeks',
    'How many',
    'Too late',
    'Do it',
    'May',
  ];
  const remark = {
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
  const asked = pendingAsk({ questions: [question(14, 'How many?', 'Four weeks of board')] });
  const nudges = [nudge(15, 'half_time', MANAGER, HOUR), nudge(16, 'deadline', MANAGER, 0)];
  const deals: readonly (readonly [string, Deal])[] = [
    ['pending', pulse({ ask: asked, nudges, remarks: [remark] })],
    ['decided', countered({ nudges })],
    [
      'signed',
      pulse({ stage: 'calling_back', signedReportedAt: NOW, ask: { ...asked, status: 'withdrawn' } }),
    ],
    [
      'lost',
      countered({
        stage: 'closed',
        outcome: { kind: 'lost', reason: 'Too late' },
        outcomeAt: NOW,
        closedAt: NOW,
        closedBecause: 'silence',
      }),
    ],
    [
      'won',
      countered({
        stage: 'closed',
        outcome: {
          kind: 'won_back',
          part: 'whole',
          amount: { minor: 4_800_000, currency: 'EUR' },
          took: null,
        },
        outcomeAt: NOW,
      }),
    ],
  ];

  it.each(deals)('the thread of a deal that is %s has no names, words, terms or amounts', (_name, deal) => {
    for (const slot of render(deal, 'short').filter(({ place }) => place.in !== 'dm')) {
      const shown = `${readBlocks(slot.blocks)}\n${slot.text}`;
      for (const secret of secrets)
        expect([slot.key, shown]).not.toEqual([slot.key, expect.stringContaining(secret)]);
    }
  });

  it('the ask keeps its buttons, and Details opens the rest', () => {
    expect(read(pulse(), `ask:12:${MANAGER}`, 'short')).toBe(
      [
        "They're open to it. Please decide by <2026-11-23 14:00 UTC>.",
        `<${MANAGER}> decides. Asked by <${REP}>.`,
        '[Match it] [Counter] [Decline] [Ask Robin] [Details]',
      ].join('\n'),
    );
    expect(slotOf(pulse(), 'transcript', 'short').overtaken).toBe(true);
  });

  it('direct messages say everything', () => {
    expect(read(pulse(), `ask-dm:12:${MANAGER}`, 'short')).toBe(read(pulse(), `ask-dm:12:${MANAGER}`));
  });
});

describe('every message', () => {
  const decided = {
    ...pendingAsk(),
    questions: longest().ask?.questions ?? [],
    decisions: longest().ask?.decisions ?? [],
    status: 'decided' as const,
  };
  const all: readonly (readonly [string, Deal])[] = [
    [
      'pending',
      longest({ nudges: [nudge(50, 'half_time', MANAGER, HOUR), nudge(51, 'deadline', MANAGER, 0)] }),
    ],
    ['counter', longest({ stage: 'winning_back', ask: decided, nudges: [nudge(70, 'call_back', REP)] })],
    [
      'decline',
      longest({ stage: 'calling_back', ask: { ...decided, decisions: decided.decisions.slice(0, 2) } }),
    ],
    [
      'match',
      longest({
        stage: 'winning_back',
        ask: { ...decided, decisions: decided.decisions.slice(0, 1) },
        nudges: [nudge(70, 'expiry', REP, HOUR)],
      }),
    ],
    [
      'lost',
      longest({
        stage: 'closed',
        ask: decided,
        outcome: { kind: 'lost', reason: '&'.repeat(3000) },
        outcomeAt: NOW,
      }),
    ],
    [
      'won',
      longest({
        stage: 'closed',
        ask: decided,
        outcome: { kind: 'won_back', part: 'part', amount: { minor: 1, currency: 'EUR' }, took: null },
        outcomeAt: NOW,
      }),
    ],
    [
      're-engaged',
      longest({
        stage: 'closed',
        closedAt: NOW,
        closedBecause: 'outcome',
        outcome: { kind: 'lost', reason: '&'.repeat(3000) },
        reEngagement: { at: NOW, why: 'agreed', remindedBy: 90 },
      }),
    ],
    [
      'unreached',
      longest({
        stage: 'coaching',
        verdict: 'unreached',
        tries: 2,
        nextTryAt: NOW,
        tryReminder: 80,
        ask: null,
      }),
    ],
    [
      'signed',
      longest({
        stage: 'calling_back',
        signedReportedAt: NOW,
        ask: pendingAsk({ status: 'withdrawn' }),
        pastAsks: [{ ...decided, id: 10, addressedBy: 10 }],
      }),
    ],
  ];

  it.each(all)('is taken by Slack with the longest of everything: %s', (_name, deal) => {
    for (const privacy of ['full', 'short'] as const) {
      for (const playbook of [heartbeat, lastQuestion]) {
        for (const slot of renderThread(deal, {
          privacy,
          playbook,
          reasons,
          remarks: wordsOf(deal),
          repName: 'Robin Reyes',
        }))
          expect(slotFaults(slot)).toEqual([]);
      }
    }
  });

  it.each(all)('has a key of its own and is the same when rendered again: %s', (_name, deal) => {
    const slots = render(deal);
    expect(new Set(keys(slots)).size).toBe(slots.length);
    expect(JSON.stringify(render(deal))).toBe(JSON.stringify(slots));
  });

  it('long answers are cut in the message, and the rest is one click away', () => {
    const text = read(longest(), 'transcript');
    expect(text).toContain('…');
    expect(text).toContain('[Show all]');
    expect(read(pulse(), 'transcript')).not.toContain('[Show all]');
  });

  it('carries metadata that names deal and slot, and nothing else', () => {
    const owner = { kind: 'deal', id: 'd1' } as const;
    const metadata = slotMetadata(owner, 'summary');
    expect(metadata).toEqual({ event_type: 'lostdeal_slot', event_payload: { deal: 'd1', slot: 'summary' } });
    expect(slotOfMetadata(metadata)).toEqual({ owner, key: 'summary' });
    expect(slotOfMetadata({ event_type: 'other', event_payload: {} })).toBeNull();
    expect(slotOfMetadata(undefined)).toBeNull();
  });

  it('Slack takes any text that people type, and none of it becomes a mention, link or format', () => {
    const typed = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
      fc.constantFrom(
        '<!here>',
        '<@U0OTHER>',
        ':tada:',
        '*b*',
        'https://evil.example',
        '@channel',
        '<!date^1^{date}|x>',
      ),
    );
    fc.assert(
      fc.property(typed, typed, typed, (account, offer, terms) => {
        const deal = countered({
          account,
          details: {
            amount: null,
            competitor: account,
            prospect: offer,
            notes: offer,
            recommendation: terms,
            yesCosts: null,
            ourOffer: null,
            reasons: null,
          },
          trail: [answered('attraction', 'attraction', { kind: 'text', text: offer })],
          ask: pendingAsk({
            status: 'decided',
            questions: [question(14, offer, terms)],
            decisions: [
              decision(20, {
                kind: 'match',
                terms,
                value: null,
                cost: offer,
                inReturn: account,
                expiresAt: null,
              }),
            ],
          }),
        });
        for (const slot of render(deal)) {
          expect(slotFaults(slot)).toEqual([]);
          expect(mentionsIn(slot).every((user) => user === REP || user === MANAGER)).toBe(true);
          expect(typesIn(slot)).not.toEqual(expect.arrayContaining(['mrkdwn']));
          const alive = slot.text.match(/<[^>]*>/gu) ?? [];
          expect(alive.every((token) => /^<@(U0REP|U0MANAGER)>$|^<!date\^\d+\^/u.test(token))).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });
});

function valuesOf(value: unknown, key: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesOf(item, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) =>
    typeof item === 'string' ? (name === key ? [item] : []) : valuesOf(item, key),
  );
}
const mentionsIn = (slot: Slot) => valuesOf(slot.blocks, 'user_id');
const typesIn = (slot: Slot) => valuesOf(slot.blocks, 'type');
