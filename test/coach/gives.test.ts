/** Who reads on a call what a team gives without asking. */
import { act } from '../../src/coach/act';
import { startDeal } from '../../src/coach/call';
import type { Coach } from '../../src/coach/context';
import { offersFor } from '../../src/coach/gives';
import { BUILT_IN_DIR, loadPlaybooks } from '../../src/playbook/checking/loader';
import { ACME, aPerson, NOON } from '../store/builder';
import { openSqliteForTest } from '../store/harness';

const who = (userId: string) => ({ tenant: ACME, userId, teamId: ACME.teamId });

it('somebody whom Slack has not described goes on with their call, and reads nothing of what the team gives', async () => {
  const opened = await openSqliteForTest();
  const coach: Coach = {
    store: opened.store,
    clock: { now: () => NOON },
    ids: { deal: () => 'D1' },
    playbooks: loadPlaybooks({ builtInDir: BUILT_IN_DIR }),
    changed: () => undefined,
  };
  const { workspace, deals } = opened.store;
  const give = { id: 'G1', by: 'UADMIN', team: null, reason: 'payment_terms', terms: '60 days to pay' };
  const noLimits = { inReturn: null, cost: null, worthUpTo: null, until: null, perQuarter: null };
  await workspace.saveSettings(ACME, { admins: ['UADMIN'], gives: [{ ...give, ...noLimits }] });
  await workspace.savePerson(ACME, aPerson('UADMIN'));

  await startDeal(coach, who('UREP'), { id: 'D1', account: 'Globex', business: 'new', playbookId: null });
  const begun = await deals.load(ACME, 'D1');
  const { stepId = '', visit = 0 } = begun?.position ?? {};
  const said = { stepId, visit, answer: { kind: 'said' }, fact: null, source: 'prospect' } as const;
  const next = { step: 'may_check' };
  expect(await act(coach, who('UREP'), 'D1', { type: 'answer', ...said, next, ledger: null })).toMatchObject({
    ok: true,
    changed: true,
  });
  const offered = async () => {
    const deal = await deals.load(ACME, 'D1');
    return deal === null ? [] : (await offersFor(coach, deal)).map(({ give: { terms } }) => terms);
  };
  expect(await offered()).toEqual([]);
  await workspace.savePerson(ACME, aPerson('UREP', { isStranger: true }));
  expect(await offered()).toEqual([]);
  await workspace.savePerson(ACME, aPerson('UREP'));
  expect(await offered()).toEqual(['60 days to pay']);
  await opened.dispose();
});
