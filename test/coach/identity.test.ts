/** Who somebody is, and what follows: nobody counts as a member before Slack has said so. */
import { act, actorFor } from '../../src/coach/act';
import { startDeal } from '../../src/coach/call';
import type { Coach } from '../../src/coach/context';
import { BELIEVED_MS, identityOf, RoleNotConfirmedError } from '../../src/coach/identity';
import { seeDeal } from '../../src/coach/overview';
import { teamManagerOf, whyIneligible } from '../../src/coach/people';
import { changeSettings } from '../../src/coach/settings/changeSettings';
import { BUILT_IN_DIR, loadPlaybooks } from '../../src/playbook/checking/loader';
import { knownPerson, otherOrganizationOf, type SlackUser } from '../../src/slack/install/people';
import { ACME, aPerson, NOON } from '../store/builder';
import { type OpenedStore, openSqliteForTest } from '../store/harness';

const who = (userId: string) => ({ tenant: ACME, userId, teamId: ACME.teamId });

let opened: OpenedStore;
let coach: Coach;
let now = NOON;
beforeEach(async () => {
  now = NOON;
  opened = await openSqliteForTest();
  coach = {
    store: opened.store,
    clock: { now: () => now },
    ids: { deal: () => 'D1' },
    playbooks: loadPlaybooks({ builtInDir: BUILT_IN_DIR }),
    changed: () => undefined,
  };
  for (const it of [
    aPerson('UREP'),
    aPerson('UADMIN', { isAdmin: true }),
    aPerson('UGUEST', { isGuest: true, isAdmin: true }),
    aPerson('UOUT', { isStranger: true, isAdmin: true }),
    aPerson('UGONE', { deleted: true, isAdmin: true }),
  ]) {
    await opened.store.workspace.savePerson(ACME, it);
  }
});
afterEach(() => opened.dispose());

const start = (user: string, id = `D${user}`) =>
  startDeal(coach, who(user), { id, account: 'Globex', business: 'new', playbookId: null });

it.each([
  ['UREP', 'member', true],
  ['UGUEST', 'guest', false],
  ['UOUT', 'outsider', false],
  ['UGONE', 'gone', false],
  // A call must not wait for Slack; it is posted once Slack has answered.
  ['UNOBODY', 'unknown', true],
])('%s is a %s, and starts a deal: %s', async (user, role, starts) => {
  expect((await actorFor(coach, who(user))).role).toBe(role);
  expect((await start(user)).ok).toBe(starts);
});

it.each(['UGUEST', 'UOUT', 'UGONE'])(
  '%s sees, decides and sets nothing, even where Slack calls them an admin',
  async (user) => {
    await start('UREP');
    expect(await seeDeal(coach, who(user), 'DUREP')).toBeNull();
    expect(await changeSettings(coach, who(user), () => ({ admins: [user] }))).toMatchObject({ ok: false });
    expect(await whyIneligible(coach, ACME, user)).not.toBeNull();
  },
);

it('somebody whom Slack has not described sees and sets nothing, and is named for nothing', async () => {
  await opened.store.workspace.saveSettings(ACME, { admins: ['UNOBODY'], sight: 'everyone' });
  await start('UREP');
  await expect(seeDeal(coach, who('UNOBODY'), 'DUREP')).rejects.toThrow(RoleNotConfirmedError);
  await expect(changeSettings(coach, who('UNOBODY'), () => ({}))).rejects.toThrow(RoleNotConfirmedError);
  await expect(act(coach, who('UNOBODY'), 'DUREP', { type: 'reopen' })).rejects.toThrow(
    RoleNotConfirmedError,
  );
  expect(await whyIneligible(coach, ACME, 'UNOBODY', 'decides')).toMatchObject({ code: 'person_unknown' });
});

it('an admin is one for an hour after Slack said so; their own deals stay theirs', async () => {
  await start('UADMIN');
  await start('UREP');
  now += BELIEVED_MS;
  expect(await seeDeal(coach, who('UADMIN'), 'DUREP')).not.toBeNull();
  now += 1;
  await expect(seeDeal(coach, who('UADMIN'), 'DUREP')).rejects.toThrow(RoleNotConfirmedError);
  await expect(changeSettings(coach, who('UADMIN'), () => ({}))).rejects.toThrow(RoleNotConfirmedError);
  expect(await seeDeal(coach, who('UADMIN'), 'DUADMIN')).not.toBeNull();
  await opened.store.workspace.savePerson(ACME, aPerson('UADMIN', { isAdmin: true, fetchedAt: now }));
  expect(await changeSettings(coach, who('UADMIN'), () => ({ currency: 'EUR' }))).toMatchObject({ ok: true });
});

it('where an admin allows guests as reps, a guest works deals of their own and decides about none', async () => {
  await opened.store.workspace.saveSettings(ACME, { guestsAsReps: true, sight: 'everyone' });
  expect((await start('UGUEST')).ok).toBe(true);
  await start('UREP');
  expect(await seeDeal(coach, who('UGUEST'), 'DUGUEST')).not.toBeNull();
  expect(await seeDeal(coach, who('UGUEST'), 'DUREP')).toBeNull();
  expect(await whyIneligible(coach, ACME, 'UGUEST', 'works')).toBeNull();
  expect(await whyIneligible(coach, ACME, 'UGUEST', 'decides')).toMatchObject({ code: 'person_is_guest' });
  expect((await actorFor(coach, who('UGUEST'))).isAdmin).toBe(false);
});

describe('somebody whose home is another workspace', () => {
  const inOrganization = (teams: string[]) => ({
    id: 'U1',
    team_id: 'T_HOME',
    is_admin: true,
    enterprise_user: { enterprise_id: 'E1', teams },
  });
  const described = (user: SlackUser, organization: string | null) =>
    knownPerson(user, ACME, NOON, organization);
  const role = (user: SlackUser, organization: string | null) =>
    identityOf(described(user, organization), NOON).role;
  const both = inOrganization([ACME.teamId, 'T_HOME']);
  const other = inOrganization(['T_HOME']);

  it('is a member of ours where Slack names ours among theirs, and where the organization is ours too', () => {
    expect([role(both, null), role(both, 'E1'), role(other, 'E1')]).toEqual(['member', 'member', 'member']);
    expect([otherOrganizationOf(both, ACME), otherOrganizationOf(other, ACME)]).toEqual([null, 'E1']);
  });

  it('is from outside where the organization is another one or none, and where Slack says so', () => {
    const connected = { id: 'U1', team_id: 'T_HOME' };
    const stranger = { ...other, is_stranger: true };
    expect([
      role(other, 'E2'),
      role(other, null),
      role(connected, 'E1'),
      role(connected, null),
      role(stranger, 'E1'),
    ]).toEqual(Array.from({ length: 5 }, () => 'outsider'));
  });

  it('is an admin of ours only where they are in ours', () => {
    expect([described(both, 'E1').isAdmin, described(other, 'E1').isAdmin]).toEqual([true, false]);
  });

  it('is one of ours in an organization where Slack leaves out the home', () => {
    const { team_id: _, ...homeless } = both;
    expect([role(homeless, 'E1'), role({ id: 'U1' }, null)]).toEqual(['member', 'member']);
  });
});

it.each([{ isGuest: true }, { isStranger: true }, { isBot: true }, { deleted: true }])(
  'a manager whom the settings still name and who is %j is asked for nothing; one whom Slack has not described yet is',
  async (change) => {
    await opened.store.workspace.savePerson(ACME, aPerson('UMANAGER', change));
    const save = (manager: string) =>
      opened.store.workspace.saveSettings(ACME, {
        teams: [{ id: 'north', name: 'North', channel: null, manager, reps: ['UREP'] }],
      });
    await save('UMANAGER');
    expect(await teamManagerOf(coach, who('UREP'))).toBeNull();
    await save('UNOBODY');
    expect(await teamManagerOf(coach, who('UREP'))).toBe('UNOBODY');
  },
);
