/** Every ending of both playbooks, for prospects and for customers, as the rep, the team and the manager see it. */
import { beginCall, fillNotes, type Tap, tapThrough } from '../../scripts/play';
import { FRIDAY, passTo, TUESDAY, WEDNESDAY } from './support/clock';
import { allAbout, beginning, detailsOf, dmOf, LOST_DEALS, saying, summaryOf } from './support/shortcuts';
import { expectVoice } from './support/shownWords';
import { startWorld, type World } from './support/world';

const MINUTE = 60_000;
const DAY = 24 * 60 * 60_000;

const HEARTBEAT = 'Checking for a heartbeat';
const LAST_QUESTION = 'One last question';

interface Ending {
  readonly playbook: string;
  readonly name: string;
  readonly taps: readonly Tap[];
  /** The last screen: its heading, its line to say, and its hint. */
  readonly title: string;
  readonly last: readonly string[];
  /** The root of the thread, below the account; null: there is none. */
  readonly summary: readonly string[] | null;
  /** Another way to an ending that is here already: over one transport is enough. */
  readonly anotherWay?: true;
  /** A line on the way, in the words for a prospect and in those for a customer. */
  readonly wording?: { readonly prospect: string; readonly customer: string };
}

const TOLD = ['submit', 'submit', 'submit'] as const;
const ASKED = 'You asked. Most people never do.';
const WIN_OR_KEEP = {
  prospect: 'Would that have won your business?',
  customer: 'Would that have kept your business?',
};
const NEXT_TIME = {
  prospect: 'give us another look next time.',
  customer: 'give us another look when you decide again.',
};
const CHECKED: readonly Tap[] = ['Yes, check', 'Nothing else', 'No date yet', 'No time agreed'];
const SIGNED: readonly Tap[] = ['Signed', "Don't know", 'Rather not'];
const HOPED: readonly Tap[] = ["Yes, it's over", 'Go ahead', 'submit'];

const ENDINGS: readonly Ending[] = [
  {
    playbook: HEARTBEAT,
    name: 'a pulse',
    taps: [...TOLD, 'Yes', 'Not yet', ...CHECKED],
    title: "There's a heartbeat",
    last: [ASKED, "I'll ask right away, and I'll call you either way."],
    summary: ['Open to it, OK to ask', 'Waiting for a decision, due '],
    wording: WIN_OR_KEEP,
  },
  {
    playbook: HEARTBEAT,
    name: 'a pulse after a promise to the other side',
    anotherWay: true,
    taps: [...TOLD, 'Not sure', 'Yes', 'Verbal yes', ...CHECKED],
    title: "There's a heartbeat",
    last: [ASKED],
    summary: ['Open to it, OK to ask', 'Waiting for a decision, due '],
    wording: {
      prospect: 'would you have gone with us?',
      customer: 'would you have stayed with us?',
    },
  },
  {
    playbook: HEARTBEAT,
    name: 'signed',
    taps: [...TOLD, 'Yes', ...SIGNED],
    title: 'Signed, and you left it well',
    last: [ASKED, 'I hope it all goes smoothly', "They'll remember how you took it."],
    summary: ['Closed. Signed with them.'],
    wording: WIN_OR_KEEP,
  },
  {
    playbook: HEARTBEAT,
    name: 'it would not have changed it',
    taps: [...TOLD, 'No', 'submit'],
    title: 'Nothing would have changed it',
    last: [ASKED, 'I appreciate the honesty.'],
    summary: ['Closed. Nothing would have changed it.'],
    wording: WIN_OR_KEEP,
  },
  {
    playbook: HEARTBEAT,
    name: 'unclear twice',
    anotherWay: true,
    taps: [...TOLD, 'Not sure', 'No or still not sure', 'submit'],
    title: 'Nothing would have changed it',
    last: [ASKED],
    summary: ['Closed. Nothing would have changed it.'],
    wording: WIN_OR_KEEP,
  },
  {
    playbook: HEARTBEAT,
    name: 'declined to say',
    taps: ['submit', 'Rather not say'],
    title: "They'd rather not say",
    last: [ASKED, 'Of course, no problem.'],
    summary: ["Closed. Wouldn't say."],
    wording: NEXT_TIME,
  },
  {
    playbook: HEARTBEAT,
    name: 'no check',
    taps: [...TOLD, 'Yes', "Won't say", 'No'],
    title: "They'd rather we didn't ask",
    last: [ASKED, "Understood, I won't."],
    summary: ["Closed. Open to it, but don't ask."],
    wording: WIN_OR_KEEP,
  },
  {
    playbook: HEARTBEAT,
    name: 'no decision',
    taps: ['No decision', 'submit', 'submit', "Don't know"],
    title: 'No decision for now',
    last: [ASKED, 'Call me anytime if it comes back up.'],
    summary: ['Closed. No decision.'],
    wording: NEXT_TIME,
  },
  {
    playbook: HEARTBEAT,
    name: 'not reached',
    taps: ['Got voicemail', "Don't know"],
    title: 'Not reached yet',
    last: ["I'll remind you to try again", 'The words to leave are in your messages.'],
    summary: ['Not reached yet, next try '],
    wording: NEXT_TIME,
  },
  {
    playbook: LAST_QUESTION,
    name: 'a pulse',
    taps: [...HOPED, 'I need my manager', 'Keep talking', 'Not yet', ...CHECKED],
    title: "There's a heartbeat",
    last: [ASKED, "I'll ask right away"],
    summary: ['Open to it, OK to ask', 'Waiting for a decision, due '],
  },
  {
    playbook: LAST_QUESTION,
    name: 'keep talking',
    taps: [...HOPED, 'I can do that', 'Keep talking', 'Not yet', 'No time agreed'],
    title: "You're talking again",
    last: [
      ASKED,
      "You'll have it in writing, and then we'll go through it together.",
      'Send what they hoped for',
    ],
    summary: ['Back in talks', 'Going back to them'],
  },
  {
    playbook: LAST_QUESTION,
    name: 'signed',
    taps: [...HOPED, 'I need my manager', 'Keep talking', ...SIGNED],
    title: 'Signed, and you left it well',
    last: [ASKED, "I'm here if you ever need us"],
    summary: ['Closed. Signed with them.'],
  },
  {
    playbook: LAST_QUESTION,
    name: 'the file stays closed',
    taps: [...HOPED, 'I can do that', 'Leave it closed'],
    title: 'The file stays closed',
    last: [ASKED, "OK, we'll leave it there."],
    summary: ['Closed. Nothing would have changed it.'],
  },
  {
    playbook: LAST_QUESTION,
    name: 'the file stays closed, whatever the manager might say',
    anotherWay: true,
    taps: [...HOPED, 'I need my manager', 'Leave it closed'],
    title: 'The file stays closed',
    last: [ASKED],
    summary: ['Closed. Nothing would have changed it.'],
  },
  {
    playbook: LAST_QUESTION,
    name: 'an honest no',
    anotherWay: true,
    taps: [...HOPED, "We can't", 'submit'],
    title: 'The file stays closed',
    last: [ASKED],
    summary: ['Closed. Nothing would have changed it.'],
  },
  {
    playbook: LAST_QUESTION,
    name: 'no question allowed',
    anotherWay: true,
    taps: ["Yes, it's over", 'Rather not'],
    title: "They'd rather not say",
    last: [ASKED, 'Of course, no problem.'],
    summary: ["Closed. Wouldn't say."],
  },
  {
    playbook: LAST_QUESTION,
    name: 'declined to say',
    taps: ["Yes, it's over", 'Go ahead', 'Rather not say'],
    title: "They'd rather not say",
    last: [ASKED],
    summary: ["Closed. Wouldn't say."],
  },
  {
    playbook: LAST_QUESTION,
    name: 'no check',
    taps: [...HOPED, 'I need my manager', 'Keep talking', 'Verbal yes', 'No, or not free to'],
    title: "They'd rather we didn't ask",
    last: [ASKED, 'I hope we get another shot one day.'],
    summary: ["Closed. Open to it, but don't ask."],
  },
  {
    playbook: LAST_QUESTION,
    name: 'it is not over',
    taps: ["No, it isn't"],
    title: "It isn't over",
    last: ["I'm glad I asked.", 'Not a loss. Keep selling.'],
    summary: null,
  },
  {
    playbook: LAST_QUESTION,
    name: 'not reached',
    taps: ['Got voicemail', "Don't know"],
    title: 'Not reached yet',
    last: ['The words to leave are in your messages.'],
    summary: ['Not reached yet, next try '],
  },
];

const BUSINESSES = [
  { business: 'prospect', label: "New business we didn't win", short: 'new' },
  { business: 'customer', label: "A customer who's leaving", short: 'customer' },
] as const;

const ROWS = ENDINGS.flatMap((ending, index) =>
  BUSINESSES.map((who) => ({
    ...ending,
    ...who,
    account: `${who.short}-${index}-${ending.playbook === HEARTBEAT ? 'heartbeat' : 'question'}`,
  })),
);

/** `npm test` runs this file over Socket Mode, and `npm run test:faults` over HTTP: see jest.config.js. */
declare const TRANSPORT: 'socket' | 'http';

describe(`endings, over ${TRANSPORT}`, () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ delivery: TRANSPORT });
  });
  afterAll(() => world.stop());

  // The texts are the same over both transports, so HTTP shows each ending once.
  const isNew = ({ anotherWay, business }: (typeof ROWS)[number]) =>
    anotherWay !== true && business === 'prospect';
  it.each(ROWS.filter((row) => TRANSPORT === 'socket' || isNew(row)))(
    '$playbook, a $business: $name',
    async (row) => {
      const rep = world.slack.as('robin');
      const screens: string[] = [];
      const first = await beginCall(rep, row.account, { business: row.label, playbook: row.playbook });
      expect(first.text()).toContain(`${row.account}  ·  ${row.short}`);

      const last = await tapThrough(rep, row.taps, (words) => screens.push(words));

      expect(last.title).toBe("While it's fresh");
      for (const words of [row.title, ...row.last]) expect(last.text()).toContain(words);
      if (row.wording) {
        const { prospect, customer } = row.wording;
        const [said, unsaid] = row.business === 'prospect' ? [prospect, customer] : [customer, prospect];
        expect(screens.join('\n')).toContain(said);
        expect(screens.join('\n')).not.toContain(unsaid);
      }
      await last.close();
      await world.settled();
      if (row.summary === null) {
        expect(await allAbout(rep.channel(LOST_DEALS), row.account)).toEqual([]);
        expect(await allAbout(await rep.dm('Lostdeal'), row.account)).toEqual([]);
        return;
      }
      const summary = await summaryOf(world, row.account);
      const [head, ...lines] = summary.text().split('\n');
      expect(head).toBe(`${row.account}  ·  ${row.short}`);
      for (const words of row.summary) expect(lines.join('\n')).toContain(words);
      const reached = row.title !== 'Not reached yet';
      expect(lines).toContain(reached ? '@robin asked.' : '@robin is on it.');
      expect(summary.buttons()).toContain('Details');
    },
  );

  expectVoice(() => world);
});

describe(`what follows an ending, over ${TRANSPORT}`, () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ delivery: TRANSPORT });
  });
  afterAll(() => world.stop());

  const rep = () => world.slack.as('robin');
  const start = (account: string, playbook = HEARTBEAT) => beginCall(rep(), account, { playbook });
  /** By the clock that `pass` moves. */
  const date = (days: number) =>
    new Date(world.lostdeal.coach.clock.now() + days * DAY).toISOString().slice(0, 10);

  it('a pulse without a manager: a message asks the rep who decides, and the ask goes out on their answer', async () => {
    await start('Pulse Ltd');
    const fresh = await tapThrough(rep(), [...TOLD, 'Yes', 'Not yet', ...CHECKED]);
    await fresh.close();
    const dm = await dmOf(world, 'robin');
    await world.settled();
    expect(await allAbout(dm, 'Who decides about Pulse Ltd?')).toEqual([]);
    await world.pass(5 * MINUTE);
    const question = await (await dmOf(world, 'robin')).waitFor('Who decides about Pulse Ltd?');
    await question.click('Say who decides');
    const naming = await rep().modal('Who decides?');
    await naming.fill({ Manager: 'maya' });
    await naming.submit();
    await rep().noModal();
    await question.waitFor("We've asked @maya.");
    const ask = await rep().channel(LOST_DEALS).waitFor(beginning('Pulse Ltd (new) would have'));
    expect(ask.text()).toContain('Maya Lindqvist decides. Asked by Robin Adeyemi.');
    await (await dmOf(world, 'maya')).waitFor(beginning('Pulse Ltd (new) would have'));
  });

  it('keep talking: the details have the outcome buttons, and a message brings them the next working day', async () => {
    await start('Talk Ltd', LAST_QUESTION);
    await (
      await tapThrough(rep(), [...HOPED, 'I can do that', 'Keep talking', 'Not yet', 'No time agreed'])
    ).close();
    const details = await detailsOf(world, 'Talk Ltd');
    expect(details.buttons()).toEqual(
      expect.arrayContaining(['Won back', 'Still lost', "Haven't reached them"]),
    );
    await details.close();
    await world.pass(4 * DAY);
    const asked = await (await dmOf(world, 'robin')).waitFor('How did it go with Talk Ltd?');
    expect(asked.buttons()).toEqual([
      'Won back',
      'Still lost',
      "Haven't reached them",
      'Remind me',
      'Copy the mail',
    ]);
    await asked.click('Copy the mail');
    const mail = await rep().modal('Mail to copy');
    for (const words of [
      'Write what you can do in place of the dots.',
      "What I said I'd send",
      'Robin Adeyemi',
    ]) {
      expect(mail.text()).toContain(words);
    }
    await mail.close();
    await asked.click('Still lost');
    const lost = await rep().modal('stays with the other company');
    await lost.fill({ 'What did they say?': 'Their board had decided' });
    await lost.submit();
    await rep().noModal();
    const end = await rep().channel(LOST_DEALS).waitFor(beginning('Stays lost: Talk Ltd.'));
    expect(end.text()).toContain('Their board had decided');
    const settled = await asked.waitFor('Reported: lost.');
    expect(settled.buttons()).toEqual(['Change outcome']);
  });

  it('a wrongly tapped answer that ended the call: Back keeps the notes, and the call goes on', async () => {
    await start('Back Ltd');
    const over = await tapThrough(rep(), [...TOLD, 'Yes', 'Not yet', 'No']);
    expect(over.text()).toContain("They'd rather we didn't ask");
    const root = await summaryOf(world, 'Back Ltd');
    await root.waitFor("Closed. Open to it, but don't ask.");
    await fillNotes(over, { 'What they liked most': 'A fixed price', 'Who did they choose?': 'Globex' });
    await over.click('Back');
    const question = await rep().modal('OK with me asking my manager about it?');
    await root.waitFor('Back Ltd. Back on the call.');
    await question.click('Yes, check');
    const fresh = await tapThrough(rep(), ['Nothing else', 'No date yet', 'No time agreed']);
    await fresh.click('More');
    await fresh.waitFor('Who did they choose?');
    expect(fresh.value('Who did they choose?')).toBe('Globex');
    await fresh.close();
    await root.waitFor('Waiting for a decision, due ');
    await rep().channel(LOST_DEALS).waitFor(saying('They said', 'A fixed price'));
  });

  it('an amount that cannot be read stays where it was typed, and Back waits for it', async () => {
    await start('Amount Ltd');
    const over = await tapThrough(rep(), ['submit', 'Rather not say']);
    await over.fill({ 'What is it worth?': 'lots' });
    await over.click('Back');
    const same = await rep().modal("I can't read “lots” as an amount");
    expect(same.value('What is it worth?')).toBe('lots');
    await same.fill({ 'What is it worth?': '20k' });
    await same.click('Back');
    await (await rep().modal('What did you like most about the other offer')).close();
  });

  it('Back and Next: nobody is asked before it is sent, nor twice without a change, and another answer asks anew', async () => {
    await start('Asked Ltd');
    const path: readonly Tap[] = [...TOLD, 'Yes', 'Not yet', ...CHECKED];
    const over = await tapThrough(rep(), path);
    await over.fill({ 'Who can say yes?': 'maya' });
    await over.click('Back');
    const promise = await rep().modal('Could you hold off on signing');
    await promise.click('No time agreed');
    const dm = await dmOf(world, 'maya');
    const held = await rep().modal('@maya gets this when you save, or in 5 minutes.');
    await world.settled();
    expect(await allAbout(dm, 'Asked Ltd')).toEqual([]);
    await held.click('Ask now');
    const sent = await rep().modal('@maya has your ask. What you add here goes with it.');
    expect(sent.buttons()).not.toContain('Ask now');
    const first = await dm.waitFor(
      beginning('Asked Ltd (new) would have', '@robin is still adding the facts.'),
    );
    expect(first.buttons()).toEqual(['Ask Robin', 'Match it', 'Counter', 'Decline']);

    await sent.click('Back');
    const again = await rep().modal('Could you hold off on signing');
    expect((await first.waitFor('Asked Ltd: The rep is back on the call')).buttons()).toEqual([]);
    await again.click('No time agreed');
    const same = await rep().modal('@maya has your ask.');
    await first.waitFor('Asked Ltd (new) would have');
    await world.settled();
    expect(await allAbout(dm, 'Asked Ltd')).toHaveLength(1);
    expect(await allAbout(rep().channel(LOST_DEALS), 'Asked Ltd (new) would have')).toHaveLength(1);

    await same.click('Back');
    await (await rep().modal('Could you hold off on signing')).click('Another time…');
    const other = await rep().modal('Call back by');
    await other.fill({ 'Call back by': new Date(world.lostdeal.coach.clock.now() + 3 * 60 * MINUTE) });
    await other.submit();
    await (await rep().modal("There's a heartbeat")).close();
    await world.pass(5 * MINUTE);
    await first.waitFor("There's a newer ask.");
    const second = await dm.waitFor(
      (message) => message.text().startsWith('Asked Ltd (new)') && message.ts !== first.ts,
    );
    expect(second.buttons()).toContain('Match it');
  });

  it('not reached: three calls and two mails, each with one tap, and after the last one the deal is closed', async () => {
    const dm = await dmOf(world, 'robin');
    await passTo(world, TUESDAY, 10);
    await start('Ring Ltd');
    const over = await tapThrough(rep(), ['Got voicemail', "Don't know"]);
    expect(over.text()).toContain('The words to leave are in your messages.');
    await over.close();
    const voicemail = await dm.waitFor('Words to leave for Ring Ltd.');
    expect(voicemail.buttons()).toEqual(['Reached them', 'Left voicemail', 'Another time']);
    await voicemail.click('Left voicemail');
    expect((await voicemail.waitFor('You left a voicemail.')).buttons()).toEqual([
      'Reached them',
      'Another time',
    ]);

    await passTo(world, TUESDAY, 13);
    const mail = await dm.waitFor('Time for a thank-you mail to Ring Ltd.');
    expect(mail.text()).toContain('Thank you, and one question');
    expect(mail.text()).toContain('Best,\nRobin Adeyemi');
    await mail.click('Sent it');
    await mail.waitFor('You sent it.');

    await passTo(world, WEDNESDAY, 9);
    const call = await dm.waitFor('Time to call Ring Ltd again.');
    expect(call.text()).toContain("I won't keep you.");
    await call.click('Reached them');
    await rep().modal('Thank you');
    await call.waitFor('You picked this call up again.');
    await (await tapThrough(rep(), ['Got voicemail', "Don't know"])).close();
    await call.waitFor('You got no answer.');

    await passTo(world, FRIDAY, 20);
    const last = await dm.waitFor('Time to call Ring Ltd once more.');
    expect(last.text()).toContain("Otherwise I'll send a note and leave it there.");
    await last.click('Left voicemail');
    expect((await last.waitFor('You left a voicemail.')).buttons()).toEqual(['Reached them']);
    await (await summaryOf(world, 'Ring Ltd')).waitFor('Not reached yet');

    await world.pass(3 * DAY);
    const note = await dm.waitFor('Time for a last mail to Ring Ltd.');
    expect(note.text()).toContain('Closing my file');
    await note.click('Sent it');
    await note.waitFor('the deal closes a working day later.');
    await world.pass(DAY);
    await (await summaryOf(world, 'Ring Ltd')).waitFor('Closed. Three tries, nobody reached.');
    const end = await rep().channel(LOST_DEALS).waitFor('Ring Ltd was closed.');
    expect(end.text()).toContain('Three tries, nobody reached.');
    expect((await note.waitFor('You sent it.')).buttons()).toEqual([]);
    await world.pass(4 * DAY);
    expect(await allAbout(dm, 'Time to try Ring Ltd')).toEqual([]);
  });

  it('not over: the deal is withdrawn, without a thread and without reminders', async () => {
    await start('Open Ltd', LAST_QUESTION);
    await (await tapThrough(rep(), ["No, it isn't"])).close();
    await world.pass(30 * DAY);
    expect(await allAbout(rep().channel(LOST_DEALS), 'Open Ltd')).toEqual([]);
    expect(await allAbout(await dmOf(world, 'robin'), 'Open Ltd')).toEqual([]);
    await rep().slash('/lostdeal list');
    const list = await rep().modal('Your open deals');
    expect(list.text()).not.toContain('Open Ltd');
    await list.close();
  });

  it.each([
    {
      account: 'Rest Ltd',
      name: 'no decision, until a date',
      taps: () => [
        'No decision',
        'submit',
        'submit',
        'A date…',
        { type: { 'When they look again': date(200) }, tap: 'submit' },
      ],
      why: 'They said they would look at it again about now.',
    },
    {
      account: 'Sign Ltd',
      name: 'signed, until a date',
      taps: () => [
        ...TOLD,
        'Yes',
        'Signed',
        'A date…',
        { type: { 'When the agreement ends': date(280) }, tap: 'submit' },
        'Yes, call',
      ],
      why: 'Their contract with the other company ends before long.',
    },
    {
      account: 'Agree Ltd',
      name: 'signed, and a call allowed',
      taps: () => [...TOLD, 'Yes', 'Signed', "Don't know", 'Yes, call'],
      why: 'They agreed to a call before their next decision.',
    },
  ] satisfies readonly { account: string; name: string; taps: () => readonly Tap[]; why: string }[])(
    '$name: not before its time, then a reminder with words to open with, and a way to start again',
    async ({ account, taps, why }) => {
      const dm = await dmOf(world, 'robin');
      await start(account);
      await (await tapThrough(rep(), taps())).close();
      await world.pass(60 * DAY);
      expect(await allAbout(dm, `Time to call ${account}`)).toEqual([]);
      await world.pass(300 * DAY);
      const reminder = await dm.waitFor(`Time to call ${account} again. ${why}`);
      expect(reminder.text()).toContain('been a while. How has it been going');
      expect(reminder.text().includes('You said I could call about now.')).toBe(taps().includes('Yes, call'));
      expect(reminder.text()).toContain("Could I show you what's new on our side");
      await reminder.click('Copy the mail');
      const mail = await rep().modal('Mail to copy');
      expect(mail.text()).toContain('Before you decide again');
      await mail.close();
      await reminder.click('Start again');
      const intake = await rep().modal('They said no?');
      expect(intake.value('Account')).toBe(account);
      expect(intake.value('New business or a customer?')).toBe("New business we didn't win");
      await intake.close();
    },
  );

  it.each([
    { account: 'Quiet Ltd', taps: ['submit', 'Rather not say'] },
    { account: 'Left Ltd', taps: [...TOLD, 'Yes', 'Not yet', 'No'] },
    { account: 'Over Ltd', taps: [...TOLD, 'No', 'submit'] },
    { account: 'Sealed Ltd', taps: [...TOLD, 'Yes', ...SIGNED] },
  ] satisfies readonly { account: string; taps: readonly Tap[] }[])(
    '$account: closed in peace, nobody is asked and nothing comes later',
    async ({ account, taps }) => {
      await start(account);
      await (await tapThrough(rep(), taps)).close();
      await world.pass(400 * DAY);
      expect(await allAbout(await dmOf(world, 'robin'), account)).toEqual([]);
      expect(await allAbout(await dmOf(world, 'maya'), account)).toEqual([]);
      expect((await summaryOf(world, account)).buttons()).toEqual(['Details', 'Confirm the reason']);
    },
  );

  expectVoice(() => world);
});
