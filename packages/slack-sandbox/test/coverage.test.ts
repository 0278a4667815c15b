import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WebClient } from '@slack/web-api';
import { METHODS } from '../src/api/methods';
import { BLOCKS } from '../src/blockkit/blocks';
import { ELEMENTS } from '../src/blockkit/elements';
import { INLINE_ELEMENTS } from '../src/blockkit/richText';
import { BLOCK_COVERAGE, ELEMENT_COVERAGE, RICH_TEXT_COVERAGE, RULE_COVERAGE } from '../src/coverage/blocks';
import { EVENT_COVERAGE } from '../src/coverage/events';
import { INTERACTION_COVERAGE } from '../src/coverage/interactions';
import { METHOD_COVERAGE, type ServedMethod } from '../src/coverage/methods';
import { withCoverage } from '../src/coverage/readme';
import type { Support } from '../src/coverage/support';
import { codeOf, type Harness, startHarness, webClient } from './support/harness';
import { triggerEverything } from './support/triggerEverything';

/** The names a table says are there, in full or in part. */
function present(rows: Readonly<Record<string, { readonly support: Support }>>): readonly string[] {
  return Object.entries(rows)
    .filter(([, row]) => row.support !== 'absent')
    .map(([name]) => name)
    .sort();
}

/** The methods of Slack's client, as `chat.postMessage`. */
function methodsOf(client: object, path = ''): readonly string[] {
  return Object.entries(client).flatMap(([key, value]) => {
    if (typeof value === 'function') return path === '' ? [] : [`${path}${key}`];
    const isGroup =
      typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
    return isGroup ? methodsOf(value, `${path}${key}.`) : [];
  });
}

describe('what the coverage tables say is so', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(() => harness.stop());

  it('of every method that Slack’s own client has: those in the table are known, all others are not', async () => {
    const named = methodsOf(new WebClient());
    expect(named.length).toBeGreaterThan(200);
    // Without a token nothing is done; an unknown method is unknown before anybody asks who calls.
    for (const name of new Set([...named, ...Object.keys(METHOD_COVERAGE)])) {
      const answer = await fetch(`${harness.sandbox.apiUrl}${name}`, { method: 'POST' });
      const { error } = (await answer.json()) as { error?: string };
      expect([name, error !== 'unknown_method']).toEqual([name, name in METHOD_COVERAGE]);
    }
  });

  it('of every method that asks for a scope: without one of those it names what is needed', async () => {
    for (const [name, method] of Object.entries(METHODS)) {
      if (method.token !== 'bot' || method.scopes.length === 0) continue;
      const [scope] = [...method.scopes];
      expect(METHOD_COVERAGE[name as ServedMethod].scopes).toContain(scope);
    }
    const poor = await startHarness({
      manifest: 'display_information: { name: Poor }\noauth_config: { scopes: { bot: [emoji:read] } }\n',
    });
    const web = webClient(poor.sandbox);
    for (const [name, { scopes, token }] of Object.entries(METHODS)) {
      if (token !== 'bot' || scopes.length === 0) continue;
      await expect(web.apiCall(name)).rejects.toMatchObject({
        data: { error: 'missing_scope', needed: scopes.join(','), provided: 'emoji:read' },
      });
    }
    await poor.stop();
  });

  it('of every method’s token: no other kind is taken', async () => {
    const app = webClient(harness.sandbox, harness.sandbox.appToken);
    for (const [name, { token }] of Object.entries(METHODS)) {
      if (token === 'none') continue;
      const wrong = token === 'app' ? harness.web : app;
      expect([name, await codeOf(wrong.apiCall(name))]).toEqual([name, 'not_allowed_token_type']);
    }
  });

  it('of every event and interaction: each was seen, and no other', async () => {
    const seen = await triggerEverything();
    expect([...seen.events].sort()).toEqual(present(EVENT_COVERAGE));
    expect([...seen.interactions].sort()).toEqual(present(INTERACTION_COVERAGE));
  });

  it('of every block and element', () => {
    expect(Object.keys(BLOCKS).sort()).toEqual(present(BLOCK_COVERAGE));
    expect(Object.keys(ELEMENTS).sort()).toEqual(present(ELEMENT_COVERAGE));
    expect(Object.keys(INLINE_ELEMENTS).sort()).toEqual(present(RICH_TEXT_COVERAGE));
  });
});

describe('the rules of Block Kit', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(() => harness.stop());

  const text = (length: number) => ({ type: 'plain_text', text: 'x'.repeat(length) });
  const section = (more: object = {}) => ({ type: 'section', text: text(10), ...more });
  const button = (id: string) => ({ type: 'button', action_id: id, text: text(3) });
  const input = (more: object = {}, id = 'i') => ({
    type: 'input',
    block_id: id,
    label: text(3),
    element: { type: 'plain_text_input', action_id: id, ...more },
  });
  const post = (...blocks: readonly object[]) =>
    codeOf(harness.web.apiCall('chat.postMessage', { channel: 'C0REQUESTS', text: 'x', blocks }));
  const view = (more: object = {}) =>
    codeOf(
      harness.web.apiCall('views.publish', {
        user_id: 'U0000ROBIN',
        view: { type: 'home', blocks: [], ...more },
      }),
    );
  const modal = (more: object) =>
    codeOf(
      harness.web.apiCall('views.open', {
        trigger_id: 'none',
        view: { type: 'modal', title: text(3), blocks: [], ...more },
      }),
    );

  /** What breaks each rule, and Slack's answer to it. `no error`: the sandbox does not know the rule. */
  const broken: Readonly<Record<keyof typeof RULE_COVERAGE, () => Promise<readonly [string, string]>>> = {
    message_blocks: async () => [await post(...Array(51).fill({ type: 'divider' })), 'invalid_blocks'],
    view_blocks: async () => [
      await view({ blocks: Array(101).fill({ type: 'divider' }) }),
      'invalid_arguments',
    ],
    block_characters: async () => [
      await post(...Array(5).fill({ type: 'section', text: text(3000) })),
      'msg_blocks_too_long',
    ],
    unknown_block: async () => [await post({ type: 'marquee' }), 'invalid_blocks'],
    unknown_element: async () => [await post(section({ accessory: { type: 'dial' } })), 'invalid_blocks'],
    wrong_surface: async () => [await post({ type: 'alert', text: text(3) }), 'invalid_blocks'],
    wrong_parent: async () => [
      await post(section({ accessory: { type: 'plain_text_input', action_id: 'a' } })),
      'invalid_blocks',
    ],
    required_field: async () => [await post({ type: 'header' }), 'invalid_blocks'],
    unknown_field: async () => [await post(section({ colour: 'red' })), 'invalid_blocks'],
    duplicate_block_id: async () => [
      await post(section({ block_id: 'b' }), section({ block_id: 'b' })),
      'invalid_blocks',
    ],
    duplicate_action_id: async () => [
      await post({ type: 'actions', elements: [button('a'), button('a')] }),
      'invalid_blocks',
    ],
    one_focus: async () => [
      await modal({
        submit: text(3),
        blocks: [input({ focus_on_load: true }), input({ focus_on_load: true }, 'j')],
      }),
      'invalid_arguments',
    ],
    submit_with_input: async () => [await modal({ blocks: [input()] }), 'invalid_arguments'],
    initial_option: async () => [
      await post(
        section({
          accessory: {
            type: 'static_select',
            action_id: 's',
            options: [{ text: text(1), value: 'a' }],
            initial_option: { text: text(1), value: 'b' },
          },
        }),
      ),
      'invalid_blocks',
    ],
    view_size: async () => [
      await view({ blocks: Array(90).fill({ type: 'section', text: text(3000) }) }),
      'view_too_large',
    ],
    image_reachable: async () => [
      await post({ type: 'image', image_url: 'https://nowhere.invalid/x.png', alt_text: 'x' }),
      'no error',
    ],
  };

  it.each(Object.entries(broken))('%s', async (rule, breakIt) => {
    const [code, expected] = await breakIt();
    expect(code).toBe(expected);
    const { support } = RULE_COVERAGE[rule as keyof typeof RULE_COVERAGE];
    expect(support === 'absent').toBe(expected === 'no error');
  });
});

it('has a README that says what the tables say (npm run readme -w slack-sandbox)', () => {
  const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');
  expect(withCoverage(readme)).toBe(readme);
});
