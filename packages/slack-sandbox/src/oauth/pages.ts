import type { Core } from '../core';
import type { Member } from '../workspace/model';

/** Pages of Slack's site that an installation passes through. */

const STYLE = `body{font:16px/1.5 Lato,system-ui,sans-serif;max-width:36em;margin:8vh auto;padding:0 1.5em;color-scheme:light dark}
h1{font-size:1.4em}li{margin:.3em 0}code{font-size:.9em}label{display:block;margin:1.5em 0}
button,select{font:inherit;padding:.5em 1.2em;border-radius:4px;border:1px solid #8888}
button[value=allow]{background:#007a5a;color:#fff;border-color:#007a5a;font-weight:bold}`;

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<meta name="viewport" content="width=device-width"><style>${STYLE}</style><main><h1>${escapeHtml(title)}</h1>${body}</main></html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** Shows the requested scopes and asks who allows them. The form carries every parameter of the URL. */
export function authorizePage({
  core,
  asked,
  given,
  people,
}: {
  readonly core: Core;
  readonly asked: { readonly scopes: readonly string[]; readonly userScopes: readonly string[] };
  readonly given: URLSearchParams;
  readonly people: readonly Member[];
}): string {
  const { manifest, workspace } = core;
  const list = (scopes: readonly string[]) =>
    `<ul>${scopes.map((scope) => `<li><code>${escapeHtml(scope)}</code></li>`).join('')}</ul>`;
  const hidden = [...given]
    .filter(([name]) => name !== 'as' && name !== 'decision')
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`);
  const options = people.map(
    (person) => `<option value="${escapeHtml(person.id)}">${escapeHtml(person.realName)}</option>`,
  );
  return page(
    `${manifest.name} is requesting permission to access the ${workspace.team.name} Slack workspace`,
    `${asked.scopes.length > 0 ? `<p>What will ${escapeHtml(manifest.name)} be able to do?</p>${list(asked.scopes)}` : ''}
${asked.userScopes.length > 0 ? `<p>On your behalf:</p>${list(asked.userScopes)}` : ''}
<form method="post" action="/oauth/v2/authorize">${hidden.join('')}
<label>Signed in as <select name="as">${options.join('')}</select></label>
<button name="decision" value="cancel">Cancel</button> <button name="decision" value="allow">Allow</button></form>`,
  );
}

export function refusalPage(appName: string, reason: string): string {
  return page(
    'Something went wrong when authorizing this app.',
    `<p>${escapeHtml(reason)}</p><p>If you are the developer of ${escapeHtml(appName)}, look at its manifest and at the link that led here.</p>`,
  );
}
