import type { AnswerValue } from '../../src/playbook/answer';
import { KNOWN_FIELDS, type Moment, SAMPLE_FIELDS } from '../../src/playbook/checking/fields';
import { BUILT_IN_DIR, loadPlaybooks } from '../../src/playbook/checking/loader';
import { renderLine } from '../../src/playbook/line';
import { type MergeField, type Playbook, WORDS } from '../../src/playbook/schema';
import { nextTarget, stepOf, verdictsOf, wholeScript } from '../../src/playbook/walk';
import { wordsOf } from '../../src/playbook/words';

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
  it('load, heartbeat first, with 8 to 12 reasons for losing a deal', () => {
    expect(library.list().map((one) => one.title)).toEqual(['Checking for a heartbeat', 'One last question']);
    expect(library.default).toBe('heartbeat');
    expect(library.reasons.length).toBeGreaterThanOrEqual(8);
    expect(library.reasons.length).toBeLessThanOrEqual(12);
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

  it('asks all questions in their order, up to a pulse', () => {
    expect(path('heartbeat', ...asked, 'yes', 'next', 'no', 'yes', 'next', 'next')).toEqual([
      'thanks',
      'attraction',
      'picture',
      'would_have_kept',
      'obstacle',
      'signed',
      'may_check',
      'signing_date',
      'promise',
      '= pulse',
    ]);
  });

  it('says thanks, good wishes and the hope to present again, in this order, on the first screen', () => {
    const { say } = stepOf(playbook('heartbeat'), 'thanks');
    expect(say).toHaveLength(3);
    expect(say[0]).toMatch(/^Thank you/);
    expect(say[1]).toMatch(/wish you every success with the choice/);
    expect(say[2]).toMatch(/hope we've earned the right to present to you again/);
  });

  it('asks each question in its own words', () => {
    const said = (step: string) => {
      const { say, prompts } = stepOf(playbook('heartbeat'), step);
      return [...say, ...(prompts ?? [])].join(' ');
    };
    expect(said('attraction')).toMatch(
      /keep trying to get better.*would you mind sharing what attracted you most in the other offer/,
    );
    expect(said('picture')).toMatch(
      /What else.*What would that change for you.*price aside, would they still have won\?/,
    );
    expect(said('would_have_kept')).toMatch(/would we have \{won\|kept\} your business\?/);
    expect(said('obstacle')).toMatch(/would anything else still stand in the way\?/);
    expect(said('signed')).toMatch(/have you signed/);
    expect(said('may_check')).toMatch(
      /allow me to check with my manager whether we can do that for you too\?/,
    );
    expect(said('signing_date')).toMatch(/So that I answer you in time: when do you plan to sign\?/);
    expect(said('promise')).toMatch(/could you hold off signing until I call you back\?/);
    expect(said('contract_end')).toMatch(/Congratulations.*May I ask until when it runs\?/);
    expect(said('may_call_again')).toMatch(/May I call you some time before that/);
    expect(said('would_have_changed')).toMatch(/What would have made you decide differently/);
    expect(said('look_again')).toMatch(/When do you plan to look at it again\?/);
  });

  it.each([
    ['could not be reached', ['couldnt_reach', 'next'], 'unreached'],
    ['nobody won', ['nobody_won', 'next'], 'postponed'],
    ['would rather not say', ['next', 'rather_not_say'], 'declined_to_say'],
    ['it would not have changed it', [...asked, 'no', 'next'], 'no_pulse'],
    ['unclear, asked once more, no', [...asked, 'unclear', 'no', 'next'], 'no_pulse'],
    [
      'unclear, asked once more, yes',
      [...asked, 'unclear', 'yes', 'nothing_else', 'no', 'yes', 'next', 'next'],
      'pulse',
    ],
    ['has signed', [...asked, 'yes', 'next', 'signed', 'next', 'yes'], 'signed'],
    ['has signed and wants no call', [...asked, 'yes', 'next', 'signed', 'next', 'no'], 'signed'],
    ['promised verbally, we may check', [...asked, 'yes', 'next', 'verbal', 'yes', 'next', 'next'], 'pulse'],
    ['promised verbally, we may not check', [...asked, 'yes', 'next', 'verbal', 'no'], 'no_check'],
    [
      'would not say whether it is signed',
      [...asked, 'yes', 'next', 'wont_say', 'yes', 'next', 'next'],
      'pulse',
    ],
    ['does not want us to check', [...asked, 'yes', 'next', 'no', 'no'], 'no_check'],
  ])('when %s, ends in the verdict for it', (_, answers, verdict) => {
    expect(path('heartbeat', ...answers).at(-1)).toBe(`= ${verdict}`);
  });

  it('asks once more after an unclear answer, and no third time', () => {
    const { choices } = stepOf(playbook('heartbeat'), 'would_have_kept_again');
    expect(choices?.map((choice) => choice.id)).toEqual(['yes', 'no']);
  });

  it('lets the rep dig until the picture is whole', () => {
    const step = stepOf(playbook('heartbeat'), 'picture');
    expect(step.next_label).toBe('Picture is whole');
    expect(step.again_label).toBeDefined();
    expect(step.record?.fact).toBe('picture');
  });
});

describe('One last question', () => {
  it('asks all questions in their order, up to a pulse', () => {
    expect(
      path(
        'one_last_question',
        'over',
        'go_ahead',
        'next',
        'need_manager',
        'yes',
        'no',
        'yes',
        'next',
        'next',
      ),
    ).toEqual([
      'is_it_over',
      'may_ask',
      'hoped_for',
      'capability',
      'keep_talking_if_allowed',
      'signed',
      'may_check',
      'signing_date',
      'promise',
      '= pulse',
    ]);
  });

  it('apologises and asks in one breath', () => {
    const { say } = stepOf(playbook('one_last_question'), 'hoped_for');
    expect(say.join(' ')).toMatch(
      /thought we were a good fit.*didn't completely understand what you were looking for.*our fault.*What were you really hoping I would bring, so that you would have felt comfortable with the proposal\?/,
    );
  });

  it('asks each question in its own words', () => {
    const said = (step: string) => stepOf(playbook('one_last_question'), step).say.join(' ');
    expect(said('is_it_over')).toMatch(/it sounds as if this is over.*right\?/);
    expect(said('may_ask')).toMatch(/Now that we're finished: may I ask you one question before I go\?/);
    for (const step of ['keep_talking', 'keep_talking_if_allowed']) {
      expect(said(step)).toMatch(
        /I really missed that.*If I could do that for you, would it make sense to keep talking, or should we keep the file closed\?/,
      );
    }
  });

  it.each([
    ['is not over', ['still_open'], 'not_over'],
    ['could not be reached', ['couldnt_reach', 'next'], 'unreached'],
    ['may not ask', ['over', 'rather_not'], 'declined_to_say'],
    ['would rather not say', ['over', 'go_ahead', 'rather_not_say'], 'declined_to_say'],
    ['the rep can do it', ['over', 'go_ahead', 'next', 'can', 'yes'], 'keep_talking'],
    ['the rep can do it, the file stays closed', ['over', 'go_ahead', 'next', 'can', 'no'], 'no_pulse'],
    ['we cannot do it', ['over', 'go_ahead', 'next', 'cannot', 'next'], 'no_pulse'],
    [
      'the manager is needed, the file stays closed',
      ['over', 'go_ahead', 'next', 'need_manager', 'no'],
      'no_pulse',
    ],
    ['has signed', ['over', 'go_ahead', 'next', 'need_manager', 'yes', 'signed', 'next', 'yes'], 'signed'],
    [
      'does not want us to check',
      ['over', 'go_ahead', 'next', 'need_manager', 'yes', 'no', 'no'],
      'no_check',
    ],
  ])('when %s, ends in the verdict for it', (_, answers, verdict) => {
    expect(path('one_last_question', ...answers).at(-1)).toBe(`= ${verdict}`);
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
      [...step.say, ...(step.prompts ?? [])].map((line): [Moment, string] => ['call', line]),
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
      expect(forNew).not.toMatch(/kept your business|stay(ed)? with us/);
      expect(forCustomer).not.toMatch(/won your business|chosen? us|choose us/);
      if (id !== 'heartbeat') return;
      expect(forNew).toContain('would we have won your business?');
      expect(forCustomer).toContain('would we have kept your business?');
    });

    it('puts no pressure on anybody', () => {
      const words = [...said(script, 'new'), ...said(script, 'customer')].join('\n');
      expect(words).not.toMatch(
        /cancel|get out of|break (the|your)|exit|last chance|hurry|send me (their|the) (offer|quote)|their (contract|documents)/i,
      );
    });

    it('says how each step helps, and gives at most three things to listen for', () => {
      for (const step of script.steps) {
        expect(step.why).not.toBe('');
        expect(step.listen_for?.length ?? 0).toBeLessThanOrEqual(3);
      }
    });
  },
);
