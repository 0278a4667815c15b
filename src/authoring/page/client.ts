/** Fills the page of the preview: asks what to show, hands screens to the frame, and asks again when the file changes. */

import type { Look } from '../preview/look';
import type { Answer } from '../preview/server';

const part = <T extends HTMLElement>(id: string): T => {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no #${id}`);
  return element as T;
};
const map = part('map');
const findings = part('findings');
const note = part('note');
const seenPart = part('seen');
const frame = part<HTMLIFrameElement>('screen');
const switches = part<HTMLFormElement>('switches');
const which = part('which');
const tz = Intl.DateTimeFormat().resolvedOptions().timeZone;

let look: Look | null = null;
let shown: Answer['shown'] = null;
/** Answers come in the order of the questions. */
let last = Promise.resolve();

interface Asked {
  readonly change?: Partial<Look>;
  readonly act?: { readonly type: string };
  readonly go?: string;
}

const ask = (asked: Asked = {}): void => {
  last = last
    .then(() => askNow(asked))
    .catch((error: unknown) => {
      note.textContent = `The preview can't be reached. Is it still running? (${String(error)})`;
    });
};

async function askNow({ change, act, go }: Asked): Promise<void> {
  const response = await fetch('/screen', {
    method: 'POST',
    body: JSON.stringify({ look: look === null ? null : { ...look, ...change }, act, go, tz }),
  });
  if (!response.ok) throw new Error(await response.text());
  show((await response.json()) as Answer);
}

function show(answer: Answer): void {
  showFindings(answer);
  shown = answer.shown;
  seenPart.hidden = shown === null;
  if (shown === null) {
    held = focusedBox() ?? held;
    map.textContent = 'Nothing to show until the faults are mended.';
    drawn = '';
    return;
  }
  look = shown.look;
  drawMap(shown.map, shown.visited);
  note.textContent = shown.note ?? shown.title;
  const select = switches.querySelector('select');
  which.hidden = answer.playbooks.length < 2;
  if (select !== null) {
    select.replaceChildren(
      ...answer.playbooks.map(({ id, title }) => new Option(title, id, false, id === look?.playbook)),
    );
  }
  post();
}

function post(): void {
  if (shown === null) return;
  const { modals, people, me, now } = shown;
  frame.contentWindow?.postMessage(
    { type: 'show', modals, people, me, tz, now, appName: 'Lostdeal' },
    window.location.origin,
  );
}

/** The box that had the focus when faults took the map away; null: none. */
let held: string | null = null;
const focusedBox = (): string | null => document.activeElement?.getAttribute('data-go') ?? null;

let drawn = '';
function drawMap(html: string, visited: readonly string[]): void {
  if (html !== drawn) {
    const focused = focusedBox() ?? (document.activeElement === document.body ? held : null);
    held = null;
    map.innerHTML = html;
    drawn = html;
    fit();
    if (focused !== null) buttonOf(focused)?.focus();
  }
  const here = visited.at(-1);
  for (const button of map.querySelectorAll('button')) {
    const id = button.dataset.go ?? '';
    button.classList.toggle('visited', visited.includes(id));
    if (id === here) button.setAttribute('aria-current', 'step');
    else button.removeAttribute('aria-current');
  }
  for (const line of map.querySelectorAll<SVGElement>('[data-from]')) {
    const { from = '', to = '' } = line.dataset;
    const at = visited.findIndex((id, index) => id === from && visited[index + 1] === to);
    line.classList.toggle('taken', at >= 0);
    line.classList.toggle('leaving', from === here);
  }
  const box = here === undefined ? null : buttonOf(here);
  if (box != null) {
    const { top, bottom, left, right } = box.getBoundingClientRect();
    const area = map.getBoundingClientRect();
    if (top < area.top || bottom > area.bottom || left < area.left || right > area.right)
      box.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }
}

/** Smaller than this nobody reads it: then the map scrolls. */
const SMALLEST = 0.7;

/** Draws the map as large as there is room for. */
function fit(): void {
  const drawing = map.querySelector<HTMLElement>('.map');
  if (drawing === null) return;
  const room = map.clientWidth - 20;
  drawing.style.zoom = String(Math.min(1, Math.max(SMALLEST, room / Number.parseFloat(drawing.style.width))));
}

const buttonOf = (id: string): HTMLElement | null =>
  map.querySelector<HTMLElement>(`[data-go="${CSS.escape(id)}"]`);

function showFindings({ faults, warnings }: Answer): void {
  const list = (title: string, kind: string, found: Answer['faults']): HTMLElement[] => {
    if (found.length === 0) return [];
    const box = document.createElement('div');
    box.className = kind;
    const heading = document.createElement('strong');
    heading.textContent = title;
    const items = document.createElement('ul');
    items.append(
      ...found.map(({ place, reason, text }) => {
        const item = document.createElement('li');
        const where = document.createElement('b');
        where.textContent = place;
        item.append(where, ` ${reason}`);
        if (text !== null) {
          const line = document.createElement('pre');
          line.textContent = text;
          item.append(line);
        }
        return item;
      }),
    );
    box.append(heading, items);
    return [box];
  };
  const count = faults.length === 1 ? '1 fault' : `${faults.length} faults`;
  findings.replaceChildren(
    ...list(`This file doesn't load: ${count}`, 'faults', faults),
    ...list('Easier to read during a call when you mend this', 'warnings', warnings),
  );
}

map.addEventListener('click', ({ target }) => {
  const id = target instanceof Element ? target.closest<HTMLElement>('[data-go]')?.dataset.go : undefined;
  if (id !== undefined) ask({ go: id });
});
switches.addEventListener('change', ({ target }) => {
  const data = new FormData(switches);
  const isOther = target instanceof HTMLSelectElement;
  ask({
    change: {
      playbook: String(data.get('playbook') ?? look?.playbook ?? ''),
      business: data.get('business') === 'customer' ? 'customer' : 'new',
      names: data.get('names') === 'yes',
      ...(isOther ? { path: [], overlay: null, picking: false } : {}),
    },
  });
});
part('again').addEventListener('click', () =>
  ask({ change: { path: [], overlay: null, picking: false, more: false } }),
);
window.addEventListener(
  'message',
  ({ data, origin }: MessageEvent<{ type: string; act?: { type: string } }>) => {
    if (origin !== window.location.origin) return;
    if (data.type === 'ready') post();
    if (data.type === 'act' && data.act !== undefined) ask({ act: data.act });
  },
);
new ResizeObserver(fit).observe(map);
new EventSource('/changes').addEventListener('message', () => ask());
ask();
