/** Who is alerted by a message that others read too, and by what. */
import { namedInWords, nameInWords } from '../../../src/slack/messages/inWords';
import { renderThread, retiredSlot, unreachedSlot } from '../../../src/slack/messages/renderThread';
import type { RenderContext, Slot } from '../../../src/slack/messages/slot';
import { heartbeat, MANAGER, pulse, REP, reasons } from '../deals';
import { readBlocks } from '../read';

const context: RenderContext = {
  privacy: 'full',
  playbook: heartbeat,
  reasons,
  remarks: new Map(),
  repName: 'Robin Reyes',
};
const NAMES = new Map([
  [MANAGER, 'Maya *M.* Lindqvist'],
  [REP, 'Robin Reyes'],
]);
const shown = (slots: readonly Slot[], key: string, names: ReadonlyMap<string, string> = NAMES): Slot => {
  const slot = nameInWords(slots, names).find((it) => it.key === key);
  if (slot === undefined) throw new Error(`there is no ${key}`);
  return slot;
};

describe('an ask', () => {
  const all = renderThread(pulse(), context);

  it('mentions nobody in the thread, where it names people in words, and mentions them in the direct message', () => {
    expect(namedInWords(all)).toEqual(expect.arrayContaining([MANAGER, REP]));
    const inThread = shown(all, `ask:12:${MANAGER}`);
    expect(readBlocks(inThread.blocks)).toContain('Maya *M.* Lindqvist decides. Asked by Robin Reyes.');
    expect(readBlocks(inThread.blocks)).toContain('Robin Reyes recommends');
    expect(inThread.text).not.toContain('<@');
    expect(inThread.text).not.toContain('*M');
    expect(shown(all, `ask-dm:12:${MANAGER}`)).toEqual(all.find(({ key }) => key === `ask-dm:12:${MANAGER}`));
  });

  it('keeps the mention of somebody whose name nobody knows, so that it can be read', () => {
    const inThread = shown(all, `ask:12:${MANAGER}`, new Map([[REP, 'Robin Reyes']]));
    expect(readBlocks(inThread.blocks)).toContain(`<${MANAGER}> decides. Asked by Robin Reyes.`);
  });

  it('mentions the rep at the root, who follows the thread from then on', () => {
    expect(readBlocks(shown(all, 'summary').blocks)).toContain(`<${REP}>`);
  });
});

describe('somebody to whom Slack refuses direct messages', () => {
  const key = `ask-dm:12:${MANAGER}`;

  it('is mentioned in the thread instead, without a word of the deal, until the ask is settled', () => {
    const slot = unreachedSlot(pulse(), key, context);
    expect(slot).toMatchObject({ key: `unreached-dm:${key}`, place: { in: 'thread' }, overtaken: false });
    expect(slot?.notifies).toBe(true);
    expect(slot?.mentions).toEqual([MANAGER]);
    expect(readBlocks(slot?.blocks)).toBe(
      `<${MANAGER}>, this one is yours to decide. Slack won't let me write to you directly.\n[Details]`,
    );
    expect(unreachedSlot(pulse({ ask: null }), key, context)).toBeNull();
    expect(readBlocks(retiredSlot(pulse(), `unreached-dm:${key}`, context)?.blocks)).toBe(
      'No longer waiting.',
    );
  });
});
