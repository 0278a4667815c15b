/** Slack may send a save again, and a stranger may replay it: it changes the settings once. */
import { changeSettings } from '../../src/coach/settings/changeSettings';
import { teamSettings } from '../../src/coach/settings/settings';
import { BUILT_IN_DIR, loadPlaybooks } from '../../src/playbook/checking/loader';
import { ACME, aPerson, NOON } from '../store/builder';
import { openSqliteForTest } from '../store/harness';

const admin = aPerson('UADMIN', { isAdmin: true });

it('an admin who was removed does not come back with the save that once named them', async () => {
  const { store, dispose } = await openSqliteForTest();
  const coach = {
    store,
    clock: { now: () => NOON },
    ids: { deal: () => 'D1' },
    playbooks: loadPlaybooks({ builtInDir: BUILT_IN_DIR }),
    changed: () => undefined,
  };
  await store.workspace.savePerson(ACME, admin);
  await store.workspace.saveSettings(ACME, { admins: ['UADMIN'] });
  const save = (delivery: string, admins: string[]) =>
    changeSettings(coach, { tenant: ACME, userId: 'UADMIN', teamId: ACME.teamId, delivery }, () => ({
      admins,
    }));
  await save('first', ['UADMIN', 'UMALLORY']);
  await save('second', ['UADMIN']);
  expect(await save('first', ['UADMIN', 'UMALLORY'])).toMatchObject({ ok: true });
  expect((await teamSettings(store, ACME)).admins).toEqual(['UADMIN']);
  await dispose();
});
