import fc from 'fast-check';
import {
  ACTIONS,
  blockId,
  CHOOSE,
  choiceOf,
  chooseAction,
  decodeRef,
  encodeRef,
  parseBlockId,
  STEP_FIELDS,
  VIEWS,
} from '../../src/slack/ids';

describe('names that Slack sends back', () => {
  it('a block id names a step, its showing and an input', () => {
    const id = fc.stringMatching(/^[a-z][a-z0-9_]{0,39}$/);
    fc.assert(
      fc.property(id, fc.nat(), fc.constantFrom(...STEP_FIELDS), (stepId, visit, field) => {
        const block = blockId(stepId, visit, field);
        expect(parseBlockId(block)).toEqual({ stepId, visit, field });
        expect(block.length).toBeLessThanOrEqual(255);
      }),
    );
  });

  it.each(['', 'step', 'step:a:b:text', 'step:a:1:evil', 'field:account', 'x:step:a:1:text'])(
    '“%s” is no block id of a step',
    (id) => {
      expect(parseBlockId(id)).toBeNull();
    },
  );

  it('a choice button names its choice', () => {
    expect(choiceOf(chooseAction('wont_say'))).toBe('wont_say');
    expect(CHOOSE.test(chooseAction('wont_say'))).toBe(true);
    expect(Object.values(ACTIONS).some((action) => CHOOSE.test(action))).toBe(false);
    expect(choiceOf('match')).toBeNull();
  });

  it('a reference is encoded as today’s buttons in Slack hold it, and decoded again', () => {
    const ref = {
      deal: 'd1',
      visit: 3,
      step: 'signed',
      ask: 12,
      question: 4,
      remark: 5,
      approval: 6,
      page: 0,
      section: 'teams',
      item: 'north',
      mode: 'live' as const,
    };
    expect(decodeRef(encodeRef(ref))).toEqual(ref);
    expect(encodeRef(ref)).toBe(
      '{"d":"d1","v":3,"s":"signed","a":12,"q":4,"r":5,"n":6,"p":0,"k":"teams","i":"north","m":"live"}',
    );
    expect(encodeRef({ page: 2, deal: 'd1' })).toBe('{"d":"d1","p":2}');
  });

  it.each([undefined, null, '', 'nonsense', '[]', '{"v":"x"}', '{"d":""}'])(
    '%p is no reference of ours',
    (text) => {
      expect(decodeRef(text)).toBeNull();
    },
  );

  it('no two screens or buttons share a name', () => {
    for (const names of [Object.values(VIEWS), Object.values(ACTIONS)]) {
      expect(new Set(names).size).toBe(names.length);
    }
  });
});
