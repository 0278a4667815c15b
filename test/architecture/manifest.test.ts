/** The manifest that people paste into Slack against the code that runs behind it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '@slack/bolt';
import { parse } from 'yaml';
import { SCOPES } from '../../src/slack/install/oauth';
import { registerListeners } from '../../src/slack/listeners';
import { listenedFor } from '../../src/slack/listeners/dispatch';
import type { SlackDeps } from '../../src/slack/listeners/request';

interface Manifest {
  readonly display_information: { name: string; description: string; background_color: string };
  readonly features: {
    readonly app_home: Record<string, boolean>;
    readonly bot_user: { display_name: string };
    readonly slash_commands: readonly { command: string; description: string; usage_hint: string }[];
  };
  readonly oauth_config: { readonly scopes: { readonly bot: readonly string[] } };
  readonly settings: {
    readonly event_subscriptions: { readonly bot_events: readonly string[] };
    readonly interactivity: { readonly is_enabled: boolean };
    readonly socket_mode_enabled: boolean;
    readonly token_rotation_enabled: boolean;
  };
}

const manifest: Manifest = parse(
  readFileSync(join(__dirname, '..', '..', 'manifest.yml'), 'utf8'),
) as Manifest;

/** Events and commands that the listeners take. */
function handled() {
  const app = { use: () => undefined, error: () => undefined } as unknown as App;
  registerListeners(app, { coach: {}, installations: {} } as SlackDeps);
  return listenedFor(app);
}

describe('manifest.yml', () => {
  it('asks for the scopes that an installation by OAuth asks for, and no others', () => {
    expect(manifest.oauth_config.scopes.bot).toEqual([...SCOPES]);
    expect([...SCOPES].sort()).toEqual(
      [
        ...['commands', 'chat:write', 'im:write', 'users:read', 'files:write'],
        ...['channels:read', 'groups:read', 'channels:history', 'groups:history', 'im:history'],
        ...['channels:join', 'channels:write.invites', 'groups:write.invites'],
      ].sort(),
    );
  });

  it('subscribes to the events that are handled', () => {
    const subscribed = manifest.settings.event_subscriptions.bot_events;
    // Messages arrive as one event, whatever the conversation.
    expect([...new Set(subscribed.map((name) => name.replace(/^message\..*/u, 'message')))].sort()).toEqual(
      handled().events.sort(),
    );
    expect(subscribed.filter((name) => name.startsWith('message.'))).toEqual([
      'message.channels',
      'message.groups',
      'message.im',
    ]);
  });

  it('has the command that is handled', () => {
    expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual(handled().commands);
  });

  it('lets people click, and write to the app', () => {
    expect(manifest.settings.interactivity.is_enabled).toBe(true);
    expect(manifest.features.app_home).toEqual({
      home_tab_enabled: true,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    });
  });

  it('is for Socket Mode, with tokens that stay', () => {
    expect(manifest.settings).toMatchObject({ socket_mode_enabled: true, token_rotation_enabled: false });
  });

  // https://docs.slack.dev/reference/app-manifest
  it.each<readonly [string, string, number]>([
    ['the name', manifest.display_information.name, 35],
    ['the description', manifest.display_information.description, 140],
    ['the name of the bot', manifest.features.bot_user.display_name, 80],
    ...manifest.features.slash_commands.flatMap(({ command, description, usage_hint }) => [
      [`the command ${command}`, command, 32] as [string, string, number],
      [`the description of ${command}`, description, 2000] as [string, string, number],
      [`the hint of ${command}`, usage_hint, 1000] as [string, string, number],
    ]),
  ])('keeps %s within what Slack takes', (_what, text, most) => {
    expect(text.length).toBeGreaterThan(0);
    expect(text.length).toBeLessThanOrEqual(most);
  });

  it('has a colour that Slack takes', () => {
    expect(manifest.display_information.background_color).toMatch(/^#([0-9a-f]{3}|[0-9a-f]{6})$/iu);
  });
});
