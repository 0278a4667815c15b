import type { RichTextBlock, RichTextElement } from '@slack/types';
import { ACTIONS, blockId } from '../../../src/slack/ids';
import { readStep, step } from '../../../src/slack/views/call';
import { withError } from '../../../src/slack/views/modal';
import { withOwnValues } from '../../../src/slack/views/values';
import { answered, heartbeat, newDeal, playbooks, reasons } from '../deals';
import { viewFaults } from '../limits';
import { readView } from '../read';

const at = (stepId: string, over = {}) => newDeal({ position: { stepId, visit: 7 }, ...over });

/** The value of an input, as Slack sends it. */
const typed = (block: string, value: object) => ({ [block]: { [ACTIONS.input]: value } });

describe('a coaching screen', () => {
  it('shows the line to say first, then the hints for listening, then the tap that moves on', () => {
    expect(readView(step(at('would_have_kept'), heartbeat, reasons)).split('\n')).toEqual([
      '# Ask before you go',
      'Northwind  ·  customer  ·  Step 1: Had we offered that',
      'Say',
      '> If that had been in our offer too, would we have kept your business?',
      expect.stringMatching(/^Listen for: .+ · .+/),
      expect.stringMatching(/^Avoid: /),
      expect.stringMatching(/^Why: /),
      '[Yes] [No] [Unclear]',
      '---',
      '[Whole script]',
      '() (Finish later)',
    ]);
  });

  it('prints the lines to say in bold, people in them too, and nothing else on the screen', () => {
    const [say, ...others] = step(at('next_attempt'), heartbeat, reasons).blocks.filter(
      (block): block is RichTextBlock => block.type === 'rich_text',
    );
    expect(others).toEqual([]);
    const [label, ...lines] = say?.elements ?? [];
    expect(JSON.stringify(label)).not.toContain('bold');
    const spoken = lines.flatMap((piece): RichTextElement[] =>
      piece.type === 'rich_text_quote' ? piece.elements : [],
    );
    expect(spoken.map(({ type }) => type)).toContain('user');
    expect(spoken).toEqual(spoken.map(() => expect.objectContaining({ style: { bold: true } })));
  });

  it('counts the steps taken: digging twice is one, going back takes one off', () => {
    const thanks = answered('thanks', null, { kind: 'said' }, 'rep');
    const dug = answered('picture', 'picture', { kind: 'told' });
    const trail = [thanks, answered('attraction', 'attraction', { kind: 'told' }), dug];
    expect(readView(step(at('picture', { trail }), heartbeat, reasons))).toContain('Step 3: ');
    expect(readView(step(at('attraction', { trail: [thanks] }), heartbeat, reasons))).toContain('Step 2: ');
  });

  it('keeps ways out of a screen that moves on by Next below its input, first among the tools', () => {
    const trail = [answered('thanks', null, { kind: 'said' }, 'rep')];
    expect(
      readView(step(at('attraction', { trail }), heartbeat, reasons))
        .split('\n')
        .slice(-3),
    ).toEqual([
      'What attracted them most: ',
      '[Rather not say] [Already told me] [Back] [Whole script]',
      '(Next) (Finish later)',
    ]);
  });

  it('says win to a prospect we did not win, and keep to our customer', () => {
    const view = readView(step(at('would_have_kept', { business: 'new' }), heartbeat, reasons));
    expect(view).toContain('would we have won your business?');
  });

  it('digs with a list of questions, optional reasons and optional text, and names its own Next', () => {
    const view = readView(step(at('picture'), heartbeat, reasons));
    expect(view).toContain('Then ask\n- What else made a difference?');
    expect(view).toContain('Reasons:  {Price |');
    expect(view).toContain('What else they said: ');
    expect(view).toContain('[Dig once more] [Already told me]');
    expect(view).toContain('(Picture is whole)');
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

  it("takes Don't know for a date", () => {
    expect(readView(step(at('signing_date'), heartbeat, reasons))).toContain("[Don't know]");
  });

  it('shows the words typed before, and a new showing has ids of its own', () => {
    const draft = { stepId: 'attraction', visit: 7, answer: { kind: 'text', text: 'Three weeks' } as const };
    const view = step(at('attraction', { draft }), heartbeat, reasons);
    expect(readView(view)).toContain('What attracted them most: Three weeks');
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
    const failed = withError(withError(view, 'First'), 'That could not be saved just now.');
    expect(readView(failed).split('\n')[1]).toBe('⚠ That could not be saved just now.');
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
