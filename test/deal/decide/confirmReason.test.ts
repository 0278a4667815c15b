/** A manager confirms why a deal was lost. */
import type { Actor } from '../../../src/deal/model/commands';
import { ADMIN, COLLEAGUE, MANAGER, OTHER_MANAGER, REP, STAND_IN, STRANGER, World } from '../world';

const confirm = (...reasons: string[]) => ({ type: 'confirm_reason', reasons }) as const;
const closed = () => new World().start().reach('no_pulse');

test('a manager confirms the reasons of a closed deal and changes them later, and the last ones hold', () => {
  const world = closed();
  expect(world.accepted(confirm('price', 'features', 'price'), MANAGER)).toEqual(['reason_confirmed']);
  expect(world.it.confirmedReason).toMatchObject({ reasons: ['features', 'price'], by: MANAGER.userId });
  expect(world.refusal(confirm('features', 'price'), MANAGER)).toBe('already_done');
  world.accepted(confirm('features'), ADMIN);
  expect(world.it.confirmedReason).toMatchObject({ reasons: ['features'], by: ADMIN.userId });
});

test.each<readonly [string, Actor, string | null]>([
  ['its manager', MANAGER, null],
  ['a stand-in of its manager', STAND_IN, null],
  ["the manager of its rep's team", { ...OTHER_MANAGER, manages: [REP.userId] }, null],
  ['an admin', ADMIN, null],
  ['a colleague', COLLEAGUE, 'confirmer_only'],
  ['its rep', REP, 'confirmer_only'],
  ['its rep who is an admin and may decide', { ...REP, isAdmin: true, mayDecideOwn: true }, 'confirmer_only'],
  ['a guest', { ...MANAGER, isGuest: true }, 'confirmer_only'],
  ['somebody from outside', STRANGER, 'members_only'],
])('%s may confirm: %#', (_, actor, refusal) => {
  const world = closed();
  if (refusal === null) expect(world.accepted(confirm('price'), actor)).toEqual(['reason_confirmed']);
  else expect(world.refusal(confirm('price'), actor)).toBe(refusal);
});

test('a manager who was ever its rep confirms nothing', () => {
  const world = closed();
  world.accepted({ type: 'assign_rep', rep: COLLEAGUE.userId }, REP);
  expect(world.refusal(confirm('price'), { ...REP, manages: [COLLEAGUE.userId] })).toBe('confirmer_only');
});

test('nobody confirms without a reason, or while the deal is open; opened again it keeps what was confirmed', () => {
  const world = closed();
  expect(world.refusal(confirm(), MANAGER)).toBe('loss_reason_missing');
  world.accepted(confirm('price'), MANAGER);
  world.accepted({ type: 'reopen' });
  expect(world.refusal(confirm('features'), MANAGER)).toBe('not_closed');
  expect(world.it.confirmedReason?.reasons).toEqual(['price']);
});
