/** Every payload that the app receives, field by field, against the samples of Slack's own SDK (docs/payloads.md). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '@slack/bolt';
import { isObject, type JsonObject } from '../src/json';
import { actionsBlock, button, modalView, plainText } from './support/blockKit';
import { deliveries, type Harness, startHarness } from './support/harness';
import { MANIFEST } from './support/manifest';
import {
  EXTRA,
  NEVER_SENT,
  NOT_IN_THIS_PAYLOAD,
  OTHER_TYPE,
  type Payload,
  SAMPLE_FIELDS,
} from './support/sampleFields';

const form = modalView('Form', {
  callback_id: 'form',
  notify_on_close: true,
  close: plainText('Close'),
  blocks: [actionsBlock(button('Push', { value: 'v', style: 'primary' }))],
});

function addListeners(app: App): void {
  app.command('/probe', async ({ ack, client, body }) => {
    await ack();
    await client.views.open({ trigger_id: body.trigger_id, view: form });
  });
  app.action(/push|answer/, ({ ack }) => ack());
  app.view('form', ({ ack }) => ack());
  app.view({ callback_id: 'form', type: 'view_closed' }, ({ ack }) => ack());
  app.event('app_home_opened', async ({ event, client }) => {
    await client.views.publish({
      user_id: event.user,
      view: { type: 'home', blocks: [{ type: 'header', text: plainText('Welcome') }] },
    });
  });
}

/** Lets a person do everything once. @returns the payload of each kind that the app received */
async function actOnce(harness: Harness): Promise<ReadonlyMap<Payload, JsonObject>> {
  const channel = 'C0REQUESTS';
  const robin = harness.client.as('robin');
  const requests = robin.channel('#requests');
  await robin.slash('/probe a', { in: '#requests' });
  const modal = await robin.modal('Push');
  await modal.click('Push');
  await modal.submit();
  await robin.slash('/probe a', { in: '#requests' });
  await (await robin.modal('Push')).close();
  await robin.home().open();
  await robin.home().waitFor('Welcome');
  await robin.home().open();
  const metadata = { event_type: 'asked', event_payload: { id: 1 } };
  const blocks = [actionsBlock(button('Answer'))];
  await harness.web.chat.postMessage({ channel, text: 'Hi', blocks, metadata });
  const ask = await requests.waitFor('Answer');
  await ask.click('Answer');
  await robin.post('Hello', { in: '#requests' });
  await ask.reply('Reply');
  await robin.post('Gone', { in: '#requests' });
  await (await requests.waitFor('Hello')).edit('Hullo');
  await (await requests.waitFor('Gone')).delete();
  for (const sharing of ['shared', 'none'] as const)
    await harness.client.admin({ do: 'share_channel', channel, sharing });

  const payloads = (await deliveries(harness)).map(({ payload }) => payload).filter(isObject);
  const newest = (matches: (payload: JsonObject) => boolean): JsonObject => {
    const found = payloads.findLast(matches);
    if (found === undefined) throw new Error('the app did not receive it');
    return found;
  };
  const ofType = (type: string) => newest((payload) => payload.type === type);
  const event = (matches: (event: JsonObject) => boolean) =>
    newest((payload) => isObject(payload.event) && matches(payload.event));
  const isInMessage = (payload: JsonObject) =>
    payload.type === 'block_actions' && payload.message !== undefined;
  return new Map<Payload, JsonObject>([
    ['slash command', newest((payload) => payload.command === '/probe')],
    ['view_submission', ofType('view_submission')],
    ['view_closed', ofType('view_closed')],
    [
      'block_actions in a modal',
      newest((payload) => payload.type === 'block_actions' && !isInMessage(payload)),
    ],
    ['block_actions in a message', newest(isInMessage)],
    ['message of a person', event(({ text }) => text === 'Hello')],
    ['message of a bot', event(({ text }) => text === 'Hi')],
    ['message in a thread', event(({ text }) => text === 'Reply')],
    ['message changed', event(({ subtype }) => subtype === 'message_changed')],
    ['message deleted', event(({ subtype }) => subtype === 'message_deleted')],
    ['channel shared', event(({ type }) => type === 'channel_shared')],
    ['channel unshared', event(({ type }) => type === 'channel_unshared')],
    ['app_home_opened', event(({ type, view }) => type === 'app_home_opened' && view !== undefined)],
  ]);
}

type Fields = ReadonlyMap<string, string>;
const LETTERS: Readonly<Record<string, string>> = { string: 's', number: 'n', boolean: 'b', object: 'o' };
/** Fields whose insides are not compared. */
const OPAQUE = /(^|\.)(blocks|attachments|files|state|event_payload|reply_users|response_urls)$/;

/** The type of each path, in the letters of the table; `null` for null. */
function fieldsOf(value: JsonObject, prefix = ''): Fields {
  const fields = new Map<string, string>();
  for (const [key, item] of Object.entries(value)) {
    const path = `${prefix}${key}`;
    if (Array.isArray(item)) {
      fields.set(path, 'a');
      if (OPAQUE.test(path)) continue;
      for (const entry of item.filter(isObject))
        for (const [inner, type] of fieldsOf(entry, `${path}[].`)) fields.set(inner, type);
    } else if (isObject(item) && !OPAQUE.test(path)) {
      for (const [inner, type] of fieldsOf(item, `${path}.`)) fields.set(inner, type);
    } else fields.set(path, item === null ? 'null' : (LETTERS[typeof item] ?? typeof item));
  }
  return fields;
}

const expectedFields = (payload: Payload): Fields =>
  new Map(
    SAMPLE_FIELDS[payload]
      .trim()
      .split(/\s+/)
      .map((field) => {
        const [path = '', type = ''] = field.split(':');
        return [path, type] as const;
      }),
  );

const reasonFor = (table: readonly (readonly [RegExp, string])[] | undefined, path: string) =>
  table?.find(([pattern]) => pattern.test(path))?.[1];

let harness: Harness;
let delivered: ReadonlyMap<Payload, JsonObject>;
beforeAll(async () => {
  const manifest = MANIFEST.replace('tokens_revoked]', 'tokens_revoked, channel_shared, channel_unshared]');
  harness = await startHarness({ manifest });
  await harness.startApp(addListeners);
  delivered = await actOnce(harness);
});
afterAll(() => harness.stop());

describe.each(Object.keys(SAMPLE_FIELDS) as Payload[])('%s', (payload) => {
  const received = (): Fields => fieldsOf(delivered.get(payload) ?? {});

  it('has every field of Slack’s sample, or a reason for its absence', () => {
    const missing = [...expectedFields(payload)].filter(([path]) => {
      const type = received().get(path);
      return (
        type === undefined &&
        reasonFor([...(NOT_IN_THIS_PAYLOAD[payload] ?? []), ...NEVER_SENT], path) === undefined
      );
    });
    expect(missing).toEqual([]);
  });

  it('has values of the same types', () => {
    const expected = expectedFields(payload);
    const wrong = [...received()].filter(
      ([path, type]) =>
        expected.has(path) &&
        type !== 'null' &&
        expected.get(path) !== type &&
        reasonFor(OTHER_TYPE[payload], path) === undefined,
    );
    expect(wrong).toEqual([]);
  });

  it('has no field that Slack lacks', () => {
    const expected = expectedFields(payload);
    const unknown = [...received().keys()].filter(
      (path) => !expected.has(path) && reasonFor(EXTRA, path) === undefined,
    );
    expect(unknown).toEqual([]);
  });
});

it('docs/payloads.md has every reason', () => {
  const page = readFileSync(join(__dirname, '..', 'docs', 'payloads.md'), 'utf8');
  const tables = [
    NEVER_SENT,
    EXTRA,
    ...Object.values(NOT_IN_THIS_PAYLOAD),
    ...Object.values(OTHER_TYPE),
  ].flat();
  for (const [, why] of tables) expect(page).toContain(why);
});
