import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '@slack/bolt';
import { isObject, type JsonObject } from '../src/json';
import { plainText } from './support/blockKit';
import { type Harness, startHarness } from './support/harness';
import { ABSENT, ELSEWHERE, EXTRA, OTHER_TYPE, type Payload, SAMPLE_FIELDS } from './support/sampleFields';

const push = {
  type: 'button' as const,
  action_id: 'push',
  value: 'v',
  style: 'primary' as const,
  text: plainText('Push'),
};
const answer = { type: 'button' as const, action_id: 'answer', text: plainText('Answer') };
const form = {
  type: 'modal' as const,
  callback_id: 'form',
  notify_on_close: true,
  title: plainText('Form'),
  submit: plainText('Send'),
  close: plainText('Close'),
  blocks: [{ type: 'actions' as const, elements: [push] }],
};

function listen(app: App): void {
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

/** A person does everything once; what the app was sent, by kind. */
async function act(harness: Harness): Promise<ReadonlyMap<Payload, JsonObject>> {
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
  const blocks = [{ type: 'actions' as const, elements: [answer] }];
  await harness.web.chat.postMessage({ channel, text: 'Hi', blocks, metadata });
  const ask = await requests.waitFor('Answer');
  await ask.click('Answer');
  await robin.post('Hello', { in: '#requests' });
  await ask.reply('Reply');
  await robin.post('Gone', { in: '#requests' });
  await (await requests.waitFor('Hello')).edit('Hullo');
  await (await requests.waitFor('Gone')).delete();

  const payloads = (await harness.client.traffic()).flatMap((entry) =>
    entry.kind === 'delivery' && isObject(entry.payload) ? [entry.payload] : [],
  );
  const newest = (fits: (payload: JsonObject) => boolean): JsonObject => {
    const found = payloads.findLast(fits);
    if (found === undefined) throw new Error('it was not delivered');
    return found;
  };
  const typed = (type: string) => newest((payload) => payload.type === type);
  const event = (fits: (event: JsonObject) => boolean) =>
    newest((payload) => isObject(payload.event) && fits(payload.event));
  const onMessage = (payload: JsonObject) =>
    payload.type === 'block_actions' && payload.message !== undefined;
  return new Map<Payload, JsonObject>([
    ['slash command', newest((payload) => payload.command === '/probe')],
    ['view_submission', typed('view_submission')],
    ['view_closed', typed('view_closed')],
    [
      'block_actions in a modal',
      newest((payload) => payload.type === 'block_actions' && !onMessage(payload)),
    ],
    ['block_actions in a message', newest(onMessage)],
    ['message of a person', event(({ text: words }) => words === 'Hello')],
    ['message of a bot', event(({ text: words }) => words === 'Hi')],
    ['message in a thread', event(({ text: words }) => words === 'Reply')],
    ['message changed', event(({ subtype }) => subtype === 'message_changed')],
    ['message deleted', event(({ subtype }) => subtype === 'message_deleted')],
    ['app_home_opened', event(({ type, view }) => type === 'app_home_opened' && view !== undefined)],
  ]);
}

type Fields = ReadonlyMap<string, string>;
const LETTERS: Readonly<Record<string, string>> = { string: 's', number: 'n', boolean: 'b', object: 'o' };
const OPAQUE = /(^|\.)(blocks|attachments|files|state|event_payload|reply_users|response_urls)$/;

/** `path` → type, as in the table; null is its own type. */
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

const reason = (table: readonly (readonly [RegExp, string])[] | undefined, path: string) =>
  table?.find(([pattern]) => pattern.test(path))?.[1];

let harness: Harness;
let delivered: ReadonlyMap<Payload, JsonObject>;
beforeAll(async () => {
  harness = await startHarness();
  await harness.startApp(listen);
  delivered = await act(harness);
});
afterAll(() => harness.stop());

describe.each(Object.keys(SAMPLE_FIELDS) as Payload[])('%s', (payload) => {
  const sent = (): Fields => fieldsOf(delivered.get(payload) ?? {});

  it('has every field of Slack’s sample, or a reason why not', () => {
    const missing = [...expectedFields(payload)].filter(([path]) => {
      const type = sent().get(path);
      return type === undefined && reason([...(ELSEWHERE[payload] ?? []), ...ABSENT], path) === undefined;
    });
    expect(missing).toEqual([]);
  });

  it('has values of the types that Slack’s have', () => {
    const expected = expectedFields(payload);
    const wrong = [...sent()].filter(
      ([path, type]) =>
        expected.has(path) &&
        type !== 'null' &&
        expected.get(path) !== type &&
        reason(OTHER_TYPE[payload], path) === undefined,
    );
    expect(wrong).toEqual([]);
  });

  it('has no field of its own making', () => {
    const expected = expectedFields(payload);
    const unknown = [...sent().keys()].filter(
      (path) => !expected.has(path) && reason(EXTRA, path) === undefined,
    );
    expect(unknown).toEqual([]);
  });
});

it('the page on payloads gives every reason there is', () => {
  const page = readFileSync(join(__dirname, '..', 'docs', 'payloads.md'), 'utf8');
  const tables = [ABSENT, EXTRA, ...Object.values(ELSEWHERE), ...Object.values(OTHER_TYPE)].flat();
  for (const [, why] of tables) expect(page).toContain(why);
});
