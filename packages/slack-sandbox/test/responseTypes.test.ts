/** Answers of every method against the response types of Slack's own client, checked by the compiler. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { METHODS } from '../src/api/methods';
import { isObject, type JsonObject, objectsOf } from '../src/json';
import { plainText } from './support/blockKit';
import { type Harness, newestPayload, newTriggerId, startHarness } from './support/harness';
import { MANIFEST } from './support/manifest';
import { allowInstallation, REDIRECT_URL } from './support/oauth';

const ROOT = join(__dirname, '..', '..', '..');
const channel = 'C0REQUESTS';
const manifest = MANIFEST.replace('users:read,', 'users:read, users:read.email, team:read,')
  .replace('  scopes:\n', `  redirect_urls: ["${REDIRECT_URL}"]\n  scopes:\n    user: [search:read]\n`)
  .replace('bot_events: [', 'bot_events: [function_executed, ')
  .concat(
    'functions:\n  check: { title: Check, description: Checks, input_parameters: {}, output_parameters: {} }\n',
  );

const row = {
  type: 'actions',
  elements: [{ type: 'button', text: plainText('Go'), value: 'v', style: 'primary' }],
};
const view = {
  type: 'modal',
  title: plainText('Form'),
  blocks: [{ type: 'header', text: plainText('Hello') }, row],
};
const blocks = [
  { type: 'section', text: { type: 'mrkdwn', text: '*Hi*' }, fields: [plainText('A'), plainText('B')] },
  row,
];
const metadata = { event_type: 'asked', event_payload: { id: 1 } };

const answers = new Map<string, JsonObject>();
let harness: Harness;

/** Calls a method and keeps the raw answer. Skips a method that the sandbox does not serve. */
async function call(method: string, args: JsonObject = {}, as?: string): Promise<JsonObject> {
  if (!Object.hasOwn(METHODS, method)) return {};
  const { apiUrl, appToken, botToken } = harness.sandbox;
  const token = method === 'apps.connections.open' ? appToken : (as ?? botToken);
  const response = await fetch(`${apiUrl}${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(args),
  });
  const answer: unknown = await response.json();
  if (!isObject(answer)) throw new Error(`${method} answered without an object`);
  answers.set(method, answer);
  return answer;
}

/** Uploads a file, shares it in the channel and reads its metadata. */
async function callFiles(): Promise<void> {
  const { upload_url, file_id } = await call('files.getUploadURLExternal', {
    filename: 'notes.txt',
    length: 5,
  });
  await fetch(String(upload_url), { method: 'POST', body: 'Hello' });
  await call('files.completeUploadExternal', {
    files: [{ id: file_id, title: 'Notes' }],
    channel_id: channel,
  });
  await call('files.info', { file: file_id });
}

/** Runs the app's step twice: it completes once and fails once. */
async function callFunctions(): Promise<void> {
  const run = async () =>
    (await harness.client.admin({ do: 'run_step', callbackId: 'check', inputs: {} })).executionId;
  await call('functions.completeSuccess', { function_execution_id: await run(), outputs: {} });
  await call('functions.completeError', { function_execution_id: await run(), error: 'It did not' });
}

/** Installs the app with a token of the person, and revokes that token. */
async function callOAuth(): Promise<void> {
  const { clientId, clientSecret } = harness.sandbox;
  const code = await allowInstallation(harness.sandbox, { scope: 'commands', user_scope: 'search:read' });
  const installed = await call('oauth.v2.access', {
    client_id: clientId,
    client_secret: clientSecret,
    redirect_uri: REDIRECT_URL,
    code,
  });
  const person = isObject(installed.authed_user) ? installed.authed_user : {};
  await call('auth.revoke', {}, String(person.access_token));
}

async function callEverything(): Promise<void> {
  const user = 'U0000ROBIN';
  for (const method of ['api.test', 'apps.connections.open', 'auth.test', 'team.info', 'users.list'])
    await call(method);
  for (const method of ['conversations.list', 'users.conversations'])
    await call(method, { types: 'public_channel,private_channel,im' });
  await call('bots.info', { bot: 'B0SANDBOX1' });
  await call('users.info', { user });
  const people = objectsOf(answers.get('users.list')?.members);
  const email = people.map(({ profile }) => isObject(profile) && profile.email).find(Boolean);
  await call('users.lookupByEmail', { email });
  await call('conversations.open', { users: user, return_im: true });
  await call('conversations.info', { channel, include_num_members: true });
  await call('conversations.members', { channel });
  await call('conversations.join', { channel: 'C00GENERAL' });
  await call('conversations.invite', { channel: 'C00PARTNER', users: 'U000000SAM' });

  const { ts } = await call('chat.postMessage', { channel, text: 'Hi', blocks, metadata });
  await harness.web.chat.postMessage({ channel, text: 'A reply', thread_ts: String(ts) });
  await harness.client.as('robin').post('Hello', { in: '#requests' });
  await call('reactions.add', { channel, timestamp: ts, name: 'eyes' });
  await call('chat.update', { channel, ts, text: 'Ho', blocks });
  await call('chat.getPermalink', { channel, message_ts: ts });
  await call('chat.postEphemeral', { channel, user, text: 'Psst' });
  const postAt = Math.floor(harness.startedAt / 1000) + 3600;
  const { scheduled_message_id } = await call('chat.scheduleMessage', {
    channel,
    text: 'Later',
    post_at: postAt,
  });
  await call('chat.scheduledMessages.list', { channel });
  await call('chat.deleteScheduledMessage', { channel, scheduled_message_id });
  await callFiles();
  await call('conversations.history', { channel, include_all_metadata: true });
  await call('conversations.replies', { channel, ts });
  const opened = await call('views.open', { trigger_id: await newTriggerId(harness), view });
  await call('views.update', { view_id: isObject(opened.view) ? opened.view.id : '', view });
  await call('views.publish', { user_id: user, view: { type: 'home', blocks: view.blocks } });
  const modal = await harness.client.as('robin').modal('Hello');
  await modal.click('Go');
  await call('views.push', { trigger_id: (await newestPayload(harness)).trigger_id, view });
  const { ts: last } = await harness.web.chat.postMessage({ channel, text: 'Bye' });
  await call('chat.delete', { channel, ts: last });
  await callFunctions();
  await callOAuth();
}

beforeAll(async () => {
  harness = await startHarness({ manifest });
  await callEverything();
});
afterAll(() => harness.stop());

it('every method answers with ok', () => {
  expect(Object.keys(METHODS).filter((method) => !answers.has(method))).toEqual([]);
  const failed = [...answers].filter(([, answer]) => answer.ok !== true);
  expect(failed).toEqual([]);
});

/** `chat.postMessage` → `ChatPostMessageResponse`. */
const typeOf = (method: string): string =>
  `${method
    .split('.')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('')}Response`;

/** @returns the compiler's output, empty if the source has no faults */
function compile(source: string): Promise<string> {
  const cache = join(ROOT, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const directory = mkdtempSync(join(cache, 'responses-'));
  const file = join(directory, 'answers.ts');
  writeFileSync(file, source);
  // Without strict null checks, because Slack sends null where these types have undefined.
  const options = [
    '--noEmit',
    '--strict',
    '--strictNullChecks',
    'false',
    '--skipLibCheck',
    '--types',
    'node',
  ];
  const modules = ['--module', 'nodenext', '--target', 'es2022', '--ignoreConfig'];
  const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  return new Promise((resolve) => {
    execFile(process.execPath, [compiler, ...options, ...modules, file], { cwd: directory }, (_, stdout) => {
      rmSync(directory, { recursive: true });
      resolve(stdout.trim());
    });
  });
}

/** The SDK's types with enums as strings and without the index signature, which would accept unknown fields. */
const EXACT = `
type Plain<T> = T extends string ? (string extends T ? T : \`\${T}\`) : T extends object ? { [K in keyof T]: Plain<T[K]> } : T;
type Exact<T> = { [K in keyof T as string extends K ? never : K]: Plain<T[K]> };
`;

/** The beginnings of compiler messages that stay, with the reason. */
const KNOWN: readonly (readonly [string, string])[] = [
  ['AuthRevokeResponse: \'"revoked"\'', 'this type lacks the one field that the page of auth.revoke shows'],
  [
    'ChatUpdateResponse: \'"thread_ts"\' does not exist',
    'these types lack threads, which the samples of slackapi/java-slack-sdk have',
  ],
  ['ConversationsHistoryResponse: Type \'"text"\'', 'these types lack the rich text that people type'],
];

it('answers fit the response types of @slack/web-api', async () => {
  const types = [...answers.keys()].map(typeOf);
  const lines = [
    `import type { ${types.join(', ')} } from '@slack/web-api';`,
    ...EXACT.split('\n'),
    ...[...answers].flatMap(([method, answer]) =>
      `export const of${typeOf(method)}: Exact<${typeOf(method)}> = ${JSON.stringify(answer, null, 1)};`.split(
        '\n',
      ),
    ),
  ];
  const messages = (await compile(lines.join('\n'))).split('\n').filter((line) => line !== '');
  const found = messages.map((line) => {
    const [, at = '1', what = line] = /\((\d+),\d+\): error \w+: (.*)$/.exec(line) ?? [];
    const start = lines.slice(0, Number(at)).findLast((source) => source.startsWith('export const'));
    return `${/of(\w+):/.exec(start ?? '')?.[1] ?? ''}: ${what.replace('Object literal may only specify known properties, and ', '')}`;
  });
  const isKnown = (line: string) => KNOWN.some(([beginning]) => line.startsWith(beginning));
  expect(found.filter((line) => !isKnown(line))).toEqual([]);
  // An entry leaves the list once its difference is gone.
  expect(KNOWN.filter(([beginning]) => !found.some((line) => line.startsWith(beginning)))).toEqual([]);
});

it('Slack’s own client reads the answers', async () => {
  const { channels = [] } = await harness.web.conversations.list({
    types: 'public_channel,private_channel,im',
  });
  expect(channels.map((one) => one.is_im === true || typeof one.name === 'string')).not.toContain(false);
  const { messages = [] } = await harness.web.conversations.history({ channel, include_all_metadata: true });
  expect(messages.find((message) => message.metadata !== undefined)?.metadata).toEqual(metadata);
  const { user } = await harness.web.users.info({ user: 'U0000ROBIN' });
  expect(user?.tz).toBe('Europe/Berlin');
});
