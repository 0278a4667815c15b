/** Practice calls as a person taps through them. */
import { practise, seePractice, startPractice } from '../../src/coach/practice';
import { BUILT_IN_DIR, loadPlaybooks } from '../../src/playbook/checking/loader';
import { ACME, aPerson, NOON } from '../store/builder';
import { openSqliteForTest } from '../store/harness';

it('a practice in which somebody asks once more all day stays quick: it keeps no more of their words, and goes on', async () => {
  const opened = await openSqliteForTest({ now: () => NOON });
  await opened.store.workspace.savePerson(ACME, aPerson('UREP'));
  const coach = {
    store: opened.store,
    clock: { now: () => NOON },
    ids: { deal: () => 'P1' },
    playbooks: loadPlaybooks({ builtInDir: BUILT_IN_DIR }),
    changed: () => undefined,
  };
  const who = { tenant: ACME, userId: 'UREP', teamId: ACME.teamId };
  await startPractice(coach, who, { id: 'P1', playbookId: 'heartbeat' });
  const typed = { kind: 'text', text: 'x'.repeat(3_000) } as const;
  for (let taps = 0; taps < 60; taps++) {
    const scene = await seePractice(coach, who, 'P1');
    const position = scene?.practice.state.position;
    if (position == null || scene?.reply == null) throw new Error('the call has ended');
    const at = { id: 'P1', visit: position.visit };
    if (scene.practice.state.doubted !== null) await practise(coach, who, at, { do: 'go_on' });
    else {
      const again = scene.playbook.steps.find(({ id }) => id === position.stepId)?.again_label !== undefined;
      const tap = again ? ({ again: true } as const) : scene.reply.means;
      await practise(coach, who, at, { do: 'tap', tap, typed });
    }
  }
  const last = await seePractice(coach, who, 'P1');
  expect(last?.practice.state.trail.length).toBeGreaterThan(20);
  expect(JSON.stringify(last?.practice.state).length).toBeLessThan(60_000);
  await opened.dispose();
});
