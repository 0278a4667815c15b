/** The state file, which keeps a workspace from one run of the sandbox to the next. */
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '@slack/bolt';
import { modalView, plainText } from './support/blockKit';
import { codeOf, type Harness, newTriggerId, startHarness, webClient } from './support/harness';
import { MANIFEST } from './support/manifest';
import { allowInstallation, REDIRECT_URL } from './support/oauth';

type Options = Parameters<typeof startHarness>[0];

let folder: string;
let path: string;
let harness: Harness | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandbox-state-'));
  path = join(folder, 'state.json');
});
const stop = async () => {
  await harness?.stop();
  harness = undefined;
};
afterEach(async () => {
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(options: Options = {}, stateFile = path): Promise<Harness> {
  harness = await startHarness({ stateFile, ...options });
  return harness;
}
async function restart(options: Options = {}): Promise<Harness> {
  await stop();
  return start(options);
}

const name = {
  type: 'input' as const,
  block_id: 'name',
  label: plainText('Name'),
  element: { type: 'plain_text_input' as const, action_id: 'name' },
};
const papers = {
  type: 'input' as const,
  block_id: 'papers',
  optional: true,
  label: plainText('Papers'),
  element: { type: 'file_input' as const, action_id: 'papers' },
};
const channel = 'C0REQUESTS';

/** The workspace, everybody's view and the scheduled messages, without what differs between two runs. */
async function everythingVisible({ client, web, sandbox }: Harness): Promise<unknown> {
  const workspace = await client.workspace();
  const views = await Promise.all(
    workspace.people.filter(({ isBot }) => !isBot).map(({ id }) => client.as(id).view()),
  );
  const { scheduled_messages: scheduled } = await web.chat.scheduledMessages.list();
  const all = {
    workspace: { ...workspace, app: { ...workspace.app, connected: null, connections: [] } },
    views: views.map((view) => ({ ...view, seq: null })),
    scheduled,
  };
  // The time goes on.
  const text = JSON.stringify(all, (key, value) => (key === 'clock' ? { ...value, now: null } : value));
  return JSON.parse(text.replaceAll(sandbox.url, 'http://sandbox'));
}

const addListeners = (app: App) =>
  app.command('/probe', async ({ ack }) => ack({ text: 'Only you', response_type: 'ephemeral' }));

/** Lets people and the app do something of every kind. */
async function actOnEverything(harness: Harness): Promise<void> {
  const { client, web } = harness;
  const robin = client.as('robin');
  await robin.slash('/probe', { in: '#requests' });
  await harness.startApp(addListeners);
  await robin.slash('/probe', { in: '#requests' });
  const metadata = { event_type: 'deal', event_payload: { id: 7 } };
  const { ts = '' } = await web.chat.postMessage({ channel, text: 'Acme', metadata });
  await web.reactions.add({ channel, timestamp: ts, name: 'eyes' });
  await robin.post('No news', { in: '#requests', thread: ts });
  await web.chat.update({ channel, ts, text: 'Acme, again', attachments: [{ title: 'Why' }] });
  await robin.post('Gone', { in: '#sales' });
  await (await robin.channel('#sales').waitFor('Gone')).delete();
  await web.filesUploadV2({ channel_id: channel, filename: 'loss.csv', content: 'a,b\n' });
  await (await robin.dm('Probe')).post('psst');
  await (await client.as('maya').dm('robin')).post('between us');
  await client.as('maya').channel('#requests').read();
  const postAt = Math.floor(harness.startedAt / 1000) + 86_400;
  await web.chat.scheduleMessage({ channel, text: 'Tomorrow', post_at: postAt });
  await web.views.publish({ user_id: 'U0000ROBIN', view: { type: 'home', blocks: [name] } });
  await robin.home().fill({ Name: 'At home' });
  const modal = modalView('Form', { blocks: [name, papers] });
  await web.views.open({ trigger_id: await newTriggerId(harness), view: modal });
  const form = await robin.modal('Form');
  await form.fill({ Name: 'Half-typed' });
  await form.attach('Papers', { name: 'offer.txt', content: 'Ours' });
  await client.admin({ do: 'archive_channel', channel: '#announcements', archived: true });
  await client.admin({ do: 'remove_member', channel: '#sales', user: 'sam' });
  await client.admin({ do: 'deactivate', user: 'dana' });
}

describe('a state file', () => {
  it('shows everybody the same after a restart', async () => {
    const first = await start();
    await actOnEverything(first);
    const before = await everythingVisible(first);
    expect(await everythingVisible(await restart())).toEqual(before);
  });

  it('lets a restarted sandbox submit a modal, update a Home tab and post a scheduled message', async () => {
    const first = await start();
    await actOnEverything(first);
    const publish = ({ web }: Harness, more: object = {}) =>
      web.views.publish({ user_id: 'U00000MAYA', view: { type: 'home', blocks: [] }, ...more });
    const { view } = await publish(first);
    const second = await restart();
    let typed: unknown;
    let offer: { readonly url_private?: string } | undefined;
    await second.startApp((app) =>
      app.view(/.*/, async ({ ack, view: { state } }) => {
        typed = state.values.name?.name?.value;
        offer = state.values.papers?.papers?.files?.[0];
        await ack();
      }),
    );
    await (await second.client.as('robin').modal('Form')).submit();
    expect(typed).toBe('Half-typed');
    const headers = { authorization: `Bearer ${second.sandbox.botToken}` };
    expect(await (await fetch(offer?.url_private ?? '', { headers })).text()).toBe('Ours');
    expect(await codeOf(publish(second, { hash: 'another' }))).toBe('hash_conflict');
    expect((await publish(second, { hash: view?.hash ?? '' })).view?.id).toBe(view?.id);
    await second.client.clock.advance(86_400_000);
    await second.client.as('robin').channel('#requests').waitFor('Tomorrow');
  });

  it('keeps a revoked token invalid, and an uninstalled app out', async () => {
    const first = await start();
    await first.client.admin({ do: 'revoke_token' });
    const second = await restart();
    expect(await codeOf(second.web.auth.test())).toBe('token_revoked');
    await second.client.admin({ do: 'uninstall' });
    expect(await codeOf((await restart()).web.auth.test())).toBe('account_inactive');
  });

  it('keeps the tokens of OAuth and their scopes', async () => {
    const manifest = MANIFEST.replace('  scopes:', `  redirect_urls: ["${REDIRECT_URL}"]\n  scopes:`);
    const { sandbox } = await start({ manifest, installed: false });
    const { access_token: token = '' } = await webClient(sandbox).oauth.v2.access({
      client_id: sandbox.clientId,
      client_secret: sandbox.clientSecret,
      code: await allowInstallation(sandbox, { scope: 'commands,chat:write' }),
      redirect_uri: REDIRECT_URL,
    });
    const web = webClient((await restart({ manifest, installed: false })).sandbox, token);
    expect((await web.auth.test()).ok).toBe(true);
    expect(await codeOf(web.users.list({}))).toBe('missing_scope');
  });

  it('gives no id or timestamp twice, even after the clock went back', async () => {
    const first = await start({ clock: () => Date.UTC(2030, 0, 1) });
    const before = await first.web.chat.postMessage({ channel, text: 'one' });
    const { channel: dm } = await first.web.conversations.open({ users: 'U00000MAYA' });
    const second = await restart({ clock: () => Date.UTC(2029, 0, 1) });
    const after = await second.web.chat.postMessage({ channel, text: 'two' });
    expect(Number(after.ts)).toBeGreaterThan(Number(before.ts));
    expect((await second.web.conversations.open({ users: 'U000000SAM' })).channel?.id).not.toBe(dm?.id);
  });

  it('is written while the sandbox runs, and leaves no half-written file behind', async () => {
    const { client } = await start();
    const changes = watch(folder);
    await client.as('robin').post('soon on disk', { in: '#requests' });
    while (!readFileSync(path, 'utf8').includes('soon on disk')) await once(changes, 'change');
    changes.close();
    expect(readdirSync(folder)).toEqual(['state.json', 'state.json.tokens']);
  });

  it('holds the seed again after a reset', async () => {
    const first = await start();
    await first.client.as('robin').post('gone', { in: '#requests' });
    await first.client.admin({ do: 'reset' });
    const second = await restart();
    expect(await second.client.as('robin').channel('#requests').messages()).toEqual([]);
  });

  it('of an earlier version, with the workspace only, still loads', async () => {
    const first = await start();
    await first.client.as('robin').post('kept', { in: '#requests' });
    await stop();
    const { parts: _parts, ...earlier } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    writeFileSync(path, JSON.stringify(earlier));
    const second = await start();
    await second.client.as('robin').channel('#requests').waitFor('kept');
  });

  it.each([
    ['is not JSON', 'certainly not', 'Invalid input'],
    ['has another shape', '{"version":1,"teamId":"T000BRIGHT","people":"many"}', 'people: Invalid input'],
    ['is of a later version', '{"version":2}', 'version: Invalid input: expected 1'],
  ])('that %s is refused with the fault, and not changed', async (_, content, fault) => {
    writeFileSync(path, content);
    const refused = start();
    await expect(refused).rejects.toMatchObject({ code: 'invalid_state' });
    await expect(refused).rejects.toThrow(path);
    await expect(refused).rejects.toThrow(fault);
    expect(readFileSync(path, 'utf8')).toBe(content);
  });

  it('is refused if a part beside the workspace is invalid', async () => {
    await start();
    await stop();
    const broken = { ...JSON.parse(readFileSync(path, 'utf8')), parts: { scheduled: 'soon' } };
    writeFileSync(path, JSON.stringify(broken));
    await expect(start()).rejects.toMatchObject({ code: 'invalid_state' });
  });

  it('of another workspace or in a missing folder is refused', async () => {
    await start();
    await stop();
    writeFileSync(path, readFileSync(path, 'utf8').replace('T000BRIGHT', 'T000OTHER0'));
    await expect(start()).rejects.toThrow('it belongs to the workspace T000OTHER0');
    await expect(start({}, join(folder, 'nowhere', 'state.json'))).rejects.toThrow('it cannot be written');
  });
});
