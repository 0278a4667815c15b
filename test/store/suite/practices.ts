import type { Practice } from '../../../src/deal/model/practice';
import { ACME, GLOBEX, NOON } from '../builder';
import type { StoreUnderTest } from '../harness';

export const practice = (change: Partial<Practice> = {}): Practice => ({
  id: 'P1',
  tenant: ACME,
  rep: 'UREP',
  playbook: { id: 'heartbeat', hash: 'h1' },
  prospect: 'dodger',
  seed: 0x7fff_ffff,
  startedAt: NOON,
  endedAt: null,
  revision: 1,
  isPreview: false,
  state: {
    position: { stepId: 'signed', visit: 3 },
    trail: [
      {
        stepId: 'attraction',
        visit: 2,
        answer: { kind: 'text', text: 'Ninety days' },
        fact: 'attraction',
        source: 'prospect',
        at: NOON,
      },
    ],
    visits: 3,
    heard: true,
    doubted: { tap: { choice: 'signed' }, answer: { kind: 'choice', choice: 'signed' } },
    misheard: [{ stepId: 'signed', showing: 1 }],
    suggestedTimes: { visit: 3, at: NOON, others: [NOON + 1], madeAt: NOON },
    verdict: null,
  },
  ...change,
});

export function practicesSuite(store: StoreUnderTest): void {
  describe('practice calls', () => {
    it('come back as they were stored, to the person themselves alone', async () => {
      expect(await store.practices.save(practice(), 0)).toBe('committed');
      expect(await store.practices.load(ACME, 'UREP', 'P1')).toEqual(practice());
      expect(await store.practices.load(ACME, 'UOTHER', 'P1')).toBeNull();
      expect(await store.practices.load(GLOBEX, 'UREP', 'P1')).toBeNull();
    });

    it('begin once, and keep only a change that was made to what they are now', async () => {
      await store.practices.save(practice(), 0);
      expect(await store.practices.save(practice({ prospect: 'other' }), 0)).toBe('conflict');
      const ended = practice({ revision: 2, endedAt: NOON + 5 });
      expect(await store.practices.save(ended, 1)).toBe('committed');
      expect(await store.practices.save(practice({ revision: 2 }), 1)).toBe('conflict');
      expect(await store.practices.load(ACME, 'UREP', 'P1')).toEqual(ended);
    });

    it('can be picked up while they have not ended and are of that day, the last one first', async () => {
      await store.practices.save(practice({ id: 'P0', startedAt: NOON - 1 }), 0);
      await store.practices.save(practice(), 0);
      await store.practices.save(practice({ id: 'P2', startedAt: NOON + 1, endedAt: NOON + 2 }), 0);
      const unfinished = async (since: number, rep = 'UREP') =>
        (await store.practices.unfinished(ACME, rep, since))?.id;
      expect(await unfinished(NOON - 1)).toBe('P1');
      expect(await unfinished(NOON + 1)).toBeUndefined();
      expect(await unfinished(NOON - 1, 'UOTHER')).toBeUndefined();
    });

    it('do not count when they are previews: the rep has met nobody new, and nobody resumes one', async () => {
      const preview = practice({ id: 'P9', isPreview: true });
      await store.practices.save(preview, 0);
      expect(await store.practices.load(ACME, 'UREP', 'P9')).toEqual(preview);
      expect(await store.practices.unfinished(ACME, 'UREP', 0)).toBeNull();
      expect(await store.practices.met(ACME, 'UREP', 'heartbeat')).toEqual([]);
    });

    it('name the prospects whom a person has met in each playbook, and go when they are old', async () => {
      await store.practices.save(practice({ id: 'P3', prospect: 'late', startedAt: NOON + 1 }), 0);
      await store.practices.save(practice(), 0);
      await store.practices.save(practice({ id: 'P2', playbook: { id: 'other', hash: 'h2' } }), 0);
      expect(await store.practices.met(ACME, 'UREP', 'heartbeat')).toEqual(['dodger', 'late']);
      expect(await store.practices.met(ACME, 'UOTHER', 'heartbeat')).toEqual([]);
      expect(await store.practices.deleteBefore(NOON + 1)).toBe(2);
      expect(await store.practices.met(ACME, 'UREP', 'heartbeat')).toEqual(['late']);
    });
  });
}
