import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '@slack/bolt';
import { plainText } from './support/blockKit';
import { codeOf, type Harness, newTriggerId, startHarness, webClient } from './support/harness';
import { MANIFEST } from './support/manifest';

const folder = mkdtempSync(join(tmpdir(), 'sandbox-round-trip-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, 'state.json');

let harness: Harness;
const start = async () => {
  harness = await startHarness({ stateFile: path });
};
afterEach(() => {
  rmSync(path, { force: true });
  return harness.stop();
});

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
const REDIRECT = 'http://127.0.0.1:1/slack/oauth_redirect';

/** Everything that everybody sees, wherever the sandbox now listens. */
async function everything(): Promise<unknown> {
  const workspace = await harness.client.workspace();
  const views = await Promise.all(
    workspace.people.filter(({ isBot }) => !isBot).map(({ id }) => harness.client.as(id).view()),
  );
  const { scheduled_messages: waiting } = await harness.web.chat.scheduledMessages.list();
  const all = {
    workspace: { ...workspace, app: { ...workspace.app, connected: null, connections: [] } },
    views: views.map((view) => ({ ...view, seq: null })),
    waiting,
  };
  return JSON.parse(JSON.stringify(all).replaceAll(harness.sandbox.url, 'http://sandbox'));
}

const listen = (app: App) =>
  app.command('/probe', async ({ ack }) => ack({ text: 'Only you', response_type: 'ephemeral' }));

/** People and the app do something of every kind. */
async function live(): Promise<void> {
  const { client, web } = harness;
  const robin = client.as('robin');
  await robin.slash('/probe', { in: '#requests' });
  await harness.startApp(listen);
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
  const modal = {
    type: 'modal' as const,
    title: plainText('Form'),
    submit: plainText('Go'),
    blocks: [name, papers],
  };
  await web.views.open({ trigger_id: await newTriggerId(harness), view: modal });
  const form = await robin.modal('Form');
  await form.fill({ Name: 'Half-typed' });
  await form.attach('Papers', { name: 'offer.txt', content: 'Ours' });
  await client.admin({ do: 'archive_channel', channel: '#announcements', archived: true });
  await client.admin({ do: 'remove_member', channel: '#sales', user: 'sam' });
  await client.admin({ do: 'deactivate', user: 'dana' });
}

it('everybody sees after a restart what they saw before', async () => {
  await start();
  await live();
  const before = await everything();
  await harness.stop();
  await start();
  expect(await everything()).toEqual(before);
});

it('and goes on from there: a home is updated, a modal submitted, a message posted when it is due', async () => {
  await start();
  await live();
  const { view } = await harness.web.views.publish({
    user_id: 'U00000MAYA',
    view: { type: 'home', blocks: [] },
  });
  await harness.stop();
  await start();
  let typed: unknown;
  let offer: { readonly url_private?: string } | undefined;
  await harness.startApp((app) =>
    app.view(/.*/, async ({ ack, view: { state } }) => {
      typed = state.values.name?.name?.value;
      offer = state.values.papers?.papers?.files?.[0];
      await ack();
    }),
  );
  await (await harness.client.as('robin').modal('Form')).submit();
  expect(typed).toBe('Half-typed');
  const headers = { authorization: `Bearer ${harness.sandbox.botToken}` };
  expect(await (await fetch(offer?.url_private ?? '', { headers })).text()).toBe('Ours');
  const publish = (hash: string) =>
    harness.web.views.publish({ user_id: 'U00000MAYA', view: { type: 'home', blocks: [] }, hash });
  expect(await codeOf(publish('another'))).toBe('hash_conflict');
  expect((await publish(view?.hash ?? '')).view?.id).toBe(view?.id);
  await harness.client.clock.advance(86_400_000);
  await harness.client.as('robin').channel('#requests').waitFor('Tomorrow');
});

it('an app that was taken out stays out, and a token that was revoked stays dead', async () => {
  await start();
  await harness.client.admin({ do: 'revoke_token' });
  await harness.stop();
  await start();
  expect(await codeOf(harness.web.auth.test())).toBe('token_revoked');
  await harness.client.admin({ do: 'uninstall' });
  await harness.stop();
  await start();
  expect(await codeOf(harness.web.auth.test())).toBe('account_inactive');
});

it('what somebody allowed through OAuth holds after a restart: the token, and its scopes only', async () => {
  const manifest = MANIFEST.replace('  scopes:', `  redirect_urls: ["${REDIRECT}"]\n  scopes:`);
  const first = await startHarness({ manifest, stateFile: path, installed: false });
  const { clientId, clientSecret, authorizationUrl } = first.sandbox;
  const asked = { client_id: clientId, scope: 'commands,chat:write', redirect_uri: REDIRECT, state: 's' };
  const answer = new URLSearchParams({ ...asked, as: 'U0000ROBIN', decision: 'allow' });
  const page = await fetch(`${authorizationUrl}?${new URLSearchParams(asked)}`, {
    method: 'POST',
    body: answer,
    redirect: 'manual',
  });
  const code = new URL(page.headers.get('location') ?? '').searchParams.get('code') ?? '';
  const { access_token: token = '' } = await webClient(first.sandbox).oauth.v2.access({
    client_id: clientId,
    client_secret: clientSecret,
    code,
    redirect_uri: REDIRECT,
  });
  await first.stop();
  harness = await startHarness({ manifest, stateFile: path, installed: false });
  const web = webClient(harness.sandbox, token);
  expect((await web.auth.test()).ok).toBe(true);
  expect(await codeOf(web.users.list({}))).toBe('missing_scope');
});

it('a file of an earlier version, without what is beside the workspace, still loads', async () => {
  await start();
  await harness.client.as('robin').post('kept', { in: '#requests' });
  await harness.stop();
  const { parts: _parts, ...earlier } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  writeFileSync(path, JSON.stringify(earlier));
  await start();
  await harness.client.as('robin').channel('#requests').waitFor('kept');
});

it('what is beside the workspace is checked too', async () => {
  await start();
  await harness.stop();
  const broken = { ...JSON.parse(readFileSync(path, 'utf8')), parts: { scheduled: 'soon' } };
  writeFileSync(path, JSON.stringify(broken));
  await expect(startHarness({ stateFile: path })).rejects.toMatchObject({ code: 'invalid_state' });
});
