import { createScreenOpening } from '../../../src/slack/listeners/screenOpening';

const tenant = (teamId: string) => ({ enterpriseId: '', teamId });
const REFUSED = new Set(['invalid_auth', 'token_revoked']);
const opening = (workspacesNeeded: number) =>
  createScreenOpening({ refusesToken: (code) => REFUSED.has(code), workspacesNeeded });

test('three refusals of the token in a row make screens unready, until one opens', () => {
  const screens = opening(1);
  for (const code of ['invalid_auth', 'token_revoked']) screens.failed(tenant('T1'), code);
  expect(screens.state()).toBe('ok');
  screens.failed(tenant('T1'), 'invalid_auth');
  expect(screens.state()).toBe('screens cannot be opened (invalid_auth)');
  screens.opened();
  expect(screens.state()).toBe('ok');
});

test('clicks that are too old and outages say nothing about the token', () => {
  const screens = opening(1);
  for (const code of ['expired_trigger_id', 'internal_error', null])
    for (let time = 0; time < 5; time++) screens.failed(tenant('T1'), code);
  expect(screens.state()).toBe('ok');
});

test('one of many workspaces that removed the app does not make it unready for the others', () => {
  const screens = opening(2);
  for (let time = 0; time < 9; time++) screens.failed(tenant('T1'), 'token_revoked');
  expect(screens.state()).toBe('ok');
  screens.failed(tenant('T2'), 'token_revoked');
  expect(screens.state()).toContain('cannot be opened');
});
