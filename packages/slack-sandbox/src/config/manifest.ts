import { existsSync, readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { EVENT_COVERAGE } from '../coverage/events';
import { SandboxError } from '../errors';
import { isObject, type JsonObject, objectsOf, stringOf, stringsOf } from '../json';
import type { ShortcutInfo, SlashCommandInfo } from '../protocol';
import { type FunctionInfo, readFunctions } from './functions';

/** The parts of a Slack app manifest that the sandbox acts on. */
export interface AppManifest {
  readonly name: string;
  readonly botName: string;
  readonly commands: readonly (SlashCommandInfo & { readonly shouldEscape: boolean })[];
  readonly shortcuts: readonly ShortcutInfo[];
  /** Scopes of the bot. */
  readonly scopes: ReadonlySet<string>;
  /** Scopes of people on whose behalf the app acts. */
  readonly userScopes: ReadonlySet<string>;
  /** Allowed targets of the redirect after an installation. */
  readonly redirectUrls: readonly string[];
  /** Custom steps for workflows. */
  readonly functions: readonly FunctionInfo[];
  /** Domains whose links the app may unfurl and whose videos it may show. */
  readonly unfurlDomains: readonly string[];
  readonly botEvents: ReadonlySet<string>;
  readonly homeTab: boolean;
  readonly messagesTab: boolean;
  readonly messagesTabReadOnly: boolean;
  readonly interactivity: boolean;
  /** `message_menu_options_url`: where the app serves the options of external menus over HTTP. */
  readonly optionsUrl: string | undefined;
  readonly socketMode: boolean;
}

/**
 * Reads an app manifest.
 * @param pathOrText a file, or the YAML or JSON itself
 * @throws SandboxError invalid_manifest, with every fault
 */
export function readManifest(pathOrText: string): AppManifest {
  const isFile = !pathOrText.includes('\n') && existsSync(pathOrText);
  const document = parseDocument(isFile ? readFileSync(pathOrText, 'utf8') : pathOrText);
  const where = isFile ? pathOrText : 'the manifest';
  const faults: string[] = document.errors.map((error) => error.message);
  const root = document.toJS() as unknown;
  if (!isObject(root)) faults.push('it is not a mapping (is the path right?)');
  if (faults.length > 0) throw invalid(where, faults);

  const child = (parent: unknown, key: string): JsonObject => {
    const value = isObject(parent) ? parent[key] : undefined;
    return isObject(value) ? value : {};
  };
  const features = child(root, 'features');
  const settings = child(root, 'settings');
  const home = child(features, 'app_home');
  const oauth = child(root, 'oauth_config');
  const scopes = new Set(stringsOf(child(oauth, 'scopes').bot));
  const redirectUrls = stringsOf(oauth.redirect_urls);
  const name = stringOf(child(root, 'display_information').name) ?? '';
  const commands = objectsOf(features.slash_commands).map((command) => ({
    command: stringOf(command.command) ?? '',
    description: stringOf(command.description) ?? '',
    usageHint: stringOf(command.usage_hint) ?? '',
    shouldEscape: command.should_escape === true,
  }));
  const shortcuts = objectsOf(features.shortcuts).map(
    (shortcut): ShortcutInfo => ({
      type: shortcut.type === 'message' ? 'message' : 'global',
      name: stringOf(shortcut.name) ?? '',
      callbackId: stringOf(shortcut.callback_id) ?? '',
      description: stringOf(shortcut.description) ?? '',
    }),
  );

  if (name === '') faults.push('display_information.name is missing');
  if (name.length > 35) faults.push('display_information.name is longer than 35 characters');
  if (scopes.size === 0) faults.push('oauth_config.scopes.bot is missing');
  for (const { command, description } of commands) {
    if (!/^\/\S{1,31}$/.test(command))
      faults.push(`slash command "${command}" must be "/" and at most 31 characters`);
    if (description === '') faults.push(`slash command "${command}" has no description`);
  }
  if ((commands.length > 0 || shortcuts.length > 0) && !scopes.has('commands')) {
    faults.push('slash commands and shortcuts need the scope "commands"');
  }
  for (const shortcut of shortcuts) {
    if (shortcut.callbackId === '') faults.push(`shortcut "${shortcut.name}" has no callback_id`);
  }
  const botEvents = new Set(stringsOf(child(settings, 'event_subscriptions').bot_events));
  for (const url of redirectUrls) {
    if (!URL.canParse(url)) faults.push(`redirect_urls: "${url}" is not a URL`);
  }
  const unfurlDomains = stringsOf(features.unfurl_domains);
  if (unfurlDomains.length > 5) faults.push('unfurl_domains are more than 5');
  const optionsUrl = stringOf(child(settings, 'interactivity').message_menu_options_url);
  if (optionsUrl !== undefined && !URL.canParse(optionsUrl))
    faults.push(`message_menu_options_url: "${optionsUrl}" is not a URL`);
  for (const event of botEvents) {
    const row = Object.hasOwn(EVENT_COVERAGE, event) ? EVENT_COVERAGE[event] : undefined;
    if (row === undefined) faults.push(`Slack has no event "${event}"`);
    const needed = row?.scopes ?? [];
    if (needed.length > 0 && !needed.some((scope) => scopes.has(scope))) {
      faults.push(`event "${event}" needs the scope ${needed.map((scope) => `"${scope}"`).join(' or ')}`);
    }
  }
  if (faults.length > 0) throw invalid(where, faults);

  return {
    name,
    botName: stringOf(child(features, 'bot_user').display_name) ?? name,
    commands,
    shortcuts,
    scopes,
    userScopes: new Set(stringsOf(child(oauth, 'scopes').user)),
    redirectUrls,
    functions: readFunctions(isObject(root) ? root.functions : undefined),
    unfurlDomains,
    botEvents,
    homeTab: home.home_tab_enabled === true,
    messagesTab: home.messages_tab_enabled === true,
    messagesTabReadOnly: home.messages_tab_read_only_enabled === true,
    optionsUrl,
    interactivity: child(settings, 'interactivity').is_enabled === true,
    socketMode: settings.socket_mode_enabled === true,
  };
}

function invalid(where: string, faults: readonly string[]): SandboxError {
  return new SandboxError(
    'invalid_manifest',
    `${where} is not a manifest Slack would take:\n- ${faults.join('\n- ')}`,
  );
}
