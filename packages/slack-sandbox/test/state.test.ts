import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Harness, startHarness } from './support/harness';

const folder = mkdtempSync(join(tmpdir(), 'sandbox-state-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string) => join(folder, name);

let harness: Harness | undefined;
const start = async (stateFile: string, more: Parameters<typeof startHarness>[0] = {}) => {
  harness = await startHarness({ stateFile, ...more });
  return harness;
};
const end = async () => {
  await harness?.stop();
  harness = undefined;
};
afterEach(end);

describe('a state file', () => {
  it('keeps what was said, where, and by whom, from one run to the next', async () => {
    const path = file('kept.json');
    const first = await start(path);
    const robin = first.client.as('robin');
    const { ts = '' } = await first.web.chat.postMessage({
      channel: 'C0REQUESTS',
      text: 'Acme',
      metadata: { event_type: 'deal', event_payload: { id: 7 } },
    });
    await robin.post('No news', { in: '#requests', thread: ts });
    await first.web.filesUploadV2({ channel_id: 'C0REQUESTS', filename: 'loss.csv', content: 'a,b\n1,2\n' });
    await (await robin.dm('Probe')).post('psst');
    await first.client.admin({ do: 'remove_member', channel: '#sales', user: 'sam' });
    await first.client.admin({ do: 'deactivate', user: 'dana' });
    await end();

    const second = await start(path);
    const again = second.client.as('robin');
    const root = await again.channel('#requests').waitFor('Acme');
    expect(root.ts).toBe(ts);
    expect(root.seen.metadata).toEqual({ event_type: 'deal', event_payload: { id: 7 } });
    expect((await root.thread().messages()).map((message) => message.text())).toEqual(['No news']);
    const upload = await again.channel('#requests').waitFor('loss.csv');
    expect(await (await fetch(upload.files[0]?.url ?? '')).text()).toBe('a,b\n1,2\n');
    await (await again.dm('Probe')).waitFor('psst');
    const sales = (await again.view()).conversations.find(({ name }) => name === 'sales');
    expect(sales?.memberIds).not.toContain('U000000SAM');
    const { people } = await second.client.workspace();
    expect(people.find(({ name }) => name === 'dana')?.deleted).toBe(true);
  });

  it('gives no id and no timestamp twice, even if the clock went back', async () => {
    const path = file('clock.json');
    let now = Date.UTC(2030, 0, 1);
    const first = await start(path, { clock: () => now });
    const before = await first.web.chat.postMessage({ channel: 'C0REQUESTS', text: 'one' });
    const { channel } = await first.web.conversations.open({ users: 'U00000MAYA' });
    await end();
    now = Date.UTC(2029, 0, 1);
    const second = await start(path, { clock: () => now });
    const after = await second.web.chat.postMessage({ channel: 'C0REQUESTS', text: 'two' });
    expect(Number(after.ts)).toBeGreaterThan(Number(before.ts));
    expect((await second.web.conversations.open({ users: 'U000000SAM' })).channel?.id).not.toBe(channel?.id);
  });

  it('is written while it runs, whole or not at all', async () => {
    const path = file('whole.json');
    const { client } = await start(path);
    const changes = watch(folder);
    await client.as('robin').post('soon on disk', { in: '#requests' });
    while (!readFileSync(path, 'utf8').includes('soon on disk')) await once(changes, 'change');
    changes.close();
    expect(readdirSync(folder)).not.toContain('whole.json.new');
  });

  it('goes back to the seed with it on a reset', async () => {
    const path = file('reset.json');
    const first = await start(path);
    await first.client.as('robin').post('gone', { in: '#requests' });
    await first.client.admin({ do: 'reset' });
    await end();
    const second = await start(path);
    expect(await second.client.as('robin').channel('#requests').messages()).toEqual([]);
  });

  it.each([
    ['is no JSON', 'certainly not', 'Invalid input'],
    ['has another shape', '{"version":1,"teamId":"T000BRIGHT","people":"many"}', 'people: Invalid input'],
    ['is of a later version', '{"version":2}', 'version: Invalid input: expected 1'],
  ])('that %s is refused with what is wrong, and left alone', async (_, content, why) => {
    const path = file('bad.json');
    writeFileSync(path, content);
    const refused = start(path);
    await expect(refused).rejects.toMatchObject({ code: 'invalid_state' });
    await expect(refused).rejects.toThrow(path);
    await expect(refused).rejects.toThrow(why);
    expect(readFileSync(path, 'utf8')).toBe(content);
  });

  it('of another workspace, or in a folder that is not there, is refused', async () => {
    const path = file('other.json');
    await start(path);
    await end();
    const other = readFileSync(path, 'utf8').replace('T000BRIGHT', 'T000OTHER0');
    writeFileSync(path, other);
    await expect(start(path)).rejects.toThrow('it belongs to the workspace T000OTHER0');
    await expect(start(file('nowhere/state.json'))).rejects.toThrow('it cannot be written');
  });
});
