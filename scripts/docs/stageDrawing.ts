import { MOVES } from '../../src/deal/evolve/stages';

/** The stages of a deal and what moves it, as Mermaid draws them; GitHub shows the drawing. */
export function stageDrawing(): string {
  const arrows = new Map<string, string[]>();
  for (const { from, on, when, to } of MOVES) {
    // People may remove a deal at any stage and bring it back there: these arrows would hide the others.
    if (when?.startsWith('removed') === true) continue;
    for (const stage of on === 'withdrawn' ? from.slice(0, 1) : from) {
      const arrow = `${stage} --> ${to}`;
      arrows.set(arrow, [...(arrows.get(arrow) ?? []), when === undefined ? on : `${on} (${when})`]);
    }
  }
  return [
    '```mermaid',
    'stateDiagram-v2',
    '  [*] --> coaching: started',
    ...[...arrows].map(([arrow, events]) => `  ${arrow}: ${events.join(', ')}`),
    '```',
  ].join('\n');
}
