/** The fault run sees notices: it waits until they are posted, and compares Slack with them. */
import type { SeenMessage } from 'slack-sandbox';
import { sqliteSnapshot } from '../../chaos/databaseSnapshot';
import { checkNotices, checkThreads } from '../../chaos/invariants';
import { BUILT_IN_DIR, loadPlaybooks } from '../../src/playbook/checking/loader';
import { renderNotice } from '../../src/slack/messages/notices';
import { slotMetadata } from '../../src/slack/messages/slot';
import { openStore } from '../../src/store/open';
import type { Notice, Store } from '../../src/store/store';
import { ACME } from '../store/builder';
import { type TempFolder, tempFolder } from '../store/harness';

const CHANNEL = 'C0000LOST';
const NOTICE: Notice = {
  tenant: ACME,
  id: 'channel_unusable_rep:none:UREP:D1',
  kind: 'channel_unusable_rep',
  about: 'none',
  to: 'UREP',
  followsFrom: 'D1',
  revision: 1,
};

let folder: TempFolder;
let store: Store;
beforeEach(async () => {
  folder = tempFolder();
  store = await openStore(folder.url('a.db'));
  await store.work.addNotice(NOTICE, Date.now(), 0);
});
afterEach(async () => {
  await store.close();
  folder.remove();
});

const snapshot = () => sqliteSnapshot(folder.file('a.db'));

/** Notes the notice as posted, as the reconciler does. */
async function post(): Promise<void> {
  const [claim] = await store.work.claim('test', Date.now(), 1, 20_000);
  if (claim === undefined) throw new Error('the notice is not due');
  const [slot] = await store.work.slots(ACME, claim.owner);
  if (slot === undefined) throw new Error('the notice has no slot');
  await store.work.saveSlot(claim, { ...slot, channel: 'DREP', ts: '1.1', hash: 'h', state: 'posted' });
  await store.work.finish(claim, NOTICE.revision);
}

const slot = renderNotice(NOTICE);
if (slot === null) throw new Error('this release does not know the notice');

/** A message of the app in Slack that belongs to nobody. */
const STRAY: SeenMessage = {
  channel: 'DREP',
  ts: '1.1',
  userId: 'UBOT',
  text: slot.text,
  blocks: JSON.parse(JSON.stringify(slot.blocks)),
  edited: false,
  ephemeral: false,
  replyCount: 0,
  reactions: [],
  files: [],
};
const noticeMessage = (id: string): SeenMessage => ({
  ...STRAY,
  metadata: slotMetadata({ kind: 'notice', id }, id),
});
const MESSAGE = noticeMessage(NOTICE.id);

const differences = async (messages: readonly SeenMessage[]) => {
  const place = { channel: CHANNEL, playbooks: loadPlaybooks({ builtInDir: BUILT_IN_DIR }) };
  return [
    ...checkThreads(await snapshot().records(), messages, place),
    ...checkNotices(await snapshot().notices(), messages, CHANNEL),
  ];
};

it('waits for a notice that is not posted yet', async () => {
  expect(await snapshot().pending()).toEqual([`notice ${NOTICE.id} is not shown yet (null)`]);
  await post();
  expect(await snapshot().pending()).toEqual([]);
});

it('finds a notice that is missing, stands twice, in the thread or in other words', async () => {
  expect(await differences([MESSAGE])).toEqual([`${NOTICE.id} stands, and the database says intended`]);
  await post();
  expect(await differences([MESSAGE])).toEqual([]);
  expect(await differences([])).toEqual([`${NOTICE.id} is missing`]);
  expect(await differences([MESSAGE, { ...MESSAGE, ts: '2.1' }])).toEqual([`${NOTICE.id} stands 2 times`]);
  expect(await differences([{ ...MESSAGE, channel: CHANNEL }])).toEqual([
    `${NOTICE.id} stands in ${CHANNEL}`,
  ]);
  expect(await differences([{ ...MESSAGE, text: 'Hello' }])).toEqual([
    `${NOTICE.id} has another text: Hello`,
  ]);
});

it('finds messages of no notice and of nobody', async () => {
  await post();
  expect(await differences([MESSAGE, noticeMessage('unknown')])).toEqual([
    'a message of unknown, which is no notice',
  ]);
  expect(await differences([MESSAGE, { ...STRAY, text: 'Hello' }])).toEqual([
    'a message belongs to no deal and is no notice: Hello',
  ]);
});
