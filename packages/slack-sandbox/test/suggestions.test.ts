import type { App, BlockSuggestion } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import { option, plainText } from './support/blockKit';
import { type Harness, startHarness, type Transport } from './support/harness';
import { MANIFEST } from './support/manifest';

const OPTIONS_URL = 'message_menu_options_url: "https://example.com/slack/events"';
const withOptionsUrl = MANIFEST.replace('is_enabled: true }', `is_enabled: true, ${OPTIONS_URL} }`);
const COMPANIES = ['Globex', 'Globus', 'Initech'];

const input = (type: 'external_select' | 'multi_external_select', id: string, least = 2): KnownBlock => ({
  type: 'input',
  block_id: id,
  label: plainText(id),
  element: { type, action_id: 'pick', min_query_length: least },
});
const section: KnownBlock = {
  type: 'section',
  block_id: 'in message',
  text: plainText('Company'),
  accessory: { type: 'external_select', action_id: 'pick', min_query_length: 0 },
};

let harness: Harness;
let asked: BlockSuggestion[];
let chosen: unknown[];
let answer: (value: string) => object;
const matching = (value: string) =>
  COMPANIES.filter((name) => name.toLowerCase().startsWith(value.toLowerCase())).map(option);

function addListeners(app: App): void {
  app.options('pick', async ({ ack, body }) => {
    asked.push(body as BlockSuggestion);
    await ack(answer(String(body.value)) as never);
  });
  app.action('pick', async ({ ack, payload }) => {
    await ack();
    chosen.push(payload);
  });
  app.view('form', async ({ ack, view }) => {
    await ack();
    chosen.push(view.state.values);
  });
  app.command('/probe', async ({ ack, client, body }) => {
    await ack();
    await client.views.open({
      trigger_id: body.trigger_id,
      view: {
        type: 'modal',
        callback_id: 'form',
        title: plainText('Form'),
        submit: plainText('Send'),
        blocks: [input('external_select', 'Winner'), input('multi_external_select', 'Others', 0)],
      },
    });
  });
}

async function start(transport: Transport = 'socket', manifest = withOptionsUrl): Promise<void> {
  asked = [];
  chosen = [];
  answer = (value) => ({ options: matching(value) });
  harness = await startHarness({ manifest });
  await harness.startApp(addListeners, { transport });
}
afterEach(() => harness.stop());

const robin = () => harness.client.as('robin');
async function openForm() {
  await robin().slash('/probe', { in: '#requests' });
  return robin().modal('Form');
}

it.each(['socket', 'http'] as const)('over %s: typed, chosen, and submitted', async (transport) => {
  await start(transport);
  const form = await openForm();
  expect(await form.suggestions('Winner', 'Glob')).toEqual(['Globex', 'Globus']);
  await form.fill({ Winner: 'Globex', Others: ['Globus', 'Initech'] });
  expect(form.value('Winner')).toBe('Globex');
  await form.submit();
  expect(chosen).toEqual([
    {
      Winner: { pick: { type: 'external_select', selected_option: option('Globex') } },
      Others: {
        pick: { type: 'multi_external_select', selected_options: [option('Globus'), option('Initech')] },
      },
    },
  ]);
  const [first] = asked;
  expect(first).toMatchObject({
    type: 'block_suggestion',
    user: { id: 'U0000ROBIN', name: 'robin' },
    team: { id: 'T000BRIGHT' },
    api_app_id: 'A0SANDBOX1',
    container: { type: 'view', view_id: form.id },
    block_id: 'Winner',
    action_id: 'pick',
    value: 'Glob',
    view: { callback_id: 'form' },
  });
  // What Slack's reference does not name is not there.
  expect(first).not.toHaveProperty('trigger_id');
  expect(first).not.toHaveProperty('response_url');
});

it('in a message: the app is told what was chosen', async () => {
  await start();
  await harness.web.chat.postMessage({ channel: 'C0REQUESTS', text: 'x', blocks: [section] });
  const message = await robin().channel('#requests').waitFor('Company');
  await message.fill({ Company: 'Initech' });
  expect(asked[0]).toMatchObject({
    container: { type: 'message', message_ts: message.ts, channel_id: 'C0REQUESTS', is_ephemeral: false },
    channel: { id: 'C0REQUESTS' },
    message: { ts: message.ts },
  });
  expect(chosen[0]).toMatchObject({ type: 'external_select', selected_option: option('Initech') });
});

it('groups are offered as the app wrote them', async () => {
  await start();
  answer = (value) => ({ option_groups: [{ label: plainText('Known'), options: matching(value) }] });
  const form = await openForm();
  expect(await form.suggestions('Winner', 'ini')).toEqual(['Initech']);
  await form.fill({ Winner: 'Initech' });
  expect(form.value('Winner')).toBe('Initech');
});

it('the app is not asked before enough is typed', async () => {
  await start();
  const form = await openForm();
  expect(await form.suggestions('Winner', 'G')).toEqual([]);
  expect(asked).toEqual([]);
  expect(await form.suggestions('Others')).toEqual(COMPANIES);
});

it.each<[string, object, string]>([
  ['more than 100 options', { options: Array.from({ length: 101 }, (_, i) => option(`o${i}`)) }, '100 items'],
  ['options and groups', { options: [], option_groups: [] }, 'exactly one of'],
  ['mrkdwn in a label', { options: [{ text: { type: 'mrkdwn', text: 'x' }, value: 'x' }] }, 'enum value'],
  ['neither', { choices: [] }, 'additional property: choices'],
])('an answer with %s offers nothing', async (_, given, why) => {
  await start();
  answer = () => given;
  const form = await openForm();
  await expect(form.suggestions('Winner', 'Glob')).rejects.toThrow(why);
});

it('a hundred options are fine', async () => {
  await start();
  answer = () => ({ options: Array.from({ length: 100 }, (_, i) => option(`o${i}`)) });
  expect(await (await openForm()).suggestions('Winner', 'Glob')).toHaveLength(100);
});

it('nothing can be chosen that the app did not offer', async () => {
  await start();
  const form = await openForm();
  await expect(form.fill({ Winner: 'Umbrella' })).rejects.toThrow('offers no "Umbrella"');
  const stray = { type: 'external_select', selected_option: option('Umbrella') };
  const forged = await fetch(`${harness.sandbox.url}/control/act`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ as: 'robin', type: 'input', viewId: form.id, state: { Winner: { pick: stray } } }),
  });
  expect(await forged.json()).toMatchObject({ ok: false, error: 'no_such_option' });
});

it('over HTTP without an options load URL the menu stays empty', async () => {
  await start('http', MANIFEST);
  const form = await openForm();
  await expect(form.suggestions('Winner', 'Glob')).rejects.toThrow('The app did not answer');
  expect(asked).toEqual([]);
});
