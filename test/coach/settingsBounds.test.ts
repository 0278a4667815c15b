/** The settings hold so many entries and no more. */
import { changeSettings } from '../../src/coach/settings/changeSettings';
import { settingsPastBound } from '../../src/coach/settings/settingsBounds';
import { teamSettingsSchema } from '../../src/coach/settings/settingsSchema';
import { BUILT_IN_DIR, loadPlaybooks } from '../../src/playbook/checking/loader';
import { ACME, aPerson, NOON } from '../store/builder';
import { openSqliteForTest } from '../store/harness';

const team = (index: number) => ({ id: `t${index}`, name: 'Team', channel: null, manager: null, reps: [] });
const teams = (count: number) => Array.from({ length: count }, (_, index) => team(index));

const admin = aPerson('UADMIN', { isAdmin: true });

it('the 501st stand-in is refused', () => {
  const standIn = (index: number) => ({ manager: `UM${index}`, standIn: 'US', from: null, until: null });
  const settings = (count: number) =>
    teamSettingsSchema.parse({ standIns: Array.from({ length: count }, (_, index) => standIn(index)) });
  expect(settingsPastBound(settings(499), settings(500))).toBeNull();
  expect(settingsPastBound(settings(500), settings(501))).toEqual({ what: 'standIns', most: 500 });
});

it('a hundred and first team is refused, and settings past a bound still change', async () => {
  const { store, dispose } = await openSqliteForTest();
  const coach = {
    store,
    clock: { now: () => NOON },
    ids: { deal: () => 'D1' },
    playbooks: loadPlaybooks({ builtInDir: BUILT_IN_DIR }),
    changed: () => undefined,
  };
  await store.workspace.savePerson(ACME, admin);
  const who = { tenant: ACME, userId: 'UADMIN', teamId: ACME.teamId };
  const save = (count: number) =>
    store.workspace.saveSettings(ACME, teamSettingsSchema.parse({ admins: ['UADMIN'], teams: teams(count) }));
  await save(100);
  const add = () => changeSettings(coach, who, (it) => ({ teams: [...it.teams, team(it.teams.length)] }));
  expect(await add()).toEqual({ ok: false, code: 'too_many', what: 'teams', most: 100 });
  await save(150);
  expect(await add()).toMatchObject({ ok: false, code: 'too_many' });
  expect(await changeSettings(coach, who, () => ({ currency: 'EUR' }))).toMatchObject({ ok: true });
  expect(await changeSettings(coach, who, (it) => ({ teams: it.teams.slice(1) }))).toMatchObject({
    ok: true,
  });
  await dispose();
});
