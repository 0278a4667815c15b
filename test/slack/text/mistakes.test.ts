/** What a rep reads who misheard a prospect in a practice call. */
import { BUILT_IN_DIR, loadPlaybooks } from '../../../src/playbook/checking/loader';
import { answersOf } from '../../../src/playbook/practice/answers';
import { MISTAKES, mistakeOf } from '../../../src/playbook/practice/mistakes';
import { stepOf } from '../../../src/playbook/walk';
import { mistakeParts } from '../../../src/slack/text';

const library = loadPlaybooks({ builtInDir: BUILT_IN_DIR });
const NOTHING = 'nothing';

/** On a screen, the prospect means the first answer, and the rep taps the second. */
const HEARD: readonly (readonly [step: string, meant: string, tapped: string, reads: string])[] = [
  ['heartbeat/signed', 'verbal', 'signed', 'That was a verbal yes, not a signature.'],
  ['heartbeat/signed', 'verbal', 'no', "They gave their word. That's a verbal yes."],
  ['heartbeat/signed', 'verbal', 'wont_say', 'They did answer that.'],
  ['heartbeat/signed', 'signed', 'no', "They've signed, and a signature ends it."],
  ['heartbeat/signed', 'signed', 'verbal', "They've signed, and a signature ends it."],
  ['heartbeat/signed', 'no', 'verbal', 'Nothing is signed or promised yet.'],
  ['heartbeat/signed', 'wont_say', 'no', "They dodged the question. That isn't an answer."],
  ['heartbeat/would_have_kept', 'unclear', 'yes', "They weren't sure. That isn't a yes."],
  ['heartbeat/would_have_kept', 'unclear', 'no', "They weren't sure. You can ask once more."],
  ['heartbeat/would_have_kept', 'yes', 'unclear', 'That was a yes.'],
  ['heartbeat/would_have_kept', 'no', 'unclear', "They said: “Hm.” That's *No*."],
  ['heartbeat/would_have_kept_again', 'no', 'yes', "That wasn't a yes, and anything short of yes is a no."],
  ['heartbeat/may_check', 'no', 'yes', 'They said no, so leave it.'],
  ['heartbeat/may_check', 'yes', 'no', 'They said you can.'],
  ['heartbeat/may_call_again', 'no', 'yes', 'They said no, so leave it.'],
  ['heartbeat/thanks', 'couldnt_reach', 'next', 'That was a machine. Nobody picked up.'],
  ['heartbeat/thanks', 'next', 'couldnt_reach', "That was a person. They're on the line."],
  ['heartbeat/thanks', 'next', 'nobody_won', 'Nothing there stops you. Keep going.'],
  ['heartbeat/thanks', 'nobody_won', 'next', "They said: “Hm.” That's *No decision*."],
  ['heartbeat/attraction', 'rather_not_say', 'next', "They dodged the question. That isn't an answer."],
  ['heartbeat/attraction', 'next', 'rather_not_say', 'They did answer that.'],
  ['heartbeat/attraction', 'next', 'nobody_won', 'They answered, so go on.'],
  ['heartbeat/picture', 'again', 'next', 'There was more to come. Ask once more.'],
  ['heartbeat/picture', 'next', 'again', "That was everything. Asking again won't bring more."],
  ['heartbeat/obstacle', 'next', 'nothing_else', 'They named something in the way.'],
  ['heartbeat/obstacle', 'nothing_else', 'next', "They said: “Hm.” That's *Nothing else*."],
  ['heartbeat/next_attempt', 'hour', 'unknown', 'The greeting gave a time.'],
  ['heartbeat/next_attempt', 'unknown', 'hour', NOTHING],
  ['heartbeat/signing_date', 'unknown', 'next', "They didn't name a date."],
  ['heartbeat/signing_date', 'next', 'unknown', 'They named a date.'],
  ['heartbeat/contract_end', 'two_years', 'three_years', 'They named another date.'],
  ['heartbeat/contract_end', 'two_years', 'next', NOTHING],
  ['heartbeat/promise', 'unknown', 'hour', "They didn't agree to a time."],
  ['heartbeat/promise', 'hour', 'unknown', 'They agreed to a time.'],
  ['one_last_question/is_it_over', 'still_open', 'over', "They said: “Hm.” That's *No, it isn't*."],
  ['one_last_question/may_ask', 'rather_not', 'go_ahead', 'They said no, so leave it.'],
  ['one_last_question/may_ask', 'go_ahead', 'rather_not', 'They said you can.'],
  ['one_last_question/keep_talking', 'no', 'yes', "They said: “Hm.” That's *Leave it closed*."],
  // Only the rep can know it.
  ['one_last_question/capability', 'can', 'cannot', NOTHING],
];

function stepAt(path: string) {
  const [id = '', stepId = ''] = path.split('/');
  const playbook = library.latest(id);
  if (playbook === null) throw new Error(`there is no playbook ${id}`);
  return stepOf(playbook, stepId);
}

function heard([path, meant, tapped]: (typeof HEARD)[number]) {
  const step = stepAt(path);
  const [means, took] = [meant, tapped].map((word) => answersOf(step).get(word));
  if (means === undefined || took === undefined) throw new Error(`${path} takes no such answer`);
  return { step, means, mistake: mistakeOf(step, means, took) };
}

it.each(HEARD)('%s: they mean “%s”, and a tap on “%s” reads: %s', (...row) => {
  const { step, means, mistake } = heard(row);
  const parts = mistake === null ? [NOTHING] : mistakeParts(mistake, step, { says: 'Hm.', means });
  const text = parts.map((part) =>
    typeof part === 'string' ? part : 'bold' in part ? `*${part.bold}*` : '?',
  );
  expect(text.join('')).toBe(row[3]);
});

it('each mistake is among them', () => {
  const made = new Set(HEARD.map((row) => heard(row).mistake));
  expect(MISTAKES.filter((mistake) => !made.has(mistake))).toEqual([]);
});
