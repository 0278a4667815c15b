import { playbookFromSource } from '../../src/playbook/checking/loader';
import {
  againTarget,
  nextTarget,
  sourceAndFact,
  stepOf,
  verdictsOf,
  wholeScript,
} from '../../src/playbook/walk';
import { loadTeams, TINY } from './tiny';

const tiny = (() => {
  const found = loadTeams({ 'tiny.yml': TINY }).latest('tiny');
  if (found === null) throw new Error('the small playbook did not load');
  return found;
})();

describe('walking a playbook', () => {
  it('follows a choice to its target and any other answer to *Next*', () => {
    expect(nextTarget(tiny, 'thanks', { kind: 'said' })).toEqual({ step: 'reason' });
    expect(nextTarget(tiny, 'thanks', { kind: 'choice', choice: 'unreached' })).toEqual({
      verdict: 'unreached',
    });
    expect(nextTarget(tiny, 'reason', { kind: 'text', text: 'Speed' })).toEqual({ step: 'signed' });
    expect(nextTarget(tiny, 'reason', { kind: 'told' })).toEqual({ step: 'signed' });
    expect(nextTarget(tiny, 'signed', { kind: 'choice', choice: 'signed' })).toEqual({ verdict: 'signed' });
  });

  it('names by a code what it cannot follow', () => {
    const code = (expected: string) => expect.objectContaining({ name: 'PlaybookError', code: expected });
    expect(() => stepOf(tiny, 'gone')).toThrow(code('playbook_unknown_step'));
    expect(() => nextTarget(tiny, 'gone', { kind: 'said' })).toThrow(code('playbook_unknown_step'));
    expect(() => nextTarget(tiny, 'signed', { kind: 'choice', choice: 'maybe' })).toThrow(
      code('playbook_unknown_choice'),
    );
    expect(() => nextTarget(tiny, 'signed', { kind: 'told' })).toThrow(code('playbook_choice_needed'));
    expect(() => againTarget(tiny, 'thanks')).toThrow(code('playbook_no_again'));
  });

  it('shows a screen again only where the playbook allows it', () => {
    expect(againTarget(tiny, 'reason')).toEqual({ step: 'reason' });
  });

  it('knows whose words an answer is, and which fact it records', () => {
    const reason = stepOf(tiny, 'reason');
    const thanks = stepOf(tiny, 'thanks');
    expect(sourceAndFact(reason, { kind: 'text', text: 'Speed' })).toEqual({
      source: 'prospect',
      fact: 'attraction',
    });
    expect(sourceAndFact(reason, { kind: 'told' })).toEqual({ source: 'prospect', fact: 'attraction' });
    expect(sourceAndFact(stepOf(tiny, 'signed'), { kind: 'choice', choice: 'no' })).toEqual({
      source: 'prospect',
      fact: 'signed',
    });
    expect(sourceAndFact(thanks, { kind: 'said' })).toEqual({ source: 'rep', fact: null });
    expect(sourceAndFact(thanks, { kind: 'choice', choice: 'unreached' })).toEqual({
      source: 'prospect',
      fact: null,
    });
  });

  it('records no fact for a way out, and its own source', () => {
    const step = {
      ...stepOf(tiny, 'reason'),
      choices: [
        {
          id: 'no_answer',
          label: 'No answer',
          next: { verdict: 'unreached' as const },
          source: 'rep' as const,
        },
      ],
    };
    expect(sourceAndFact(step, { kind: 'choice', choice: 'no_answer' })).toEqual({
      source: 'rep',
      fact: null,
    });
  });

  it('puts no step of the whole script before one that leads to it', () => {
    const reversed = playbookFromSource({ ...tiny, steps: [...tiny.steps].reverse() }, 'old');
    expect(wholeScript(reversed).map((step) => step.id)).toEqual(['thanks', 'reason', 'signed', 'may_check']);
    expect(wholeScript(tiny).map((step) => step.id)).toEqual(['thanks', 'reason', 'signed', 'may_check']);
  });

  it('lists the verdicts in which it can end', () => {
    expect(verdictsOf(tiny)).toEqual(['unreached', 'signed', 'pulse', 'no_check']);
  });

  it('keeps the version of a stored playbook', () => {
    const { hash, ...source } = tiny;
    expect(playbookFromSource(source, hash)).toEqual(tiny);
  });
});
