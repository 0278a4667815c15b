import { BOX } from './map';

/** The look of the preview's page, light and dark as the system is. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f7f5f8; --raised: #fff; --text: #1f1b22; --muted: #655f6b; --line: #d9d2de; --arrow: #c4bacb; --strong: #8d8595;
  --here: #452b4f; --on-here: #fff; --way: #6a3f7c; --ending: #eaf5f0; --ending-line: #7db9a2; --danger: #b3261e; --danger-soft: #fdeceb;
  --warn-soft: #fff6df; --warn-line: #e3c877; --focus: #1a73c7;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #17161a; --raised: #242228; --text: #e9e6eb; --muted: #a9a3b0; --line: #3b3841; --arrow: #68636f; --strong: #7b7583;
    --here: #e7cdf3; --on-here: #2c1935; --way: #c99ee0; --ending: #1d2f29; --ending-line: #3f7d67; --danger: #f2837b; --danger-soft: #3a2223;
    --warn-soft: #37301d; --warn-line: #6e5d2c; --focus: #7ab4f5;
  }
}
* { box-sizing: border-box; margin: 0; }
[hidden] { display: none !important; }
body { display: flex; flex-direction: column; min-height: 100vh; background: var(--page); color: var(--text); font: 15px/1.45 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; gap: 12px 32px; align-items: center; justify-content: space-between; padding: 14px 20px; background: var(--raised); border-bottom: 1px solid var(--line); }
h1 { font-size: 20px; line-height: 1.2; }
h2 { font-size: 16px; }
.quiet { color: var(--muted); font-size: 13px; }
form { display: flex; flex-wrap: wrap; gap: 8px 20px; align-items: center; }
fieldset { display: flex; align-items: center; gap: 10px; border: 0; padding: 0; }
legend { float: left; color: var(--muted); font-size: 13px; padding: 0; }
label { display: inline-flex; gap: 5px; align-items: center; }
select, form button { font: inherit; color: inherit; background: var(--page); border: 1px solid var(--strong); border-radius: 8px; padding: 4px 10px; }
main { flex: 1; display: grid; grid-template-columns: minmax(0, 1fr) minmax(360px, 480px); gap: 20px; padding: 16px 20px 20px; }
section { min-width: 0; display: flex; flex-direction: column; }
#map { margin-top: 10px; flex: 1; min-height: 300px; max-height: calc(100vh - 170px); overflow: auto; background: var(--raised); border: 1px solid var(--line); border-radius: 12px; padding: 10px; }
.map { position: relative; margin: 0 auto; }
.map svg { position: absolute; inset: 0; overflow: visible; }
.map ol { list-style: none; padding: 0; }
.map li { position: absolute; width: ${BOX.width}px; height: ${BOX.height}px; }
.map button { position: relative; width: 100%; height: 100%; padding: 2px 8px; font: 600 13px/1.2 system-ui, sans-serif; color: var(--text); background: var(--raised); border: 1.5px solid var(--strong); border-radius: 10px; cursor: pointer; }
.map button.ending { background: var(--ending); border-color: var(--ending-line); border-radius: 24px; font-weight: 500; }
.map button:hover { border-color: var(--way); }
.map button.visited { border-color: var(--way); border-width: 2px; }
.map button[aria-current] { background: var(--here); border-color: var(--here); color: var(--on-here); }
.map .again { position: absolute; right: 6px; top: 2px; font-weight: 400; }
.arrow { fill: none; stroke: var(--arrow); stroke-width: 1.5; }
.arrow.taken { stroke: var(--way); stroke-width: 2.5; }
.arrow.leaving { stroke: var(--strong); }
.label { font-size: 11px; fill: var(--muted); text-anchor: middle; paint-order: stroke; stroke: var(--raised); stroke-width: 4px; stroke-linejoin: round; }
.label.leaving, .label.taken { fill: var(--text); font-weight: 600; }
#note { min-height: 20px; }
iframe { margin-top: 10px; flex: 1; width: 100%; min-height: 480px; max-height: 780px; border: 0; background: transparent; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
#findings:empty { display: none; }
#findings { padding: 14px 20px 4px; }
#findings div { padding: 12px 16px; border-radius: 12px; margin-bottom: 10px; background: var(--danger-soft); border: 1px solid var(--danger); }
#findings .warnings { background: var(--warn-soft); border-color: var(--warn-line); }
#findings ul { padding-left: 18px; margin-top: 6px; }
#findings li { margin: 6px 0; }
#findings b { font-family: ui-monospace, monospace; font-size: 13px; }
#findings pre { margin-top: 3px; padding: 4px 8px; overflow-x: auto; border-radius: 6px; background: var(--raised); font: 13px/1.4 ui-monospace, monospace; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
@media (max-width: 900px) {
  main { grid-template-columns: minmax(0, 1fr); }
  #seen { order: -1; }
  #map { max-height: none; }
  iframe { min-height: 640px; }
}
`;
