/** A playbook on one sheet of paper, for the wall beside a rep's desk: what to say, what to listen for, what not to do. */
import { type LineToken, parseLine } from '../../playbook/line';
import type { MergeField, Playbook, Reply, Step } from '../../playbook/schema';
import { exitsOf, verdictsOf, wholeScript } from '../../playbook/walk';
import { cueOf } from '../../playbook/words';

export type Paper = 'A4' | 'letter';

/** The sheet as a page of HTML. A script in it makes the type as large as the paper allows. */
export function sheetOf(playbook: Playbook, paper: Paper = 'A4'): string {
  const steps = wholeScript(playbook);
  const numbers = new Map(steps.map(({ id }, index) => [id, index + 1]));
  const endings = verdictsOf(playbook).flatMap((verdict) => {
    const ending = playbook.endings[verdict];
    return ending === undefined ? [] : [ending];
  });
  return `<!doctype html>
<html lang="${playbook.language ?? 'en'}">
<head>
<meta charset="utf-8">
<title>${escaped(playbook.title)}</title>
<style>${styleFor(paper)}</style>
</head>
<body>
<header><h1>${escaped(playbook.title)}</h1><p>${escaped(playbook.summary)}</p></header>
<main>
${steps.map((step) => stepHtml(step, playbook, numbers)).join('\n')}
<section class="endings"><h2>The last words</h2>
${endings
  .filter(({ say }) => say.length > 0)
  .map(({ title, say }) => `<p><b>${escaped(title)}</b> ${say.map(spokenHtml).join(' ')}</p>`)
  .join('\n')}
</section>
</main>
<footer><span><i>In italics</i>: what you fill in, and leave out when you don't know it.</span><span><i class="either">won · kept</i>: new business · a customer.</span></footer>
<script>${FIT}</script>
</body>
</html>
`;
}

/** Shrinks the type until everything stands on the sheet. The columns fill one after the other, so what is too much is wide. */
const FIT = `
{
  const main = document.querySelector('main');
  for (let size = 11; size > 5 && (main.scrollWidth > main.clientWidth + 1 || size === 11); size -= 0.1)
    main.style.fontSize = size + 'pt';
}
`;

function stepHtml(step: Step, playbook: Playbook, numbers: ReadonlyMap<string, number>): string {
  const cue = cueOf(step);
  const dont = step.dont === undefined ? (step.avoid ?? null) : `Don't ${step.dont}`;
  const hints = [
    ...(cue === null ? [] : [`<span class="cue">Listen for ${spokenHtml(cue)}</span>`]),
    ...(dont === null ? [] : [`<span class="dont">${spokenHtml(dont)}</span>`]),
  ];
  return [
    `<section><h2><b>${numbers.get(step.id)}</b>${escaped(step.title)}</h2>`,
    ...step.say.map((line) => `<p class="say">${spokenHtml(line)}</p>`),
    ...((step.prompts ?? []).length === 0
      ? []
      : [`<ul>${(step.prompts ?? []).map((line) => `<li>${spokenHtml(line)}</li>`).join('')}</ul>`]),
    ...(hints.length === 0 ? [] : [`<p class="hints">${hints.join(' · ')}</p>`]),
    ...(step.they_say ?? []).map(replyHtml),
    `<p class="ways">${waysOf(step, playbook, numbers)}</p>`,
    '</section>',
  ].join('');
}

const replyHtml = ({ hear, reply }: Reply): string =>
  `<p class="reply"><span>“${spokenHtml(hear)}”</span> ${spokenHtml(reply)}</p>`;

/** *Yes → 6 · No → 11*: the number of the screen, or how it ends. */
function waysOf(step: Step, playbook: Playbook, numbers: ReadonlyMap<string, number>): string {
  return exitsOf(step)
    .map(({ target, choice }) => {
      const label =
        choice === null
          ? (step.next_label ?? 'Next')
          : (step.choices?.find(({ id }) => id === choice)?.label ?? choice);
      const to =
        'step' in target
          ? `${numbers.get(target.step)}`
          : (playbook.endings[target.verdict]?.title ?? target.verdict);
      return `${escaped(label)} → ${escaped(to)}`;
    })
    .join(' · ');
}

/** What a rep puts in, where the name of the field is no word for it. */
const BLANKS: Readonly<Partial<Record<MergeField, string>>> = {
  account: 'their company',
  prospect: 'name',
  rep: 'your name',
  call_back: 'when',
  send_by: 'when',
  by_call_back: 'by when',
  by_send_by: 'by when',
  by_suggested: 'by when',
  look_again: 'when',
  around_look_again: 'around when',
};

const spokenHtml = (line: string): string => parseLine(line).tokens.map(tokenHtml).join('');
function tokenHtml(token: LineToken): string {
  switch (token.kind) {
    case 'text':
      return escaped(token.text);
    case 'field':
      return `<i>${escaped(BLANKS[token.field] ?? token.field)}</i>`;
    case 'either':
      return `<i class="either">${escaped(token.forNew)} · ${escaped(token.forCustomer)}</i>`;
    case 'optional':
      return `<span class="optional">${token.tokens.map(tokenHtml).join('')}</span>`;
  }
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/gu, (character) => `&#${character.codePointAt(0)};`);

const styleFor = (paper: Paper): string => `
@page { size: ${paper} landscape; margin: 0; }
* { box-sizing: border-box; margin: 0; padding: 0; }
html { background: #fff; }
body { width: ${paper === 'A4' ? '297mm' : '279.4mm'}; height: ${paper === 'A4' ? '209.5mm' : '215.4mm'}; padding: 9mm 10mm 7mm; display: flex; flex-direction: column; overflow: hidden; color: #221a28; font: 9pt/1.3 "Lato", "Inter", "Helvetica Neue", "Liberation Sans", Arial, sans-serif; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
header { display: flex; align-items: baseline; gap: 5mm; padding-bottom: 2mm; margin-bottom: 3mm; border-bottom: 0.6mm solid #452b4f; }
h1 { font-size: 17pt; letter-spacing: -0.01em; color: #452b4f; }
header p { color: #655f6b; font-size: 10pt; }
main { flex: 1; min-height: 0; columns: 3; column-gap: 6mm; column-fill: auto; column-rule: 0.2mm solid #ddd5e2; font-size: 11pt; }
section { break-inside: avoid; padding-bottom: 0.7em; }
h2 { display: flex; gap: 0.5em; align-items: baseline; font-size: 1.02em; color: #452b4f; }
h2 b { min-width: 2em; text-align: center; color: #fff; background: #452b4f; border-radius: 1em; font-size: 0.82em; }
.say { margin-top: 0.2em; padding-left: 0.6em; border-left: 0.5mm solid #c9b3d6; font-weight: 600; }
ul { margin: 0.15em 0 0 1.4em; font-weight: 600; }
.hints { margin-top: 0.2em; font-size: 0.88em; }
.cue { color: #075d46; }
.dont { color: #a3241d; }
.reply { margin-top: 0.15em; font-size: 0.88em; }
.reply span { color: #655f6b; }
.ways { margin-top: 0.2em; font-size: 0.78em; color: #655f6b; }
.endings p { margin-top: 0.25em; font-size: 0.9em; }
i { color: #6a3f7c; font-weight: 400; }
.optional { color: inherit; }
footer { display: flex; gap: 8mm; padding-top: 2mm; margin-top: 2mm; border-top: 0.2mm solid #ddd5e2; font-size: 7.5pt; color: #655f6b; }
`;
