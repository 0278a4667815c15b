/** The page of the preview, in HTML. `page/client.ts` fills it. */
import { type Arrow, BOX, type PathMap } from './map';
import { STYLE } from './style';

const escaped = (text: string): string =>
  text.replace(/[&<>"']/gu, (character) => `&#${character.codePointAt(0)};`);

/** @param name what is previewed */
export const pageHtml = (name: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Preview of ${escaped(name)}</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='8' fill='%23452b4f'/%3E%3Cpath d='M5 17h6l3-8 5 15 3-7h5' fill='none' stroke='%23f2c14e' stroke-width='2.6' stroke-linecap='round' stroke-linejoin='round'/%3E%3C/svg%3E">
<style>${STYLE}</style>
</head>
<body>
<header>
  <div>
    <h1>Preview</h1>
    <p class="quiet">${escaped(name)}, drawn again whenever you save</p>
  </div>
  <form id="switches">
    <label id="which" hidden>Playbook <select name="playbook"></select></label>
    <fieldset>
      <legend>Business</legend>
      <label><input type="radio" name="business" value="new" checked>New</label>
      <label><input type="radio" name="business" value="customer">Customer</label>
    </fieldset>
    <fieldset>
      <legend>Names</legend>
      <label><input type="radio" name="names" value="yes" checked>Known</label>
      <label><input type="radio" name="names" value="no">Not known</label>
    </fieldset>
    <button type="button" id="again">Start again</button>
  </form>
</header>
<div id="findings" role="alert"></div>
<main>
  <section id="paths" aria-labelledby="paths-title">
    <h2 id="paths-title">Every path</h2>
    <p class="quiet">Choose a box to go there. The thick line is the way you took.</p>
    <div id="map" tabindex="-1"></div>
  </section>
  <section id="seen" aria-labelledby="seen-title">
    <h2 id="seen-title">The screen in Slack</h2>
    <p id="note" class="quiet" role="status"></p>
    <iframe id="screen" title="The screen in Slack" src="/slack/screen.html"></iframe>
  </section>
</main>
<script src="/page.js"></script>
</body>
</html>
`;

/** Boxes are buttons in the order of the script; the arrows are for the eye, and the buttons say in words where they lead. */
export function mapHtml({ width, height, boxes, arrows }: PathMap): string {
  const buttons = boxes.map(({ id, title, isEnding, ways, again, x, y }) => {
    const leads = ways.map(({ label, to }) => `${label} leads to ${to}`);
    const words = [
      `${isEnding ? 'Ending: ' : ''}${title}`,
      ...leads,
      ...(again === null ? [] : [`${again} shows it once more`]),
    ];
    const place = `left:${x - BOX.width / 2}px;top:${y - BOX.height / 2}px`;
    return `<li style="${place}"><button type="button" data-go="${escaped(id)}" class="${isEnding ? 'ending' : 'step'}" aria-label="${escaped(`${words.join('. ')}.`)}">${escaped(title)}${again === null ? '' : '<span class="again">↻</span>'}</button></li>`;
  });
  return [
    `<div class="map" style="width:${width}px;height:${height}px">`,
    `<svg width="${width}" height="${height}" aria-hidden="true">`,
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerUnits="userSpaceOnUse" markerWidth="10" markerHeight="10" orient="auto"><path d="M0 0 8 4 0 8z" fill="context-stroke"/></marker></defs>',
    ...arrows.map(arrowHtml),
    ...labelsHtml(arrows),
    '</svg>',
    `<ol>${buttons.join('')}</ol>`,
    '</div>',
  ].join('');
}

function arrowHtml({ from, to, points }: Arrow): string {
  const half = BOX.height / 2;
  const path = points.slice(1).map((point, index) => {
    const before = points[index] ?? point;
    const top = before.y + half;
    const bottom = point.y - half;
    const bend = (bottom - top) * 0.55;
    // Between two bends an arrow passes the layer straight down.
    const through = index < points.length - 2 ? ` V${point.y + half}` : '';
    const start = index === 0 ? `M${before.x} ${top}` : '';
    return `${start}C${before.x} ${top + bend} ${point.x} ${bottom - bend} ${point.x} ${bottom}${through}`;
  });
  return `<path class="arrow" data-from="${escaped(from)}" data-to="${escaped(to)}" d="${path.join('')}" marker-end="url(#tip)"/>`;
}

/** Each label stands beside the beginning of its arrow, below those of arrows to its left that it would cover. */
function labelsHtml(arrows: readonly Arrow[]): string[] {
  return [...new Set(arrows.map(({ from }) => from))].flatMap((id) => {
    const own = arrows
      .filter(({ from }) => from === id)
      .sort((one, other) => (one.points[1]?.x ?? 0) - (other.points[1]?.x ?? 0));
    return own.map(({ from, to, label, points: [start, next] }, index) => {
      if (start === undefined || next === undefined) return '';
      const share = own.length === 1 ? 0.5 : (index + 1) / (own.length + 1);
      const y = start.y + BOX.height / 2 + 12 + (own.length > 1 ? (index % 3) * 12 : 6);
      const x = start.x + (next.x - start.x) * 0.32 + (share - 0.5) * 60;
      return `<text class="label" data-from="${escaped(from)}" data-to="${escaped(to)}" x="${Math.round(x)}" y="${Math.round(y)}">${escaped(label)}</text>`;
    });
  });
}
