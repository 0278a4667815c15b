import type { SettingsChange } from '../../../src/store/store';
import { ACME, GLOBEX, NOON } from '../builder';
import type { StoreUnderTest } from '../harness';

const currency = (from: string | null, to: string): SettingsChange => ({
  field: 'currency',
  item: null,
  part: null,
  from,
  to,
});

export function settingsSuite(store: StoreUnderTest): void {
  describe('the settings of a workspace', () => {
    it('change together with their history, newest first', async () => {
      const { workspace } = store;
      await workspace.changeSettings(ACME, NOON, 'UKIM', (stored) => {
        expect(stored).toBeNull();
        return { settings: { currency: 'EUR' }, history: [currency(null, 'EUR')] };
      });
      await workspace.changeSettings(ACME, NOON + 1, null, (stored) => {
        expect(stored).toEqual({ currency: 'EUR' });
        return {
          settings: { currency: 'CHF' },
          history: [currency('EUR', 'CHF'), { ...currency(null, 'x'), item: 'North', part: 'reps' }],
        };
      });
      expect(await workspace.settings(ACME)).toEqual({ currency: 'CHF' });
      const all = await workspace.settingsHistory(ACME, 10);
      expect(all.map(({ seq, at, by, to, item }) => ({ seq, at, by, to, item }))).toEqual([
        { seq: 3, at: NOON + 1, by: null, to: 'x', item: 'North' },
        { seq: 2, at: NOON + 1, by: null, to: 'CHF', item: null },
        { seq: 1, at: NOON, by: 'UKIM', to: 'EUR', item: null },
      ]);
      expect((await workspace.settingsHistory(ACME, 1, 3)).map(({ seq }) => seq)).toEqual([2]);
      expect(await workspace.settingsHistory(GLOBEX, 10)).toEqual([]);
    });

    it('stay unchanged if there is nothing to change', async () => {
      await store.workspace.changeSettings(ACME, NOON, 'UKIM', () => null);
      expect(await store.workspace.settings(ACME)).toBeNull();
      expect(await store.workspace.settingsHistory(ACME, 10)).toEqual([]);
    });

    it('change once by one delivery, whatever became of them since', async () => {
      const { workspace } = store;
      const set = (to: string, delivery: string) =>
        workspace.changeSettings(
          ACME,
          NOON,
          'UKIM',
          () => ({ settings: { currency: to }, history: [currency(null, to)] }),
          delivery,
        );
      expect(await set('EUR', 'D1')).toBe('changed');
      expect(await set('CHF', 'D2')).toBe('changed');
      expect(await set('EUR', 'D1')).toBe('duplicate');
      expect(await workspace.settings(ACME)).toEqual({ currency: 'CHF' });
      const nothing = () =>
        workspace.changeSettings(ACME, NOON, 'UKIM', () => ({ settings: {}, history: [] }), 'D3');
      expect([await nothing(), await nothing()]).toEqual(['unchanged', 'duplicate']);
      const together = await Promise.all([set('USD', 'D4'), set('USD', 'D4')]);
      expect(together.sort()).toEqual(['changed', 'duplicate']);
      expect(await workspace.settingsHistory(ACME, 10)).toHaveLength(3);
    });

    it('lose no change when many people change them at the same moment', async () => {
      const people = Array.from({ length: 6 }, (_, index) => `U${index}`);
      await Promise.all(
        people.map((person) =>
          store.workspace.changeSettings(ACME, NOON, person, (stored) => {
            const { admins = [] } = (stored ?? {}) as { admins?: string[] };
            return {
              settings: { admins: [...admins, person] },
              history: [{ field: 'admins', item: person, part: null, from: null, to: person }],
            };
          }),
        ),
      );
      const { admins } = (await store.workspace.settings(ACME)) as { admins: string[] };
      expect([...admins].sort()).toEqual(people);
      const history = await store.workspace.settingsHistory(ACME, 10);
      expect(history.map(({ seq }) => seq)).toEqual([6, 5, 4, 3, 2, 1]);
      expect(history.map(({ by }) => by).reverse()).toEqual(admins);
    });
  });
}
