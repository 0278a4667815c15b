import type { RichTextBlock, RichTextElement } from '@slack/types';
import type { Deal } from '../../../src/deal/model/deal';
import type { Playbook, Step } from '../../../src/playbook/schema';
import { stepOf } from '../../../src/playbook/walk';
import { ACTIONS, blockId, decodeRef } from '../../../src/slack/ids';
import { readStep, step } from '../../../src/slack/views/call';
import { withError } from '../../../src/slack/views/modal';
import { withOwnValues } from '../../../src/slack/views/values';
import { answered, HOUR, heartbeat, NOW, newDeal, playbooks, reasons } from '../deals';
import { viewFaults } from '../limits';
import { readView } from '../read';

/** The heartbeat with other steps in the place of two. */
const withSteps = (...changed: readonly Partial<Step>[]): Playbook => ({
  ...heartbeat,
  steps: heartbeat.steps.map((it) => ({ ...it, ...changed.find(({ id }) => id === it.id) })),
});

const answering = withSteps({
  id: 'would_have_kept',
  title: 'If we had offered that',
  say: ["Let's say we'd offered you that too. Would that have {won|kept} your business?"],
  why: 'Say their words for "that".',
  cue: 'a quick, plain yes',
  dont: 'fill the silence',
  listen_for: ['A yes that comes with a "but"'],
  they_say: [{ hear: 'Are you offering it?', reply: "Not yet. I'd have to ask." }],
  choices: [
    { id: 'yes', label: 'Yes', next: { step: 'signed' }, style: 'primary' },
    { id: 'no', label: 'No', next: { step: 'would_have_changed' } },
    { id: 'unclear', label: 'Unclear', next: { step: 'would_have_kept_again' } },
  ],
});

const earlier = withSteps({
  id: 'may_check',
  why: 'You ask for permission.',
  cue: undefined,
  dont: undefined,
  listen_for: ['A yes they mean', 'Somebody else who has to agree'],
  avoid: 'Make no promise.',
});

const at = (stepId: string, over = {}) => newDeal({ position: { stepId, visit: 7 }, ...over });

/** The value of an input, as Slack sends it. */
const typed = (block: string, value: object) => ({ [block]: { [ACTIONS.input]: value } });

describe('a coaching screen', () => {
  it('shows one line to say, one cue and one don’t, then answers that all look the same, then the tools', () => {
    const view = step(at('would_have_kept', { business: 'new' }), answering, reasons);
    expect(readView(view).split('\n')).toEqual([
      '# If we had offered that',
      'Northwind  ·  new business  ·  1 of about 6',
      "> Let's say we'd offered you that too. Would that have won your business?",
      'Listen for: a quick, plain yes',
      "Don't fill the silence",
      "Lower and slower than your pitch. You're not selling.",
      '[Yes] [No] [Unclear]',
      '---',
      '[They say…] [Whole script]',
      '() (Finish later)',
    ]);
    expect(JSON.stringify(view)).not.toContain('"style":"primary"');
  });

  it('shows the first hint and the whole warning of a playbook of an earlier release, and no reason why', () => {
    const view = readView(step(at('may_check'), earlier, reasons));
    expect(view).toContain('Listen for: A yes they mean\nMake no promise.\n');
    expect(view).not.toContain('Somebody else');
    expect(view).not.toContain('permission');
  });

  it('prints the lines to say in bold, people in them too, and nothing else on the screen', () => {
    const [say, ...others] = step(at('next_attempt'), heartbeat, reasons).blocks.filter(
      (block): block is RichTextBlock => block.type === 'rich_text',
    );
    expect(others).toEqual([]);
    const spoken = (say?.elements ?? []).flatMap((piece): RichTextElement[] =>
      piece.type === 'rich_text_quote' ? piece.elements : [],
    );
    expect(spoken.map(({ type }) => type)).toContain('user');
    expect(spoken).toEqual(spoken.map(() => expect.objectContaining({ style: { bold: true } })));
  });

  it('says how far the call is: digging twice and asking once more are one question, going back takes one off', () => {
    const thanks = answered('thanks', null, { kind: 'said' }, 'rep');
    const dug = answered('picture', 'picture', { kind: 'told' });
    const asked = answered('would_have_kept', 'would_have_kept', { kind: 'choice', choice: 'unclear' });
    const told = [thanks, answered('attraction', 'attraction', { kind: 'told' }), dug];
    const progress = (stepId: string, trail: Deal['trail']) =>
      /\d+ of about \d+/u.exec(readView(step(at(stepId, { trail }), heartbeat, reasons)))?.[0];
    expect(progress('thanks', [])).toBe('1 of about 9');
    expect(progress('picture', told)).toBe('3 of about 9');
    expect(progress('attraction', [thanks])).toBe('2 of about 9');
    expect(progress('would_have_kept', told)).toBe('4 of about 9');
    expect(progress('would_have_kept_again', [...told, asked])).toBe('4 of about 9');
    expect(progress('would_have_changed', [...told, asked])).toBe('5 of about 5');
  });

  it('keeps ways out of a screen that moves on by Next below its input, apart from the tools', () => {
    const trail = [answered('thanks', null, { kind: 'said' }, 'rep')];
    const lines = readView(step(at('attraction', { trail }), heartbeat, reasons)).split('\n');
    expect(lines.slice(lines.findIndex((it) => it.endsWith(': ')))).toEqual([
      expect.stringMatching(/: $/u),
      expect.stringMatching(/^\[Rather not say\]/u),
      '---',
      expect.stringMatching(/^\[Back\] .*\[Whole script\]$/u),
      '(Next) (Finish later)',
    ]);
  });

  it('has no Already told me: Next does that', () => {
    for (const { id } of heartbeat.steps) {
      expect(readView(step(at(id), heartbeat, reasons))).not.toContain('Already told me');
    }
  });

  it('says win to a prospect we did not win, and keep to our customer', () => {
    const said = (business: Deal['business']) =>
      readView(step(at('would_have_kept', { business }), answering, reasons));
    expect(said('new')).toContain('Would that have won your business?');
    expect(said('customer')).toContain('Would that have kept your business?');
  });

  it('digs with a list of questions, optional reasons and optional text, and names its own Next', () => {
    const view = readView(step(at('picture'), heartbeat, reasons));
    expect(view).toContain('\n- What else made a difference?');
    expect(view).toContain('Reasons:  {Price |');
    expect(view).toContain('What else they said: ');
    expect(view).toContain(`[${stepOf(heartbeat, 'picture').again_label}]`);
    expect(view).toContain(`(${stepOf(heartbeat, 'picture').next_label})`);
  });

  it('never requires text', () => {
    for (const { id } of heartbeat.steps) {
      expect(readView(step(at(id), heartbeat, reasons))).not.toMatch(/\*: /);
    }
  });

  it('offers Back only when there is something to go back to', () => {
    const trail = [answered('thanks', null, { kind: 'said' }, 'rep')];
    expect(readView(step(at('attraction'), heartbeat, reasons))).not.toContain('[Back]');
    expect(readView(step(at('attraction', { trail }), heartbeat, reasons))).toContain('[Back]');
  });

  it('takes a date that is not known, in the words of the step', () => {
    const labelled = withSteps({ id: 'signing_date', unknown_label: 'No date yet' });
    expect(readView(step(at('signing_date'), labelled, reasons))).toContain('[No date yet]');
    const plain = withSteps({ id: 'signing_date', unknown_label: undefined });
    expect(readView(step(at('signing_date'), plain, reasons))).toContain("[Don't know]");
  });

  describe('where the rep promises to call back', () => {
    const times = { visit: 7, at: Date.UTC(2026, 10, 24, 12), others: [NOW + 7 * HOUR], madeAt: NOW };
    const promising = (over: Partial<Deal> = {}) =>
      at('promise', { zone: 'UTC', suggestedTimes: times, ...over });

    it('has the hour in the line, as the first button, others beside it, and no empty picker', () => {
      const view = readView(step(promising(), heartbeat, reasons));
      expect(view).toContain("> I'll call you by noon on Tuesday.");
      expect(view).toContain('[Tuesday at noon] [Today at 5] [Another time…] [No time agreed]');
      expect(view).not.toContain('Call back by: ');
      expect(view).toContain('\n() (Finish later)');
    });

    it('carries each hour in its button', () => {
      const row = step(promising(), heartbeat, reasons).blocks.flatMap((block) =>
        block.type === 'actions' && 'elements' in block ? block.elements : [],
      );
      expect(
        row
          .flatMap((it) => (it.type === 'button' ? [[it.action_id, decodeRef(it.value)?.at]] : []))
          .slice(0, 3),
      ).toEqual([
        [ACTIONS.suggested, times.at],
        [ACTIONS.suggestedOther, times.others[0]],
        [ACTIONS.otherTime, undefined],
      ]);
    });

    it('brings a picker that begins at that hour in place of Another time', () => {
      const view = readView(step(promising(), heartbeat, reasons, { picking: true }));
      expect(view).toContain(`Call back by: ${times.at / 1000}`);
      expect(view).toContain('[Tuesday at noon] [Today at 5] [No time agreed]');
      expect(view).toContain('(Next) (Finish later)');
    });

    it('shows another hour that the rep had picked, and none that a button names', () => {
      const draft = (at: number) => ({
        stepId: 'promise',
        visit: 7,
        answer: { kind: 'datetime', at } as const,
      });
      const picked = promising({ draft: draft(NOW + 3 * HOUR) });
      expect(readView(step(picked, heartbeat, reasons))).toContain(`Call back by: ${NOW / 1000 + 3 * 3600}`);
      const tapped = promising({ draft: draft(times.at) });
      expect(readView(step(tapped, heartbeat, reasons))).not.toContain('Call back by: ');
    });

    it('has the picker at once while no hour is worked out for this showing', () => {
      const view = readView(step(promising({ suggestedTimes: { ...times, visit: 6 } }), heartbeat, reasons));
      expect(view).toContain('Call back by: ');
      expect(view).toContain('[No time agreed]');
      expect(view).not.toContain('Another time');
    });
  });

  it('answers a date with one tap where the step names days, and has the picker behind a button', () => {
    const days = withSteps({
      id: 'look_again',
      one_tap: [{ id: 'next_quarter', label: 'Next quarter', means: 'next quarter' }],
    });
    const view = readView(step(at('look_again'), days, reasons));
    expect(view).toContain("[Next quarter] [A date…] [Don't know]");
    expect(view).toContain('\n() (Finish later)');
    expect(readView(step(at('look_again'), days, reasons, { picking: true }))).toContain(
      "[Next quarter] [Don't know]\n---\n[Whole script]\n(Next)",
    );
  });

  it('shows the words typed before, and a new showing has ids of its own', () => {
    const draft = { stepId: 'attraction', visit: 7, answer: { kind: 'text', text: 'Three weeks' } as const };
    const view = step(at('attraction', { draft }), heartbeat, reasons);
    expect(readView(view)).toContain('What they liked most: Three weeks');
    expect(view.blocks.map(({ block_id }) => block_id)).toContain(blockId('attraction', 7, 'text'));
    const stale = step(at('attraction', { draft: { ...draft, visit: 5 } }), heartbeat, reasons);
    expect(readView(stale)).not.toContain('Three weeks');
  });

  it('shows the typed words again after a tap on another button', () => {
    const answer = { kind: 'choice', choice: 'rather_not_say', text: 'Cheaper, I think' } as const;
    const draft = { stepId: 'attraction', visit: 7, answer };
    expect(readView(step(at('attraction', { draft }), heartbeat, reasons))).toContain('Cheaper, I think');
  });

  it('shows the error on top, and keeps every id so that the typed words stay', () => {
    const view = step(at('attraction'), heartbeat, reasons);
    const failed = withError(withError(view, 'First'), "That didn't save.");
    expect(readView(failed).split('\n')[1]).toBe("⚠ That didn't save.");
    expect(failed.blocks.slice(1)).toEqual(view.blocks);
    expect(viewFaults(failed)).toEqual([]);
  });

  it('asks Slack to report when the rep closes it', () => {
    expect(step(at('thanks'), heartbeat, reasons).notify_on_close).toBe(true);
  });

  it.each(
    playbooks.flatMap((playbook) => playbook.steps.map(({ id }) => [playbook.id, id, playbook] as const)),
  )('fits Slack: %s, %s', (_playbook, id, playbook) => {
    const long = {
      kind: 'reasons',
      text: '&'.repeat(3000),
      reasons: reasons.map((reason) => reason.id),
    } as const;
    const deal = at(id, {
      account: '&'.repeat(80),
      draft: { stepId: id, visit: 7, answer: long },
      trail: [answered('thanks', null, { kind: 'said' })],
      details: {
        amount: null,
        competitor: '&'.repeat(80),
        prospect: '&'.repeat(80),
        notes: null,
        recommendation: null,
        yesCosts: null,
        ourOffer: null,
        reasons: null,
      },
    });
    expect(viewFaults(step(deal, playbook, reasons, { error: '&'.repeat(900) }))).toEqual([]);
  });
});

describe('reading a coaching screen', () => {
  const block = (field: Parameters<typeof blockId>[2]) => blockId('any', 3, field);

  it.each([
    ['text', typed(block('text'), { value: ' Three weeks ' }), { kind: 'text', text: 'Three weeks' }],
    ['no text', typed(block('text'), { value: null }), null],
    [
      'reasons with text',
      {
        ...typed(block('reasons'), { selected_options: [{ value: 'price' }] }),
        ...typed(block('text'), { value: 'Cheaper' }),
      },
      { kind: 'reasons', text: 'Cheaper', reasons: ['price'] },
    ],
    [
      'no reasons',
      { ...typed(block('reasons'), { selected_options: [] }), ...typed(block('text'), {}) },
      null,
    ],
    ['a date', typed(block('date'), { selected_date: '2026-11-27' }), { kind: 'date', date: '2026-11-27' }],
    ['no date', typed(block('date'), { selected_date: null }), null],
    [
      'a moment',
      typed(block('moment'), { selected_date_time: 1795428000 }),
      { kind: 'datetime', at: 1795428000000 },
    ],
    ['nothing to read', {}, null],
  ])('%s', (_name, values, answer) => {
    expect(readStep(values, { stepId: 'any', visit: 3 })).toEqual(answer);
  });

  it.each([
    ['an earlier step', blockId('earlier', 3, 'text')],
    ['an earlier showing of this step', blockId('any', 2, 'text')],
  ])('takes the words of %s for no answer', (_name, other) => {
    const earlier = typed(other, { value: 'Said before' });
    expect(readStep(earlier, { stepId: 'any', visit: 3 })).toBeNull();
    const both = { ...typed(block('text'), { value: 'Said here' }), ...earlier };
    expect(readStep(both, { stepId: 'any', visit: 3 })).toEqual({ kind: 'text', text: 'Said here' });
  });

  it('of any kind, keeps only what its own inputs say', () => {
    const values = { ...typed('field:notes', { value: 'Here' }), ...typed('field:amount', { value: '1' }) };
    expect(withOwnValues({ blocks: [{ block_id: 'field:notes' }], state: { values } }).state.values).toEqual(
      typed('field:notes', { value: 'Here' }),
    );
  });
});
