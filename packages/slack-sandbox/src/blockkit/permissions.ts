import { SlackError } from '../errors';
import { isObject, type JsonObject, stringOf } from '../json';
import { elementsOf } from './walk';

/** What an app may show, beyond well-formed blocks. */
export interface Permissions {
  readonly scopes: ReadonlySet<string>;
  /** From the manifest. A domain includes its subdomains. */
  readonly unfurlDomains: readonly string[];
}

const NEEDED: Readonly<Record<string, string>> = { video: 'links.embed:write', file_input: 'files:read' };

/**
 * Checks what some blocks and elements require of the app: "your app must have the files:read scope" (file_input),
 * "you must have the links.embed:write scope" and a video_url that "must match any existing unfurl domains within the
 * app" (video). Unverified: Slack answers a missing scope with `missing_scope`. The words for a domain are Slack's
 * (slackapi/bolt-js#1667).
 * @param at JSON pointer of the blocks
 * @param code what this surface calls a fault: invalid_blocks, invalid_arguments
 * @throws SlackError missing_scope, or `code`
 */
export function checkPermitted(
  blocks: readonly JsonObject[],
  permissions: Permissions,
  at = '/blocks',
  code = 'invalid_blocks',
): void {
  blocks.forEach((block, index) => {
    const pointer = `${at}/${index}`;
    for (const type of [block.type, ...elementsOf(block).map((element) => element.type)])
      requireScopeFor(String(type), permissions.scopes);
    if (block.type === 'video') checkDomain(block, permissions.unfurlDomains, pointer, code);
    const children =
      block.type === 'container' && Array.isArray(block.child_blocks) ? block.child_blocks : [];
    checkPermitted(children.filter(isObject), permissions, `${pointer}/child_blocks`, code);
  });
}

function requireScopeFor(type: string, scopes: ReadonlySet<string>): void {
  const needed = Object.hasOwn(NEEDED, type) ? NEEDED[type] : undefined;
  if (needed === undefined || scopes.has(needed)) return;
  throw new SlackError('missing_scope', { needed, provided: [...scopes].join(',') });
}

function checkDomain(video: JsonObject, domains: readonly string[], at: string, code: string): void {
  const host = new URL(stringOf(video.video_url) ?? '').hostname;
  if (domains.some((domain) => host === domain || host.endsWith(`.${domain}`))) return;
  const fault = `Video validation failed: Domain is not a valid unfurl domain claimed by your app [json-pointer:${at}]`;
  throw new SlackError(code, { errors: [fault], response_metadata: { messages: [`[ERROR] ${fault}`] } });
}
