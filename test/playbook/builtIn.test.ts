import type { AnswerValue } from '../../src/playbook/answer';
import { BUILT_IN_MAILS, BUILT_IN_REPLIES, BUILT_IN_WORDS } from '../../src/playbook/builtInWords';
import { checkPlaybook } from '../../src/playbook/checking/checker';
import { KNOWN_FIELDS, type Moment, momentOf, SAMPLE_FIELDS } from '../../src/playbook/checking/fields';
import { BUILT_IN_DIR, loadPlaybooks } from '../../src/playbook/checking/loader';
import { dayMeant } from '../../src/playbook/dayMeant';
import { renderLine } from '../../src/playbook/line';
import { type MergeField, type Playbook, playbookSchema, WORDS } from '../../src/playbook/schema';
import { nextTarget, stepOf, verdictsOf, wholeScript } from '../../src/playbook/walk';
import { repliesTo, wordsOf } from '../../src/playbook/words';

const library = loadPlaybooks({ builtInDir: BUILT_IN_DIR });

function playbook(id: string): Playbook {
  const found = library.latest(id);
  if (found === null) throw new Error(`there is no playbook ${id}`);
  return found;
}

/** The steps and the verdict of a conversation. Each word is a choice; `next` is *Next*. */
function path(id: string, ...answers: string[]): string[] {
  const script = playbook(id);
  const way: string[] = [];
  let at = script.start;
  for (const word of answers) {
    way.push(at);
    const answer: AnswerValue = word === 'next' ? { kind: 'told' } : { kind: 'choice', choice: word };
    const target = nextTarget(script, at, answer);
    if ('verdict' in target) return [...way, `= ${target.verdict}`];
    at = target.step;
  }
  return [...way, `at ${at}`];
}

describe('the built-in playbooks', () => {
  it('load, heartbeat first, with reasons for losing a deal whose labels fit a chart', () => {
    expect(library.list().map((one) => one.title)).toEqual(['Checking for a heartbeat', 'One last question']);
    expect(library.default).toBe('heartbeat');
    expect(library.reasons.length).toBeGreaterThanOrEqual(12);
    expect(library.reasons.filter(({ label }) => label.length > 20)).toEqual([]);
  });

  it('reach every verdict between them', () => {
    const verdicts = new Set(library.list().flatMap(verdictsOf));
    expect([...verdicts].sort()).toEqual(
      [
        'declined_to_say',
        'keep_talking',
        'no_check',
        'no_pulse',
        'not_over',
        'postponed',
        'pulse',
        'signed',
        'unreached',
      ].sort(),
    );
  });
});

describe('Checking for a heartbeat', () => {
  const asked = ['next', 'next', 'next'];
  const toPulse = ['yes', 'nothing_else', 'next', 'next'];

  it('asks all questions in their order, up to a pulse: the signature comes before obstacles', () => {
    expect(path('heartbeat', ...asked, 'yes', 'no', ...toPulse)).toEqual([
      'thanks',
      'attraction',
      'picture',
      'would_have_kept',
      'signed',
      'may_check',
      'obstacle',
      'signing_date',
      'promise',
      '= pulse',
    ]);
  });

  it('says thanks, good wishes and the hope for another look, in this order, on the first screen', () => {
    const { say } = stepOf(playbook('heartbeat'), 'thanks');
    expect(say).toHaveLength(3);
    expect(say[0]).toMatch(/^Thank you/);
    expect(say[1]).toMatch(/hope it works out really well/);
    expect(say[2]).toMatch(/hope you'll give us another look/);
  });

  it('thanks customers for the time together, and new prospects for a hearing', () => {
    const first = stepOf(playbook('heartbeat'), 'thanks').say[0] ?? '';
    const to = (business: 'new' | 'customer') => renderLine(first, { business, fields: {} });
    expect(to('new')).toContain('for letting us make our case.');
    expect(to('customer')).toContain("for the time we've worked together.");
  });

  it('asks each question in its own words', () => {
    const said = (step: string) => {
      const { say, prompts } = stepOf(playbook('heartbeat'), step);
      return [...say, ...(prompts ?? [])].join(' ');
    };
    expect(said('attraction')).toMatch(
      /keep trying to get better.*What did you like most about the other offer/,
    );
    expect(said('picture')).toMatch(
      /What else made a difference\?.*What will that change for you.*If the price had been the same/,
    );
    expect(said('would_have_kept')).toMatch(/Would that have \{won\|kept\} your business\?/);
    expect(said('obstacle')).toMatch(/is there anything else that would keep you from/);
    expect(said('signed')).toMatch(/Have you signed anything yet\?/);
    expect(said('may_check')).toMatch(/OK with me asking my manager about it\? If not, no problem at all\./);
    expect(said('signing_date')).toMatch(/get back to you in time\. When are you planning to sign\?/);
    expect(said('promise')).toMatch(/Could you hold off on signing until then\?/);
    expect(said('contract_end')).toMatch(/Congratulations.*How long does the agreement run/);
    expect(said('may_call_again')).toMatch(/Could I call you a few months before it's up/);
    expect(said('would_have_changed')).toMatch(/What, if anything, would have changed your mind\?/);
    expect(said('no_decision')).toMatch(/What would it have taken for you to/);
    expect(said('who_else')).toMatch(/Who else would have to be on board\?/);
    expect(said('look_again')).toMatch(/When do you think you'll look at it again\?/);
  });

  it.each([
    ['could not be reached', ['couldnt_reach', 'next'], 'unreached'],
    ['made no decision', ['nobody_won', 'next', 'next', 'next'], 'postponed'],
    ['says so when asked about the other offer', ['next', 'nobody_won', 'next', 'next', 'next'], 'postponed'],
    ['would rather not say', ['next', 'rather_not_say'], 'declined_to_say'],
    ['it would not have changed it', [...asked, 'no', 'next'], 'no_pulse'],
    ['unclear, asked once more, no', [...asked, 'unclear', 'no', 'next'], 'no_pulse'],
    ['unclear, asked once more, yes', [...asked, 'unclear', 'yes', 'no', ...toPulse], 'pulse'],
    ['has signed', [...asked, 'yes', 'signed', 'next', 'yes'], 'signed'],
    ['has signed and wants no call', [...asked, 'yes', 'signed', 'next', 'no'], 'signed'],
    ['promised verbally, we may check', [...asked, 'yes', 'verbal', ...toPulse], 'pulse'],
    ['promised verbally, we may not check', [...asked, 'yes', 'verbal', 'no'], 'no_check'],
    ['would not say whether it is signed', [...asked, 'yes', 'wont_say', ...toPulse], 'pulse'],
    ['does not want us to check', [...asked, 'yes', 'no', 'no'], 'no_check'],
  ])('when %s, ends in the verdict for it', (_, answers, verdict) => {
    expect(path('heartbeat', ...answers).at(-1)).toBe(`= ${verdict}`);
  });

  it('asks once more after an unclear answer, and no third time', () => {
    const { choices } = stepOf(playbook('heartbeat'), 'would_have_kept_again');
    expect(choices?.map((choice) => choice.id)).toEqual(['yes', 'no']);
  });

  it('lets the rep dig until the picture is whole', () => {
    const step = stepOf(playbook('heartbeat'), 'picture');
    expect(step.next_label).toBe("That's everything");
    expect(step.again_label).toBe('Ask once more');
    expect(step.record?.fact).toBe('picture');
  });
});

describe('One last question', () => {
  const heard = ['over', 'go_ahead', 'next'];

  it('asks all questions in their order, up to a pulse', () => {
    expect(
      path('one_last_question', ...heard, 'need_manager', 'yes', 'no', 'yes', 'nothing_else', 'next', 'next'),
    ).toEqual([
      'is_it_over',
      'may_ask',
      'hoped_for',
      'capability',
      'keep_talking_if_allowed',
      'signed',
      'may_check',
      'obstacle',
      'signing_date',
      'promise',
      '= pulse',
    ]);
  });

  it('asks when to send it before a rep who can do it alone ends the call', () => {
    expect(path('one_last_question', ...heard, 'can', 'yes', 'no', 'next').slice(4)).toEqual([
      'keep_talking',
      'signed_alone',
      'send_by',
      '= keep_talking',
    ]);
  });

  it('apologises and asks in one breath, and the rep takes the blame alone', () => {
    const { say } = stepOf(playbook('one_last_question'), 'hoped_for');
    expect(say.join(' ')).toMatch(
      /I owe you an apology first.*I missed something that mattered\. That's on me\. What did you hope to hear from me/,
    );
    expect(say.join(' ')).not.toMatch(/we missed|our fault|not yours/);
  });

  it('asks each question in its own words', () => {
    const said = (step: string) => stepOf(playbook('one_last_question'), step).say.join(' ');
    expect(said('is_it_over')).toMatch(/I get the sense we've lost.*Is that right\?/);
    expect(said('may_ask')).toMatch(/that's settled.*mind if I ask one last thing\?/);
    for (const step of ['keep_talking', 'keep_talking_if_allowed']) {
      expect(said(step)).toMatch(
        /I missed that completely.*worth another conversation, or do we leave it closed\?/,
      );
    }
  });

  it.each([
    ['is not over', ['still_open'], 'not_over'],
    ['could not be reached', ['couldnt_reach', 'next'], 'unreached'],
    ['may not ask', ['over', 'rather_not'], 'declined_to_say'],
    ['would rather not say', ['over', 'go_ahead', 'rather_not_say'], 'declined_to_say'],
    ['the rep can do it', [...heard, 'can', 'yes', 'no', 'next'], 'keep_talking'],
    [
      'the rep can do it, and they would not say whether it is signed',
      [...heard, 'can', 'yes', 'wont_say', 'next'],
      'keep_talking',
    ],
    [
      'the rep can do it, and they still want it after a promise',
      [...heard, 'can', 'yes', 'verbal', 'yes', 'next'],
      'keep_talking',
    ],
    ['the rep can do it, and they keep their promise', [...heard, 'can', 'yes', 'verbal', 'no'], 'no_pulse'],
    ['the rep can do it, and they have signed', [...heard, 'can', 'yes', 'signed', 'next', 'yes'], 'signed'],
    ['the rep can do it, the file stays closed', [...heard, 'can', 'no'], 'no_pulse'],
    ['we cannot do it', [...heard, 'cannot', 'next'], 'no_pulse'],
    ['the manager is needed, the file stays closed', [...heard, 'need_manager', 'no'], 'no_pulse'],
    ['has signed', [...heard, 'need_manager', 'yes', 'signed', 'next', 'yes'], 'signed'],
    ['does not want us to check', [...heard, 'need_manager', 'yes', 'no', 'no'], 'no_check'],
  ])('when %s, ends in the verdict for it', (_, answers, verdict) => {
    expect(path('one_last_question', ...answers).at(-1)).toBe(`= ${verdict}`);
  });

  it('goes back with a yes in the words of its own question', () => {
    expect(wordsOf(playbook('one_last_question'), 'match').join(' ')).toContain('worth another conversation');
    expect(wordsOf(playbook('heartbeat'), 'match').join(' ')).toContain(
      'would have {won|kept} your business',
    );
  });
});

describe('A day of one tap', () => {
  const ids = (id: string, step: string) => stepOf(playbook(id), step).one_tap?.map(({ label }) => label);

  it('is the length of an agreement, or when they look again', () => {
    expect(ids('heartbeat', 'contract_end')).toEqual(['1 year', '2 years', '3 years']);
    expect(ids('one_last_question', 'contract_end')).toEqual(['1 year', '2 years', '3 years']);
    expect(ids('heartbeat', 'look_again')).toEqual(['Next month', 'Next quarter', 'Next year']);
  });

  it.each([
    ['1 year', '2026-02-28', '2027-02-28'],
    ['2 years', '2028-02-29', '2030-02-28'],
    ['18 months', '2026-01-31', '2027-07-31'],
    ['1 month', '2026-01-31', '2026-02-28'],
    ['next month', '2026-12-31', '2027-01-15'],
    ['next quarter', '2026-11-29', '2027-01-15'],
    ['next quarter', '2026-01-01', '2026-04-15'],
    ['next year', '2026-01-01', '2027-01-15'],
  ])('“%s” said on %s means %s', (means, today, date) => {
    expect(dayMeant(means, today)).toBe(date);
  });
});

describe('The built-in words after the call', () => {
  /** A playbook that says all of them itself, so that the checker reads them. */
  const { hash: _, practice: __, ...script } = playbook('heartbeat');
  const complete = playbookSchema.parse({
    ...script,
    words: BUILT_IN_WORDS,
    mails: BUILT_IN_MAILS,
    they_say: BUILT_IN_REPLIES,
  });

  it('pass the checks that a playbook passes', () => {
    expect(checkPlaybook(complete)).toEqual([]);
  });

  it('leave a voicemail of about 12 seconds', () => {
    const said = wordsOf(script, 'voicemail').map((line) =>
      renderLine(line, { business: 'new', fields: SAMPLE_FIELDS }),
    );
    expect(said.join(' ').split(' ').length / 3).toBeLessThanOrEqual(13);
    expect(stepOf(playbook('heartbeat'), 'next_attempt').say).toEqual(wordsOf(script, 'voicemail'));
  });

  it('have replies to what people say when they hear a decision', () => {
    const heard = (key: 'match' | 'counter' | 'decline') => repliesTo(script, key).map(({ hear }) => hear);
    expect(heard('match')).toHaveLength(4);
    expect(heard('counter')).toEqual([...heard('match'), "It's not enough.", 'They just improved theirs.']);
    expect(heard('decline')).toEqual(['Then why did I wait?', 'Can you ask again?']);
  });
});

/** Every line of a playbook, once with the fewest known fields and once with all. */
function said(script: Playbook, business: 'new' | 'customer'): string[] {
  const fields = (moment: Moment, all: boolean) => {
    const { always, sometimes } = KNOWN_FIELDS[moment];
    const names: readonly MergeField[] = all ? [...always, ...sometimes] : always;
    return Object.fromEntries(names.map((name) => [name, SAMPLE_FIELDS[name]]));
  };
  const lines: [Moment, string][] = [
    ...wholeScript(script).flatMap((step) =>
      [...step.say, ...(step.prompts ?? [])].map((line): [Moment, string] => [
        momentOf(step.record?.fact),
        line,
      ]),
    ),
    ...Object.values(script.endings).flatMap((ending) =>
      ending.say.map((line): [Moment, string] => ['ending', line]),
    ),
    ...WORDS.flatMap((key) => wordsOf(script, key).map((line): [Moment, string] => [key, line])),
  ];
  return lines.flatMap(([moment, line]) =>
    [true, false].map((all) => renderLine(line, { business, fields: fields(moment, all) })),
  );
}

describe.each(library.list().map((script) => [script.id, script] as const))(
  'every line of %s',
  (id, script) => {
    it.each(['new', 'customer'] as const)('has no mark left for %s business', (business) => {
      for (const line of said(script, business)) expect(line).toMatch(/^[^{}[\]|\ue000-\uf8ff]+$/);
    });

    it('never talks of keeping a new prospect or of winning a customer', () => {
      const forNew = said(script, 'new').join('\n');
      const forCustomer = said(script, 'customer').join('\n');
      expect(forNew).not.toMatch(/kept your business|stay(ed|ing)?( with us)?[?.]/);
      expect(forCustomer).not.toMatch(/won your business|gone with us|going with us|make our case/);
      if (id !== 'heartbeat') return;
      expect(forNew).toContain('Would that have won your business?');
      expect(forCustomer).toContain('Would that have kept your business?');
    });

    it('puts no pressure on anybody', () => {
      const words = [...said(script, 'new'), ...said(script, 'customer')].join('\n');
      expect(words).not.toMatch(
        /cancel|get out of|break (the|your)|exit|last chance|hurry|send me (their|the) (offer|quote)|their (contract|documents)/i,
      );
    });

    it('says how each step helps, and gives one thing to listen for and one not to do', () => {
      for (const step of script.steps) {
        expect(step.why).not.toBe('');
        expect([step.cue, step.dont]).toEqual([expect.any(String), expect.any(String)]);
        expect([step.listen_for, step.avoid]).toEqual([undefined, undefined]);
      }
    });

    it('has no semicolon, and says nothing that sounds translated', () => {
      const words = [...said(script, 'new'), ...said(script, 'customer')].join('\n');
      expect(words).not.toMatch(
        /;|\b(meanwhile|until when|good conscience|quite all right|who hears of it|owed a call|most don't)\b/i,
      );
    });
  },
);
