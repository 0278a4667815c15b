/** What a manager reads of a year of made-up deals: Home, the report, a competitor, the digest and three losses. */
import { dmOf, LOST_DEALS, noteCall, summaryOf } from '../../test/e2e/support/shortcuts';
import { TENANT, type World } from '../../test/e2e/support/world';
import { makeHistory } from '../history';
import type { Camera, Moment } from './moment';

const MINUTE = 60_000;
const MONTH = 31 * 24 * 3_600_000;
const HOME = '/home';
const MESSAGES = '/messages';

/** @param world its teams are those of the history */
export async function takeLearning(world: World, camera: Camera): Promise<void> {
  const { coach, digests } = world.lostdeal;
  const manager = world.slack.as('maya');
  const maya = (name: string, seen: Moment['seen'], place: string, more: Partial<Moment> = {}) =>
    camera({ who: 'maya', name, seen, place, onTop: true, ...more });
  await maya('learning-home-empty', "What we're learning", HOME);
  // Home keeps its figures for a minute.
  await world.pass(2 * MINUTE);
  await makeHistory(coach, TENANT);
  await monthlyDigest(world, camera);

  const home = manager.home();
  await home.open();
  await home.waitFor('Globex won');
  await maya('learning-home', "What we're learning", HOME);
  await maya('learning-home-winners', /we asked were open to it/u, HOME);
  await maya('learning-home-end', /^Globex won/u, HOME);
  await home.click('Look closer');
  const closer = await manager.modal("What we're learning");
  await maya('learning-closer', 'From no to back', HOME, { modal: true });
  await closer.click('Where calls end');
  await manager.modal('Where calls end');
  await maya('learning-call-ends', 'Checking for a heartbeat', HOME, { modal: true });
  await (await manager.modal()).closeAll();

  await manager.slash('/lostdeal report all');
  await (await dmOf(world, 'maya')).waitFor('Reasons, and what it took');
  await maya('learning-report', "we've lost", MESSAGES);
  await maya('learning-report-reasons', 'Reasons, and what it took', MESSAGES);
  await maya('learning-report-causes', /^Given means/u, MESSAGES);
  await maya('learning-report-end', 'Show the deals', MESSAGES);
  await manager.slash('/lostdeal vs Globx');
  await manager.modal('Did you mean this one?');
  await maya('learning-competitor-typo', 'Did you mean this one?', MESSAGES, { modal: true });
  await (await manager.modal()).closeAll();
  await manager.slash('/lostdeal vs Globex');
  await manager.modal('Against Globex');
  await maya('learning-competitor', 'to Globex', MESSAGES, { modal: true });
  await maya('learning-competitor-worked', 'What worked', MESSAGES, { modal: true });
  await maya('learning-competitor-offers', 'What they offered', MESSAGES, { modal: true });
  await (await manager.modal()).closeAll();

  for (const account of ['Larch Hotels', 'Ridge & Vale', 'Tidewater Labs'])
    await noteCall(world, account, {
      how: 'Nothing would have changed it',
      heard: { 'Who did they choose?': 'Initech', 'Loss reasons': ['Price'], 'What is it worth?': '48,000' },
    });
  await world.settled();
  await (await summaryOf(world, 'Tidewater Labs', 'maya')).click('Confirm the reason');
  await manager.modal('The reason');
  await maya('learning-reason', 'Why did we lose', MESSAGES, { modal: true });
  await (await manager.modal()).closeAll();
  await manager.channel(LOST_DEALS).waitFor('Tidewater Labs');

  await digests.round();
  await (await dmOf(world, 'maya')).waitFor('We lost 3 deals to Initech');
  await maya('learning-losses', 'We lost 3 deals to Initech', MESSAGES);
  await world.pass(MONTH);
  await digests.round();
  await (await dmOf(world, 'maya')).waitFor(/beat us on/u);
  await maya('learning-digest', /beat us on/u, MESSAGES);
}

async function monthlyDigest(world: World, camera: Camera): Promise<void> {
  const admin = world.slack.as('dana');
  await admin.slash('/lostdeal settings');
  await (await admin.modal('Settings')).click('Change', { near: 'Digest' });
  const form = await admin.modal('Digest');
  await form.fill({ 'Send what we learned': 'Every month', 'To these people': ['maya'] });
  await camera({ who: 'dana', name: 'settings-digest', seen: 'Send what we learned' });
  await form.submit();
  await (await admin.modal('Settings')).closeAll();
}
