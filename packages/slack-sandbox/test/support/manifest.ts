/** The manifest of a small app with every feature that tests use. */
export const MANIFEST = `
_metadata: { major_version: 1 }
display_information: { name: Probe }
features:
  unfurl_domains: [example.com]
  app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false }
  bot_user: { display_name: Probe }
  shortcuts:
    - { name: Start, type: global, callback_id: start, description: Starts }
    - { name: Keep, type: message, callback_id: keep, description: Keeps }
  slash_commands:
    - { command: /probe, description: Probes, usage_hint: "[what]" }
oauth_config:
  scopes:
    bot: [commands, chat:write, channels:read, groups:read, im:read, channels:history, groups:history, im:history,
      im:write, channels:join, channels:write.invites, groups:write.invites, users:read, files:write, files:read,
      reactions:write, links.embed:write]
settings:
  event_subscriptions:
    bot_events: [message.channels, message.groups, message.im, app_home_opened, user_change, member_joined_channel,
      app_uninstalled, tokens_revoked]
  interactivity: { is_enabled: true }
  socket_mode_enabled: true
`;

/** The same manifest without one part, such as a scope. */
export function manifestWithout(part: string): string {
  if (!MANIFEST.includes(part)) throw new Error(`the manifest has no "${part}"`);
  return MANIFEST.replace(part, '');
}
