import type { NextPractice, PracticeScene } from '../../../src/coach/practice';
import type { PracticeState } from '../../../src/deal/model/practice';
import { beginPractice, dealOfPractice } from '../../../src/deal/practice/practise';
import type { PracticeReply, Prospect } from '../../../src/playbook/practice/prospects';
import { ACTIONS, practiceAction, practiceAnswerOf } from '../../../src/slack/ids';
import { practiceEnd, practiceIntro, practiceStep } from '../../../src/slack/views/practice';
import { HOUR, heartbeat, NOW, playbooks, REP, reasons } from '../deals';
import { viewFaults } from '../limits';
import { readView } from '../read';

const marta: Prospect = {
  id: 'owner',
  name: 'Marta Lindqvist',
  company: 'Lindqvist Joinery',
  about: 'Owns the shop and signs everything herself.',
  business: 'new',
  competitor: 'Alder & Co',
};

/** The call at a step, as its rep sees it. */
function scene(
  stepId: string | null,
  reply: PracticeReply | null,
  state: Partial<PracticeState> = {},
  prospect = marta,
): PracticeScene {
  const tenant = { enterpriseId: '', teamId: 'T1' };
  const begun = beginPractice({
    id: 'P1',
    tenant,
    rep: REP,
    playbook: heartbeat,
    prospect: prospect.id,
    seed: 1,
    at: NOW,
  });
  const position = stepId === null ? null : { stepId, visit: 1 };
  const practice = { ...begun, state: { ...begun.state, position, ...state } };
  return {
    practice,
    playbook: heartbeat,
    prospect,
    deal: dealOfPractice(practice, prospect, 'Europe/Berlin'),
    reply,
    feedback: [],
    waits: false,
  };
}
const fiona: Prospect = {
  ...marta,
  id: 'dodger',
  name: 'Fiona Gallagher',
  company: 'Castlebrook Hotels',
  about: 'She never quite says no.',
};
const next = (met: number, playbook = heartbeat): NextPractice => ({
  playbook,
  prospect: fiona,
  met,
  outOf: 10,
});
const ended = (of: PracticeScene, met = 4) => practiceEnd(of, 'P2', next(met));
function shown(...args: Parameters<typeof scene>) {
  const of = scene(...args);
  return of.reply === null ? ended(of) : practiceStep(of, of.reply, reasons);
}

const verbal: PracticeReply = { says: "No, but I've told them yes.", means: { choice: 'verbal' } };

describe('a screen of a practice call', () => {
  it('shows the line, how to listen and why; the answers wait until the rep has said it', () => {
    expect(readView(shown('signed', verbal)).split('\n')).toEqual([
      '# Have they signed',
      'Practice. Nothing is posted, and nobody gets a message.',
      'Lindqvist Joinery  ·  new business  ·  1 of about 5',
      'You say',
      "> That's good to know. Have you signed anything yet?",
      'Listen for: signed, agreed or only decided',
      "Don't comment on the answer",
      "Lower and slower than your pitch. You're not selling.",
      'Why: A signature ends it, anything less is open.',
      "[I've said it]",
      '---',
      '[Whole script]',
      '() (Finish later)',
    ]);
  });

  it('then names the prospect before the reply, and has the answers of the real screen', () => {
    expect(
      readView(shown('signed', verbal, { heard: true }))
        .split('\n')
        .slice(3),
    ).toEqual([
      'You say',
      "> That's good to know. Have you signed anything yet?",
      'Marta Lindqvist answers',
      "“No, but I've told them yes.”",
      "[Not yet] [Verbal yes] [Signed] [Won't say]",
      '---',
      '[Whole script]',
      '() (Finish later)',
    ]);
  });

  it('says kindly what a wrong tap misheard, with a way back and a way on', () => {
    const doubted = { tap: { choice: 'signed' }, answer: { kind: 'choice', choice: 'signed' } } as const;
    const view = readView(shown('signed', verbal, { heard: true, doubted }));
    expect(view).toContain('That was a verbal yes, not a signature.\n[Try again] [Go on anyway]\n');
    expect(view).not.toContain('[Not yet]');
  });

  it('has the inputs of the real screen beneath the reply, which nobody has to fill in', () => {
    const reply: PracticeReply = { says: 'Ninety days to pay.', means: { next: true } };
    const view = readView(shown('attraction', reply, { heard: true }));
    expect(view).toContain('What they liked most: \n[Rather not say] [No decision]');
    expect(view).toContain('(Next) (Finish later)');
    expect(readView(shown('attraction', reply))).not.toContain('What they liked most:');
  });

  it('takes days and hours with one tap', () => {
    const reply: PracticeReply = { says: 'Friday.', means: { next: true } };
    expect(readView(shown('signing_date', reply, { heard: true }))).toContain(
      '[They named a day] [No date yet]',
    );
    expect(readView(shown('contract_end', reply, { heard: true }))).toContain(
      "[1 year] [2 years] [3 years] [Another day] [Don't know]",
    );
    const suggestedTimes = { visit: 1, at: NOW + 24 * HOUR, others: [NOW + 5 * HOUR], madeAt: NOW };
    const promise = readView(shown('promise', reply, { heard: true, suggestedTimes }));
    expect(promise).toContain('[Tuesday at 11] [Today at 4] [No time agreed]');
    expect(promise).not.toContain('(Next)');
  });

  it('ends with the last words to say, another practice and the way out', () => {
    const view = readView(shown(null, null, { verdict: 'no_check' }));
    expect(view).toContain("> Understood, I won't. Thanks for telling me, Marta.");
    expect(view).toContain('(Practice again) (Done)');
  });

  it('ends with what went well and what to try, in the words of the playbook, and for nobody else to see', () => {
    const feedback: PracticeScene['feedback'] = [
      {
        code: 'named_hour',
        passed: false,
        line: "I'll call you {by_suggested}. Could you hold off on signing until then?",
      },
      { code: 'heard', passed: false, line: 'signed, agreed or only decided' },
      { code: 'signed_first', passed: true, line: null },
    ];
    const view = readView(ended({ ...scene(null, null, { verdict: 'pulse' }), feedback }));
    expect(view.slice(view.indexOf('---'))).toBe(
      [
        '---',
        'What went well',
        '- You asked if they had signed before you offered anything.',
        'To try next time',
        'Name a time to call back.',
        "> I'll call you by noon on the next working day. Could you hold off on signing until then?",
        'Take each answer as they mean it. Listen for: signed, agreed or only decided',
        '---',
        "You've met 4 of 10. Next: Fiona Gallagher of Castlebrook Hotels. She never quite says no.",
        'Only you see this.',
        '(Practice again) (Done)',
      ].join('\n'),
    );
  });

  it('names who comes again once the rep has met all ten', () => {
    const view = readView(ended(scene(null, null, { verdict: 'no_check' }), 10));
    expect(view).toContain("You've met all 10. Again: Fiona Gallagher of Castlebrook Hotels.");
  });

  it('shows a sound without quotation marks, as something the rep hears', () => {
    const beep: PracticeReply = { says: '(Beep. You heard “noon”.)', means: { hour: true } };
    expect(readView(shown('next_attempt', beep, { heard: true }))).toContain(
      'You hear\nBeep. You heard “noon”.\n',
    );
  });

  it('fits Slack, whoever the prospect is, in every playbook', () => {
    const long = { ...marta, name: 'N'.repeat(200), company: 'C'.repeat(200), about: 'A'.repeat(900) };
    const reply: PracticeReply = { says: 'S'.repeat(900), means: { next: true } };
    for (const state of [{}, { heard: true }]) {
      for (const { id } of heartbeat.steps) expect(viewFaults(shown(id, reply, state, long))).toEqual([]);
    }
    const offered = playbooks.map((playbook) => ({ ...next(3, playbook), prospect: long }));
    const unfinished = scene('signed', reply, {}, long);
    expect(viewFaults(practiceIntro({ id: 'P3', next: offered, unfinished, wantsAdvice: false }))).toEqual(
      [],
    );
  });
});

it('the first screen says whom the rep calls, and how to reach a company of that name', () => {
  const [playbook] = playbooks;
  if (playbook === undefined) throw new Error('there is no playbook');
  const view = readView(
    practiceIntro({
      id: 'P1',
      next: [{ ...next(3, playbook), prospect: marta }],
      unfinished: scene('signed', verbal),
      wantsAdvice: true,
    }),
  );
  expect(view).toContain(
    'You were on with Marta Lindqvist of Lindqvist Joinery. Pick up where you left off?',
  );
  expect(view).toContain(
    `${playbook.title}\nYou'll talk to Marta Lindqvist of Lindqvist Joinery. Owns the shop and signs everything herself.\nYou've met 3 of 10.\n[Start practice]`,
  );
  expect(view).toContain("Is Practice a company? Type /lostdeal and then the company's name.");
});

it('every answer comes back from its button', () => {
  for (const answer of [
    { choice: 'yes' },
    { day: 'one_year' },
    { hour: true },
    { unknown: true },
    { again: true },
    { next: true },
  ] as const) {
    expect(practiceAnswerOf(practiceAction(answer))).toEqual(answer);
  }
  expect(practiceAnswerOf(practiceAction({ hour: true }, true))).toEqual({ hour: true });
  expect(practiceAnswerOf(ACTIONS.practiceBack)).toBeNull();
});
