/** The version that new calls start with, where workspaces choose and instances have loaded different files. */
import { dealToBegin, recordAfter, startDeal } from '../../src/coach/call';
import type { Coach, Who } from '../../src/coach/context';
import { chooseVersion, previewPlaybook, versionsToChoose } from '../../src/coach/playbookPreview';
import { keepPlaybooks, playbookInUse, playbooksInUse, versionTold } from '../../src/coach/playbooks';
import { startPractice } from '../../src/coach/practice';
import { changeSettings } from '../../src/coach/settings/changeSettings';
import { reasonsKnown, reasonsOffered } from '../../src/coach/settings/settings';
import { createSweeps } from '../../src/coach/sweeps';
import type { Tenant } from '../../src/deal/model/deal';
import { createLogger } from '../../src/log';
import { REASONS_ID } from '../../src/playbook/checking/loader';
import { adminNotices, playbookNotices, sharedNotices } from '../../src/slack/messages/notices';
import { changed, loadTeams, TINY } from '../playbook/tiny';
import { ACME, aPerson, GLOBEX, NOON } from '../store/builder';
import { type OpenedStore, openSqliteForTest, until } from '../store/harness';

const PRACTICE = (line: string) => `playbook: tiny
prospects:
  - { id: owner, name: Jo Field, company: Field Ltd, about: ${line}, business: new, answers: { signed: signed } }
`;
const SECOND = changed(TINY, 'for the talk.', 'for your time.');
const REASONS = ['price', 'service'].map((id) => `  - { id: ${id}, label: ${id} }`).join('\n');
const taxonomy = (more = '') => `reasons:\n${REASONS}\n${more}`;
const RENAMED = '  - { id: reach, label: Far away }\n';

let opened: OpenedStore;
let deals = 0;
beforeEach(async () => {
  opened = await openSqliteForTest({ now: () => NOON });
  for (const tenant of [ACME, GLOBEX]) {
    await opened.store.workspace.savePerson(tenant, aPerson('UREP'));
    await opened.store.workspace.savePerson(tenant, { ...aPerson('UADMIN'), isAdmin: true, fetchedAt: NOON });
  }
});
afterEach(() => opened.dispose());

/** An instance that started with these files. */
async function instance(tiny: string, files: Readonly<Record<string, string>> = {}): Promise<Coach> {
  const coach = {
    store: opened.store,
    clock: { now: () => NOON },
    ids: { deal: () => `D${++deals}` },
    playbooks: loadTeams({ 'tiny.yml': tiny, ...files }),
    changed: () => undefined,
  };
  await keepPlaybooks(coach);
  return coach;
}

const who = (userId: string, tenant: Tenant = ACME): Who => ({ tenant, userId, teamId: tenant.teamId });
const admin = (tenant?: Tenant) => who('UADMIN', tenant);
const newDeal = (coach: Coach) => ({
  id: coach.ids.deal(),
  account: `Company ${deals}`,
  business: 'new' as const,
  playbookId: 'tiny',
});

/** The first line of a call that begins now. */
async function lineOf(coach: Coach, tenant: Tenant = ACME): Promise<string | undefined> {
  const started = await startDeal(coach, who('UREP', tenant), newDeal(coach));
  if (!started.ok || started.deal === null) throw new Error('no deal');
  const { hash } = started.deal.playbook;
  return (await opened.store.workspace.playbook(hash))?.source.steps[0]?.say[0];
}
const OLD = expect.stringContaining('for the talk.');
const NEW = expect.stringContaining('for your time.');
const versionThatWaits = async (coach: Coach, tenant?: Tenant) =>
  (await versionsToChoose(coach, admin(tenant))).playbooks[0]?.next.hash;

it('a new version waits for the admins of each workspace that has used the playbook, and for nobody else', async () => {
  await lineOf(await instance(TINY));
  const second = await instance(SECOND);
  expect(await lineOf(second)).toEqual(OLD);
  expect(await lineOf(second, GLOBEX)).toEqual(NEW);
  expect((await versionsToChoose(second, who('UREP'))).playbooks).toEqual([]);
  expect(await versionThatWaits(second, GLOBEX)).toBeUndefined();

  const version = await versionThatWaits(second);
  const use = { playbookId: 'tiny', version, how: 'use' } as const;
  expect(await chooseVersion(second, who('UREP'), use)).toBe(false);
  // The admin of another workspace names it, and changes nothing here.
  expect(await chooseVersion(second, admin(GLOBEX), use)).toBe(true);
  expect(await lineOf(second)).toEqual(OLD);
  expect(await chooseVersion(second, admin(), { ...use, how: 'keep' })).toBe(true);
  expect(await versionThatWaits(second)).toBeUndefined();
  expect(await previewPlaybook(second, admin(), use)).toMatchObject({ state: 'kept_out' });
  expect(await chooseVersion(second, admin(), use)).toBe(true);
  expect(await lineOf(second)).toEqual(NEW);
  expect(await previewPlaybook(second, admin(), use)).toMatchObject({ state: 'in_use', changes: [] });
});

it('instances with different files begin calls with the version that was chosen', async () => {
  const old = await instance(TINY);
  await lineOf(old);
  const fresh = await instance(SECOND);
  await chooseVersion(fresh, admin(), {
    playbookId: 'tiny',
    version: await versionThatWaits(fresh),
    how: 'use',
  });
  expect([await lineOf(old), await lineOf(fresh)]).toEqual([NEW, NEW]);
  expect((await playbooksInUse(old, ACME)).map(({ id }) => id)).toContain('tiny');
});

it('a rep practices with the people of the version in use while another one waits', async () => {
  // A version of its own, since versions are remembered by their content for good.
  const [first, second] = [TINY, SECOND].map((text) => changed(text, 'title: Tiny', 'title: Tinier'));
  const coach = await instance(first ?? '', { 'tiny.practice.yml': PRACTICE('They left') });
  await lineOf(coach);
  const next = await instance(second ?? '', { 'tiny.practice.yml': PRACTICE('They stayed') });
  const scene = await startPractice(next, who('UREP'), { id: 'P1', playbookId: 'tiny' });
  expect(scene?.prospect).toMatchObject({ name: 'Jo Field', about: 'They left' });
});

it('a form that was opened with one version is saved with it, whatever an admin chose since', async () => {
  await lineOf(await instance(TINY));
  const coach = await instance(
    changed(SECOND, 'id: reason', 'id: their_reason').replace('step: reason', 'step: their_reason'),
  );
  const rep = who('UREP');
  const begins = newDeal(coach);
  const shown = (await dealToBegin(coach, rep, begins)).playbook.hash;
  await chooseVersion(coach, admin(), {
    playbookId: 'tiny',
    version: await versionThatWaits(coach),
    how: 'use',
  });
  const answers = [{ stepId: 'reason', answer: { kind: 'text', text: 'Reach' } }] as const;
  const saved = await recordAfter(
    coach,
    rep,
    { ...begins, version: shown },
    { verdict: 'no_check', answers, details: {}, manager: null },
  );
  expect(saved).toMatchObject({ ok: true, deal: { playbook: { hash: shown } } });
});

it('the first call of a workspace is saved with the version of its form, and the next ones begin with what the files have', async () => {
  const first = await instance(TINY);
  const begins = newDeal(first);
  const shown = (await dealToBegin(first, who('UREP'), begins)).playbook.hash;
  const second = await instance(SECOND);
  const saved = await startDeal(second, who('UREP'), { ...begins, version: shown });
  expect(saved).toMatchObject({ ok: true, deal: { playbook: { hash: shown } } });
  expect(await lineOf(second)).toEqual(NEW);
});

it('a version of a playbook whose file is gone is offered to nobody', async () => {
  await lineOf(await instance(TINY));
  await instance(SECOND);
  const without = await instance(changed(TINY, 'id: tiny', 'id: other'));
  expect(await versionThatWaits(without)).toBeUndefined();
  expect((await playbookInUse(without, ACME, 'tiny')).id).toBe('heartbeat');
});

it('a new list of reasons waits too, unless the team has reasons of its own; old deals name every reason', async () => {
  await lineOf(await instance(TINY, { 'taxonomy.yml': taxonomy() }));
  const coach = await instance(TINY, { 'taxonomy.yml': taxonomy(RENAMED) });
  const offered = async () => (await reasonsOffered(coach, ACME)).map(({ id }) => id);
  expect(await offered()).toEqual(['price', 'service']);
  expect((await reasonsKnown(coach, ACME)).map(({ id }) => id)).toEqual(['price', 'service', 'reach']);
  const { reasons } = await versionsToChoose(coach, admin());
  const of = { playbookId: REASONS_ID, version: reasons?.hash };
  expect(await previewPlaybook(coach, admin(), of)).toMatchObject({
    kind: 'reasons',
    state: 'waits',
    changes: { added: ['Far away'], removed: [], renamed: [] },
  });
  const state = async (version = of.version) =>
    (await previewPlaybook(coach, admin(), { ...of, version }))?.state;
  // A button of a list that the files have no more.
  expect(await state('replaced')).toBe('past');
  await chooseVersion(coach, admin(), { ...of, how: 'use' });
  expect(await offered()).toEqual(['price', 'service', 'reach']);
  expect(await state()).toBe('in_use');

  await instance(TINY, { 'taxonomy.yml': taxonomy() });
  await changeSettings(coach, admin(), () => ({ reasons: [{ id: 'own', label: 'Own', retired: false }] }));
  expect((await versionsToChoose(coach, admin())).reasons).toBeNull();
});

it('admins hear of a version once, read what became of it, and hear nothing of reasons that their team does not use', async () => {
  await lineOf(await instance(TINY, { 'taxonomy.yml': taxonomy() }));
  const coach = await instance(SECOND, { 'taxonomy.yml': taxonomy(RENAMED) });
  await changeSettings(coach, admin(), () => ({ reasons: [{ id: 'own', label: 'Own', retired: false }] }));
  const version = (await versionThatWaits(coach)) ?? '';
  const sweeps = createSweeps({
    coach,
    logger: createLogger({ level: 'silent', pretty: false }),
    adminNotices,
    sharedNotices,
    playbookNotices,
    moved: () => undefined,
  });
  const sweep = async (last: string) => {
    // Asked for last, so it can begin last.
    await opened.store.workspace.savePerson(GLOBEX, aPerson(last));
    await until(async () => (await opened.store.work.sweeps()).find(({ about }) => about === last));
    await sweeps.round();
  };
  /** The revision of the message about a version; undefined: nobody gets one. */
  const told = async (playbookId: string, hash: string) =>
    (await opened.store.work.notice(ACME, ['playbook_waits', playbookId, hash, 'UADMIN'].join(':')))
      ?.revision;
  await instance(SECOND, { 'taxonomy.yml': taxonomy(RENAMED) });
  await sweep('UFIRST');
  const first = (await told('tiny', version)) ?? 0;
  expect(first).toBeGreaterThan(0);
  expect(await told(REASONS_ID, coach.playbooks.reasonsHash)).toBeUndefined();
  await chooseVersion(coach, admin(), { playbookId: 'tiny', version, how: 'keep' });
  await sweep('USECOND');
  // It is rendered again.
  expect(await told('tiny', version)).toBeGreaterThan(first);
  expect(await versionTold(coach, ACME, { playbookId: 'tiny', hash: version })).toEqual({
    what: { kind: 'playbook', title: 'Tiny' },
    state: 'kept_out',
  });
});
