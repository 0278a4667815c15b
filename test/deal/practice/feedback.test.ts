import fc from 'fast-check';
import type { Answered } from '../../../src/deal/model/deal';
import { checksOf, type KnownReplies } from '../../../src/deal/practice/feedback';
import type { AnswerValue } from '../../../src/playbook/answer';
import { BUILT_IN_DIR, loadPlaybooks } from '../../../src/playbook/checking/loader';
import type { Playbook, Verdict } from '../../../src/playbook/schema';
import { sourceAndFact, stepOf } from '../../../src/playbook/walk';

const library = loadPlaybooks({ builtInDir: BUILT_IN_DIR });
const named = (id: string) => {
  const found = library.latest(id);
  if (found === null) throw new Error(`there is no ${id}`);
  return found;
};
const heartbeat = named('heartbeat');
const last = named('one_last_question');

const choice = (id: string): AnswerValue => ({ kind: 'choice', choice: id });
const told: AnswerValue = { kind: 'told' };
const unknown: AnswerValue = { kind: 'unknown' };
const text = (words: string): AnswerValue => ({ kind: 'text', text: words });
const price = text('It was just cheaper');
const reasons = (...named: string[]): AnswerValue => ({ kind: 'reasons', text: '', reasons: named });

type Path = readonly (readonly [stepId: string, answer: AnswerValue])[];
const trailOf = (path: Path, playbook = heartbeat): Answered[] =>
  path.map(([stepId, answer], index) => ({
    stepId,
    visit: index + 1,
    answer,
    ...sourceAndFact(stepOf(playbook, stepId), answer),
    at: index,
  }));
const read = (verdict: Verdict, path: Path, known: KnownReplies | null = null, playbook = heartbeat) =>
  checksOf({ verdict, trail: trailOf(path, playbook) }, playbook, known).map(
    ({ code, passed }) => `${passed ? 'yes' : 'no'} ${code}`,
  );
const practiced = (change: Partial<KnownReplies> = {}): KnownReplies => ({
  misheard: [],
  meant: () => ({ next: true }),
  said: () => 'Fine.',
  ...change,
});

const rescue = (promise: AnswerValue): Path => [
  ['thanks', { kind: 'said' }],
  ['attraction', told],
  ['picture', told],
  ['picture', told],
  ['would_have_kept', choice('yes')],
  ['signed', choice('no')],
  ['may_check', choice('yes')],
  ['obstacle', choice('nothing_else')],
  ['signing_date', { kind: 'date', date: '2026-12-04' }],
  ['promise', promise],
];

it('a rescue by the book passes, and says no more than five things', () => {
  expect(read('pulse', rescue({ kind: 'datetime', at: 1 }))).toEqual([
    'yes asked_again',
    'yes signed_first',
    'yes asked_obstacle',
    'yes named_hour',
    'yes signing_date',
  ]);
});

it('what failed comes first, with the line that would have done it', () => {
  const checks = checksOf({ verdict: 'pulse', trail: trailOf(rescue(unknown)) }, heartbeat, null);
  expect(checks[0]).toEqual({
    code: 'named_hour',
    passed: false,
    line: "I'll call you {by_suggested}. Could you hold off on signing until then?",
  });
  expect(checks.slice(1).every(({ passed, line }) => passed && line === null)).toBe(true);
});

const noPulse = (...picture: readonly AnswerValue[]): Path => [
  ['thanks', { kind: 'said' }],
  ['attraction', price],
  ...picture.map((answer) => ['picture', answer] as const),
  ['would_have_kept', choice('no')],
  ['would_have_changed', told],
];

it('money is left aside by asking again, or by writing down something else', () => {
  expect(read('no_pulse', noPulse(told, told))).toEqual(['yes asked_again', 'yes left_money_aside']);
  for (const other of [reasons('price', 'service'), reasons('service'), text('Their people answer at night')])
    expect(read('no_pulse', noPulse(other))).toContain('yes left_money_aside');
  const trail = trailOf(noPulse(reasons('price')));
  const [, aside] = checksOf({ verdict: 'no_pulse', trail }, heartbeat, null);
  expect(aside).toEqual({
    code: 'left_money_aside',
    passed: false,
    line: 'That makes sense. Apart from the price, what did you like?',
  });
});

it('nobody is blamed for what was not written down, nor for a price that came with other words', () => {
  expect(read('no_pulse', noPulse(told))).toEqual(['no asked_again']);
  const both: AnswerValue = { kind: 'reasons', text: 'cheaper, and there on Sundays', reasons: ['price'] };
  expect(read('no_pulse', noPulse(both))).toEqual(['no asked_again']);
});

describe('in another language', () => {
  const german = { ...heartbeat, language: 'de' };
  const { feedback_words: _, ...lastWithout } = { ...last, language: 'de' };
  const own = { ...german, feedback_words: { price: ['billig'], apology: ['tut mir leid'] } };
  const said = (words: string, picture: AnswerValue): Path => [
    ['thanks', { kind: 'said' }],
    ['attraction', text(words)],
    ['picture', picture],
    ['would_have_kept', choice('no')],
    ['would_have_changed', told],
  ];
  const money = (path: Path, playbook: Playbook, known: KnownReplies | null = null) =>
    read('no_pulse', path, known, playbook).filter((it) => it.endsWith('left_money_aside'));

  it('no check reads as English what was written or said', () => {
    expect(money(said('Es war der Price Club', told), german)).toEqual([]);
    expect(money(said('Just cheaper', reasons('service')), german)).toEqual([]);
    const again = practiced({ meant: () => ({ again: true }), said: () => 'Sorry, the price.' });
    expect(money(said('Price', told), german, again)).toEqual([]);
    const hoped: Path = [['hoped_for', told]];
    expect(read('declined_to_say', hoped, null, lastWithout)).not.toContain('yes owned_miss');
    expect(read('declined_to_say', hoped, null, last)).toContain('yes owned_miss');
  });

  it('a reason that the rep picked counts in any language', () => {
    expect(money(said('', reasons('price')), german)).toEqual(['no left_money_aside']);
    expect(money(said('', reasons('price', 'service')), german)).toEqual(['yes left_money_aside']);
  });

  it('a playbook brings words of its own, in any case and inside longer ones', () => {
    expect(money(said('Die waren BILLIGER', reasons('service')), own)).toEqual(['yes left_money_aside']);
    expect(money(said('Die waren billiger', reasons('price')), own)).toEqual(['no left_money_aside']);
    const again = practiced({ meant: () => ({ again: true }), said: () => 'Es war billiger.' });
    expect(money(said('', told), own, again)).toEqual(['no left_money_aside']);
    const sorry = {
      ...last,
      ...own,
      steps: last.steps.map((step) => ({ ...step, say: ['Das tut mir leid.'] })),
    };
    expect(read('declined_to_say', [['hoped_for', told]], null, sorry)).toContain('yes owned_miss');
  });
});

it('in practice it is no fault to stop asking a prospect who has said everything, or who names no hour', () => {
  expect(read('no_pulse', noPulse(told), practiced())).toEqual(['yes heard']);
  const again = practiced({ meant: () => ({ again: true }) });
  expect(read('no_pulse', noPulse(told), again)).toEqual(['no asked_again', 'yes heard']);
  const allOfIt = practiced({ said: () => 'The price. That is all of it.' });
  expect(read('no_pulse', noPulse(told), allOfIt)).toEqual(['yes heard', 'yes left_money_aside']);
  const refused = practiced({ meant: () => ({ unknown: true }) });
  expect(read('pulse', rescue(unknown), refused)).not.toContain('no named_hour');
});

it('a reply that the rep took for something else is said with what to listen for', () => {
  const known = practiced({ misheard: [{ stepId: 'signed', showing: 1 }] });
  const [first] = checksOf({ verdict: 'no_pulse', trail: trailOf(noPulse(told)) }, heartbeat, known);
  expect(first).toEqual({ code: 'heard', passed: false, line: 'signed, agreed or only decided' });
});

it('the end of a conversation counts whose miss it was, when the offer comes, and a no that is left there', () => {
  const path: Path = [
    ['is_it_over', choice('over')],
    ['may_ask', choice('go_ahead')],
    ['hoped_for', told],
    ['capability', choice('can')],
    ['keep_talking', choice('yes')],
    ['signed_alone', choice('no')],
    ['send_by', unknown],
  ];
  expect(read('keep_talking', path, null, last)).toEqual([
    'no named_send_by',
    'yes owned_miss',
    'yes signed_first',
  ]);
  expect(read('declined_to_say', path.slice(0, 1), null, last)).toEqual(['yes took_no']);
});

it('a practice call praises the no that the prospect gave, not one that the rep took from a yes', () => {
  const path: Path = [
    ['is_it_over', choice('over')],
    ['may_ask', choice('rather_not')],
  ];
  const meaning = (mayAsk: string) =>
    practiced({ meant: (stepId) => ({ choice: stepId === 'may_ask' ? mayAsk : 'over' }) });
  expect(read('declined_to_say', path, meaning('rather_not'), last)).toContain('yes took_no');
  expect(read('declined_to_say', path, meaning('go_ahead'), last)).not.toContain('yes took_no');
});

it('a call that reached nobody, or has not ended, has nothing to say', () => {
  expect(read('unreached', [['thanks', choice('couldnt_reach')]])).toEqual([]);
  expect(checksOf({ verdict: null, trail: [] }, heartbeat, null)).toEqual([]);
});

it('any answers have at most five checks, each at most once, and a line only where it failed', () => {
  const answers = fc.constantFrom(told, unknown, price, choice('yes'), choice('no'));
  const steps = fc.constantFrom(...heartbeat.steps.map(({ id }) => id));
  fc.assert(
    fc.property(fc.array(fc.tuple(steps, answers), { maxLength: 15 }), (path) => {
      const checks = checksOf({ verdict: 'pulse', trail: trailOf(path) }, heartbeat, null);
      expect(checks.length).toBeLessThanOrEqual(5);
      expect(new Set(checks.map(({ code }) => code)).size).toBe(checks.length);
      for (const { passed, line } of checks) if (passed) expect(line).toBeNull();
    }),
    { numRuns: 200 },
  );
});
