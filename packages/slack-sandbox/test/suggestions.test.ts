/** External menus: the options that the app offers for what a person types. */
import type { App, BlockSuggestion } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import { modalView, option, plainText } from './support/blockKit';
import { type Harness, startHarness, type Transport } from './support/harness';
import { MANIFEST } from './support/manifest';

const OPTIONS_URL = 'message_menu_options_url: "https://example.com/slack/events"';
const withOptionsUrl = MANIFEST.replace('is_enabled: true }', `is_enabled: true, ${OPTIONS_URL} }`);
const COMPANIES = ['Globex', 'Globus', 'Initech'];

const input = (
  type: 'external_select' | 'multi_external_select',
  id: string,
  minQueryLength = 2,
): KnownBlock => ({
  type: 'input',
  block_id: id,
  label: plainText(id),
  element: { type, action_id: 'pick', min_query_length: minQueryLength },
});
const section: KnownBlock = {
  type: 'section',
  block_id: 'in message',
  text: plainText('Company'),
  accessory: { type: 'external_select', action_id: 'pick', min_query_length: 0 },
};

let harness: Harness;
let requests: BlockSuggestion[];
let chosen: unknown[];
let answer: (value: string) => object;
const matching = (value: string) =>
  COMPANIES.filter((name) => name.toLowerCase().startsWith(value.toLowerCase())).map(option);

function addListeners(app: App): void {
  app.options('pick', async ({ ack, body }) => {
    requests.push(body as BlockSuggestion);
    await ack(answer(String(body.value)) as never);
  });
  app.action('pick', async ({ ack, payload }) => {
    chosen.push(payload);
    await ack();
  });
  app.view('form', async ({ ack, view }) => {
    chosen.push(view.state.values);
    await ack();
  });
  app.command('/probe', async ({ ack, client, body }) => {
    await ack();
    await client.views.open({
      trigger_id: body.trigger_id,
      view: modalView('Form', {
        callback_id: 'form',
        blocks: [input('external_select', 'Winner'), input('multi_external_select', 'Others', 0)],
      }),
    });
  });
}

async function start(transport: Transport = 'socket', manifest = withOptionsUrl): Promise<void> {
  requests = [];
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

it.each(['socket', 'http'] as const)('offers, takes and submits options over %s', async (transport) => {
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
  const [first] = requests;
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
  // Slack's reference names neither.
  expect(first).not.toHaveProperty('trigger_id');
  expect(first).not.toHaveProperty('response_url');
});

it('sends a choice in a message to the app', async () => {
  await start();
  await harness.web.chat.postMessage({ channel: 'C0REQUESTS', text: 'x', blocks: [section] });
  const message = await robin().channel('#requests').waitFor('Company');
  await message.fill({ Company: 'Initech' });
  expect(requests[0]).toMatchObject({
    container: { type: 'message', message_ts: message.ts, channel_id: 'C0REQUESTS', is_ephemeral: false },
    channel: { id: 'C0REQUESTS' },
    message: { ts: message.ts },
  });
  expect(chosen[0]).toMatchObject({ type: 'external_select', selected_option: option('Initech') });
});

it('offers option groups', async () => {
  await start();
  answer = (value) => ({ option_groups: [{ label: plainText('Known'), options: matching(value) }] });
  const form = await openForm();
  expect(await form.suggestions('Winner', 'ini')).toEqual(['Initech']);
  await form.fill({ Winner: 'Initech' });
  expect(form.value('Winner')).toBe('Initech');
});

it('asks the app only after min_query_length characters', async () => {
  await start();
  const form = await openForm();
  expect(await form.suggestions('Winner', 'G')).toEqual([]);
  expect(requests).toEqual([]);
  expect(await form.suggestions('Others')).toEqual(COMPANIES);
});

it.each<[string, object, string]>([
  ['more than 100 options', { options: Array.from({ length: 101 }, (_, i) => option(`o${i}`)) }, '100 items'],
  ['options and groups', { options: [], option_groups: [] }, 'exactly one of'],
  ['mrkdwn in a label', { options: [{ text: { type: 'mrkdwn', text: 'x' }, value: 'x' }] }, 'enum value'],
  ['neither options nor groups', { choices: [] }, 'additional property: choices'],
])('offers nothing from an answer with %s', async (_, given, why) => {
  await start();
  answer = () => given;
  const form = await openForm();
  await expect(form.suggestions('Winner', 'Glob')).rejects.toThrow(why);
});

it('offers a hundred options', async () => {
  await start();
  answer = () => ({ options: Array.from({ length: 100 }, (_, i) => option(`o${i}`)) });
  expect(await (await openForm()).suggestions('Winner', 'Glob')).toHaveLength(100);
});

it('accepts no option that the app did not offer', async () => {
  await start();
  const form = await openForm();
  await expect(form.fill({ Winner: 'Umbrella' })).rejects.toThrow('offers no "Umbrella"');
  const forgedOption = { type: 'external_select', selected_option: option('Umbrella') };
  const answerToForgery = await fetch(`${harness.sandbox.url}/control/act`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      as: 'robin',
      type: 'input',
      viewId: form.id,
      state: { Winner: { pick: forgedOption } },
    }),
  });
  expect(await answerToForgery.json()).toMatchObject({ ok: false, error: 'no_such_option' });
});

it('offers nothing over HTTP without an options load URL', async () => {
  await start('http', MANIFEST);
  const form = await openForm();
  await expect(form.suggestions('Winner', 'Glob')).rejects.toThrow('The app did not answer');
  expect(requests).toEqual([]);
});
