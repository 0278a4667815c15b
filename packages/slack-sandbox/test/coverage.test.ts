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
import { actions, button, plain, textInput } from './support/blockParts';
import { codeOf, type Harness, startHarness, webClient } from './support/harness';
import { triggerEverything } from './support/triggerEverything';

/** The names that a table lists as supported, in full or in part. */
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

describe('the coverage tables are right', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(() => harness.stop());

  it('about every method of Slack’s own client: the sandbox knows those of the table only', async () => {
    const named = methodsOf(new WebClient());
    expect(named.length).toBeGreaterThan(200);
    // No call has a token, so none does anything. An unknown method is unknown before its token counts.
    for (const name of new Set([...named, ...Object.keys(METHOD_COVERAGE)])) {
      const answer = await fetch(`${harness.sandbox.apiUrl}${name}`, { method: 'POST' });
      const { error } = (await answer.json()) as { error?: string };
      expect([name, error !== 'unknown_method']).toEqual([name, name in METHOD_COVERAGE]);
    }
  });

  it('about the scopes of every method: without them the refusal names them', async () => {
    for (const [name, method] of Object.entries(METHODS)) {
      if (method.token !== 'bot' || method.scopes.length === 0) continue;
      const [scope] = [...method.scopes];
      expect(METHOD_COVERAGE[name as ServedMethod].scopes).toContain(scope);
    }
    const unscoped = await startHarness({
      manifest: 'display_information: { name: Unscoped }\noauth_config: { scopes: { bot: [emoji:read] } }\n',
    });
    const web = webClient(unscoped.sandbox);
    for (const [name, { scopes, token }] of Object.entries(METHODS)) {
      if (token !== 'bot' || scopes.length === 0) continue;
      await expect(web.apiCall(name)).rejects.toMatchObject({
        data: { error: 'missing_scope', needed: scopes.join(','), provided: 'emoji:read' },
      });
    }
    await unscoped.stop();
  });

  it('about the token of every method: another kind is refused', async () => {
    const app = webClient(harness.sandbox, harness.sandbox.appToken);
    for (const [name, { token }] of Object.entries(METHODS)) {
      if (token === 'none') continue;
      const wrong = token === 'app' ? harness.web : app;
      expect([name, await codeOf(wrong.apiCall(name))]).toEqual([name, 'not_allowed_token_type']);
    }
  });

  it('about every event and interaction: the app receives each, and no other', async () => {
    const received = await triggerEverything();
    expect([...received.events].sort()).toEqual(present(EVENT_COVERAGE));
    expect([...received.interactions].sort()).toEqual(present(INTERACTION_COVERAGE));
  });

  it('about every block and element', () => {
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

  const section = (more: object = {}) => ({ type: 'section', text: plain(10), ...more });
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
        view: { type: 'modal', title: plain(3), blocks: [], ...more },
      }),
    );

  /** A call that breaks each rule, and Slack's answer. `no error` means that the sandbox does not know the rule. */
  const breaches: Readonly<Record<keyof typeof RULE_COVERAGE, () => Promise<readonly [string, string]>>> = {
    message_blocks: async () => [await post(...Array(51).fill({ type: 'divider' })), 'invalid_blocks'],
    view_blocks: async () => [
      await view({ blocks: Array(101).fill({ type: 'divider' }) }),
      'invalid_arguments',
    ],
    block_characters: async () => [
      await post(...Array(5).fill({ type: 'section', text: plain(3000) })),
      'msg_blocks_too_long',
    ],
    unknown_block: async () => [await post({ type: 'marquee' }), 'invalid_blocks'],
    unknown_element: async () => [await post(section({ accessory: { type: 'dial' } })), 'invalid_blocks'],
    wrong_surface: async () => [await post({ type: 'alert', text: plain(3) }), 'invalid_blocks'],
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
      await post(actions(button({ action_id: 'a' }), button({ action_id: 'a' }))),
      'invalid_blocks',
    ],
    one_focus: async () => [
      await modal({
        submit: plain(3),
        blocks: [textInput({ focus_on_load: true }), textInput({ focus_on_load: true })],
      }),
      'invalid_arguments',
    ],
    submit_with_input: async () => [await modal({ blocks: [textInput()] }), 'invalid_arguments'],
    initial_option: async () => [
      await post(
        section({
          accessory: {
            type: 'static_select',
            action_id: 's',
            options: [{ text: plain(1), value: 'a' }],
            initial_option: { text: plain(1), value: 'b' },
          },
        }),
      ),
      'invalid_blocks',
    ],
    view_size: async () => [
      await view({ blocks: Array(90).fill({ type: 'section', text: plain(3000) }) }),
      'view_too_large',
    ],
    image_reachable: async () => [
      await post({ type: 'image', image_url: 'https://nowhere.invalid/x.png', alt_text: 'x' }),
      'no error',
    ],
  };

  it.each(Object.entries(breaches))('%s', async (rule, breach) => {
    const [code, expected] = await breach();
    expect(code).toBe(expected);
    const { support } = RULE_COVERAGE[rule as keyof typeof RULE_COVERAGE];
    expect(support === 'absent').toBe(expected === 'no error');
  });
});

it('the README has the coverage tables (npm run readme -w slack-sandbox)', () => {
  const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');
  expect(withCoverage(readme)).toBe(readme);
});
